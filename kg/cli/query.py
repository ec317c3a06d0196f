"""``kg query``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kg.cli.answers import answer_options, format_option, lang_option, note, print_answer
from kg.cli.options import dataset_options

if TYPE_CHECKING:
    from kg.dataset import Dataset
    from kg.query import Query

#: What marks the options that are parameters of a query: ``--format`` of ours and of a query must not clash.
_MARK: Final = "parameter_"


class Questions(click.Group):
    """The prepared queries as commands, each with its parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all queries."""
        from kg.resources import query_files

        return [path.stem for path in query_files()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The query ``cmd_name`` as a command; None where there is none."""
        from kg.query import named

        return _command(named(cmd_name)) if cmd_name in self.list_commands(ctx) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does. Raises KgError, with the nearest name, for an unknown query."""
        from kg.query import named

        if not args[0].startswith("-"):
            named(args[0])
        return super().resolve_command(ctx, args)


@click.group(
    "query",
    cls=Questions,
    invoke_without_command=True,
    short_help="Ask one of the prepared questions.",
    options_metavar="[OPTIONS]",
    subcommand_metavar="[NAME [--PARAM VALUE]...]",
)
@format_option
@lang_option
@click.pass_context
def command(context: click.Context, form: str | None, languages: tuple[str, ...]) -> None:
    """Ask one of the prepared questions; without a name, list them with their parameters, in a language of --lang.

    ``kg query NAME --help`` tells more of one.
    """
    if context.invoked_subcommand is None:
        _list(form or "table", languages)


def _list(form: str, languages: tuple[str, ...]) -> None:
    from pyoxigraph import Literal

    from kg.query import queries
    from kg.query.absent import unspoken
    from kg.tables import Cell, Rows, emit, render

    def text(cell: Cell) -> str:
        return cell.value if isinstance(cell, Literal) else ""

    def line(query: Query) -> tuple[Literal, ...]:
        parameters = " ".join(f"--{each.name} {each.type.upper()}" for each in query.parameters)
        return tuple(map(Literal, (query.name, query.summary_in(*languages)[0], parameters)))

    spoken = sorted({"en", *(code for query in queries() for code in query.summaries)})
    note(unspoken("question", languages, spoken))
    rows = tuple(map(line, queries()))
    emit(render(Rows(("query", "question", "parameters"), rows), form, text=text))


def _command(query: Query) -> click.Command:
    """A query as a command."""

    def run_query(
        store: Dataset, form: str | None, languages: tuple[str, ...], cite: bool, **given: str | None
    ) -> None:
        from kg.query import run
        from kg.query.absent import absent

        group = click.get_current_context().parent
        assert group is not None
        named = ((each.name, given[_MARK + each.name.lower()]) for each in query.parameters)
        values = {name: value for name, value in named if value is not None}
        answer = run(store, query.name, values)
        note(absent(store, query, values).values())
        form, languages = form or group.params["form"], languages or group.params["languages"]
        print_answer(store, answer, form=form, languages=languages, cite=cite)

    described = click.Command(
        query.name,
        callback=dataset_options(answer_options(run_query)),
        help=f"{query.summary}.\n\n{query.description}",
        params=[
            click.Option(
                [f"--{each.name}", f"{_MARK}{each.name.lower()}"],
                metavar=each.type.upper(),
                help=each.doc + (f"  [default: {each.plain_default}]" if each.default else ""),
            )
            for each in query.parameters
        ],
    )
    described.params += list(getattr(described.callback, "__click_params__", ()))[::-1]
    return described
