"""What other programs may import: all of it is there, documented, and as the page shows."""

import ast
import doctest
import inspect
import re
from pathlib import Path

import pytest

import pl_guide
from support.program import ROOT

PAGE = ROOT / "docs" / "python.md"


def test_the_examples_for_python_show_what_happens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    assert len(example.examples) > 15
    report: list[str] = []
    done = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert done.failed == 0, "".join(report)


@pytest.mark.parametrize("name", pl_guide.__all__)
def test_a_public_name_is_there_says_what_it_is_and_is_on_the_page(name):
    assert inspect.getdoc(getattr(pl_guide, name))
    assert re.search(rf"\b{name}\b", PAGE.read_text("utf-8"))


def test_a_type_checker_sees_each_public_name():
    tree = ast.parse(Path(pl_guide.__file__).read_text("utf-8"))
    stubs = next(node for node in tree.body if isinstance(node, ast.If))
    imported = [
        alias.name
        for node in stubs.body
        if isinstance(node, ast.ImportFrom) and node.module != "pathlib"
        for alias in node.names
    ]
    assert sorted([*imported, "read_worksheet"]) == sorted(pl_guide.__all__)
    assert Path(pl_guide.__file__).with_name("py.typed").exists()


def test_a_name_that_is_not_public_is_no_attribute():
    with pytest.raises(AttributeError, match="has no attribute 'load_libary'"):
        _ = pl_guide.load_libary


def test_a_file_that_is_not_there_is_an_error_of_the_public_kind(tmp_path):
    with pytest.raises(pl_guide.WorksheetError):
        pl_guide.read_worksheet(tmp_path / "missing.md")
