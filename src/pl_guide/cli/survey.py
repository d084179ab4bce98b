"""Many worksheets, read one after another."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pl_guide.cli.output import say
from pl_guide.messages.errors import FILE, error_words
from pl_guide.messages.results import NONE_HERE, unread
from pl_guide.surveys.reading import Take, found_worksheets, markdown_files

T = TypeVar("T")


class Survey:
    """Reads worksheets one after another, and remembers which couldn't be read."""

    def __init__(self, paths: list[Path] | None) -> None:
        self._files = markdown_files(paths or [Path()])
        self.unread = 0
        self.found = 0

    def taken(self, take: Take[T]) -> Iterator[T]:
        """Yield what is taken from each worksheet; name each that can't be read on stderr."""
        from pl_guide.render.progress_bar import with_progress

        read = found_worksheets(self._files, take)
        for file in with_progress(read, len(self._files), "Reading worksheets"):
            if file.error is not None:
                self.unread += 1
                say(error_words(file.error))
            elif file.taken is not None:
                self.found += 1
                yield file.taken

    def remarks(self) -> Iterator[str]:
        """Return what is missing in what was taken, once all of it has been."""
        if not self.found and not self.unread:
            yield NONE_HERE
        if self.unread:
            yield unread(self.unread, others=bool(self.found))

    def code(self) -> int:
        """Return the exit code: whether all files could be read."""
        return FILE if self.unread else 0
