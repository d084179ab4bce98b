"""Text as data: nothing in it can steer a terminal or a reader's eye."""

import re

# Compiled when first needed; most text is printable and needs neither.
_SPACE = "[ \t\n\v\f\r\x85\u2028\u2029]+"
_HIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff\ud800-\udfff]"


def one_line(text: str) -> str:
    """Fold text into one line in which every control character is visible and powerless."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return visible(re.sub(_SPACE, " ", text).strip())


def visible(text: str) -> str:
    """Show control characters as their pictures (ESC as ␛), and what can't be shown as �.

    Left alone are line feeds and tabs. Overrides of the writing direction can't be shown, since
    they would let text say something else than it holds.
    """
    return text if text.isprintable() else re.sub(_HIDDEN, _picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
