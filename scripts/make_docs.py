"""Makes the parts of the documentation that the program tells: its picture, its reference.

Usage: python scripts/make_docs.py [--check]

With --check, writes nothing and exits with 1 if a file isn't what the program says today.
"""

import argparse
import ast
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from pl_guide.cli.app import COMMANDS
from pl_guide.session.moves import CHECK_IN, REFLECTION, listed_commands, listed_keys
from pl_guide.wording import Terms

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PROGRAM = [sys.executable, "-m", "pl_guide"]
PICTURED = [
    "show",
    "coach",
    "--category",
    "conditions-for-success",
    "--section",
    "responsibilities",
]
WIDTH = 84

# Ink on paper, and colours that stay readable there.
THEME = TerminalTheme(
    (253, 253, 250),
    (36, 41, 47),
    [
        (36, 41, 47), (179, 38, 30), (22, 110, 54), (138, 92, 0),
        (26, 83, 173), (126, 48, 150), (0, 108, 122), (100, 106, 115),
    ],
)  # fmt: skip

# Rich's own template loads a font from the web; a picture should need nothing from outside.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>{title}</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def run(*arguments: str, **env: str) -> str:
    """Run the program, and give what it writes to stdout."""
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [*PROGRAM, *arguments],
        env={**kept, "COLUMNS": str(WIDTH), **env},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def picture() -> str:
    """Draw the program's real output as SVG."""
    colored = run(*PICTURED, "--format", "terminal", FORCE_COLOR="1", TERM="xterm-256color")
    console = Console(width=WIDTH, record=True, file=io.StringIO(), color_system="256")
    console.print(Text.from_ansi(colored.rstrip("\n")), end="\n")
    title = f"plguide {' '.join(PICTURED)}"
    template = SVG.replace("{title}", title)
    drawn = console.export_svg(title=title, theme=THEME, code_format=template, unique_id="plguide")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def help_of(*command: str) -> str:
    """Give a command's help, or the program's."""
    return run(*command, "--help", COLUMNS="80").rstrip()


def reference() -> str:
    """Write each command's own help as a page."""
    parts = [
        "# Commands\n",
        "Made from the program's own help by `python scripts/make_docs.py`.\n",
        f"```text\n{help_of()}\n```\n",
    ]
    parts += [f"## {name}\n\n```text\n{help_of(name)}\n```\n" for name in COMMANDS]
    return "\n".join(parts)


def table(name: str, reflection: list[tuple[str, str]], check_in: list[tuple[str, str]]) -> str:
    """Write what keys or commands do in either session as a table."""
    one, other = dict(reflection), dict(check_in)
    rows = [(shown, one.get(shown, ""), other.get(shown, "")) for shown in one | other]
    lines = [f"| {name} | in `reflect` | in `check-in` |", "|:--|:--|:--|"]
    lines += [Terms().say(f"| {' | '.join(row)} |".replace("  ", " ")) for row in rows]
    return "\n".join(lines)


def with_keys(page: str) -> str:
    """Put the tables of keys and commands into a page, between their marks."""
    tables = {
        "keys": table("key", listed_keys(REFLECTION), listed_keys(CHECK_IN)),
        "commands": table(
            "command",
            *(
                [(f"`{command}`", does) for command, does in listed_commands(rows)]
                for rows in (REFLECTION, CHECK_IN)
            ),
        ),
    }
    for name, text in tables.items():
        marks = rf"(<!-- {name}, .*? -->\n).*?(<!-- end of {name} -->)"
        page = re.sub(marks, rf"\g<1>\n{text}\n\n\g<2>", page, flags=re.DOTALL)
    return page


def tree() -> str:
    """Write the folders and modules of the source, each with the first line of its docstring."""
    top = ROOT / "src" / "pl_guide"
    folders = sorted(path.parent for path in top.rglob("__init__.py"))
    lines = []
    for folder in folders:
        name = "pl_guide" if folder == top else f"{folder.relative_to(top).as_posix()}/"
        lines.append(f"{name}  {first_line(folder / '__init__.py')}")
        modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
        lines += [f"    {module.name}  {first_line(module)}" for module in modules]
    return "\n".join(lines)


def first_line(module: Path) -> str:
    """Return the first line of a module's docstring."""
    found = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return found.split("\n")[0]


def with_tree(page: str) -> str:
    """Put the tree of the source into a page, between its marks."""
    marks = r"(<!-- tree -->\n).*?(<!-- end of tree -->)"
    made = f"```text\n{tree()}\n```\n"
    return re.sub(marks, lambda found: f"{found[1]}\n{made}\n{found[2]}", page, flags=re.DOTALL)


def main() -> int:
    """Make all files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    options = parser.parse_args()
    made = {
        DOCS / "picture.svg": picture(),
        DOCS / "commands.md": reference(),
        DOCS / "reflect.md": with_keys((DOCS / "reflect.md").read_text(encoding="utf-8")),
        ROOT / "ARCHITECTURE.md": with_tree((ROOT / "ARCHITECTURE.md").read_text("utf-8")),
    }
    stale = [
        path
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if options.check:
            print(f"{path.relative_to(ROOT)} is stale: run python scripts/make_docs.py")
        else:
            path.write_text(made[path], encoding="utf-8")
            print(f"{path.relative_to(ROOT)} made anew")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
