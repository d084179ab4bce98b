"""A person's own editor, for a text."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from pl_guide.messages.session import EDITOR_FAILED, NO_EDITOR


def edited(text: str, tell: Callable[[str], None]) -> str:
    """Open a text in $VISUAL or $EDITOR, and return it as it is afterwards."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        tell(NO_EDITOR)
        return text
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answer.md")
        file.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(command), str(file)], check=True)  # noqa: S603
            return file.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        except (OSError, subprocess.CalledProcessError):
            tell(EDITOR_FAILED.format(command=command))
            return text
