"""Days, periods, ordinals, sums and numbers of one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lang import Pack
from kg.model import Article
from kg.recognise.days import dates
from kg.recognise.spans import Span
from kg.recognise.sums import money as sums
from kg.recognise.sums import numbers, ranges
from kg.recognise.sums.earlier import Earlier, meant, moves, of_it

NUMBERING = frozenset({"numword", "currency", "countable", "respectively"})
NAMES = frozenset({"place", "nation", "body", "person", "weak-place", "short-place", "weak-body", "short-body"})


def figures(
    article: Article, folded: str, pack: Pack, spans: list[Span], start: int, end: int, last: Earlier
) -> list[Span]:
    """Days, periods, ordinals, sums and numbers of one sentence: what an earlier kind claims no later one takes."""
    text, code = article.text, pack.code
    days = dates.dates(folded, start, end, code, article.published)
    ranks = [o for o in numbers.ordinals(text, folded, start, end, code) if not overlaps(o, days)]
    figures = _numbers(folded, pack, spans, start, end)
    if figures:
        told = [s for s in spans if s.kind == "ordinal"]
        named = [] if pack.spaces else [s for s in spans if s.kind in NAMES or s.kind == "concept"]  # 红|十字
        taken = [*days, *ranks, *told, *named]
        figures = [n for n in figures if not overlaps(n, taken)]
    gone = sums.former(folded, figures, spans, pack) if len(figures) > 1 else []
    were = [n for n in figures if any(g.start == n.start for g in gone)]
    figures = [n for n in figures if n not in were] if gone else figures
    money = _sums(text, folded, pack, spans, figures, end, last) if figures else []
    money += _risen(text, folded, pack, spans, figures, were, money) if were else []
    times = dates.periods(text, folded, start, end, code, article.published)
    times = [
        t
        for t in times
        if not overlaps(t, money)
        and not any(g.start <= t.start and t.end <= g.end for g in gone)
        and not any(d.start <= t.start and t.end <= d.end for d in days)
        and not _counts(t, spans, folded)
    ]
    return [*days, *ranks, *times, *money, *(n for n in figures if not overlaps(n, money))]


def _numbers(folded: str, pack: Pack, spans: list[Span], start: int, end: int) -> list[Span]:
    """The numbers in ``folded[start:end]``, whatever they are part of."""
    words = [Span(s.start - start, s.end - start, s.kind, s.value) for s in spans if s.kind in NUMBERING]
    found = numbers.numbers(folded[start:end], words, pack.code)
    return [Span(s.start + start, s.end + start, s.kind, s.value) for s in found]


def _sums(
    text: str, folded: str, pack: Pack, spans: list[Span], figures: list[Span], end: int, last: Earlier
) -> list[Span]:
    """The sums of money that the ``figures`` of a sentence up to ``end`` tell."""
    here = folded[:end]
    money = sums.money(text, folded, figures, [s for s in spans if s.kind == "currency"], pack.code)
    money = sorted([*money, *sums.listed(folded, figures, money, pack.code)])
    named = [s for s in spans if s.kind in ("place", "weak-place", "body", "nation")]
    money += [] if last.near else sums.led(folded, figures, money, named, pack)
    goes_on = last.money if moves(folded, figures, spans, last, pack) else None
    money += sums.carried(here, figures, sorted(money), goes_on, spans, pack)
    money += of_it(here, figures, sorted(money), spans, last, pack)
    money += meant(here, figures, sorted(money), spans, last, pack)
    money += sums.shares(here, figures, sorted(money), named, pack)
    return list(ranges.of_sums(folded, sorted(money), pack))


def _risen(
    text: str, folded: str, pack: Pack, spans: list[Span], figures: list[Span], were: list[Span], money: list[Span]
) -> list[Span]:
    """The sums without a currency right behind those that they ``were`` before: "from 60 million euros to *80
    million*".
    """
    former = sums.money(text, folded, were, [s for s in spans if s.kind == "currency"], pack.code)
    found: list[Span] = []
    for was in former:
        now = next((n for n in figures if n.start >= was.end and sums.is_large(n)), None)
        if now is not None and not overlaps(now, money):
            value = was.value._replace(amount=now.value.value, upper=None, carried=True)
            found.append(Span(now.start, now.end, "money", value))
    return found


def _counts(span: Span, spans: Iterable[Span], folded: str) -> bool:
    """True for four digits that a qualifier before and a counted thing after make a number: over *2000* delegates."""
    if not folded[span.start : span.end].isdigit():
        return False
    near = [s for s in spans if s.end == span.start - 1 or s.start == span.end + 1]
    return {"qualifier", "countable"} <= {s.kind for s in near}


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """True where ``span`` shares a character with one of ``others``."""
    return any(o.start < span.end and span.start < o.end for o in others)
