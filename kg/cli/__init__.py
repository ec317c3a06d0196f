"""The command line ``kg``: one module per command, imported only when it is called, so that ``kg --help`` is quick."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import IO, Any, Final

import click

from kg.errors import KgError
from kg.memory import collect_seldom

#: Command to (module of ``kg.cli`` whose ``command`` it is, summary), in the order of a first day's work.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "build": ("build", "Read articles into one graph."),
    "query": ("query", "Ask one of the prepared questions."),
    "sparql": ("sparql", "Run any SPARQL query."),
    "explain": ("explain", "Show all that is said of an entity, with the quotes."),
    "picture": ("picture", "Draw what stands around an entity."),
    "validate": ("validate", "Check the graph against the shapes."),
    "info": ("info", "Say what is in the store."),
    "diff": ("diff", "Compare two graphs, fact by fact."),
    "export": ("export", "Write the graph in an RDF format."),
    "serve": ("serve", "Show the graph in a browser, and answer SPARQL."),
    "dossier": ("dossier", "Write all pages as one HTML file to mail to somebody."),
    "load": ("load", "Put the graph into a triple store."),
    "names": ("names", "List entities with their names and why names were merged."),
    "gaps": ("gaps", "List sentences from which no rule took anything."),
    "score": ("score", "Compare the graph with what a careful reader found."),
    "lang": ("lang", "List and check language packs."),
}

#: What a shell reports for a program that ended because its reader left.
_PIPE_CLOSED: Final = 141


class Failure(click.ClickException):
    """A KgError on its way to the terminal: message, place and hint, no traceback, exit 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message on standard error."""
        click.echo(f"Error: {self.message}", file=file, err=file is None)


class LazyGroup(click.Group):
    """A group whose commands are named in ``COMMANDS`` and imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, imported now; None for an unknown one."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"kg.cli.{COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a name that is nearly one. Raises click.UsageError for others."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries of the table, importing nothing."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A KgError becomes its message and exit 2; a reader that left ends the run quietly."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise Failure(str(error)) from error
        except BrokenPipeError:
            # What is still buffered must not be written, and complained of, when the interpreter ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_PIPE_CLOSED)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg", prog_name="kg")
def main() -> None:
    """Turn news articles into one knowledge graph that quotes its sources."""
    collect_seldom()
