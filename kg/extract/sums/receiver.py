"""The one receiver of an article that is plainly about aid to one country, for sums told without a receiver."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.lands import country_code, is_land, land_of, seat_of
from kg.extract.leads import head_of, lead_of
from kg.extract.referents import gives
from kg.extract.sums.clauses import GIVING, NEAR, Party, both_words, index_of
from kg.extract.sums.house import house_of
from kg.extract.sums.parties import parties_named
from kg.extract.sums.parts import own_share
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.registry import load_registry

_OF_ITS_NAME = frozenset({"aid", "concept", "ordinal", "number", "sector"})
"""Kinds of spans between a country and the conference whose name both are."""
_BETWEEN = {True: re.compile(r"[ -](?:[\w-]+ ){0,2}"), False: re.compile(r"\w{0,20}| (?:\w+ ){0,4}")}
"""What may stand there, in languages that part words by blanks and in others."""
FOR_OTHERS = frozenset(
    {"organization/united-nations", "organization/united-nations-office-for-the-coordination-of-humanitarian-affairs"}
)
"""Those who ask for money that others spend."""
OFTEN = 2
"""How often an article names the country that it is about, where no words say that something goes there."""


def with_receiver(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, those without a receiver given the one country that the article is about.

    A figure whose sentence names another country or a receiver of its own, or that nobody gives, promises, raises or
    asks for, stays as it is.
    """
    told = {f: sentence for f in figures if (sentence := _free(found, f)) is not None}
    told |= {f: _sentence(found, f) for f in figures if f not in told and (_is_part(figures, f) or _for_others(f))}
    receiver = _receiver(found, figures) if told else None
    if receiver is None:
        return list(figures)
    giving = {d.known for f in figures for d in f.donors}
    out = [
        replace(f, recipients=(receiver,)) if f in told and _may_go(found, f, told[f], receiver, giving) else f
        for f in figures
    ]
    return [f if f.alias is None else replace(f, recipients=f.recipients or out[f.alias].recipients) for f in out]


def _free(found: Recognised, figure: FigureFact) -> Sentence | None:
    """The sentence of a figure without a receiver that somebody gives, promises, raises or asks for, that is called
    aid, or said to be for something: "25 million will mend the *water mains*"; else None.
    """
    if figure.recipients:
        return None
    sentence = _sentence(found, figure)
    given = figure.status or sentence.of("raise")
    spoken = figure.donors or figure.sectors or sentence.of("aid") or (given and sentence.of(*GIVING, "ask", "raise"))
    return sentence if spoken and not sentence.of("elsewhere") else None


def _sentence(found: Recognised, figure: FigureFact) -> Sentence:
    return found.sentences[index_of(found, figure)]


def _is_part(figures: Sequence[FigureFact], figure: FigureFact) -> bool:
    """True for a sum told with what it is for, of which no more is said, and a larger one that one country gets before:
    "Chad gets 900 million. About *40 million will repair schools*."
    """
    if figure.recipients or figure.donors or not figure.sectors:
        return False
    whole = next((f for f in figures if f.recipients), None)
    alike = whole is not None and whole.currency == figure.currency and whole.amount > figure.amount
    return alike and whole is not None and whole.evidence[0].start < figure.evidence[0].start


def _for_others(figure: FigureFact) -> bool:
    """True for a sum that who asks for it gets for others: the appeal of *the United Nations* for one country."""
    asking = {r.known for r in figure.recipients}
    return figure.status == "requested" and bool(asking) and asking <= FOR_OTHERS


def _receiver(found: Recognised, figures: Sequence[FigureFact]) -> Name | None:
    """The country that headline and lead name, that is named most often of those that give nothing, and to which alone
    the article says that something goes.
    """
    giving = [f for f in figures if not _pays_its_part(found, f)]
    givers = {known for f in giving for d in f.donors for known in (d.known, *_home(d))}
    opening = lead_of(found)
    lead = [parties_named(found, s) for s in opening]
    acting = {p.name.known for s, row in zip(opening, lead, strict=True) for p in row if p.name and _acts(found, s, p)}
    getting = Counter(r.known for f in figures for r in f.recipients)
    named = {n.known: n for s in opening for n in _in_name_of_conference(found, s)}
    givers |= acting - set(getting) - set(named)  # who gets may hold the meeting too
    gave = Counter(d.known for f in figures for d in f.donors)
    givers -= {known for known, times in getting.items() if times >= gave[known] > 0}  # and pay a part itself
    counted = Counter(s.value.known for sentence in found.sentences for s in sentence.of("place", "nation"))
    told = {r.known: r for f in figures for r in f.recipients if is_land(r)}
    told |= {p.name.known: p.name for row in lead for p in row if p.name and _goes_to(p)} | named
    told = _countries(told)
    if not told and lead:
        told = _only_one(found, lead, givers)
        told = {known: name for known, name in told.items() if counted[known] >= OFTEN}
    house = None if told or not givers else house_of(found)  # whose ministry tells what others give
    told = {house.known: house} if house is not None and is_land(house) else told
    if len(told) != 1:
        return None
    receiver = next(iter(told.values()))
    # the France of "Fondation de France" is no country that the article is about
    plain = Counter(
        s.value.known for x in found.sentences for s in x.frame.spans if s.kind in ("place", "nation") and s.value.known
    )
    others = [n for known, n in plain.items() if known not in givers and known != receiver.known and _land(known)]
    in_lead = receiver == house or any(_names(sentence, receiver) for sentence in opening)
    headline = any(_names(s, receiver) for s in head_of(found) or found.sentences[:1])
    first = counted[receiver.known] + headline > max(others, default=0)
    return receiver if in_lead and first and receiver.known not in givers else None


def _pays_its_part(found: Recognised, figure: FigureFact) -> bool:
    """True for what those who get aid put in beside it, in money of their own: 巴方编列90億瓜拉尼|作為配合款."""
    own = {country_code(giver) for giver in figure.donors} == {figure.currency[:2]}
    sentence = _sentence(found, figure)
    sums = (m for m in sentence.of("money") if (m.value.amount, m.value.currency) == (figure.amount, figure.currency))
    return own and any(own_share(found, sentence, money) for money in sums)


def _in_name_of_conference(found: Recognised, sentence: Sentence) -> Iterator[Name]:
    """The country that a donors' conference bears in its name, since all that is pledged there goes to it: "the *Sudan*
    donors' conference", 牙买加|灾后重建国际捐助方会议.
    """
    for event in (s for s in sentence.of("event") if s.value == "donor-conference"):
        before = [s for s in sentence.frame.spans if s.end <= event.start and s.kind not in _OF_ITS_NAME]
        last = max(before, key=lambda s: s.end, default=None)
        if last is not None and last.kind == "place" and is_land(last.value):
            between = _BETWEEN[found.pack.spaces]
            if between.fullmatch(found.folded, last.end, event.start):
                yield last.value


def _acts(found: Recognised, sentence: Sentence, party: Party) -> bool:
    """True for the subject of a verb of giving; of 洪水重创|肯尼亚,日本|捐… the first is none."""
    apart = found.folded[party.end : party.end + 1] in (":", ",", ";")
    following = next((p for p in parties_named(found, sentence) if p.start >= party.end), None)
    if following and not found.pack.spaces:
        first = next((v.start for v in sentence.of(*GIVING) if v.start >= party.end), sentence.end)
        joined = found.folded[party.end : following.start].strip() in both_words(found.pack)
        apart = apart or (following.start < first and not joined)
    hosts = any(0 < s.start - party.end <= NEAR // 2 for s in sentence.of("host"))
    free = not apart and not party.has("governed", "to", "in")
    verb = gives(sentence, party.span) or _gives_last(found, sentence, party, following)
    return free and (hosts or verb or _changes_its_aid(found, sentence, party))


def _gives_last(found: Recognised, sentence: Sentence, party: Party, following: Party | None) -> bool:
    """True where verbs are last for the subject of one that ends its sentence, whose receiver stands between:
    "*Japonya* Laos'ta okul yapımına destek veriyor".
    """
    between = following is not None and following.has("to", "in") and not party.has("of", "by")
    verbs = sentence.of("give", "pledge") if found.pack.names.get("verb_last") and between else ()
    return any(v.start >= (following or party).end and sentence.end - v.end <= 2 for v in verbs)


def _changes_its_aid(found: Recognised, sentence: Sentence, party: Party) -> bool:
    """True for the subject of a verb of raising or cutting whose object is aid: "*Belgium* will cut its aid"."""
    verbs = (v for v in sentence.of("change", "withhold") if 0 < v.start - party.end <= NEAR)
    aid = [s.start for s in sentence.of("aid")]
    return any(0 < at - v.end <= NEAR // 2 and "," not in found.folded[v.end : at] for v in verbs for at in aid)


def _home(giver: Name) -> Iterator[str]:
    """The country of a body that gives: an agency of France gives none of what it gives to France."""
    if (land := seat_of(giver)) is not None:
        yield land.id


def _names(sentence: Sentence, name: Name) -> bool:
    """True where a sentence names a country, or one of its towns."""
    told = {s.value.known for s in sentence.of("place", "nation")}
    return name.known in told or name.known in {land.id for known in told if (land := land_of(known))}


def _goes_to(party: Party) -> bool:
    return bool(party.name) and is_land(party.span.value) and party.has("to") and not party.has("there", "again", "in")


def _only_one(found: Recognised, lead: Sequence[Sequence[Party]], givers: set[str]) -> dict[str, Name]:
    """The country that the headline names, or beside somebody who gives the first sentences, where these name no other
    that gives nothing.
    """
    named = {p.name.known: p.name for row in lead for p in row if p.name and is_land(p.name) and not p.has("town")}
    left = {known: name for known, name in _countries(named).items() if known not in givers}
    if len(left) > 1:  # "Donors for *Syria* meet in Kuwait"
        left = {known: name for known, name in left.items() if not all(p.has("in") for p in _told_of(lead, known))}
    if len(left) > 1:  # "for those who fled *Sudan* to Chad"
        left = {known: name for known, name in left.items() if not all(p.has("left") for p in _told_of(lead, known))}
    lines = len(lead) if givers else len(head_of(found)) or 1
    first = {p.name.known for row in lead[:lines] for p in row if p.name}
    return left if len(left) == 1 and set(left) <= first else {}


def _told_of(lead: Sequence[Sequence[Party]], known: str) -> Iterator[Party]:
    """The parties of the lead that are one country."""
    return (p for row in lead for p in row if p.name and p.name.known == known)


def _countries(names: dict[str, Name]) -> dict[str, Name]:
    """The countries among ``names``; where there are none, the regions."""
    entries = load_registry().by_id
    countries = {known: name for known, name in names.items() if entries[known].country}
    return countries or names


def _land(known: str) -> bool:
    entry = load_registry().by_id.get(known)
    return entry is not None and not entry.in_country


def _may_go(found: Recognised, figure: FigureFact, sentence: Sentence, receiver: Name, giving: set[str]) -> bool:
    """True where the sentence of a sum names nobody else who may get it; ``giving`` are the givers of the article."""
    if not any(_names(s, receiver) for s in found.sentences if s.start <= sentence.start):
        return False  # a sum told before the country is named is a total
    givers = {d.known for d in figure.donors}
    told = parties_named(found, sentence)
    apart = {p.name.known for p in told if p.name and (_acts(found, sentence, p) or p.has("there", "left"))}
    named = [s.value for s in sentence.frame.spans if s.kind in ("place", "nation")]
    towns = {land.id for n in named if not is_land(n) and (land := land_of(n.known))}  # "in *Geneva*, Switzerland"
    others = {n.known for n in named if is_land(n)} - {receiver.known, *(giving if givers else ()), *apart, *towns}
    if others and not _many_give(sentence, givers):
        return False
    return not any(p.has("to") and p.name and p.name.kind == "organization" for p in told)


def _many_give(sentence: Sentence, givers: set[str]) -> bool:
    """True where other countries of the sentence are givers too: each with a sum of its own."""
    return bool(givers) and len(sentence.of("money")) > 1
