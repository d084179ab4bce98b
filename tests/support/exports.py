"""Worksheets to export: each field of them holds a word of its own, beside whatever is given."""

from pathlib import Path

from pl_guide.content.loading import load_library
from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import (
    Answer,
    FirstStep,
    Worksheet,
    blank_worksheet,
    tidy_line,
    tidy_text,
)

COACH = load_library(only="coach").role("coach")
BLANK = blank_worksheet(load_library(only="coach").framework, COACH, (), "2026-09-01T15:30")

# Words that stand in reflections, notes and the preface, and those that a shared export keeps.
PRIVATE = {"zqreflections", "zqnotes", "zqstepnotes", "zqpreface"}
SHARED = {
    "zqstep", "zqdone", "zqdropped", "zqowner", "zqdue", "zqresources", "zqevidence", "zqhistory",
    "zqparticipant", "zqwording",
}  # fmt: skip

HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)></td></tr></table>",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd",
    "at": "@SUM(1+1)",
    "minus": "-2+3",
    "field": '{ HYPERLINK "https://x.test" } { =SUM(A1) \\* MERGEFORMAT }',
    "escape": "\x1b[31mred\x07 \x9b2J \x00",
    "pipes": "a | b \\| c || --- |",
    "fence": "```\n~~~\n",
    "references": "&lt;b&gt; &#27; &#13; &#10; &amp; &#x202e;",
    "direction": "\u202ereversed\u202c",
    "comment": "]]> <!-- x --> <?php ?> <![CDATA[ x",
    "noncharacters": "\ufffe\uffff",
    "link": "[x](javascript:alert(1)) ![y](data:text/html,z) <javascript:alert(1)>",
    "markdown": "# h\n\n> - 1. *a* **b** `c`\n\n---\n\n[a]: https://x.test",
}


def worksheet(hostile: str = "", *, answers: int = 1) -> Worksheet:
    """A worksheet with something in every field, `hostile` before it and behind it."""

    def line(word: str) -> str:
        return tidy_line(f"{hostile} {word} {hostile}")

    def text(word: str) -> str:
        return tidy_text(f"{hostile}\n\n{word}\n\n{hostile}")

    answered = Answer(
        question=BLANK.answers[0].question,
        wording=line("zqwording"),
        reflections=text("zqreflections"),
        notes=text("zqnotes"),
        first_steps=(
            FirstStep(
                text=line("zqstep"),
                owner=line("zqowner"),
                due=line("zqdue"),
                resources=line("zqresources"),
                evidence=line("zqevidence"),
                history=(line("zqhistory"), line("once more")),
                notes=text("zqstepnotes"),
            ),
            FirstStep(text=line("zqdone"), state="done"),
            FirstStep(text=line("zqdropped"), state="dropped"),
        ),
    )
    return replaced(
        BLANK,
        heading=line("zqheading"),
        title=line("Coach"),
        edition=line("2022"),
        columns=(line("Thoughts"), line("Actions")),
        participants=(line("zqparticipant"), line("Ben")),
        preface=text("zqpreface"),
        answers=(answered, *BLANK.answers[1:]),
    )


def written(sheet: Worksheet, file: Path) -> Path:
    """Write a worksheet into a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(format_worksheet(sheet), encoding="utf-8", newline="")
    return file


def answering(reflections: str, *steps: FirstStep) -> Worksheet:
    """A worksheet whose first question alone is answered."""
    first = replaced(BLANK.answers[0], reflections=tidy_text(reflections), first_steps=steps)
    return replaced(BLANK, answers=(first, *BLANK.answers[1:]))
