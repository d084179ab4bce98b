r"""How a person's words are written in a worksheet's Markdown without becoming its structure; pure.

Free text keeps its Markdown: lists, emphasis, links. Three things are escaped, each in a way that
can be undone exactly: what would begin a heading, a code fence or an underline that makes one
(a backslash before it, whatever list or quotation it is in), and what would begin HTML, which
includes the comments that mark a worksheet's parts. Before a `<`, n backslashes become 2n + 1: an
odd number always leaves the `<` itself escaped.
"""

import re

_LEAD = r"(?:[ \t]|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*"
_BLOCK = r"(?:\#{1,6}(?=[ \t]|$)|```|~~~|(?:-+|=+)[ \t]*$)"
_ESCAPABLE = re.compile(rf"^({_LEAD})(?=\\*{_BLOCK})", re.MULTILINE)
_ESCAPED = re.compile(rf"^({_LEAD})\\(?=\\*{_BLOCK})", re.MULTILINE)
_HTML = re.compile(r"(?<!\\)(\\*)<(?=[A-Za-z/!?])")
_PUNCTUATION = re.compile(r"[\\`*_\[\]<>&|~$#]")
_ESCAPED_PUNCTUATION = re.compile(r"\\([\\`*_\[\]<>&|~$#])")


def escape_text(text: str) -> str:
    """Write free text so that nothing in it is structure of the worksheet."""
    return escape_html(_ESCAPABLE.sub(r"\1\\", text))


def unescape_text(text: str) -> str:
    """Undo `escape_text`; text that a person typed into the file is left as it is."""
    return _ESCAPED.sub(r"\1", unescape_html(text)) if "\\" in text else text


def escape_html(text: str) -> str:
    """Write text in which only HTML could be structure, like a line behind a list's mark."""
    if "<" not in text:
        return text
    return _HTML.sub(lambda found: "\\" * (2 * len(found.group(1)) + 1) + "<", text)


def unescape_html(text: str) -> str:
    """Undo `escape_html`."""
    if "\\" not in text:
        return text
    return _HTML.sub(_unescaped_html, text)


def escape_heading(text: str) -> str:
    """Write a line so that a reader of Markdown sees just its words."""
    return _PUNCTUATION.sub(r"\\\g<0>", text)


def unescape_heading(text: str) -> str:
    """Undo `escape_heading`."""
    if "\\" not in text:
        return text
    return _ESCAPED_PUNCTUATION.sub(r"\1", text)


def _unescaped_html(found: re.Match[str]) -> str:
    number = len(found.group(1))
    # An even number was never written here; a person typed it.
    return "\\" * ((number - 1) // 2 if number % 2 else number) + "<"
