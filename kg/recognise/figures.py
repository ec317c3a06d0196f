"""Days, periods, ordinals, sums and numbers of one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lang import Pack
from kg.model import Article
from kg.recognise import dates, numbers
from kg.recognise import money as sums
from kg.recognise.earlier import Earlier, meant, moves
from kg.recognise.spans import Span

NUMBERING = frozenset({"numword", "currency", "respectively"})
NAMES = frozenset({"place", "nation", "body", "person", "weak-place", "short-place", "weak-body", "short-body"})


def figures(
    article: Article, folded: str, pack: Pack, spans: list[Span], start: int, end: int, last: Earlier
) -> list[Span]:
    """Days, periods, ordinals, sums and numbers of one sentence: what an earlier kind claims no later one takes."""
    text, code = article.text, pack.code
    days = dates.dates(folded, start, end, code, article.published)
    ranks = [o for o in numbers.ordinals(folded, start, end, code) if not overlaps(o, days)]
    window = folded[start:end]
    words = [s._replace(start=s.start - start, end=s.end - start) for s in spans if s.kind in NUMBERING]
    plain = (s._replace(start=s.start + start, end=s.end + start) for s in numbers.numbers(window, words, code))
    told = [s for s in spans if s.kind == "ordinal"]
    named = [] if pack.spaces else [s for s in spans if s.kind in NAMES or s.kind == "concept"]  # 红|十字
    figures = [n for n in plain if not overlaps(n, [*days, *ranks, *told, *named])]
    gone = sums.former(folded[:end], figures, spans, pack)
    figures = [n for n in figures if not any(g.start == n.start for g in gone)]
    money = sums.money(text, folded, figures, [s for s in spans if s.kind == "currency"], code)
    money = sorted([*money, *sums.listed(folded, figures, money, code)])
    named = [s for s in spans if s.kind in ("place", "weak-place", "body", "nation")]
    money += [] if last.near else sums.led(folded, figures, money, named, pack)
    home = sums.given_at_home(folded, spans, pack)
    goes_on = last.money if moves(spans, last, pack) else None
    money += sums.carried(folded[:end], figures, sorted(money), goes_on, home, pack)
    money += meant(folded[:end], figures, sorted(money), spans, last, pack)
    money += sums.shares(folded[:end], figures, sorted(money), named, pack)
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


def _counts(span: Span, spans: Iterable[Span], folded: str) -> bool:
    """True for four digits that a qualifier before and a counted thing after make a number: over *2000* delegates."""
    if not folded[span.start : span.end].isdigit():
        return False
    near = [s for s in spans if s.end == span.start - 1 or s.start == span.end + 1]
    return {"qualifier", "countable"} <= {s.kind for s in near}


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """True where ``span`` shares a character with one of ``others``."""
    return any(o.start < span.end and span.start < o.end for o in others)
