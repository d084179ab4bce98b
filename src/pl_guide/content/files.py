"""Where content files are, and how one is read: its data, a record of them, or the problem."""

import codecs
from pathlib import Path
from typing import Any, TypeVar

from pl_guide.content.yaml_source import Parsed, Position, parse_yaml
from pl_guide.content.yaml_source import Path as Steps
from pl_guide.errors import Problem, Severity
from pl_guide.messages.content import BEGIN_CONTENT, Wording, misshapen, wording
from pl_guide.records import Record, into_record, shape_faults
from pl_guide.text import reason_of

T = TypeVar("T", bound=Record)

FRAMEWORK_FILE = "standards.yaml"
ROLES_FOLDER = "roles"
EXTENDS = "extends"
SUFFIXES = {".yaml", ".yml"}

MAX_BYTES = 4_000_000
"""A role file has about ten thousand bytes; what is far larger is something else by mistake."""

Provenance = dict[Steps, "tuple[ContentFile, Steps]"]
"""Where the parts of a file's data come from: file and path there; a part holds for all in it."""


class ContentFile:
    """One content file: its data once read, and a way to point at any value in it.

    The data of a file that extends another are both, merged; a position is then the one in the
    file that the value comes from. `begin` says how such a file begins.
    """

    def __init__(self, path: Path, label: str, begin: str = BEGIN_CONTENT) -> None:
        self.path = path
        self.label = label
        self.problems: list[Problem] = []
        self._begin = begin
        self._parsed: Parsed | None = None
        self.provenance: Provenance = {}
        self.data: dict[str, Any] | None = self._read()

    def report(
        self, path: Steps, sentence: Wording, severity: Severity = "error", *, at_key: bool = False
    ) -> None:
        """Note a problem at the value (or the key) that `path` leads to, in whichever file."""
        file, own_path = self.source(path)
        position = file.position(own_path, at_key=at_key)
        self.problems.append(Problem(file.label, *position, *sentence, severity))

    def position(self, path: Steps, *, at_key: bool = False) -> Position:
        """Return where a value (or its key) is; of what the file doesn't hold, the beginning."""
        if self._parsed is None:
            # Positions take more memory than the data: they are kept of files with problems alone.
            self._parsed = parse_yaml(self._text() or "")
        found = self._parsed.keys if at_key else self._parsed.values
        return found.get(path) or self._parsed.values.get(path) or (1, 1)

    def replace_data(self, data: dict[str, Any] | None, provenance: Provenance) -> None:
        """Hold other data from now on, and where each part of them comes from."""
        self.data, self.provenance = data, provenance

    def source(self, path: Steps) -> "tuple[ContentFile, Steps]":
        """Return the file that the value at `path` is written in, and its path there."""
        source: ContentFile | None = None
        file = self
        while source is not file:
            source = file
            for length in range(len(path), -1, -1):
                if path[:length] in source.provenance:
                    file, start = source.provenance[path[:length]]
                    path = (*start, *path[length:])
                    break
        return file, path

    def _note(self, position: Position, sentence: Wording) -> None:
        self.problems.append(Problem(self.label, *position, *sentence))

    def _read(self) -> dict[str, Any] | None:
        text = self._text()
        if text is None:
            return None
        parsed = parse_yaml(text)
        for fault in parsed.faults:
            self._note(fault.position, fault.wording)
        if isinstance(parsed.data, dict):
            return parsed.data
        if parsed.data is not None:
            self._note(parsed.values[()], wording("not-a-mapping", hint=self._begin))
        elif not parsed.faults:
            self._note((1, 1), wording("empty-file"))
        return None

    def _text(self) -> str | None:
        """Return the file's text; where there is none to read, None, and a note."""
        position = (1, 1)
        if self.path.exists() and not (self.path.is_file() or self.path.is_dir()):
            # A pipe or a device would let the program wait for ever.
            sentence = wording("no-ordinary-file")
        else:
            try:
                with self.path.open("rb") as stream:
                    raw = stream.read(MAX_BYTES + 1)
                if len(raw) > MAX_BYTES:
                    sentence = wording("too-large", size=MAX_BYTES // 1_000_000)
                elif raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    sentence = wording("wrong-encoding", fault="is saved as UTF-16")
                else:
                    return _with_line_feeds(raw.decode("utf-8-sig"))
            except OSError as error:
                sentence = wording("unreadable-file", reason=reason_of(error))
            except UnicodeDecodeError as error:
                before = _with_line_feeds(error.object[: error.start].decode())
                position = before.count("\n") + 1, len(before) - before.rfind("\n")
                sentence = wording("wrong-encoding", fault="isn't saved as UTF-8")
        self._note(position, sentence)
        return None


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(file: ContentFile, record: type[T]) -> T | None:
    """Turn a file's data into a record; where it doesn't fit, note each fault in the file."""
    return None if file.data is None else decode_value(file, file.data, record)


def decode_value(file: ContentFile, value: object, record: type[T], under: Steps = ()) -> T | None:
    """Turn the value at the path `under` in a file into a record, noting faults likewise."""
    found = into_record(value, record)
    if found is None or _has_none(value):
        for fault in shape_faults(value, record):
            path = (*under, *fault.path)
            own_path = file.source(path)[1]
            sentence = misshapen(fault.kind, own_path, fault.expected, fault.found)
            # The parser sees an absent value only where the next thing begins: point at the key.
            absent = fault.found is None and fault.kind in {"empty", "type", "choice"}
            file.report(path, sentence, at_key=absent or fault.kind == "unknown")
    return found


def _has_none(data: object) -> bool:
    if isinstance(data, dict):
        return any(map(_has_none, data.values()))
    if isinstance(data, list):
        return any(map(_has_none, data))
    return data is None


class Folder(Record, frozen=True):
    """A content folder, and how its files are named to a person."""

    path: Path
    label: str

    def name_of(self, file: str) -> str:
        """Return the name by which a person knows a file of this folder."""
        name = f"{self.label.rstrip('/')}/{file}" if self.label not in {"", "."} else file
        return name.encode(errors="replace").decode()

    def framework(self) -> ContentFile | None:
        """Read the framework's file, if there is one."""
        path = self.path / FRAMEWORK_FILE
        return ContentFile(path, self.name_of(FRAMEWORK_FILE)) if path.exists() else None

    def role_paths(self) -> list[Path]:
        """Return the paths of the role files, in the order of their names."""
        try:
            paths = list((self.path / ROLES_FOLDER).iterdir())
        except FileNotFoundError:
            return []
        return sorted(
            path for path in paths if path.suffix.lower() in SUFFIXES and path.name[0] != "."
        )

    def role(self, path: Path) -> ContentFile:
        """Read a role file."""
        return ContentFile(path, self.name_of(f"{ROLES_FOLDER}/{path.name}"))


def shipped_folder() -> Path:
    """Return the folder of the content that comes with the program."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    # In a source checkout the data are at its top; a built wheel carries them inside.
    return inside if inside.is_dir() else package.parent.parent / "data"
