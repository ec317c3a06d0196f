"""How commands print what a query gave: one place for formats, labels and citations."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from kg.dataset import Dataset
    from kg.query import Answer
    from kg.tables import Rows

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def format_option(function: Decorated) -> Decorated:
    """``--format NAME``, given as ``form: str | None``."""
    return click.option(
        "-f", "--format", "form", metavar="FORMAT",
        help="Rows: table, json, csv, tsv, md, xml. Triples: turtle, json-ld, ntriples, xml, trig, nquads.",
    )(function)  # fmt: skip


def lang_option(function: Decorated) -> Decorated:
    """``--lang CODES``, given as ``languages: tuple[str, ...]``, the preferred first."""
    return click.option(
        "--lang", "languages", metavar="CODES", callback=_read_languages,
        help="Languages of labels, the preferred first: fr,en. In json, csv, tsv and xml it adds columns of labels.",
    )(function)  # fmt: skip


def answer_options(function: Decorated) -> Decorated:
    """``--format``, ``--lang`` and ``--cite``, given as ``form``, ``languages`` and ``cite``."""
    cited = click.option("--cite", is_flag=True, help="Add the quotes behind each row.")(function)
    return format_option(lang_option(cited))


def print_answer(store: Dataset, answer: Answer, *, form: str | None, languages: tuple[str, ...], cite: bool) -> None:
    """Print what a query gave. Raises KgError for a format or option that does not fit it."""
    from kg.tables import Rows, emit, render_answer

    note_languages(store, languages)
    if isinstance(answer, Rows):
        print_rows(store, answer, form=form or "table", languages=languages, cite=cite)
    elif cite:
        raise KgError("only rows can be cited", where="--cite", hint="Use a SELECT query.")
    elif isinstance(answer, bool):
        emit(render_answer(answer, form or "table"))
    else:
        _print_triples(store, answer, form or "turtle")


def print_rows(store: Dataset, rows: Rows, *, form: str, languages: tuple[str, ...] = (), cite: bool = False) -> None:
    """Print rows: labels for IRIs in ``table`` and ``md``; in the W3C's formats beside them, if languages are given."""
    from pyoxigraph import NamedNode

    from kg.query.quotes import Quotes
    from kg.tables import Labels, emit, render, with_labels

    if languages or form in ("table", "md"):
        store.read_ahead(cell for row in rows.rows for cell in row if isinstance(cell, NamedNode))
    labels = Labels(store, languages)
    quotes: Sequence[Sequence[str]] = Quotes(store).cited(rows) if cite else ()
    if languages and form not in ("table", "md"):
        rows = with_labels(rows, labels)
    emit(render(rows, form, text=labels.text, quotes=quotes))


def note(told: Iterable[object]) -> None:
    """Tell people what an answer does not: on standard error, so that what programs read stays as it is."""
    for each in told:
        click.echo(f"Note: {each}", err=True)


def note_languages(store: Dataset, languages: Sequence[str]) -> None:
    """Tell of languages of ``--lang`` in which the graph has no label: others stand in their place."""
    from kg.query.absent import unlabelled

    note(unlabelled(store, languages))


def _print_triples(store: Dataset, triples: tuple[Triple, ...], name: str) -> None:
    from kg.formats import FORMATS, write_triples
    from kg.tables import emit

    form = next((each for each in FORMATS if each.name == name), None)
    if form is None:
        names = ", ".join(each.name for each in FORMATS)
        raise KgError(f"triples cannot be written as '{name}'", where="--format", hint=f"One of: {names}")
    output = io.BytesIO()
    write_triples(triples, form, output, base=store.base)
    emit(output.getvalue())


def _read_languages(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, ...]:
    codes = tuple(code.strip().lower() for code in (value or "").split(",") if code.strip())
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise KgError(f"'{code}' is not the code of a language", where="--lang", hint="Such as fr, or fr,en.")
    return codes
