"""The page of aid figures: what is chosen in its form, and the charts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kg.pages.scale import scale
from kg.pages.terms import terms
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
    shown = view_figures(store, _chosen(store, asked))
    values = {
        "shown": shown,
        "by": BY,
        "marks": _MARKS,
        "scales": {chart.currency: scale(chart.most) for chart in shown.charts},
        **terms(store, asked.language),
        "csv": partial(_csv, asked, shown.chosen),
        "offered": {name: [(_written(store, each), each) for each in shown.offered[name]] for name in shown.offered},
        "kept": _kept(asked),
    }
    return "figures.html", values


def _chosen(store: Store, asked: Asked) -> Chosen:
    """What the parameters say. A giver or receiver nobody knows fits no sum, as a sector or currency does."""
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
    return {key: value for key, value in asked.parameters if value and key not in ("by", "lang")}


def _csv(asked: Asked, chosen: Chosen, currency: str) -> dict[str, str]:
    """The parameters of the query behind a chart, in the API."""
    own = asked.value(chosen.by) if chosen.by in ("donor", "recipient", "sector") else ""
    return {"currency": currency, "format": "csv", **({chosen.by: own} if own else {})}
