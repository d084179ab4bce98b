"""Text as WordprocessingML: paragraphs, lists with real numbering, links; pure."""

import re
from collections.abc import Callable
from html import escape

from pl_guide.rich_text import Block, Code, Listing, Paragraph, Quote, Run, runs_leftward

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DEEPEST_LEVEL = 8
INDENT = 340
BULLETS, NUMBERS = 900, 901
FIRST_LIST = 900
# Word counts no further than this.
HIGHEST_NUMBER = 32767

_BREAKS = re.compile("([\n\t])")
_BREAK_MARKUP = {"\n": "<w:br/>", "\t": "<w:tab/>"}


class WordMarkup:
    """Writes text as Word's markup, and remembers which lists it needs numbering for.

    `relate` gives the id under which an address stands in the document.
    """

    def __init__(self, relate: Callable[[str], str]) -> None:
        self._relate = relate
        self._lists: list[tuple[int, int | None]] = []

    def paragraph(
        self, runs: tuple[Run, ...], style: str = "Normal", level: int = 0, list_id: int = 0
    ) -> str:
        """Write a paragraph: an item of a list, or else indented by so many columns."""
        leftward = runs_leftward("".join(run.text for run in runs))
        properties = [f'<w:pStyle w:val="{style}"/>']
        if list_id:
            depth = f'<w:ilvl w:val="{min(level, DEEPEST_LEVEL)}"/>'
            properties.append(f'<w:numPr>{depth}<w:numId w:val="{list_id}"/></w:numPr>')
        if leftward:
            properties.append("<w:bidi/>")
        if level and not list_id:
            properties.append(f'<w:ind w:left="{INDENT * level}"/>')
        written = "".join(self._run(run, leftward=leftward) for run in runs)
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{written}</w:p>"

    def blocks(self, blocks: tuple[Block, ...], level: int = 0, style: str = "Normal") -> str:
        """Write blocks one below another."""
        return "".join(self._block(block, level, style) for block in blocks)

    def _block(self, block: Block, level: int, style: str) -> str:
        match block:
            case Paragraph():
                return self.paragraph(block.runs, style, level)
            case Quote():
                return self.blocks(block.blocks, level + 1, "Quote")
            case Code():
                return self.paragraph((Run(text=block.text, code=True),), style, level)
            case Listing():
                list_id = FIRST_LIST + len(self._lists)
                first = None if block.first is None else min(block.first, HIGHEST_NUMBER)
                self._lists.append((min(level, DEEPEST_LEVEL), first))
                return "".join(self._item(item, level, style, list_id) for item in block.items)

    def _item(self, item: tuple[Block, ...], level: int, style: str, list_id: int) -> str:
        """Write an item: its mark before the first paragraph, the rest below it."""
        runs: tuple[Run, ...] = ()
        rest = item
        if item and isinstance(item[0], Paragraph):
            runs, rest = item[0].runs, item[1:]
        return self.paragraph(runs, style, level, list_id) + self.blocks(rest, level + 1, style)

    def _run(self, run: Run, *, leftward: bool) -> str:
        properties = [
            '<w:rStyle w:val="Hyperlink"/>' if run.link else "",
            '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>' if run.code else "",
            "<w:b/><w:bCs/>" if run.strong else "",
            "<w:i/><w:iCs/>" if run.emphasis else "",
            "<w:rtl/>" if leftward and runs_leftward(run.text) else "",
        ]
        parts = "".join(
            _BREAK_MARKUP.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
            for part in _BREAKS.split(run.text)
            if part
        )
        written = f"<w:r><w:rPr>{''.join(properties)}</w:rPr>{parts}</w:r>"
        if not run.link:
            return written
        relation = escape(self._relate(run.link))
        return f'<w:hyperlink r:id="{relation}" w:history="1">{written}</w:hyperlink>'

    def numbering(self) -> tuple[str, str]:
        """Give the two kinds of lists, and each list that was written, beginning anew."""
        kinds = "".join(_kind(kind) for kind in (BULLETS, NUMBERS))
        lists = "".join(
            _list(FIRST_LIST + index, level, first)
            for index, (level, first) in enumerate(self._lists)
        )
        return kinds, lists


def _list(list_id: int, level: int, first: int | None) -> str:
    """Write a list of its own, so that its numbers begin anew."""
    kind, start = BULLETS, ""
    if first is not None:
        begin = f'<w:startOverride w:val="{first}"/>'
        kind, start = NUMBERS, f'<w:lvlOverride w:ilvl="{level}">{begin}</w:lvlOverride>'
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>'


def _kind(kind: int) -> str:
    """Write the levels of bullets, or of numbers."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
        + (
            f'<w:numFmt w:val="bullet"/><w:lvlText w:val="{"•◦▪"[level % 3]}"/>'
            if kind == BULLETS
            else f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%{level + 1}."/>'
        )
        + f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * (level + 1)}" '
        f'w:hanging="{INDENT}"/></w:pPr></w:lvl>'
        for level in range(DEEPEST_LEVEL + 1)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{levels}</w:abstractNum>"
    )
