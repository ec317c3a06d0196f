"""How well a graph says what a careful reader found in its articles: figures by language and kind, and each miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.errors import KgError
from kg.score.gold import read_gold
from kg.score.identity import Identity
from kg.score.kinds import KINDS, Miss, Tally, evidence
from kg.score.model import Figure, Score
from kg.score.view import View
from kg.store import Store

__all__ = ["Figure", "Miss", "Score", "score"]

#: Where the figures of all languages stand.
ALL: Final = "all"
#: The kinds in the order they are shown; those in F1 have precision and recall.
ORDER: Final = (
    "people", "aid", "aid detail", "counts", "conference", "sectors", "orgs", "identity", "evidence", "mean"
)  # fmt: skip
F1: Final = frozenset({"people", "aid", "sectors", "identity"})
#: Evidence that does not check is left out of every graph, so it would only raise the mean.
_UNSCORED: Final = frozenset({"evidence"})

_Totals = dict[str, dict[str, Tally]]


def score(store: Store, gold: str | Path) -> Score:
    """``store`` compared with the gold annotations in the file ``gold``.

    An article of the gold file that is not in the store counts as one from which nothing was read. Raises KgError
    with file and line where the gold file is wrong, and where the store holds none of its articles.
    """
    view = View(store)
    items = read_gold(Path(gold), slugs=view.slugs())
    if items and not any(item["id"] in view.articles for item in items):
        raise KgError(
            f"none of the {len(items)} articles in '{gold}' is in the store",
            where="GOLD",
            hint="Build the articles that the file describes, or name another store with --store.",
        )
    totals: _Totals = {}
    identities = {kind: Identity() for kind in ("people", "orgs")}
    misses: list[Miss] = []
    for item in items:
        for kind, tally, missed in _compared(item, view, identities):
            for language in (item["lang"], ALL):
                row = totals.setdefault(language, {})
                row[kind] = row.get(kind, Tally()) + tally
            misses += (Miss(item["id"], item["lang"], kind, what) for what in missed)
    same = sum((identity.tally() for identity in identities.values()), Tally())
    if any(same):
        totals[ALL]["identity"] = same
    return Score(tuple(_figures(totals)), tuple(misses))


def _compared(
    item: Mapping[str, object], view: View, identities: Mapping[str, Identity]
) -> Iterator[tuple[str, Tally, Sequence[str]]]:
    """Kind, tally and misses of one article; a key the item lacks is not scored."""
    article = view.article(str(item["id"]))
    for key, compare in KINDS.items():
        if key in item:
            outcome = compare(item[key], article)
            for names, node in outcome.met:
                identities[key].note(str(item["id"]), names, node)
            for kind, tally in outcome.tallies.items():
                yield kind, tally, outcome.misses.get(kind, ())
    tally, wrong = evidence(article)
    yield "evidence", tally, wrong


def _figures(totals: _Totals) -> Iterator[Figure]:
    """The figures of each language, ``all`` last, each language's kinds in their order and the mean at the end."""
    for language in sorted(totals, key=lambda name: (name == ALL, name)):
        figures = [_figure(language, kind, totals[language][kind]) for kind in ORDER if kind in totals[language]]
        yield from figures
        scored = [f.value for f in figures if f.value is not None and f.kind not in _UNSCORED]
        yield Figure(language, "mean", sum(scored) / len(scored) if scored else 0.0)


def _figure(language: str, kind: str, tally: Tally) -> Figure:
    """F1 of what was found and what was to be found, or the share of what was asked that is right."""
    right, found, wanted = tally
    if kind not in F1:
        return Figure(language, kind, right / wanted if wanted else None, right=right, wanted=wanted)
    value = 2 * right / (found + wanted) if found + wanted else 1.0
    precision = right / found if found else None
    recall = right / wanted if wanted else None
    return Figure(language, kind, value, precision, recall, right, found, wanted)
