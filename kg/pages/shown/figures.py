"""The page of aid figures: what is chosen in its form, and the charts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kg.pages.scale import scale
from kg.pages.terms import terms
from kg.query.absent import nearest
from kg.query.entities import by_iri
from kg.store import Store
from kg.views.figures import BY, Chosen
from kg.views.figures import figures as view_figures
from kg.vocab import KG, SECTOR

if TYPE_CHECKING:
    from kg.pages import Asked

_YEAR_DIGITS: Final = 4
#: What stands behind the end of a bar: an arrow onward or back, or a wave, where an article is not exact.
_MARKS: Final = {
    "more-than": "M4 2l8 6l-8 6z",
    "at-least": "M4 2l8 6l-8 6z",
    "nearly": "M12 2l-8 6l8 6z",
    "up-to": "M12 2l-8 6l8 6z",
    "about": "M4 9q2-4 5-2t5-2v2q-2 4-5 2t-5 2z",
}


def figures(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """Sums as bars: ``by`` one of ``BY``; ``donor``, ``recipient``, ``sector``, ``currency``, ``status``, years."""
    wrong = _wrong(asked)
    shown = view_figures(store, _chosen(store, asked))
    offered = {name: [(_written(store, each), each) for each in shown.offered[name]] for name in shown.offered}
    values = {
        "status": 400 if wrong else 200,
        "wrong": wrong,
        "near": {name: nearest(asked.value(name), [each for each, _ in offered[name]]) for name in shown.absent},
        "shown": replace(shown, charts=(), unsaid=0) if wrong else shown,
        "by": BY,
        "marks": _MARKS,
        "scales": {chart.currency: scale(chart.most) for chart in shown.charts},
        **terms(store, asked.language),
        "csv": partial(_csv, asked, shown.chosen),
        "offered": offered,
        "kept": _kept(asked),
    }
    return "figures.html", values


def _chosen(store: Store, asked: Asked) -> Chosen:
    """What the parameters say. A donor or recipient nobody knows fits no sum, as a sector or currency does."""
    by = asked.value("by")
    return Chosen(
        by=by if by in BY else BY[0],
        donor=_iri(store, asked.value("donor")),
        recipient=_iri(store, asked.value("recipient")),
        sector=f"{SECTOR}{asked.value('sector')}" if asked.value("sector") else "",
        currency=asked.value("currency"),
        status=f"{KG}{asked.value('status')}" if asked.value("status") else "",
        first=_year(asked.value("first")),
        last=_year(asked.value("last")),
    )


def _wrong(asked: Asked) -> dict[str, str]:
    """The parameters that say nothing which could be asked, each with the key of the words that say so."""
    by = asked.value("by")
    years = {
        name: "query.wrong.gYear" for name in ("first", "last") if asked.value(name) and not _year(asked.value(name))
    }
    return {**({"by": "figures.wrong.by"} if by and by not in BY else {}), **years}


def _iri(store: Store, written: str) -> str:
    if not written:
        return ""
    node = by_iri(store, written)
    return written if node is None else node.value


def _year(written: str) -> int | None:
    return int(written) if len(written) == _YEAR_DIGITS and written.isascii() and written.isdigit() else None


def _written(store: Store, value: str) -> str:
    """How a parameter names a value: entities without the base, sectors and states by their last part."""
    for start in (store.base, SECTOR, KG):
        value = value.removeprefix(start)
    return value


def _kept(asked: Asked) -> dict[str, str]:
    """The parameters that other groupings keep."""
    return {key: value for key, value in asked.parameters if value and key != "by"}


def _csv(asked: Asked, chosen: Chosen, currency: str) -> dict[str, str]:
    """The parameters of the query behind a chart, in the API."""
    own = asked.value(chosen.by) if chosen.by in ("donor", "recipient", "sector") else ""
    return {"currency": currency, "format": "csv", **({chosen.by: own} if own else {})}
