"""Says which links between the project's own documents lead nowhere.

Usage: python scripts/check_links.py
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Check every relative link of every document; give 1 if one is dead."""
    dead = 0
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                print(f"{page.relative_to(ROOT)}: nothing at {target}")
                dead += 1
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
