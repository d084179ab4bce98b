"""Where content files lie, and how one is read: text, or the problem with it."""

import codecs
from pathlib import Path
from typing import Any

from pl_guide.content.yaml_source import Path as Steps
from pl_guide.content.yaml_source import Positions, find_positions, parse_yaml
from pl_guide.errors import Code, Problem
from pl_guide.records import replaced

FRAMEWORK_FILE = "standards.yaml"
ROLES_FOLDER = "roles"
EXTENDS = "extends"
SUFFIXES = {".yaml", ".yml"}

MAX_BYTES = 4_000_000
"""A role file has about ten thousand bytes; what is far larger is something else by mistake."""

Origins = dict[Steps, "tuple[ContentFile, Steps]"]
"""Where the parts of a file's data come from: file and path there; a part holds for all in it."""


class ContentFile:
    """One content file: its data once read, and a way to point at any place in it.

    The data of a file that extends another are both, merged; each place is then the one in the
    file that it comes from.
    """

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
        self._origins: Origins = {}
        self.data: dict[str, Any] | None = self._read()

    def report(
        self, path: Steps, message: str, hint: str, code: Code, *, at_key: bool = False
    ) -> None:
        """Note a problem at the value (or the key) that `path` leads to, in whichever file."""
        file, own_path = self.origin(path)
        line, column = file.place(own_path, at_key=at_key)
        self._note(Problem(file.label, line, column, message, hint, code))

    def advise(self, path: Steps, message: str, hint: str, code: Code) -> None:
        """Note advice about the value that `path` leads to, in whichever file."""
        file, own_path = self.origin(path)
        line, column = file.place(own_path)
        self._note(Problem(file.label, line, column, message, hint, code, "advice"))

    def report_at(self, line: int, column: int, message: str, hint: str, code: Code) -> None:
        """Note a problem at a line and column, which count from 1."""
        self._note(Problem(self.label, line, column, message, hint, code))

    def _note(self, problem: Problem) -> None:
        message, hint = _shortened(problem.message), _shortened(problem.hint)
        self.problems.append(replaced(problem, message=message, hint=hint))

    def take(self, data: dict[str, Any] | None, origins: Origins) -> None:
        """Hold the data of this file laid over another, and where each part of it comes from."""
        self.data, self._origins = data, origins

    def origin(self, path: Steps) -> "tuple[ContentFile, Steps]":
        """Give the file that the value at `path` stands in, and the path that leads to it there."""
        file = self
        while True:
            source, own_path = file._step(path)
            if source is file:
                return file, own_path
            file, path = source, own_path

    def _step(self, path: Steps) -> "tuple[ContentFile, Steps]":
        for length in range(len(path), -1, -1) if self._origins else ():
            if path[:length] in self._origins:
                source, start = self._origins[path[:length]]
                return source, (*start, *path[length:])
        return self, path

    def _read(self) -> dict[str, Any] | None:
        text = self._text()
        if text is None:
            return None
        parsed = parse_yaml(text)
        for fault in parsed.faults:
            self.report_at(fault.line, fault.column, fault.message, fault.hint, fault.code)
        if parsed.data is not None and not isinstance(parsed.data, dict):
            self.report_at(
                *find_positions(text).values[()],
                "the file should hold `key: value` lines",
                self.begin,
                "not-a-mapping",
            )
        elif parsed.data is None and not parsed.faults:
            hint = "write the content, or delete the file"
            self.report_at(1, 1, "the file is empty", hint, "empty-file")
        return parsed.data if isinstance(parsed.data, dict) else None

    def _text(self) -> str | None:
        if self.path.exists() and not (self.path.is_file() or self.path.is_dir()):
            # A pipe or a device would let the program wait for ever.
            hint = "put a text file in its place"
            self.report_at(1, 1, "this is no ordinary file", hint, "no-ordinary-file")
            return None
        try:
            with self.path.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            message = f"the file can't be read ({reason})"
            self.report_at(1, 1, message, "check that you may open it", "unreadable-file")
            return None
        if len(raw) > MAX_BYTES:
            self.report_at(
                1,
                1,
                f"the file is larger than {MAX_BYTES // 1_000_000} MB",
                "a content file has a few pages of text; check that this is the right file",
                "too-large",
            )
            return None
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.report_at(
                1, 1, "the file is saved as UTF-16", "save it as UTF-8", "wrong-encoding"
            )
            return None
        try:
            return _with_line_feeds(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            before = _with_line_feeds(error.object[: error.start].decode())
            line = before.count("\n") + 1
            column = len(before) - before.rfind("\n")
            message = "the file isn't saved as UTF-8"
            self.report_at(line, column, message, "save it as UTF-8", "wrong-encoding")
            return None

    def place(self, path: Steps, *, at_key: bool = False) -> tuple[int, int]:
        """Give the line and column of a value (or its key) of this file; they count from 1."""
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
    return ContentFile(path, file_label(FRAMEWORK_FILE, label)) if path.exists() else None


def role_paths(folder: Path) -> list[Path]:
    """List the role files of a content folder, in the order of their names."""
    try:
        found = list((folder / ROLES_FOLDER).iterdir())
    except FileNotFoundError:
        return []
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.name[0] != ".")


def role_file(path: Path, label: str) -> ContentFile:
    """Read one role file of a content folder."""
    return ContentFile(path, file_label(f"{ROLES_FOLDER}/{path.name}", label))


def file_label(name: str, folder: str) -> str:
    """Give the name by which a person knows a file of a content folder."""
    label = f"{folder.rstrip('/')}/{name}" if folder not in {"", "."} else name
    return label.encode(errors="replace").decode()


def shipped_folder() -> Path:
    """Give the folder of the content that comes with the program."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    # In a source checkout the data lie at its top; a built wheel carries them inside.
    return inside if inside.is_dir() else package.parent.parent / "data"
