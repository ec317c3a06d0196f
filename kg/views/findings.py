"""What the shapes found when the store was last checked. Nothing is checked here: that takes too long for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.checked import last_checked
from kg.findings import SEVERITIES, Finding
from kg.places import places
from kg.query.quotes import Quote, Quotes
from kg.store import Store
from kg.tables import Labels, short

#: Findings of a page.
PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its message in ``language``, the node it is about, and the sentences behind it.

    ``iri`` is empty where that is no node of ours; ``value`` is what is at fault, as people read it.
    """

    rule: str
    severity: str
    message: str
    language: str
    iri: str
    about: str
    about_language: str
    value: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings from ``offset`` on, how many there are of each severity, and whether they are of an earlier graph.

    ``after`` says whether more follow.
    """

    found: tuple[Found, ...]
    counts: Mapping[str, int]
    outdated: bool
    offset: int
    after: bool


def findings(store: Store, *, language: str, severity: str = "", offset: int = 0) -> Findings | None:
    """What was found, of one severity if one is named; None where the store was never checked by these shapes."""
    kept = last_checked(store.path)
    if kept is None:
        return None
    data, known = kept
    counts = {each: sum(finding.severity == each for finding in known) for each in SEVERITIES}
    wanted = [finding for finding in known if severity in ("", finding.severity)]
    labels, quotes = Labels(store, (language,)), Quotes(store)
    return Findings(
        found=tuple(_found(finding, labels, quotes, language) for finding in wanted[offset : offset + PAGE]),
        counts=counts,
        outdated=data != store.data,
        offset=offset,
        after=len(wanted) > offset + PAGE,
    )


def _found(finding: Finding, labels: Labels, quotes: Quotes, language: str) -> Found:
    focus, value = finding.focus, finding.value
    label = labels.of(focus) if isinstance(focus, NamedNode) else None
    named = short(focus, base=labels.store.base) if isinstance(focus, NamedNode) else str(focus)
    store = quotes.store
    assert isinstance(store, Store), "the findings of a store are asked for"
    stand = (quotes.read(NamedNode(place.evidence)) for place in places(finding, store.db))
    return Found(
        rule=finding.name,
        severity=finding.severity,
        message=finding.message(language),
        language=language if language in finding.messages else "en",
        iri=focus.value if isinstance(focus, NamedNode) else "",
        about=named if label is None else label.value,
        about_language="" if label is None else label.language or "",
        value="" if value is None else labels.text(value),
        quotes=tuple(dict.fromkeys(quote for quote in stand if quote is not None)),
    )
