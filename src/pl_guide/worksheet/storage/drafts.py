"""What is being typed, kept on disk from moment to moment, and found again after a crash.

Each session keeps one draft file, and holds a lock on it for as long as it runs. A draft whose
lock is free was left behind by a session that didn't end as it should.
"""

import json
import threading
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pl_guide.text import reason_of
from pl_guide.worksheet.model import Draft, goes_on, tidy_text
from pl_guide.worksheet.storage.atomic import place_name, write_whole


class DraftBox:
    """Keeps the draft of one session on one worksheet.

    Where the folder can't be written, nothing is kept and `reason` says why; a session goes on
    without, since each accepted answer is saved all the same.
    """

    def __init__(self, worksheet: Path, state: Path) -> None:
        self._folder = state / "drafts"
        self._place = place_name(worksheet)
        self._lock: FileLock | None = None
        self._held: dict[tuple[str, str], str] = {}
        # The text being typed is kept from another thread.
        self._writing = threading.Lock()
        self.reason = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = self._own_file()
        except OSError as error:
            self.reason = reason_of(error)

    def _own_file(self) -> Path:
        number = 0
        while True:
            number += 1
            file = self._folder / f"{self._place}-{number}.json"
            lock = FileLock(f"{file}.lock")
            with suppress(Timeout):
                lock.acquire(timeout=0)
                if not file.exists():
                    self._lock = lock
                    return file
                # Left behind; `take_over` reads it while its lock is free.
                lock.release()

    def keep(self, draft: Draft) -> None:
        """Put a draft on disk beside those of other fields; an empty text removes it."""
        place = (draft.question, draft.field)
        with self._writing:
            if self._held.get(place, "") != draft.text:
                held = {**self._held, place: draft.text}
                self._write({key: text for key, text in held.items() if text})

    def clear(self, question: str, field: str) -> None:
        """Remove the draft of one field: its text is safe elsewhere."""
        self.keep(Draft(question, field, ""))

    def take_over(self) -> tuple[Draft, ...]:
        """Make the drafts that ended sessions have left this session's own; give one a field."""
        held: dict[tuple[str, str], str] = {}
        files = []
        for file, drafts in self._left_behind():
            files.append(file)
            for draft in drafts:
                place = (draft.question, draft.field)
                old = held.get(place, "")
                if not goes_on(old, draft.text):
                    both = f"{old}\n\n{draft.text}"
                    held[place] = draft.text if goes_on(draft.text, old) else both
        if held:
            self._write(held)
        if self._held == held:
            # Only what is on disk under this session's name may go under the others'.
            for file in files:
                file.unlink(missing_ok=True)
        return tuple(Draft(*place, text) for place, text in held.items())

    def moved(self, worksheet: Path, state: Path) -> "DraftBox":
        """Give a box for another worksheet with the same drafts, and let go of this one."""
        box = DraftBox(worksheet, state)
        box._write(dict(self._held))
        if box._held == self._held:
            self._write({})
        self.close()
        return box

    def _write(self, held: dict[tuple[str, str], str]) -> None:
        if self._lock is None:
            return
        try:
            if held:
                rows = [[*place, text] for place, text in held.items()]
                write_whole(self._file, json.dumps(rows).encode("ascii"))
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            self.reason = reason_of(error)
        else:
            self._held = held

    def _left_behind(self) -> list[tuple[Path, list[Draft]]]:
        """Give the files of ended sessions, oldest first, and the drafts in each."""
        found: list[tuple[float, Path, list[Draft]]] = []
        if self._lock is None:
            return []
        for file in self._folder.glob(f"{self._place}-*.json"):
            lock = FileLock(f"{file}.lock")
            # What another program put there is no draft.
            unreadable = suppress(AttributeError, OSError, TypeError, ValueError)
            with suppress(Timeout), lock.acquire(timeout=0), unreadable:
                rows = json.loads(file.read_bytes())
                drafts = [Draft(key, field, tidy_text(text)) for key, field, text in rows]
                found.append((file.stat().st_mtime, file, drafts))
        return [(file, drafts) for _, file, drafts in sorted(found, key=lambda each: each[0])]

    def close(self) -> None:
        """Let go of the draft's lock."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
