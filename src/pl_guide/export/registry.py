"""The formats there are: each is a module that names itself.

They are all loaded where one is asked for, but none loads the library that it writes with.
"""

from pl_guide.export import csv, docx, html, jsonl, markdown_table, xlsx
from pl_guide.export.formats import PageFormat, RowsFormat

FORMATS: dict[str, PageFormat | RowsFormat] = {
    module.FORMAT.name: module.FORMAT for module in (docx, html, markdown_table, xlsx, csv, jsonl)
}
"""Each format by its name, in the order that help names them in."""
