"""What sentences beside that of a sum tell of the project, the loan or the gift that it is for: "The *Danish-funded
project* will clear mines. *It* costs 3 million.", "Japan gives 2 million. *The project* runs until 2027."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.lands import is_land
from kg.extract.sectors import named_sectors
from kg.extract.sums.actors import donor
from kg.extract.sums.clauses import Party, index_of
from kg.extract.sums.giver import others_give, speaks_of_it, subject_of, tells_amount
from kg.extract.sums.parties import actor
from kg.extract.sums.sumless import at_end
from kg.extract.sums.takers import recipient
from kg.extract.sums.told_once import filled
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import Found, read
from kg.recognise.spans import Span

BACK = 2
"""How many sentences before that of a sum may tell of its project."""
OPENING = 16
"""Characters from the start of a sentence within which a word for the project stands that it goes on about."""


def threaded(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, with giver, receiver and fields that the sentences beside tell of what the pack's words of
    ``again.project`` ("the project") stand for.
    """
    if not figures or not found.pack.raw.get("again", {}).get("project"):
        return list(figures)
    beside: dict[int, list[FigureFact]] = {}
    for figure in figures:
        beside.setdefault(index_of(found, figure), []).append(figure)
    backers = {at: names for at, s in enumerate(found.sentences) if (names := list(_backers(found, s)))}
    out = [_with_project(found, f, beside, backers) for f in figures]
    out = [_of_its_amount(found, f) for f in out]
    out = _told_behind(found, out, backers)
    return [filled(f, out[f.alias]) if f.alias is not None else f for f in out]


def _backed(found: Recognised, sentence: Sentence) -> Iterator[Found]:
    """What the pack's rules ``backed`` read in a sentence: who pays for the project that it speaks of."""
    return read(sentence.frame, found.pack.code, "backed")


def _backers(found: Recognised, sentence: Sentence) -> Iterator[Name]:
    for match in _backed(found, sentence):
        yield from (actor(sentence, span) for span in match.slots.get("donor", ()))


def _with_project(
    found: Recognised, figure: FigureFact, beside: Mapping[int, list[FigureFact]], backers: Mapping[int, list[Name]]
) -> FigureFact:
    """``figure`` with what the sentences before tell of the project that its own speaks of."""
    at = index_of(found, figure)
    sentence = found.sentences[at]
    if figure.alias is not None or figure.status == "requested" or sentence.of("ask", "hope", "other"):
        return figure
    near = [i for i in range(at, max(-1, at - BACK - 1), -1) if i == at or found.sentences[i].kind != "headline"]
    if at not in backers and not speaks_of_it(found, sentence, sentence.end):
        return figure
    donors = figure.donors
    if not donors and not any(f.donors for f in beside[at]):
        told = next((backers[i] for i in near if i in backers), None) or _only(backers)
        giver = told[0] if told and len({n.known or n.text for n in told}) == 1 else None
        getting = {r.known or r.text for r in figure.recipients}
        free = giver is not None and (giver.known or giver.text) not in getting
        donors = (giver,) if giver and free and not others_give(found, sentence, giver, beside[at]) else donors
    sectors = figure.sectors or next(
        (s for i in near[1:] if (s := _fields(found.sentences[i])) and not found.sentences[i].of("money")), ()
    )
    return replace(figure, donors=donors, sectors=sectors)


def _of_its_amount(found: Recognised, figure: FigureFact) -> FigureFact:
    """``figure`` with giver, receiver, fields and years of what the sentence before tells, where its own tells no more
    than the amount: "Japan will back a school programme in Chad from 2027 to 2030. *The budget is 5 million*".
    """
    at = index_of(found, figure)
    sentence, before = found.sentences[at], found.sentences[at - 1]
    sums = sentence.of("money")
    if not at or figure.donors or figure.alias is not None or figure.status == "requested" or len(sums) != 1:
        return figure
    apart = before.paragraph != sentence.paragraph or before.kind == "headline" or before.of("money", "ask", "other")
    if apart or sentence.of("ask", "hope", "other", "receive", "cost"):
        return figure
    if not (tells_amount(found, sentence, sums[0].start) or speaks_of_it(found, sentence, sums[0].start)):
        return figure
    clause = at_end(found, before, sums[0])
    giver = donor(clause)
    name = giver.name if giver else subject_of(found, before)
    taker = recipient(clause, giver, None)
    lands = taker is not None and taker.name is not None and taker.span.kind == "place"
    takers = (taker.name,) if taker and taker.name and lands and taker.name != name else ()
    if name is None or not (giver or takers) or not (is_land(name) or is_giver(name)):
        return figure
    getting = replace(figure, recipients=(*figure.recipients, *takers))
    if name in getting.recipients or others_give(found, sentence, name, [getting]):
        return figure
    years = [p.value for p in before.of("period") if p.value.start and p.value.end and p.value.start < p.value.end]
    return replace(
        figure,
        donors=(name,),
        recipients=figure.recipients or takers,
        sectors=figure.sectors or _fields(before),
        period=figure.period or (years[0] if len(years) == 1 and years[0].start.year < years[0].end.year else None),
    )


def _only(backers: Mapping[int, list[Name]]) -> list[Name]:
    """The only one of whom an article tells that it pays for a project."""
    names = {n.known or n.text: n for row in backers.values() for n in row}
    return list(names.values()) if len(names) == 1 else []


def _fields(sentence: Sentence) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(s.value) for s in named_sectors(sentence)))


def _told_behind(found: Recognised, figures: list[FigureFact], backers: Mapping[int, list[Name]]) -> list[FigureFact]:
    """The figures, the one of a sentence given the fields, the receiver and the givers told in the next, where that
    tells no sum and opens with such a word: "Japan gives 3 million. *The money will go to schools in Chad*.", "The
    clinic cost 3 million. *The project was funded by Japan*."
    """
    out = list(figures)
    for at, (before, sentence) in enumerate(pairwise(found.sentences), 1):
        opens = min(sentence.end, sentence.start + OPENING)
        goes_on = speaks_of_it(found, sentence, opens) or any(
            m.start == sentence.start for m in _backed(found, sentence)
        )
        if sentence.of("money") or not before.of("money") or not goes_on:
            continue
        own = [i for i, f in enumerate(out) if f.alias is None and _stands_in(f, before)]
        if len(own) != 1 or out[own[0]].status == "requested":
            continue
        figure = out[own[0]]
        sectors = figure.sectors or _fields(sentence)
        takers = figure.recipients or _receivers(found, sentence, before, figure)
        donors = figure.donors or _givers(figure, backers.get(at, ()))
        out[own[0]] = replace(figure, sectors=sectors, recipients=takers, donors=donors)
    return out


def _givers(figure: FigureFact, told: Sequence[Name]) -> tuple[Name, ...]:
    """Those of ``told``, who pay for the project that a sum is for, but who get the sum."""
    getting = {r.known or r.text for r in figure.recipients}
    return tuple({n.known or n.text: n for n in told if (n.known or n.text) not in getting}.values())


def _stands_in(figure: FigureFact, sentence: Sentence) -> bool:
    return any(sentence.start <= e.start < sentence.end for e in figure.evidence)


def _receivers(found: Recognised, sentence: Sentence, before: Sentence, figure: FigureFact) -> tuple[Name, ...]:
    """The one country to which the money told in the sentence ``before`` goes, by ``sentence``."""
    told = at_end(found, sentence, before.of("money")[0])
    at = Span(sentence.start, sentence.start, "place", figure.donors[0]) if figure.donors else None
    giver = Party(at, figure.donors[0]) if at else None
    taker = recipient(replace(told, before=(), after=told.before), giver, None)
    giving = {d.known for d in figure.donors}
    land = taker is not None and taker.span.kind == "place" and taker.name is not None
    return (taker.name,) if taker and taker.name and land and taker.name.known not in giving else ()
