"""A worksheet's front matter: what it is, in YAML between two `---` lines; pure."""

import json
import re

from pl_guide.content.yaml_source import parse_yaml

FENCE = "---"
_FENCED = re.compile(rf"{FENCE}[^\S\n]*\n((?:[^\n]*\n)*?){FENCE}[^\S\n]*(?:\n|\Z)")

_KEY = re.compile(
    r"""^(?:(["'])(?P<quoted>.*?)\1|(?P<plain>(?!-[ \t]|["'#])\S[^:]*?))[ \t]*:(?=\s|$)"""
)
_REMARK = re.compile(r"""^[^"'#]*?(?:^|[ \t])(#.*)$""")
# Text that no reader of YAML, old or new, takes for something else.
_PLAIN = re.compile(r"[^\W\d_][\w .,;()/'’·\-]*", re.UNICODE)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

Value = str | int | tuple[str, ...]


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Part a file's text into its front matter and the rest, or give None if it has none."""
    found = _FENCED.match(text)
    return ((found.group(1) or "").removesuffix("\n"), text[found.end() :]) if found else None


def parse_front_matter(text: str, known: set[str]) -> tuple[dict[str, object], str] | None:
    """Give the values of the known keys, and all other lines word for word.

    Gives None if the text isn't a YAML mapping. Values are what YAML 1.2 takes them for.
    """
    parsed = parse_yaml(f"{text}\n") if text.strip() else None
    if parsed is None or parsed.faults or not isinstance(parsed.data, dict):
        return None
    others: list[str] = []
    keep = False
    for line in text.split("\n"):
        found = _KEY.match(line)
        if found:
            keep = (found["quoted"] or found["plain"]) not in known
        elif line.startswith("? "):
            keep = True
        # A remark may be in the midst of a list, which goes on below it.
        if keep or line.startswith("#"):
            others.append(line.rstrip())
        elif remark := _REMARK.match(line):
            others.append(remark.group(1).rstrip())
    values = {key: value for key, value in parsed.data.items() if key in known}
    extra = "\n".join(others).strip("\n")
    left = parse_yaml(f"{extra}\n") if any(key not in known for key in parsed.data) else None
    wanted = {key: value for key, value in parsed.data.items() if key not in known}
    if wanted and (left is None or left.faults or left.data != wanted):
        # Spelled in a way that can't be parted; better not read than written down wrongly.
        return None
    return values, extra


def format_front_matter(values: dict[str, Value], extra: str) -> str:
    """Write front matter: the values in their order, leaving out empty ones, then the rest."""
    lines = [FENCE]
    for key, value in values.items():
        if isinstance(value, tuple):
            if value:
                lines += [f"{key}:", *(f"  - {_scalar(each)}" for each in value)]
        elif isinstance(value, int):
            lines.append(f"{key}: {value}")
        elif value:
            lines.append(f"{key}: {_scalar(value)}")
    if extra:
        lines.append(extra)
    lines.append(FENCE)
    return "\n".join(lines)


def _scalar(text: str) -> str:
    if is_plain(text):
        return text
    # JSON's strings are YAML's double-quoted ones, but for characters YAML wants escaped too.
    return UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False)
    )


def is_plain(text: str) -> bool:
    """Tell whether a text can be written without quotes."""
    return (
        _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS and text == text.strip()
    )
