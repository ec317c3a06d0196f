"""How each kind of fact is compared with gold; ``KINDS`` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.score.model import Miss, Tally
from kg.score.view import ArticleView, fold
from kg.vocab import term

__all__ = ["KINDS", "Miss", "Outcome", "Tally", "evidence"]

Row = Mapping[str, Any]
#: A sum counts as the same where it differs by less than this share of itself.
_CLOSE: Final = 1e-6
_DETAILS: Final = ("q", "from", "to", "sector", "upper", "donor", "recipient")
_BODIES: Final = (
    "Organization", "GovernmentBody", "NonGovernmentalOrganization", "InternationalOrganization", "MediaOrganization"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tallies and misses by kind, and which node of the graph bears which names of gold."""

    tallies: Mapping[str, Tally]
    misses: Mapping[str, Sequence[str]]
    met: Sequence[tuple[Sequence[str], str]] = field(default=())


def people(gold: Sequence[Row], article: ArticleView) -> Outcome:
    """A person is right where a name and one position agree."""
    have = {
        person: {slug for role in article.having("heldBy", person) for slug in article.slugs(role, "position")}
        for person in article.of_class("Person")
    }
    met: list[tuple[Sequence[str], str]] = []
    misses = []
    for want in gold:
        used = {node for _, node in met}
        node = next((p for p in have if p not in used and _is_person(want, p, have[p], article)), None)
        if node is None:
            misses.append(f"{want['names'][0]} as {' or '.join(want['positions']) or 'anything'} is missing")
        else:
            met.append((want["names"], node))
    extra = [p for p in have if p not in {node for _, node in met}]
    misses += [f"{_called(p, article)} as {', '.join(sorted(have[p])) or 'nothing'} is too much" for p in extra]
    return Outcome({"people": Tally(len(met), len(have), len(gold))}, {"people": misses}, met)


def _is_person(want: Row, node: str, positions: set[str], article: ArticleView) -> bool:
    agrees = not want["positions"] or bool(positions & set(want["positions"]))
    return agrees and article.view.bears(node, want["names"])


def _called(node: str, article: ArticleView) -> str:
    return " / ".join(sorted(article.view.names.get(node, {node}))[:2])


def aid(gold: Sequence[Row], article: ArticleView) -> Outcome:
    """A sum is right where amount and currency agree; of the right ones the details are counted one by one."""
    have = article.of_class("AidFigure")
    used: set[str] = set()
    right = asked = 0
    lost, wrong = [], []
    for want in gold:
        called = f"{want['amount']:,} {want['currency']}"
        candidates = [node for node in have if node not in used and _is_sum(want, node, article)]
        if not candidates:
            lost.append(f"{called} is missing")
            asked += sum(key in want for key in _DETAILS)
            continue
        rows = {node: dict(_details(want, node, article)) for node in candidates}
        best = max(candidates, key=lambda node, rows=rows: sum(rows[node].values()))  # type: ignore[misc]
        used.add(best)
        asked += len(rows[best])
        right += sum(rows[best].values())
        wrong += [f"{called}: {key} should be {want[key]}" for key, agrees in rows[best].items() if not agrees]
    lost += [f"{_sum_of(node, article)} is too much" for node in have if node not in used]
    return Outcome(
        {"aid": Tally(len(used), len(have), len(gold)), "aid detail": Tally(right, 0, asked)},
        {"aid": lost, "aid detail": wrong},
    )


def _is_sum(want: Row, node: str, article: ArticleView) -> bool:
    amounts = [float(value) for value in article.values(node, "amount")]
    close = any(abs(amount - want["amount"]) <= _CLOSE * want["amount"] for amount in amounts)
    return close and want["currency"] in {slug.upper() for slug in article.slugs(node, "currency")}


def _sum_of(node: str, article: ArticleView) -> str:
    amounts = " or ".join(f"{float(value):,.0f}" for value in article.values(node, "amount"))
    return f"{amounts} {'/'.join(article.values(node, 'currency'))}".strip()


def _details(want: Row, node: str, article: ArticleView) -> Iterator[tuple[str, bool]]:
    for key, predicate in (("q", "qualifier"), ("sector", "sector")):
        if key in want:
            yield key, str(want[key]) in article.slugs(node, predicate)
    for key, predicate in (("from", "periodStart"), ("to", "periodEnd")):
        if key in want:
            yield key, str(want[key]) in _days(node, predicate, article)
    if "upper" in want:
        yield "upper", any(abs(float(value) - want["upper"]) < 1 for value in article.values(node, "upperAmount"))
    for key in ("donor", "recipient"):
        if key in want:
            yield key, any(article.view.bears(other, [want[key]]) for other in article.values(node, key))


def _days(node: str | None, predicate: str, article: ArticleView) -> set[str]:
    return {value[:10] for value in article.values(node, predicate)}


def counts(gold: Sequence[Row], article: ArticleView) -> Outcome:
    """A count is right where value, thing counted, qualifier and day agree, as far as gold states them."""
    have = article.of_class("CountFigure")
    misses = []
    for want in gold:
        if not any(_is_count(want, node, article) for node in have):
            said = " ".join(str(want[key]) for key in ("q", "value", "of") if key in want)
            misses.append(f"{said}{' as of ' + str(want['asof']) if 'asof' in want else ''} is missing")
    return Outcome({"counts": Tally(len(gold) - len(misses), 0, len(gold))}, {"counts": misses})


def _is_count(want: Row, node: str, article: ArticleView) -> bool:
    days = {value.lstrip("-") for value in article.values(node, "asOf")}
    return (
        float(want["value"]) in {float(value) for value in article.values(node, "value")}
        and ("of" not in want or want["of"] in article.slugs(node, "counts"))
        and ("q" not in want or want["q"] in article.slugs(node, "qualifier"))
        and ("asof" not in want or str(want["asof"]) in days)
    )


def conferences(gold: Sequence[Row], article: ArticleView) -> Outcome:
    """The share of the stated attributes that the best conference of the article has."""
    have = article.of_class("Conference")
    right = asked = 0
    misses = []
    for want in gold:
        rows = [list(_attributes(want, node, article)) for node in have] or [
            [(name, False) for name, _ in _attributes(want, "urn:none", article)]
        ]
        best = max(rows, key=lambda row: sum(agrees for _, agrees in row))
        right += sum(agrees for _, agrees in best)
        asked += len(best)
        misses += [f"{name} is missing or wrong" for name, agrees in best if not agrees]
    return Outcome({"conference": Tally(right, 0, asked)}, {"conference": misses})


def _attributes(want: Row, node: str, article: ArticleView) -> Iterator[tuple[str, bool]]:
    view, values = article.view, article.values
    starts = _days(node, "startDate", article)
    if "ordinal" in want:
        yield f"ordinal {want['ordinal']}", any(int(value) == want["ordinal"] for value in values(node, "ordinal"))
    if "date" in want:
        yield f"date {want['date']}", str(want["date"]) in starts
    if "end" in want:
        yield f"end {want['end']}", str(want["end"]) in _days(node, "endDate", article)
    if "monthday" in want:
        days = {value.lstrip("-") for value in values(node, "monthDay")} | {start[5:] for start in starts}
        yield f"day {want['monthday']}", str(want["monthday"]) in days
    if "place" in want:
        yield f"place {want['place']}", any(view.bears(other, [want["place"]]) for other in values(node, "place"))
    if "venue" in want:
        yield f"venue {want['venue'][0]}", any(view.bears(other, want["venue"]) for other in values(node, "venue"))
    for name in want.get("organizers", ()):
        yield f"organizer {name}", any(view.bears(other, [name]) for other in values(node, "organizer"))
    if "theme" in want:
        yield f"theme '{want['theme']}'", fold(want["theme"]) in map(fold, values(node, "theme"))
    yield from _editions(want, node, article)


def _editions(want: Row, node: str, article: ArticleView) -> Iterator[tuple[str, bool]]:
    if want.get("previous"):
        editions = article.values(node, "previousEdition")
        years = {value[:4] for edition in editions for value in article.values(edition, "year")}
        for year in want["previous"]:
            yield f"earlier edition of {year}", str(year) in years
    if want.get("reviews"):
        for key, predicate, year in zip(("from", "to"), ("Start", "End"), want["reviews"], strict=True):
            days = article.values(node, f"reviewPeriod{predicate}")
            yield f"review {key} {year}", str(year) in {day[:4] for day in days}


def sectors(gold: Sequence[str], article: ArticleView) -> Outcome:
    """A sector is right where the article or one of its figures names it."""
    have = article.slugs(None, "sector") | article.slugs(None, "mentionsSector")
    want = frozenset(gold)
    misses = [f"{slug} is missing" for slug in sorted(want - have)]
    misses += [f"{slug} is too much" for slug in sorted(have - want)]
    return Outcome({"sectors": Tally(len(have & want), len(have), len(want))}, {"sectors": misses})


def orgs(gold: Sequence[Sequence[str]], article: ArticleView) -> Outcome:
    """An organization is right where one of the article's bears an accepted name."""
    have = article.of_class(*_BODIES)
    met, misses = [], []
    for names in gold:
        node = next((o for o in have if article.view.bears(o, names)), None)
        if node is None:
            misses.append(f"{names[0]} is missing")
        else:
            met.append((names, node))
    return Outcome({"orgs": Tally(len(met), 0, len(gold))}, {"orgs": misses}, met)


def evidence(article: ArticleView) -> tuple[Tally, list[str]]:
    """A quote is right where it stands in the article's body at its offsets; without the body none is."""
    if article.node is None:
        return Tally(), []
    view = article.view
    body = next(iter(view.texts(article.node)), "")
    right, wrong = 0, []
    total = 0
    for target in view.subjects(term("oa:hasSource"), article.node):
        selectors = [NamedNode(s) for s in view.objects(NamedNode(target), term("oa:hasSelector"))]
        exact = next((e for s in selectors for e in view.objects(s, term("oa:exact"))), None)
        for selector in selectors:
            start, end = (next(iter(view.objects(selector, term(f"oa:{edge}"))), None) for edge in ("start", "end"))
            if start is None:
                continue
            total += 1
            if body and exact is not None and end is not None and body[int(start) : int(end)] == exact:
                right += 1
            else:
                wrong.append(f"the quote of {target} does not stand at its offsets")
    return Tally(right, 0, total), wrong


#: Key of a gold entry to how it is compared, in the order of the figures.
KINDS: Final[Mapping[str, Callable[[Any, ArticleView], Outcome]]] = {
    "people": people,
    "aid": aid,
    "counts": counts,
    "conferences": conferences,
    "sectors": sectors,
    "orgs": orgs,
}
