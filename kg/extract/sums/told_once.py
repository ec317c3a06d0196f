"""One figure for a sum that an article tells more than once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from kg.extract.lands import land_of, seat_of
from kg.extract.sums.clauses import by_start, index_of
from kg.model import FigureFact, Name, Period
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold

_CLOSE = Decimal("0.02")
ROUNDED = {"more-than": (Decimal(0), _CLOSE), "nearly": (-_CLOSE, Decimal(0)), "about": (-_CLOSE, _CLOSE)}
"""How much greater, in parts of it, the sum may be that a headline rounds, by its qualifier."""
OPENING = 4
"""Sentences of a headline and of what stands below it."""
BULLET = 4
"""Characters before the sum with which an item of a list begins."""


def told_once(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """A sum told again (headline, later sentence) is one figure: what one telling leaves out, another states."""
    kept: list[FigureFact] = []
    place: dict[int, int] = {}
    telling: dict[Decimal, set[int]] = {}  # the kept sums that tell an amount, so that not all are looked through
    headline = next((s for s in found.sentences if s.kind == "headline"), None)
    headed: list[int] = []
    for index, figure in enumerate(figures):
        if not figure.currency:  # a word such as "pesos" where nothing says whose they are
            continue
        near = sorted(telling.get(figure.amount, set()) | telling.get(figure.upper or figure.amount, set()))
        at = next((i for i in near if _same_sum(kept[i], figure) and not _listed(found, kept[i], figure)), None)
        if at is None and (at := next((i for i in headed if _rounds(kept[i], figure)), None)) is not None:
            kept[at] = replace(kept[at], amount=figure.amount, qualifier=figure.qualifier)
        if at is None and (at := _opened_by(found, {i: kept[i] for i in near}, figures, index)) is not None:
            kept[at] = replace(
                kept[at],
                donors=figure.donors or kept[at].donors,
                recipients=figure.recipients or kept[at].recipients,
                period=figure.period or kept[at].period,
            )
        if at is None:
            place[index] = len(kept)
            headed += [len(kept)] if headline and figure.evidence[0].start < headline.end else []
            for amount in {figure.amount, figure.upper or figure.amount}:
                telling.setdefault(amount, set()).add(len(kept))
            kept.append(figure)
            continue
        place[index] = at
        kept[at] = _told_again(kept[at], figure)
        for amount in {kept[at].amount, kept[at].upper or kept[at].amount}:
            telling.setdefault(amount, set()).add(at)
    for index, figure in enumerate(figures):  # a sum told again elsewhere, here beside what it is in another currency
        here, base = place.get(index), None if figure.alias is None else place.get(figure.alias)
        if here is not None and base is not None and kept[here].alias is None:
            kept[base] = filled(kept[base], kept[here])
    return [_as_told_before(f, place.get(f.alias), kept) if f.alias is not None else f for f in kept]


def _told_again(first: FigureFact, figure: FigureFact) -> FigureFact:
    """A sum told ``first`` with what ``figure``, the same told again, states of it."""
    told = figure.currency_assumed and figure.donors and not first.donors
    if first.currency_assumed and (told or not figure.currency_assumed):
        first = replace(
            first,
            currency=figure.currency,
            currency_as_written=figure.currency_as_written,
            currency_assumed=figure.currency_assumed,
        )
    return replace(
        filled(first, figure),
        amount=min(first.amount, figure.amount),
        upper=first.upper or figure.upper,
        evidence=(*first.evidence, *figure.evidence),
        qualifier=figure.qualifier if first.qualifier == "exactly" else first.qualifier,
    )


def _opened_by(
    found: Recognised, kept: Mapping[int, FigureFact], figures: Sequence[FigureFact], index: int
) -> int | None:
    """The index of the sum that only the opening of an article tells, where that of ``index`` is the first in the text
    to tell as much: they are one, whomever a headline names ("Swiss aid for the Horn of Africa", "to Somalia and
    Kenya"), unless one told later agrees with the opening.
    """
    figure = figures[index]
    start = figure.evidence[0].start
    own = found.sentences[index_of(found, figure)]
    opening = [s for s in found.sentences[:OPENING] if s.kind == "headline" or s.paragraph < own.paragraph]
    ends = opening[-1].end if opening else 0
    same = [i for i, k in kept.items() if _as_much(k, figure)]
    if len(same) != 1 or start < ends or _listed(found, first := kept[same[0]], figure):
        return None
    if len(first.evidence) > 1 or first.evidence[0].start >= ends:  # told again: what differs is another sum
        return None
    return None if any(_same_sum(first, f) for f in islice(figures, index + 1, None)) else same[0]


def _as_much(one: FigureFact, other: FigureFact) -> bool:
    return (one.amount, one.upper, one.currency) == (other.amount, other.upper, other.currency)


def _as_told_before(figure: FigureFact, alias: int | None, kept: Sequence[FigureFact]) -> FigureFact:
    """A sum in another currency with what all tellings of the sum that it repeats state of it."""
    if alias is None:
        return replace(figure, alias=None)
    return replace(filled(figure, kept[alias]), alias=alias)


def filled(figure: FigureFact, other: FigureFact) -> FigureFact:
    """``figure`` with what only ``other``, the same sum, states."""
    return replace(
        figure,
        period=figure.period or other.period,
        donors=figure.donors or other.donors,
        recipients=figure.recipients or other.recipients,
        sectors=tuple(dict.fromkeys((*figure.sectors, *other.sectors))),
        status=figure.status or other.status,
    )


def _listed(found: Recognised, first: FigureFact, second: FigureFact) -> bool:
    """True for equal sums of a list, which are two: of one sentence ("5 million for wells *and* 5 million for roads"),
    or each at the start of its own line.
    """
    here = index_of(found, second)
    there = bisect_right(found.sentences, first.evidence[-1].start, key=by_start) - 1
    own, above = found.sentences[here], found.sentences[there]
    if above is own:
        alike = first.period is not None and _alike(first.period, second.period)
        return not alike and _side_by_side(found, own, second)
    return above.paragraph != own.paragraph and all(map(opens_line, islice(found.sentences, there, here + 1)))


def _side_by_side(found: Recognised, sentence: Sentence, figure: FigureFact) -> bool:
    """True where no other sum stands between the last two tellings of one, and no article before the last, which in a
    language without any nobody knows: "a loan of 5 million, … *the* 5 million".
    """
    every = [s for s in sentence.frame.spans if s.kind == "money"]
    sums = [i for i, m in enumerate(every) if m.value.amount == figure.amount]
    articles = tuple(f" {word} " for word in found.pack.names.get("articles", ()))
    if len(sums) < 2 or sums[-1] - sums[-2] > 1 or not articles:
        return False
    return not found.folded.endswith(articles, sentence.start, every[sums[-1]].start)


def opens_line(sentence: Sentence) -> bool:
    """True for a sentence that begins with a sum, but for a dash or bullet."""
    money = next(iter(sentence.of("money")), None)
    return money is not None and money.start - sentence.start <= BULLET


def _same_sum(one: FigureFact, other: FigureFact) -> bool:
    if not _same_money(one, other) or not (
        (one.amount, one.upper) == (other.amount, other.upper) or _tops(one, other) or _tops(other, one)
    ):
        return False
    if one.donors and _alike(one.donors, other.donors) and _of_land_and_body(one, other):
        return True  # "gave the Philippines 3 million … signed with the ministry for 3 million"
    pairs = ((one.donors, other.donors), (one.recipients, other.recipients), (one.period, other.period))
    return all(not a or not b or _alike(a, b) for a, b in pairs)


def _rounds(one: FigureFact, other: FigureFact) -> bool:
    """True where the one, a headline's, tells as *more than* or *nearly* a round sum, or with fewer figures, what the
    text tells to the last figure: *13 billion*, 13.2 billion.
    """
    if one.currency != other.currency:
        return False
    low, high = ROUNDED.get(one.qualifier, (0, 0))
    near = low <= (other.amount - one.amount) / one.amount <= high if one.amount else False
    near = near or (one.qualifier == "exactly" and _with_fewer_figures(one.amount, other.amount))
    plain = other.qualifier == "exactly" and one.upper is None and other.upper is None
    return near and plain and _same_sum(replace(one, amount=other.amount), other)


def _with_fewer_figures(short: Decimal, full: Decimal) -> bool:
    """True where ``short`` is ``full`` cut off or rounded, close to it, and has two figures at least."""
    if not short or abs(full - short) / short > _CLOSE or full == short:
        return False
    digits = short.normalize()
    if len(digits.as_tuple().digits) < 2:
        return False
    unit = Decimal(1).scaleb(int(digits.as_tuple().exponent))
    return short in (full // unit * unit, (full / unit).to_integral_value() * unit)


def _of_land_and_body(one: FigureFact, other: FigureFact) -> bool:
    """True where the one names a country as receiver, and the other a body."""
    kinds = [{n.kind for n in figure.recipients} for figure in (one, other)]
    return {"place"} in kinds and {"organization"} in kinds


def _same_money(one: FigureFact, other: FigureFact) -> bool:
    """One currency, or the same word for it of which one telling says whose it is (*dollars*, *dollars* canadiens), or
    of which only one tells who gives it.
    """
    if one.currency == other.currency:
        return True
    if one.currency_assumed and other.currency_assumed:
        whose = bool(one.donors) != bool(other.donors)
        return whose and fold(one.currency_as_written) == fold(other.currency_as_written)
    if not (one.currency_assumed or other.currency_assumed):
        return False
    bare, full = (one, other) if one.currency_assumed else (other, one)
    return fold(bare.currency_as_written) in fold(full.currency_as_written).split()


def _tops(one: FigureFact, other: FigureFact) -> bool:
    """True where a headline rounds a range up to its upper end, and names the same giver."""
    return one.upper is None and one.amount == other.upper and bool(one.donors) and bool(other.donors)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, Period) and isinstance(other, Period):
        return (one.start, one.end) == (other.start, other.end)
    names = [{known for n in side for known in _called(n)} for side in (one, other) if isinstance(side, tuple)]
    if len(names) != 2:
        return False
    return bool(names[0] & names[1]) or _owned(one, other) or _owned(other, one)


def _owned(places: object, bodies: object) -> bool:
    """True where a body bears the name of the country told in another telling: *Lithuania's* ministry, Lithuania; or
    where its name ends in that of the body that it is an office of.
    """
    if not (isinstance(places, tuple) and isinstance(bodies, tuple)):
        return False
    owners = [n.text for n in places if n.kind == "place"]
    named = [n.text for n in bodies if n.kind == "organization" and not n.known]
    if any(owner in name for owner in owners for name in named):
        return True
    wider = [n.text for n in places if n.kind == "organization" and " " in n.text]
    parts = [n.text for n in bodies if n.kind == "organization"]
    return any(name.endswith(f" {owner}") for owner in wider for name in parts)


def _called(name: Name) -> Iterator[str]:
    """What a name stands for in two tellings of one sum: itself, and the country whose town or government it is."""
    yield name.known or name.text.casefold()
    land = seat_of(name) or land_of(name.known)
    if land is not None:
        yield land.id
