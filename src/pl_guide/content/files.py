"""Where content files lie, and how one is read: text, or the problem with it."""

import codecs
from pathlib import Path

from pl_guide.content.yaml_source import Positions, find_positions, parse_yaml
from pl_guide.errors import Problem

FRAMEWORK_FILE = "standards.yaml"
ROLES_FOLDER = "roles"
SUFFIXES = {".yaml", ".yml"}

MAX_BYTES = 4_000_000
"""A role file has about ten thousand bytes; what is far larger is something else by mistake."""


class ContentFile:
    """One content file: its data once read, and a way to point at any place in it."""

    def __init__(
        self,
        path: Path,
        label: str,
        begin: str = "begin with `id: …`; docs/content.md lists the keys",
    ) -> None:
        self.path = path
        self.begin = begin
        self.label = label
        self.problems: list[Problem] = []
        self._positions: Positions | None = None
        self.data = self._read()

    def report(
        self, path: tuple[str | int, ...], message: str, hint: str, *, at_key: bool = False
    ) -> None:
        """Note a problem at the value (or the key) that `path` leads to."""
        line, column = self._place(path, at_key=at_key)
        self.report_at(line, column, message, hint)

    def report_at(self, line: int, column: int, message: str, hint: str) -> None:
        """Note a problem at a line and column, which count from 1."""
        self.problems.append(
            Problem(self.label, line, column, _shortened(message), _shortened(hint))
        )

    def _read(self) -> object:
        text = self._text()
        if text is None:
            return None
        parsed = parse_yaml(text)
        for fault in parsed.faults:
            self.report_at(fault.line, fault.column, fault.message, fault.hint)
        if parsed.data is not None and not isinstance(parsed.data, dict):
            self.report_at(
                *find_positions(text).values[()],
                "the file should hold `key: value` lines",
                self.begin,
            )
        elif parsed.data is None and not parsed.faults:
            self.report_at(1, 1, "the file is empty", "write the content, or delete the file")
        return parsed.data if isinstance(parsed.data, dict) else None

    def _text(self) -> str | None:
        if self.path.exists() and not (self.path.is_file() or self.path.is_dir()):
            # A pipe or a device would let the program wait for ever.
            self.report_at(1, 1, "this is no ordinary file", "put a text file in its place")
            return None
        try:
            with self.path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            self.report_at(1, 1, f"the file can't be read ({reason})", "check that you may open it")
            return None
        if len(raw) > MAX_BYTES:
            self.report_at(
                1,
                1,
                f"the file is larger than {MAX_BYTES // 1_000_000} MB",
                "a content file has a few pages of text; check that this is the right file",
            )
            return None
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.report_at(1, 1, "the file is saved as UTF-16", "save it as UTF-8")
            return None
        try:
            return _with_line_feeds(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            before = _with_line_feeds(error.object[: error.start].decode())
            line = before.count("\n") + 1
            column = len(before) - before.rfind("\n")
            self.report_at(line, column, "the file isn't saved as UTF-8", "save it as UTF-8")
            return None

    def _place(self, path: tuple[str | int, ...], *, at_key: bool) -> tuple[int, int]:
        if self._positions is None:
            text = self.path.read_text(encoding="utf-8-sig")
            self._positions = find_positions(text)
        places = self._positions.keys if at_key else self._positions.values
        return places.get(path) or self._positions.values.get(path) or (1, 1)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shortened(text: str) -> str:
    """Leave out the middle of what quotes too much of a file."""
    return text if len(text) <= 300 else f"{text[:200]} … {text[-80:]}"


def framework_file(folder: Path, label: str) -> ContentFile | None:
    """Read the framework's file of a content folder, if it has one."""
    path = folder / FRAMEWORK_FILE
    return ContentFile(path, _label(label, FRAMEWORK_FILE)) if path.exists() else None


def role_paths(folder: Path) -> list[Path]:
    """List the role files of a content folder, in the order of their names."""
    try:
        found = list((folder / ROLES_FOLDER).iterdir())
    except FileNotFoundError:
        return []
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.name[0] != ".")


def role_file(path: Path, label: str) -> ContentFile:
    """Read one role file of a content folder."""
    return ContentFile(path, _label(label, f"{ROLES_FOLDER}/{path.name}"))


def _label(folder: str, name: str) -> str:
    label = f"{folder.rstrip('/')}/{name}" if folder not in {"", "."} else name
    return label.encode(errors="replace").decode()


def shipped_folder() -> Path:
    """Give the folder of the content that comes with the program."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    # In a source checkout the data lie at its top; a built wheel carries them inside.
    return inside if inside.is_dir() else package.parent.parent / "data"
