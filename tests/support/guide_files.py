"""An Action Guide of the tests' own writing, in the layout of the official ones, in any format.

Its sentences are invented. It has the official guides' oddities: category names after their
standards in the overview and before the responsibilities later on; a table of questions in two
parts; straight and typographic quotes; a drop cap in two pieces; compounds that break at a
line's end.
"""

import io
from pathlib import Path

TITLE = ("ACTION GUIDE", "for the", "COACH")
FRAMEWORK = "Standards for Professional Learning"
PURPOSE = (
    (
        "Coaches sit beside teachers — in classrooms, in hallways, over soup at noon — and turn a "
        "hunch into a plan. A well-timed question is their favorite tool, and a long-term view is "
        "their second; both take years to grow and a good deal of tea to keep alive."
    ),
    (
        "This invented guide gives a coach “something to hold”: a page to read on Monday and to "
        "argue with by Friday, whatever the weather, the timetable, or the copier may be doing."
    ),
)
CATEGORIES = (
    "Rigorous Content for Each Learner",
    "Transformational Processes",
    "Conditions for Success",
)
STANDARDS = (
    ("Equity Practices", "Curriculum, Assessment, and Instruction", "Professional Expertise"),
    ("Equity Drivers", "Evidence", "Learning Designs", "Implementation"),
    ("Equity Foundations", "Culture of Collaborative Inquiry", "Leadership", "Resources"),
)
NOTE = (
    "These jobs are no list to tick off: they are what a coach comes back to when the week has "
    "been loud. Others carry them too, and nobody carries all of them at once or alone."
)
RESPONSIBILITIES = (
    (
        (
            "Walk the neighborhood with a notebook and learn the names of the shops, buses, and "
            "songs that children hum on the way home."
        ),
        "Praise what a class can do before anybody says a word about what it can’t do yet.",
        "Read the unit twice, once as a teacher and once as a puzzled ten-year-old.",
        "Keep a shelf of well-worn books on coaching, and lend them out until they fall apart.",
    ),
    (
        "Leave the door open to the teacher who never asks, and knock on hers now and then.",
        "Notice the joke that isn’t funny, and say so with kindness.",
        "Choose a short film, a walk-through, or a shared lesson to fit what people want to learn.",
        "Count what matters with three different measures, and doubt each of them a little.",
        "Let a new habit ripen before planting the next one beside it.",
        "Rehearse, watch, talk, and rehearse again, with a follow-up before the month is out.",
    ),
    (
        "Ask at each turn which student gets more out of this work, and which one gets less.",
        "Draw the school’s picture of good learning on one wall, and add to it together.",
        "Write down where the hours went, even the hours that went nowhere.",
        "Learn something hard in public: juggling will do.",
        "Hold the circle in which colleagues wonder aloud, and keep the biscuits in reach.",
    ),
)
HEAD = ("QUESTION", "REFLECTIONS", "FIRST STEPS")
QUESTIONS = (
    (
        "Which of these jobs on p. 3 makes our palms sweat, as a team or one by one?",
        "Where would a visitor see our picture of good learning without being told?",
        "What do three measures tell us that one never could, and who reads them with us?",
        "Who hasn’t been coached this year?",
        "How do we learn what the children hum on the way home?",
    ),
    (
        "When did we last change our minds because a colleague wondered aloud?",
        "Are our hours where our heart is?",
        "How would we know that all the tea and the well-timed questions were worth it?",
        "Which piece of feedback stuck, and what glued it?",
    ),
)
AFTER = "Further shelves"
LAST = "Look for the invented shelf in the invented library, third floor, left of the stairs."

Table = tuple[tuple[str, ...], ...]


def text() -> str:
    """The guide as text: nothing marks its headings, tabs part its cells, some stand in tags."""
    parts = ["", TITLE[0], "", " ", *TITLE[1:], "", FRAMEWORK, "", *_spaced(PURPOSE)]
    for category, standards in zip(CATEGORIES, STANDARDS, strict=True):
        for standard in standards:
            parts += [standard.upper(), "", "... do a great many things well.", ""]
        parts += [category.upper(), ""]
    parts += ["Key roles and responsibilities for coaches", "", NOTE, ""]
    for category, items in zip(CATEGORIES, RESPONSIBILITIES, strict=True):
        parts += [category.upper(), "", *(f"- **{item}**" for item in items), ""]
    parts += ["Identifying the coach’s first actions", ""]
    for tag, questions in zip((("", ""), ("<p>", "</p>")), QUESTIONS, strict=True):
        parts += ["\t".join(HEAD), *(f"{tag[0]}{each}{tag[1]}\t\t" for each in questions), ""]
    return "\n".join([*parts, AFTER, "", LAST])


def markdown() -> str:
    """The guide as Markdown: marked headings, pipe tables, a drop cap in two pieces."""
    parts = [f"# {TITLE[0]}", "", f"{TITLE[1]}  ", f"**{TITLE[2]}**", "", f"## {FRAMEWORK}", ""]
    parts += [f"**{PURPOSE[0][:20]}**{PURPOSE[0][20:]}", "", PURPOSE[1], ""]
    for category, standards in zip(CATEGORIES, STANDARDS, strict=True):
        for standard in standards:
            parts += [f"## **{standard.upper()}**", "", "... do a great many things well.", ""]
        parts += [category.upper(), ""]
    parts += ["# Key roles and responsibilities for coaches", "", f"**T**{NOTE[1:]}", ""]
    for category, items in zip(CATEGORIES, RESPONSIBILITIES, strict=True):
        parts += [f"## {category.upper()}", "", *(f"* **{item}**" for item in items), ""]
    parts += ["# Identifying the coach’s first actions", ""]
    for questions in QUESTIONS:
        parts += [f"| {' | '.join(HEAD)} |", "|:--|---|---|"]
        parts += [*(f"| {each} |  |  |" for each in questions), ""]
    return "\n".join([*parts, f"# {AFTER}", "", LAST])


def page() -> str:
    """The guide as a web page, as a site has it: menu, scripts and styles around it."""
    parts = ['<!DOCTYPE html>\n<html lang="en"><head><title>Guide - Invented Press</title>']
    parts += ["<style>p { margin: 0 }</style></head><body><nav><ul><li>Home</ul></nav>"]
    parts += [f"<h1>{TITLE[0]}</h1><p>{TITLE[1]}<br>{TITLE[2]}</p><h2>{FRAMEWORK}</h2>"]
    parts += [f"<p><b>{PURPOSE[0][:20]}</b>{PURPOSE[0][20:]}</p>", f"<p>{PURPOSE[1]}</p>"]
    for category, standards in zip(CATEGORIES, STANDARDS, strict=True):
        for standard in standards:
            parts += [f"<h3>{standard.upper()}</h3><p>... do a great many things well.</p>"]
        parts += [f"<div class='band'>{category.upper()}</div><script>var go = '- No.'</script>"]
    parts += ["<h1>Key roles and responsibilities for coaches</h1>", f"<p>{NOTE}</p>"]
    for category, items in zip(CATEGORIES, RESPONSIBILITIES, strict=True):
        parts += [f"<h2>{category.upper()}</h2><ul>"]
        parts += [*(f"  <li><strong>{item}</strong>" for item in items), "</ul>"]
    parts += ["<h1>Identifying the coach’s first actions</h1>"]
    for questions in QUESTIONS:
        parts += ["<table><thead><tr>", *(f"<th>{name}</th>" for name in HEAD), "</thead>"]
        parts += [*(f"<tr><td>{each}</td><td>&nbsp;</td><td></td></tr>" for each in questions)]
        parts += ["</table><!-- a part ends -->"]
    return "\n".join([*parts, f"<h1>{AFTER}</h1><p>{LAST}</p></body></html>"])


def word() -> bytes:
    """The guide as a Word file."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE[0], 0)
    document.add_paragraph(" ".join(TITLE[1:]))
    document.add_paragraph(FRAMEWORK)
    for each in PURPOSE:
        document.add_paragraph(each)
    for category, standards in zip(CATEGORIES, STANDARDS, strict=True):
        for standard in standards:
            document.add_heading(standard.upper(), 2)
            document.add_paragraph("... do a great many things well.")
        document.add_paragraph(category.upper())
    document.add_heading("Key roles and responsibilities for coaches", 1)
    note = document.add_paragraph()
    note.add_run(NOTE[0]).bold = True
    note.add_run(NOTE[1:])
    for category, items in zip(CATEGORIES, RESPONSIBILITIES, strict=True):
        document.add_paragraph(category.upper())
        for item in items:
            document.add_paragraph(style="List Bullet").add_run(item).bold = True
    document.add_heading("Identifying the coach’s first actions", 1)
    for questions in QUESTIONS:
        table = document.add_table(1, 3, style="Table Grid")
        for cell, name in zip(table.rows[0].cells, HEAD, strict=True):
            cell.text = name
        for each in questions:
            table.add_row().cells[0].text = each
        document.add_paragraph()
    document.add_heading(AFTER, 1)
    document.add_paragraph(LAST)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    """The guide as a PDF of several pages, with running heads, made without a word processor."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import (
        ListFlowable,
        ListItem,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
        Table,
    )

    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["Normal"], spaceAfter=7)
    cell = styles["Normal"]

    def running(canvas, document) -> None:
        canvas.drawString(72, 30, f"Action Guide | Invented Press | {document.page}")

    story = [Paragraph(TITLE[0], styles["Title"]), Paragraph(" ".join(TITLE[1:]), body)]
    story += [Paragraph(each, body) for each in (FRAMEWORK, *PURPOSE)]
    for category, standards in zip(CATEGORIES, STANDARDS, strict=True):
        for standard in standards:
            story.append(Paragraph(standard.upper(), styles["Heading2"]))
            story.append(Paragraph("... do a great many things well.", body))
        story.append(Paragraph(category.upper(), body))
    story.append(Paragraph("Key roles and responsibilities for coaches", styles["Heading1"]))
    story.append(Paragraph(NOTE, body))
    for category, items in zip(CATEGORIES, RESPONSIBILITIES, strict=True):
        story.append(Paragraph(category.upper(), body))
        bullets = [ListItem(Paragraph(item, cell)) for item in items]
        story += [ListFlowable(bullets, bulletType="bullet"), Spacer(1, 9)]
    story.append(Paragraph("Identifying the coach’s first actions", styles["Heading1"]))
    for questions in QUESTIONS:
        rows = [[Paragraph(each, cell) for each in HEAD]]
        rows += [[Paragraph(each, cell), "", ""] for each in questions]
        grid = [("GRID", (0, 0), (-1, -1), 1, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        story += [Table(rows, style=grid, repeatRows=1), Spacer(1, 12)]
    story += [Paragraph(AFTER, styles["Heading1"]), Paragraph(LAST, body)]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A5).build(story, onFirstPage=running, onLaterPages=running)
    return stream.getvalue()


def write_all(folder: Path) -> list[Path]:
    """Write the guide in each format that needs no other program."""
    made = {
        "guide.txt": text().encode(),
        "guide.md": markdown().encode(),
        "guide.html": page().encode(),
        "guide.docx": word(),
        "guide.pdf": pdf(),
    }
    for name, raw in made.items():
        (folder / name).write_bytes(raw)
    return [folder / name for name in made]


def _spaced(paragraphs: tuple[str, ...]) -> list[str]:
    return [line for each in paragraphs for line in (each, "")]
