"""Why a file can't be read or saved, and what to do; as in the middle of a sentence."""

from pl_guide.text import counted

FOLDER, NAME_IN_IT = "it is a folder", "it is a folder; name a worksheet in it"
NO_ORDINARY_FILE = "it is no ordinary file"
NO_FOLDER = "the folder for it isn't there; make it first"
READ_ONLY = "the file is read-only"
BUSY = "another session has been saving it for too long"
OTHER_TAKEN = "another worksheet has taken its place"
NOT_UTF_8 = "it isn't saved as UTF-8"
NO_FRONT_MATTER = "it doesn't begin with front matter between two `---` lines"
NO_YAML = "its front matter isn't readable as YAML"
NO_ROLE = "its front matter names no role, or no framework"
OTHER_FILE = "Choose another file with -o."

# What else people hold than what is read.
RICH_TEXT, OPEN_DOCUMENT = "it is Rich Text", "it is an OpenDocument file"
OLD_WORD = "it is a Word file of the old kind, or one that is protected"
NO_WORD, NO_PDF = "it is damaged, or no Word file", "it is damaged, or no PDF"
PROTECTED = "it is protected", "Print it to a new PDF, or save its text as a text file."
PICTURES = (
    "there is no text in it; its pages seem to be pictures",
    "Have its text recognized (OCR) first, or use a copy in which text can be selected.",
)
NO_TEXT, EMPTY, NOT_THERE = "it holds no text", "it is empty", "there is no such file"
SAVE_AS = "Open it where it was written, and save it as Word (.docx), PDF or plain text."
NAME_ONE = "Name a file in it."
READ_AS_WINDOWS = (
    "The file isn't saved as UTF-8. It was read as Windows text (1252): look whether its quotes "
    "and accents came out right."
)
RIGHT_FILE = "Is it the right file?"
TOO_LARGE = "it is far larger than any document", RIGHT_FILE
TOO_DEEP = "it is nested too deeply", RIGHT_FILE


def larger(size: int, what: str = "") -> tuple[str, str]:
    """Say that a file is larger than `size` bytes, and what it is."""
    return f"it is larger than {size // 1_000_000} MB{what}", RIGHT_FILE


def longer(pages: int) -> tuple[str, str]:
    """Say that a document has more pages than are read."""
    return f"it has more than {counted(pages, 'page', 'pages')}", RIGHT_FILE


def no_format(found: object, key: str, current: int) -> str:
    """Say that there is no such version of the worksheet's format."""
    return f"there is no format `{found}`; write `{key}: {current}` in its front matter"


def no_key(key: str) -> str:
    """Say that front matter lacks the key that makes a file a worksheet."""
    return f"its front matter has no `{key}`"
