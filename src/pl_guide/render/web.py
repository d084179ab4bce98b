"""Pages for a browser that need nothing from outside and run nothing; pure.

All text is data: `tag` escapes whatever isn't `Html` already, so markup can only come from here.
"""

import hashlib
from base64 import b64encode
from html import escape

from pl_guide.safe_text import visible

BLOCKS = frozenset((
    "caption", "details", "dl", "div", "footer", "h1", "h2", "h3", "header", "li", "main", "nav",
    "ol", "p", "section", "summary", "table", "tbody", "thead", "tr", "ul",
))  # fmt: skip
"""After these comes a line break, so that the source can be read too."""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


NOTHING = Html()


def tag(name: str, *children: str, **attributes: str | int | None) -> Html:
    """Make an element; children that aren't `Html` are text, and attributes always are.

    An attribute that is None is left out. A name's `_` stands for `-`, one at its end for nothing:
    `class_`, `aria_hidden`.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "\n" if name in BLOCKS else ""
    return Html(f"<{name}{said}>{joined(*children)}</{name}>{end}")


def joined(*children: str) -> Html:
    """Put HTML and text together, the text escaped."""
    return Html("".join(each if isinstance(each, Html) else escaped(each) for each in children))


def escaped(text: str) -> Html:
    """Give text as HTML: no markup, no control character."""
    return Html(escape(visible(text)))


# Languages that are written from right to left, by their codes.
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}


def web_page(
    title: str, style: str, body: Html, head: Html = NOTHING, *, language: str = "en"
) -> str:
    """Give a whole page whose style is the only thing that a browser may apply or load.

    `head` is what else stands in its head, `language` the code of the language it is in.
    """
    direction = "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return f"""<!DOCTYPE html>
<html lang="{escaped(language)}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{head}<title>{escaped(title)}</title>
<style>{style}</style>
</head>
<body>
{body}</body>
</html>
"""
