"""Content as YAML text that people like to read and edit; the loader reads back the same. Pure."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from pl_guide.content.yaml_source import plain_value
from pl_guide.records import Record, into_sparse

WIDTH = 92
_LONG = 65

# Marks that turn the direction of writing, or that nobody could see at all, are written as escapes;
# joiners that scripts are spelled with stay.
_UNSEEN = (
    "[^\n\x20-\x7e\xa0-\xac\xae-\u200a\u200c-\u200f\u2010-\u2027\u202f-\u205f\u2070-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def format_yaml(
    content: Record | Mapping[str, object], remarks: Mapping[str, str] | None = None
) -> str:
    """Write a record (a role, a framework), or the plain data of one, as a YAML file's text.

    A record's fields that say what goes without saying (their defaults) are left out. Texts are
    kept to the letter; only half a surrogate pair, which no file can hold, becomes `�`. `remarks`
    are written above the keys that they are for, and the one for `""` at the top.
    """
    remarks = remarks or {}
    text = _remark(remarks.get("", ""))
    for key, value in into_sparse(content).items():
        # PyYAML ends a line only after the word that goes beyond the width.
        written = yaml.dump(
            {key: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH - 16
        )
        block = _remark(remarks.get(key, "")) + re.sub(_UNSEEN, _escape, written)
        is_long = block.count("\n") > 1
        if is_long and text and not text.endswith("\n\n"):
            text += "\n"
        text += f"{block}\n" if is_long else block
    return text.rstrip("\n") + "\n"


class _Dumper(yaml.SafeDumper):
    """Writes as people do: items further in than their key, long texts on lines of their own."""

    def increase_indent(  # PyYAML's own signature
        self,
        flow: bool = False,  # noqa: FBT001, FBT002
        indentless: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        super().increase_indent(flow, indentless=False)

    def text(self, text: str) -> yaml.Node:
        text = re.sub("[\ud800-\udfff]", "\ufffd", text)
        style = None
        # PyYAML quotes what YAML 1.1 takes for no text; 1.2 has other words, such as `08`.
        is_text = isinstance(plain_value(text), str)
        if not is_text or re.search(rf"{_UNSEEN}|^\s|\s$", text, re.MULTILINE):
            style = '"'
        elif len(text) > _LONG or "\n" in text:
            style = ">"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def items(self, items: list[Any]) -> yaml.Node:
        words = all(isinstance(item, str) for item in items) and len("  ".join(items)) < _LONG
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(list, _Dumper.items)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def _remark(remark: str) -> str:
    lines = re.sub(_UNSEEN, "\ufffd", remark).split("\n") if remark else []
    return "".join(f"# {line}".rstrip(" ") + "\n" for line in lines)
