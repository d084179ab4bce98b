"""What is being typed, kept on disk from moment to moment, and found again after a crash.

Each session keeps one draft file, and holds a lock on it for as long as it runs. A draft whose
lock is free was left behind by a session that didn't end as it should.
"""

import json
from collections.abc import Collection
from pathlib import Path

from filelock import FileLock, Timeout

from pl_guide.worksheet.files import place_name, write_whole
from pl_guide.worksheet.reflection import Draft, tidy_text


def _question(file: Path) -> object:
    try:
        return json.loads(file.read_bytes())[0]
    except (IndexError, KeyError, OSError, TypeError, ValueError):
        return None


class DraftBox:
    """Keeps the draft of one session on one worksheet.

    Where the folder can't be written, nothing is kept and `reason` says why; a session goes on
    without, since each accepted answer is saved all the same.
    """

    def __init__(self, worksheet: Path, state: Path) -> None:
        self._folder = state / "drafts"
        self._place = place_name(worksheet)
        self._lock: FileLock | None = None
        self._written: Draft | None = None
        self.reason = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = self._own_file()
        except OSError as error:
            self.reason = (error.strerror or type(error).__name__).lower()

    def _own_file(self) -> Path:
        number = 0
        while True:
            number += 1
            file = self._folder / f"{self._place}-{number}.json"
            lock = FileLock(f"{file}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            if file.exists():
                # Left behind; `left_behind` reads it while its lock is free.
                lock.release()
                continue
            self._lock = lock
            return file

    def keep(self, draft: Draft) -> None:
        """Put the draft on disk, unless it is there already; an empty text removes it."""
        if self._lock is None or draft == self._written:
            return
        try:
            if draft.text:
                raw = json.dumps([draft.question, draft.field, draft.text]).encode("ascii")
                write_whole(self._file, raw)
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            self.reason = (error.strerror or type(error).__name__).lower()
        else:
            self._written = draft

    def clear(self) -> None:
        """Remove this session's draft: its text is safe elsewhere."""
        if self._lock is not None and (self._written is None or self._written.text):
            self.keep(Draft("", "", ""))

    def left_behind(self) -> list[Draft]:
        """Take over the drafts that ended sessions have left, oldest first."""
        found: list[tuple[float, Draft]] = []
        if self._lock is None:
            return []
        for file in self._folder.glob(f"{self._place}-*.json"):
            lock = FileLock(f"{file}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            try:
                question, field, text = json.loads(file.read_bytes())
                found.append((file.stat().st_mtime, Draft(question, field, tidy_text(text))))
            except (AttributeError, OSError, TypeError, ValueError):
                pass
            finally:
                lock.release()
        return [draft for _, draft in sorted(found, key=lambda each: each[0])]

    def forget(self, but: Collection[str] = ()) -> None:
        """Remove the drafts that ended sessions have left, but for those of some questions."""
        for file in self._folder.glob(f"{self._place}-*.json"):
            lock = FileLock(f"{file}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            if _question(file) not in but:
                file.unlink(missing_ok=True)
            lock.release()

    def close(self) -> None:
        """Let go of the draft's lock."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
