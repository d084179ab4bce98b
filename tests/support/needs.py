"""What a test needs of the computer it is run on; where that is missing, it is skipped and says so.

Where everything must be there, `PLGUIDE_TESTS=all` makes a missing program a failure.
"""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

NO_TERMINAL = "there is no pseudo-terminal on this system"
HAS_TERMINAL = find_spec("termios") is not None

pseudo_terminal = pytest.mark.skipif(not HAS_TERMINAL, reason=NO_TERMINAL)
posix = pytest.mark.skipif(
    os.name == "nt", reason="permissions, links and signals are not as POSIX has them"
)
not_root = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is closed to root"
)
bash = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="there is no POSIX bash here"
)


def found_program(*names: str) -> Path | None:
    """Return where the first of these programs is: beside Python, or on the path."""
    beside = str(Path(sys.executable).parent)
    for name in names:
        found = shutil.which(name, path=beside) or shutil.which(name)
        if found:
            return Path(found)
    return None


def needed(*names: str) -> str:
    """Return where a program is, under one of its names; without it the test is skipped."""
    found = found_program(*names)
    if found is None:
        unavailable(f"there is no {names[0]} here")
    return str(found)


def unavailable(what: str) -> None:
    """Skip the test for want of something, or fail where everything must be there."""
    if os.environ.get("PLGUIDE_TESTS") == "all":
        pytest.fail(what)
    pytest.skip(what)
