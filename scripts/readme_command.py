"""Prints the README's n-th shell command, so that CI runs what people paste.

Usage: python scripts/readme_command.py N
"""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"

if __name__ == "__main__":
    commands = re.findall(r"```sh\n(.+?)\n```", README.read_text(encoding="utf-8"), re.DOTALL)
    print(commands[int(sys.argv[1]) - 1])
