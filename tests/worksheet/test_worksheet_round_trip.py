"""The worksheet law: what is written is read back, whoever edited the file in between."""

from hypothesis import given, settings

from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from support.examples import examples
from support.worksheets import worksheets


@settings(max_examples=examples(600), deadline=None)
@given(worksheets)
def test_a_worksheet_is_read_back_as_it_was_written(worksheet):
    assert parse_worksheet(format_worksheet(worksheet)) == worksheet
