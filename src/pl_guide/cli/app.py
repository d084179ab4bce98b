"""The program `plguide`: which commands there are, and where each lives.

A command's module is loaded only when that command runs, so that none pays for another.
"""

import shutil
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from pl_guide.cli.errors import errors_into_words
from pl_guide.cli.result import Result, deliver
from pl_guide.errors import UnknownName
from pl_guide.text import nearest

# Each command is a function in the module of its name under `pl_guide.cli.commands`; in the order
# and the sections of the help page.
SECTIONS: dict[str, tuple[str, ...]] = {
    "Read": ("roles", "standards", "show", "search"),
    "Reflect": ("reflect", "worksheet"),
    "After the session": ("status", "plan", "check-in", "merge", "diff", "export", "report"),
    "Compare": ("crosswalk", "compare"),
    "Your own content": ("validate", "init", "schema", "import"),
}
COMMANDS = tuple(name for names in SECTIONS.values() for name in names)

WIDEST_HELP = 90


class LazyGroup(TyperGroup):
    """A group whose commands are built when asked for, and whose results and errors meet here."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """List the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Build a command, or give None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        name += "_" * iskeyword(name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(getattr(import_module(f"pl_guide.cli.commands.{name}"), name))
        command = get_command(single)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the arguments begin with.

        Raises:
            UnknownName: there is no such command.
        """
        name = args[0]
        if not ctx.resilient_parsing and name not in COMMANDS and not name.startswith("-"):
            raise UnknownName(name, "command", nearest(name, COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands, in its sections."""
        longest = max(map(len, COMMANDS))
        for title, names in SECTIONS.items():
            rows = [
                # The whole first sentence; the formatter wraps it.
                (name.ljust(longest), self.get_command(ctx, name).get_short_help_str(200))
                for name in names
            ]
            with formatter.section(title):
                formatter.write_dl(rows)

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read what was typed, or print the help; what goes wrong becomes words and a code."""
        with errors_into_words(self._typed_names):
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Run the command, and deliver what it found, or say what went wrong."""
        with errors_into_words(self._typed_names):
            result = super().invoke(ctx)
            if isinstance(result, Result):
                raise typer.Exit(deliver(result))

    def _typed_names(self) -> list[str]:
        """Return the names of the command and of options among what was typed, and no value."""
        typed = sys.argv[1:]
        names, params = [], list(self.params)
        if typed and typed[0] in COMMANDS:
            names.append(typed[0])
            params += self.get_command(None, typed[0]).params
        known = {option for param in params for option in (*param.opts, "-h", "--help")}
        for word in typed:
            name = word.split("=")[0] if word.startswith("--") else word[:2]
            if name in known:
                names.append(name)
        return names


app = typer.Typer(
    name="plguide",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "terminal_width": max(min(shutil.get_terminal_size().columns, WIDEST_HELP), 30),
    },
)


def _print_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"plguide {version('pl-guide')}")
        raise typer.Exit


@app.callback(
    epilog="Begin with: plguide show coach. Help for a command: plguide show --help. "
    "In a pipe or a file you get Markdown."
)
def plguide(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Guides for professional learning: read them, think with them, take first steps."""
    del version
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
