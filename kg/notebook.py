"""How a graph, an entity and rows show themselves in a notebook, and rows as a pandas DataFrame.

All text is escaped; there is no script, no style sheet and no address in what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import KgError
from kg.vocab import BASE, RDF_TYPE, kg, term

if TYPE_CHECKING:
    import pandas as pd

    from kg.explain import Explanation, Line, Quote
    from kg.store import Store
    from kg.tables import Cell, Rows

#: Rows that are drawn; a DataFrame has them all.
MOST: Final = 100
#: More quotes than these are folded away.
_FEW: Final = 3
#: Classes a reader looks for, in the order in which they are counted.
_CLASSES: Final = ("Person", "Organization", "Conference", "Place", "AidFigure", "CountFigure", "Role", "Quotation")
_WHOLE: Final = frozenset({term("xsd:integer")})
_NUMBERS: Final = frozenset({*_WHOLE, term("xsd:decimal"), term("xsd:double"), term("xsd:float")})
_DAY: Final = term("xsd:date")
_TIME: Final = term("xsd:dateTime")
_TRUTH: Final = term("xsd:boolean")
#: Whole numbers beyond these do not fit a column of 64 bits.
_LARGEST: Final = 2**63 - 1


def rows_html(rows: Rows) -> str:
    """``rows`` as a table, the column of evidence left out; past ``MOST`` rows it says how many there are."""
    from kg.tables import EVIDENCE

    shown = [index for index, name in enumerate(rows.columns) if name != EVIDENCE]
    heads = "".join(f"<th>{escape(rows.columns[index])}</th>" for index in shown)
    lines = "".join(f"<tr>{''.join(_cell(row[index]) for index in shown)}</tr>" for row in rows.rows[:MOST])
    count = len(rows.rows)
    said = f"the first {MOST} of {count:,} rows" if count > MOST else "1 row" if count == 1 else f"{count} rows"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table><p>{said}</p>"


def explanation_html(explanation: Explanation) -> str:
    """An entity or a fact: its title and IRI, then each group of lines with the quotes behind them."""
    groups = "".join(
        f"<h4>{escape(group.title)}</h4><ul>{''.join(map(_line, group.lines))}</ul>" for group in explanation.groups
    )
    node = escape(explanation.node.value)
    return f'<h3 dir="auto">{escape(explanation.title)}</h3><p><code>{node}</code></p>{groups}'


def graph_html(store: Store, *, skipped: int = 0) -> str:
    """What a graph holds: articles by language, and things by class; ``skipped`` files were not read."""
    from kg.tables import Labels

    labels = Labels(store)
    languages = Counter(
        quad.object.value for quad in store.match(None, term("schema:inLanguage")) if isinstance(quad.object, Literal)
    )
    spoken = ", ".join(f"{count:,} {language}" for language, count in sorted(languages.items()))
    told = [("articles", languages.total(), spoken)]
    told += [(labels.text(kg(name)), _count(store, name), "") for name in _CLASSES if _count(store, name)]
    if skipped:
        told.append(("files not read", skipped, ""))
    lines = "".join(
        f'<tr><th style="text-align:left">{escape(name)}</th><td>{count:,}</td>'
        f'<td style="text-align:left">{escape(note)}</td></tr>'
        for name, count, note in told
    )
    return f"<table><caption>Knowledge graph of news</caption><tbody>{lines}</tbody></table>"


def _count(store: Store, name: str) -> int:
    return sum(1 for _ in store.match(None, RDF_TYPE, kg(name)))


def rows_to_pandas(rows: Rows) -> pd.DataFrame:
    """``rows`` as a DataFrame with typed columns.

    Whole numbers become ``Int64``, other numbers ``Float64``, days and times ``datetime64``, truth values
    ``boolean``; IRIs and all other texts ``string``, without their language. Columns of several kinds are texts.
    Raises KgError where pandas is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise KgError("pandas is not installed", hint="Install it: pip install pandas") from None
    series = {name: _column(pandas, rows.column(name)) for name in rows.columns}
    return pandas.DataFrame(series, columns=list(rows.columns), index=range(len(rows.rows)))


def _column(pandas: Any, cells: Sequence[Cell]) -> Any:
    kinds = {cell.datatype if isinstance(cell, Literal) else None for cell in cells if cell is not None}
    for fits, kind, read in _typed(cells):
        if kinds and kinds <= fits:
            try:
                return pandas.Series([_read(cell, read) for cell in cells], dtype=kind)
            except (ValueError, OverflowError):  # a day of the year 12000, a time with an offset beside one without
                continue
    return pandas.Series([None if cell is None else _text(cell) for cell in cells], dtype="string")


def _typed(cells: Sequence[Cell]) -> Iterable[tuple[frozenset[NamedNode], str, Callable[[str], object]]]:
    """Datatypes, the dtype of a column that holds nothing else, and how a value is read."""
    if all(cell is None or _fits(cell) for cell in cells):
        yield _WHOLE, "Int64", int
    yield _NUMBERS, "Float64", lambda text: float(Decimal(text))
    yield frozenset({_DAY}), "datetime64[s]", date.fromisoformat
    yield frozenset({_TIME}), "datetime64[us]", datetime.fromisoformat
    yield frozenset({_TIME}), "datetime64[us, UTC]", _instant
    yield frozenset({_TRUTH}), "boolean", lambda text: text in ("true", "1")


def _instant(text: str) -> datetime:
    """A time with its offset. Raises ValueError for one without: it would be taken for one of UTC."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time


def _fits(cell: Cell) -> bool:
    return isinstance(cell, Literal) and cell.datatype in _WHOLE and abs(int(cell.value)) <= _LARGEST


def _read(cell: Cell, read: Callable[[str], object]) -> object:
    return read(cell.value) if isinstance(cell, Literal) else None


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell, (Literal, NamedNode)) else str(cell)


def _cell(cell: Cell) -> str:
    from kg.tables import short

    if isinstance(cell, NamedNode):
        return f'<td style="text-align:left" title="{escape(cell.value)}">{escape(short(cell, base=BASE))}</td>'
    if isinstance(cell, Literal) and cell.datatype in _NUMBERS:
        return f"<td>{escape(cell.value)}</td>"
    language = f' lang="{escape(cell.language)}"' if isinstance(cell, Literal) and cell.language else ""
    text = "" if cell is None else _text(cell)
    return f'<td style="text-align:left" dir="auto"{language}>{escape(text)}</td>'


def _line(line: Line) -> str:
    notes = "".join(f"<br><small>{escape(note.text)}</small>" for note in line.notes)
    quotes = "".join(map(_quote, line.quotes))
    if len(line.quotes) > _FEW:
        quotes = f"<details><summary>{len(line.quotes)} quotes</summary>{quotes}</details>"
    return f'<li><span dir="auto">{escape(line.text)}</span>{notes}{quotes}</li>'


def _quote(quote: Quote) -> str:
    text = " ".join(quote.text.split())
    place = quote.place or f"characters {quote.start}–{quote.end}"
    return (
        f'<blockquote><q lang="{escape(quote.language)}" dir="auto">{escape(text)}</q> '
        f"<small>{escape(quote.language)}, {escape(quote.article)}, {escape(place)}, rule {escape(quote.rule)}</small>"
        f"</blockquote>"
    )
