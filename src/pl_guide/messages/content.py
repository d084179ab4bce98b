"""What is wrong in content, and what to write instead: every sentence of the loader; pure.

A code has one sentence, with places in braces for what it is about. Where the words depend on
more than that, a function below fills them.
"""

from collections.abc import Iterable

from pl_guide.text import nearest, slug

Wording = tuple[str, str, str]
"""What is wrong, what to do about it, and the code."""

BEGIN_CONTENT = "begin with `id: …`; docs/content.md lists the keys"
"""What to write in a content file that holds something else than `key: value` lines."""

MOST_NAMES = 12
MOST_CHARACTERS = 300

SENTENCES: dict[str, tuple[str, str]] = {
    # A file or folder that can't be read.
    "no-folder": ("the content folder {fault}", "check how the path is spelled"),
    "no-framework": ("there is no framework in this folder", "{hint}"),
    "unreadable-folder": (
        "the folder of roles can't be read ({reason})",
        "check that it is one, and that you may open it",
    ),
    "unreadable-file": ("the file can't be read ({reason})", "check that you may open it"),
    "no-ordinary-file": ("this is no ordinary file", "put a text file in its place"),
    "too-large": (
        "the file is larger than {size} MB",
        "a content file has a few pages of text; check that this is the right file",
    ),
    "wrong-encoding": ("the file {fault}", "save it as UTF-8"),
    "empty-file": ("the file is empty", "write the content, or delete the file"),
    "not-a-mapping": ("the file should hold `key: value` lines", "{hint}"),
    # Text that isn't YAML, for someone who has never read its manual.
    "colon-in-text": (
        "a colon followed by a space splits this text in two",
        'put the text in quotes: "like: this"',
    ),
    "missing-colon": (
        "a key has no colon after it, or a quote was never closed",
        "write `key: value`, and close every quote",
    ),
    "open-quote": ("a quote is opened and never closed", "add the closing quote"),
    "misplaced-line": (
        "this line doesn't fit the lines above it",
        "indent it as far as its neighbors; text with quotes inside needs quotes all around",
    ),
    "misplaced-item": (
        "this line doesn't fit the list it is in",
        "begin it with `- `, as far in as the items above",
    ),
    "misplaced-list": ("a list can't begin here", "put `- ` on a line of its own, below the key"),
    "open-bracket": (
        "a list or mapping in brackets isn't finished",
        "separate its items with commas, and close the bracket",
    ),
    "missing-value": (
        "a value is missing here",
        "write the value, or put text that begins with a special character in quotes",
    ),
    "backslash": (
        "a backslash means something special inside double quotes",
        "use single quotes, or write the backslash twice",
    ),
    "tab": ("a tab indents this line", "indent with spaces"),
    "special-character": ("text can't begin with `{character}`", "put the text in quotes"),
    "invisible-character": ("an invisible character, {name}, is here", "delete it"),
    "unreadable-yaml": (
        "this isn't readable as YAML ({problem})",
        "compare it with the lines above",
    ),
    "second-document": ("a second document begins here", "keep one document in a file"),
    "compound-key": ("a key is one plain word", "write it as `key: value`"),
    "duplicate-key": ("`{key}` is here twice", "keep one of the two"),
    "yaml-alias": (
        "`*{anchor}` refers to another place in the file",
        "write the text out; text that begins with * needs quotes",
    ),
    "yaml-tag": ("the YAML tag `{tag}` has no place here", "delete it, or put the text in quotes"),
    "too-deep": (
        "lists and mappings lie more than {depth} deep here",
        "content needs no more than four levels",
    ),
    # Data of another shape than content has.
    "unknown-key": ("the key {name} means nothing {where}", "{hint}"),
    "missing-key": ("{name} has no `{key}`", "add a line `{key}: …`"),
    "empty-text": ("{name} is empty", "{hint}"),
    "wrong-type": ("{name} should be {expected}", "{hint}"),
    "bad-id": ("{name} isn't a name in small letters, digits and single hyphens", "{hint}"),
    "unknown-choice": ("{name} should be one of {choices}", "{hint}"),
    # Ids and names.
    "duplicate-id": ("`{name}` is taken already", "give one of the two another id"),
    "duplicate-entry": ("`{name}` is here already", "delete one"),
    "duplicate-role": (
        "the role id `{name}` is taken by {file}",
        "give one of the two another id, or delete it",
    ),
    "dangling-reference": ("there is no {kind} `{name}`", "{hint}"),
    "name-taken": ("the name `{name}` is taken by {owner}", "choose another name"),
    "unknown-place": (
        "`{key}` has no place `{{{name}}}`",
        "its own places: {own}; a noun's: `{{question}}`, `{{questions}}`, …",
    ),
    # Files that extend others.
    "unknown-base": ("there is no {kind} `{name}` to extend", "{hint}"),
    "circular-extends": (
        "what this file extends leads back to it: {way}",
        "let one of them extend something else, or stand alone",
    ),
    "unknown-item": ("there is {what} in what this file extends", "{hint}"),
    # Advice.
    "unserved-standard": (
        "no responsibility serves the standard `{name}`",
        "name it under `standards` of those that do, or write one",
    ),
    "unused-resource": (
        "no role lists the resource `{name}`, so it is never shown",
        "name it under `resources` of a role, or delete `role_specific`",
    ),
    "empty-category": (
        "the category `{name}` has no standards",
        "let a standard name it, or delete it",
    ),
    "not-a-question": (
        "this question asks nothing: there is no question mark in it",
        "make it a question; or say under `terms` what the framework calls these",
    ),
    "long-text": (
        "this text has {length} characters, where its neighbors have about {usual}",
        "shorten it, or make two of it",
    ),
    "alike": (
        "`{name}` says almost the same as `{other}`",
        "make one of the two, or say what sets them apart",
    ),
    "near-id": (
        "`{name}` adds an item beside `{near}`, which has almost the same id",
        "to change that one, write `{near}`",
    ),
    "ignored-file": (
        "this file lies where nothing reads it",
        "a role belongs in `{roles}`, the framework in `{framework}`",
    ),
    # Files of answers.
    "unknown-question": ("{role} has no question `{name}`", "{hint}"),
}
"""What is wrong and what to write instead, by the code for programs; a code never changes."""

UNPLACEABLE: Wording = (
    "an item can't come after one and before another",
    "keep one of the two",
    "unknown-item",
)


def wording(code: str, **values: object) -> Wording:
    """Return the sentence of a code with these values, cut where it quotes too much of a file."""
    message, hint = (_shorten(text.format(**values)) for text in SENTENCES[code])
    return message, hint, code


def near_hint(name: object, known: Iterable[str], otherwise: str = "") -> str:
    """Return what to write in place of a name: the nearest that is known, else what there is.

    `otherwise` is what to say in place of what there is.
    """
    names = list(known)
    near = nearest(name, names, limit=1) if isinstance(name, str) else ()
    if near or otherwise:
        return f"did you mean `{near[0]}`?" if near else otherwise
    more = ", …" if len(names) > MOST_NAMES else ""
    return f"there are: {', '.join(names[:MOST_NAMES]) or 'none'}{more}"


def missing_folder(*, is_file: bool) -> Wording:
    """Return what to say of a content folder that can't be one."""
    return wording("no-folder", fault="is a file, not a folder" if is_file else "doesn't exist")


def missing_framework(framework: str, roles: str, *, has_roles: bool) -> Wording:
    """Return what to say of a folder without a framework, which may hold roles."""
    hint = f"a content folder holds `{framework}`, and roles in a folder `{roles}`"
    if has_roles:
        hint = "to check these roles over the shipped framework: plguide validate --content FOLDER"
    return wording("no-framework", hint=hint)


def unknown_reference(kind: str, name: str, known: list[str]) -> Wording:
    """Return what to say of an id that the framework doesn't have."""
    none = "" if known else f"the framework has none; add a {kind} there, or delete this"
    return wording("dangling-reference", kind=kind, name=name, hint=near_hint(name, known, none))


def unknown_placeholder(key: str, name: str, own: list[str]) -> Wording:
    """Return what to say of a place in a phrase that nothing is filled into."""
    places = ", ".join(f"`{{{place}}}`" for place in own) or "none"
    return wording("unknown-place", key=key, name=name, own=places)


def unknown_item(name: object, known: Iterable[object]) -> Wording:
    """Return what to say of an item or a key that isn't in what a file extends."""
    what = f"no `{name}`" if isinstance(name, str) else "nothing of that name"
    names = (other for other in known if isinstance(other, str))
    return wording("unknown-item", what=what, hint=near_hint(name, names))


def bad_base(key: str, value: object) -> Wording:
    """Return what to say where a file doesn't say which one it extends."""
    hint = "write the id of what it extends, or delete the line"
    if value is None or isinstance(value, str):
        return wording("empty-text", name=f"`{key}`", hint=hint)
    return wording("wrong-type", name=f"`{key}`", expected="one id", hint=hint)


def bad_removal(key: str) -> Wording:
    """Return what to say of keys to remove that are no list."""
    hint = f"write `{key}: [key]`, or `{key}: true` for an item of a list"
    return wording("wrong-type", name=f"`{key}`", expected="a list of keys here", hint=hint)


def beside_removal(key: str, removal: str) -> Wording:
    """Return what to say of a key in what is to be removed."""
    hint = f"delete it, or delete `{removal}: true`"
    return wording("unknown-key", name=f"`{key}`", where=f"beside `{removal}: true`", hint=hint)


def misshapen(
    kind: str, path: tuple[str | int, ...], expected: tuple[str, ...], found: object
) -> Wording:
    """Return what to say of a value of another shape; see `records.ShapeFault` for its parts."""
    name = f"`{path[-1]}`" if path else "the file"
    if path and isinstance(path[-1], int):
        name = f"item {path[-1] + 1} of `{path[-2]}`"
    choices = ", ".join(f"`{choice}`" for choice in expected)
    if kind == "missing":
        return wording("missing-key", name=name, key=expected[0])
    if kind == "empty":
        hint = "write it, or delete the line" if expected == ("optional",) else "write the text"
        return wording("empty-text", name=name, hint=hint)
    if kind == "id":
        fit = slug(str(found))
        hint = f"write `{fit}`" if fit.isascii() and fit else "write a short English name"
        return wording("bad-id", name=name, hint=hint)
    if kind == "choice":
        hint = near_hint(str(found), expected, "choose one of them")
        return wording("unknown-choice", name=name, choices=choices, hint=hint)
    if kind == "unknown":
        hint = near_hint(str(found), expected, f"delete it; what may stand here: {choices}")
        return wording("unknown-key", name=name, where="here", hint=hint)
    shape, hint = _SHAPES[expected[0]]
    if expected == ("text",) and isinstance(found, bool | int | float):
        hint = "put quotes around it"
    return wording("wrong-type", name=name, expected=f"{shape}, not {_kind_of(found)}", hint=hint)


_SHAPES = {
    "text": ("text", "write one text; a longer one may follow `>-` on the lines below"),
    "number": ("a whole number", "write a whole number"),
    "boolean": ("true or false", "write true or false"),
    "list": ("a list", "begin each item with `- ` on a line of its own"),
    "mapping": ("a mapping of `key: value` lines", "write `key: value` lines below it, indented"),
}


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"the yes-or-no value {str(value).lower()}"
        case int() | float():
            return f"the number {value}"
        case str():
            return "text"
        case list():
            return "a list"
    return "a mapping of keys"


def _shorten(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:200]} … {text[-80:]}"
