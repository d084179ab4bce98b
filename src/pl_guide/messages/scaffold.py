"""What a new content folder tells the person who edits it; pure."""

ADDS_ROLE = "It adds a role of your own."
HOLDS_ADAPTED = "It holds plguide's own role {title}, for you to adapt."
ABOUT_ADAPTED = (
    "yaml-language-server: $schema={schema}\n\n"
    "The role {title}, to adapt: it takes the place of plguide's own. Write over anything."
)
"""The remark at the top of an adapted role's file, with the path of its schema."""

REMARKS: dict[str, str] = {
    "id": (
        "Keep the id: by it this file takes the place of plguide's own, and worksheets that people "
        "have\nbegun still fit."
    ),
    "title": "What people read, in headings and lists.",
    "order": "Its place in lists, smaller numbers first.",
    "aliases": "Other names a person may type for this role.",
    "basis": "Shown under the title, always: say who wrote this, and from what.",
    "purpose": "What the role is there for. An empty line begins a new paragraph.",
    "responsibilities_note": "Written over the responsibilities.",
    "responsibilities": (
        "Reword them, delete some, add your own. `category` is the id of a category; `standards` "
        "are ids\nof standards or of their parts: plguide standards shows them all."
    ),
    "questions": (
        "Answers are kept under a question's id: you may reword a question, but a new question "
        "needs a\nnew id."
    ),
    "resources": "The framework's resources that are for this role in particular.",
}
"""Remarks above the keys of a role's file."""


def adapted_note(title: str | None, site: str | None) -> str:
    """Return the note that a role is no longer what was shipped, and where its guide is."""
    note = "Our own wording, adapted from the text for this role that comes with plguide."
    if title and site:
        note += f" The official guide, {title}, can be had at {site}."
    return note
