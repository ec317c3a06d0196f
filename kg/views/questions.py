"""The prepared queries as forms, and what they answer: rows of cells with their quotes, and bars where rows count."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import KgError, UnknownName
from kg.formats import by_name, write_triples
from kg.query import Parameter, Query, lists, queries, run_query
from kg.query.absent import VOCABULARIES, Absent, absent_value, vocabulary
from kg.query.binding import checked
from kg.query.entities import KINDS
from kg.query.parameters import SCHEMES, concepts
from kg.query.quotes import Quote, Quotes
from kg.store import Store
from kg.tables import EVIDENCE, Cell, Labels, Rows, short
from kg.vocab import term

#: Rows of a page, and names offered for a field: those that most articles name.
PAGE: Final = 100
OFFERED: Final = 200
#: Bars of a chart.
BARS: Final = 50
#: The farthest page that is looked up.
FARTHEST: Final = 1_000_000

_NUMBERS: Final = frozenset(term(f"xsd:{name}") for name in ("integer", "decimal", "double"))
_DAYS: Final = frozenset({term("xsd:date")})
#: Columns that say what the numbers of a row are numbers of: bars of different ones are never in one chart.
_UNITS: Final = ("currency", "counts")
#: Numbers that measure something, the first that a query has; others say where something stands, or which it is.
_MEASURES: Final = ("amount", "value", "sums", "articles", "facts", "posts")
#: Columns that say more of the measure of a row: the upper end of a range, and the period that it is of.
_OF_BARS: Final = ("upper", "start", "end")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that is offered for a field, and what it is called, in which language."""

    value: str
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field: ``value`` as it was given.

    ``wrong`` says why it is not accepted: ``unknown`` (nothing is called that), ``several`` (more than one thing is),
    or the type that it is not of. ``absent`` says of one that is accepted that nothing in the graph has it. ``near``
    are values that may be meant. ``closed`` says that ``choices`` are all there are.
    """

    parameter: Parameter
    value: str
    choices: tuple[Choice, ...] = ()
    closed: bool = False
    wrong: str = ""
    absent: Absent | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown: ``kind`` is ``node``, ``text``, ``number``, ``day``, ``list`` or ``none``.

    ``iri`` is what a node leads to; ``parts`` the items of a list.
    """

    kind: str
    text: str = ""
    language: str = ""
    iri: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, and the sentences behind it."""

    cells: tuple[Shown, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: the cells that name it, its length, and of a range the upper end.

    ``start`` and ``end`` are the days of a period, as ``2024-12-31``; empty where the row does not say them.
    """

    cells: tuple[Shown, ...]
    value: Decimal
    upper: Decimal | None = None
    start: str = ""
    end: str = ""

    @property
    def most(self) -> Decimal:
        """Its value; of a range the upper end."""
        return self.value if self.upper is None else self.upper


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of one column, of rows with one ``unit``; ``more`` counts the rows that have no bar."""

    column: str
    unit: Shown
    bars: tuple[Bar, ...]
    more: int

    @property
    def most(self) -> Decimal:
        """The largest value."""
        return max(bar.most for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its fields, and its answer where every field holds what its parameter accepts.

    ``columns`` are names of columns with whether they hold numbers. ``turtle`` is the answer of a query that
    constructs triples. ``after`` says whether rows follow those from ``offset`` on that are shown.
    """

    query: Query
    fields: tuple[Field, ...]
    columns: tuple[tuple[str, bool], ...] = ()
    lines: tuple[Line, ...] = ()
    charts: tuple[Bars, ...] = ()
    turtle: str = ""
    offset: int = 0
    after: bool = False

    @property
    def accepted(self) -> bool:
        """Whether there is an answer."""
        return not any(field.wrong for field in self.fields)

    @property
    def given(self) -> dict[str, str]:
        """What was asked, by parameter."""
        return {field.parameter.name: field.value for field in self.fields if field.value}


def groups() -> dict[str, tuple[Query, ...]]:
    """The queries by what they are about: the first of their tags."""
    ordered = sorted(queries(), key=lambda query: (query.tags[0], query.name))
    return {tag: tuple(found) for tag, found in groupby(ordered, key=lambda query: query.tags[0])}


def question(store: Store, name: str, given: Mapping[str, str], *, language: str, offset: int = 0) -> Question | None:
    """The query ``name`` with what is ``given`` for its parameters, empty texts left out; None where there is none.

    ``language`` is that of labels.
    """
    query = next((each for each in queries() if each.name == name), None)
    if query is None:
        return None
    labels = Labels(store, (language,))
    values = {each.name: given[each.name] for each in query.parameters if given.get(each.name, "").strip()}
    fields = tuple(_field(parameter, values.get(parameter.name, ""), labels) for parameter in query.parameters)
    if any(field.wrong for field in fields):
        return Question(query, fields)
    offset = min(max(offset, 0), FARTHEST)
    answer = run_query(store, query, values, limit=PAGE + 1, offset=offset)
    if not isinstance(answer, Rows):
        assert isinstance(answer, tuple), "no prepared query is an ASK"
        output = io.BytesIO()
        write_triples(answer, by_name("turtle"), output, base=store.base)
        return Question(query, fields, turtle=output.getvalue().decode())
    rows = Rows(answer.columns, answer.rows[:PAGE])
    shown = tuple(column for column in rows.columns if column != EVIDENCE)
    separators = lists(query)
    lines = tuple(
        Line(
            tuple(
                _shown(cell, labels, separators.get(column, ""))
                for column, cell in zip(rows.columns, row, strict=True)
                if column != EVIDENCE
            ),
            tuple(quotes),
        )
        for row, quotes in zip(rows.rows, Quotes(store).behind(rows), strict=True)
    )
    return Question(
        query,
        fields,
        columns=tuple((column, _is_number(rows.column(column))) for column in shown),
        lines=lines,
        charts=tuple(_charts(shown, lines)),
        offset=offset,
        after=len(answer.rows) > PAGE,
    )


def _field(parameter: Parameter, value: str, labels: Labels) -> Field:
    choices, closed = _choices(parameter.type, labels)
    field = Field(parameter, value, choices, closed)
    if not value:
        return field
    try:
        checked(parameter, value, labels.store)
    except KgError as error:
        return replace(field, wrong=_wrong(parameter.type, error), near=error.near)
    missing = absent_value(labels.store, parameter.type, value)
    return replace(field, absent=missing, near=missing.near) if missing else field


def _wrong(kind: str, error: KgError) -> str:
    """Why a value of a type is not accepted, as ``Field.wrong`` says it."""
    if isinstance(error, UnknownName) or kind in SCHEMES:
        return "unknown"
    if kind in ("entity", *KINDS):
        return "several"
    return "string" if kind == "currency" else kind


@lru_cache(maxsize=256)
def _choices(kind: str, labels: Labels) -> tuple[tuple[Choice, ...], bool]:
    """Values to offer for a type of parameters, and whether they are all there are.

    What is found is kept: a store does not change while it is open.
    """
    if kind in SCHEMES:
        return _concepts(kind, labels), True
    if kind in VOCABULARIES:
        return tuple(Choice(value, value) for value in vocabulary(labels.store, kind)), True
    if kind == "article":
        pattern = "{ ?article a kg:Article ; schema:identifier ?value OPTIONAL { ?article schema:headline ?label } }"
        return _rows(labels, pattern), False
    if kind == "entity" or kind in KINDS:
        return _entities(KINDS if kind == "entity" else (kind,), labels), False
    return (), False


def _concepts(scheme: str, labels: Labels) -> tuple[Choice, ...]:
    found = []
    for slug, node in concepts(scheme, labels.store).items():
        label = labels.of(node)
        found.append(
            Choice(slug, slug if label is None else label.value, "" if label is None else label.language or "")
        )
    return tuple(sorted(found, key=lambda choice: (choice.label.casefold(), choice.value)))


def _entities(kinds: Sequence[str], labels: Labels) -> tuple[Choice, ...]:
    """The names of what most articles name. A name of several things is no choice: their IRIs are."""
    starts = " || ".join(f'STRSTARTS(STR(?value), "{labels.store.base}{kind}/")' for kind in kinds)
    pattern = f"{{ ?article kg:mentions|kg:reports ?value FILTER ({starts}) }} GROUP BY ?value"
    order = f"ORDER BY DESC(COUNT(DISTINCT ?article)) ?value LIMIT {OFFERED}"
    answer = labels.store.answer(f"SELECT ?value {pattern} {order}")
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    named = [(row["value"], label) for row in answer if (label := labels.of(row["value"])) is not None]
    met = [label.value for _, label in named]
    return tuple(
        Choice(label.value, "", label.language or "")
        if met.count(label.value) == 1
        else Choice(short(node, base=labels.store.base), label.value, label.language or "")
        for node, label in named
    )


def _rows(labels: Labels, pattern: str) -> tuple[Choice, ...]:
    """Values, and what they are called where the pattern says it."""
    answer = labels.store.answer(f"SELECT DISTINCT ?value ?label {pattern} ORDER BY ?value LIMIT {OFFERED}")
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    found = ((row["value"], row["label"]) for row in answer)
    return tuple(
        Choice(value.value, "" if label is None else label.value, "" if label is None else label.language or "")
        for value, label in found
    )


def _shown(cell: Cell, labels: Labels, separator: str) -> Shown:
    """A cell as a reader sees it."""
    if isinstance(cell, NamedNode):
        label = labels.of(cell)
        if label is None:
            return Shown("node", short(cell, base=labels.store.base), iri=cell.value)
        return Shown("node", label.value, label.language or "", iri=cell.value)
    if not isinstance(cell, Literal):
        return Shown("none") if cell is None else Shown("text", str(cell))
    if separator:
        return Shown("list", cell.value, parts=tuple(part for part in cell.value.split(separator) if part))
    if cell.datatype in _NUMBERS:
        return Shown("number", cell.value)
    return Shown("day" if cell.datatype in _DAYS else "text", cell.value, cell.language or "")


def _is_number(cells: Iterable[Cell]) -> bool:
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(isinstance(cell, Literal) and cell.datatype in _NUMBERS for cell in there)


def _charts(columns: Sequence[str], lines: Sequence[Line]) -> Iterable[Bars]:
    """A chart for each unit of what the rows measure; none where they measure nothing."""
    measure = next((name for name in _MEASURES if name in columns), None)
    if measure is None or not lines:
        return
    place = columns.index(measure)
    unit = next((columns.index(name) for name in _UNITS if name in columns and name != measure), None)
    aside = {place, unit, *(columns.index(name) for name in _OF_BARS if name in columns)}
    told = [at for at in range(len(columns)) if at not in aside and not _counts(lines, at)]
    by_unit: dict[Shown, list[Bar]] = {}
    for line in lines:
        value = line.cells[place]
        if value.kind != "number":
            continue
        named = tuple(cell for at in told if (cell := line.cells[at]).kind != "none")
        upper, start, end = (line.cells[columns.index(name)].text if name in columns else "" for name in _OF_BARS)
        bar = Bar(named, Decimal(value.text), Decimal(upper) if upper else None, start, end)
        by_unit.setdefault(Shown("none") if unit is None else line.cells[unit], []).append(bar)
    for one, bars in by_unit.items():
        yield Bars(measure, one, tuple(bars[:BARS]), max(0, len(bars) - BARS))


def _counts(lines: Sequence[Line], at: int) -> bool:
    """Whether a column holds nothing but numbers."""
    return all(line.cells[at].kind in ("number", "none") for line in lines)
