"""Whether two mentions can be of one gathering, and what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from kg.extract.datelines import place_id
from kg.extract.gatherings.mentions import (
    CLAUSE,
    GENERIC,
    NEAR,
    PASSING,
    Mention,
    is_ahead,
    is_held_ceremony,
    right_after,
    words_between,
)
from kg.extract.gatherings.statements import where
from kg.extract.gatherings.times import when_told
from kg.extract.gatherings.years import pairs
from kg.extract.leads import opening_sentences
from kg.model import Name
from kg.recognise import Recognised

_DONORS = {"conference", "donor-conference"}
"""A conference, and what it is called where the article says that donors meet there."""


def is_passing(mention: Mention) -> bool:
    """True for a gathering of such a kind without a number; not for a ceremony whose place or day is told."""
    return mention.kind in PASSING and mention.ordinal is None and not is_held_ceremony(mention)


def same(found: Recognised, mention: Mention, best: Mention, here: str) -> bool:
    """True where a mention can be of the gathering reported, which is held in the town ``here``: nothing by which it is
    called sets it apart.
    """
    if mention.relation != best.relation and not _to_come(found, mention, best):
        return False
    if mention.ordinal is not None and best.ordinal is not None:
        return mention.ordinal == best.ordinal
    if mention.ordinal is not None and mention.kind and best.kind not in GENERIC and mention.kind != best.kind:
        return False
    if mention.ordinal is not None and best.ordinal is None and is_ahead(found, mention) > is_ahead(found, best):
        return False  # "a third workshop is planned"
    if (one := _years(mention)) and (other := _years(best)) and not one & other:
        return False
    if here and here != (_own_town(found, mention) or here):
        return False
    if best.span.kind in ("sign", "deed") and mention.kind not in (*GENERIC, *PASSING):
        return False  # of what is signed a summit of years ago is no other word
    beside = mention.kind != best.kind or mention.sentence is best.sentence
    some_two = mention.sentence is best.sentence and _indefinite(found, mention) and _indefinite(found, best)
    if beside and _on_other_days(mention, best, every=some_two):
        return False
    if _passes(found, mention, best) or _introduced(found, mention, best):
        return False
    some = mention.town and not here and mention.kind in GENERIC and best.kind not in GENERIC
    if some and _indefinite(found, mention) and is_ahead(found, mention) > is_ahead(found, best):
        return False  # "in September she will chair *a meeting* in Nairobi"
    two = is_ahead(found, mention) != is_ahead(found, best) and not _headed(found, mention, best)
    if two and _indefinite(found, mention) and _indefinite(found, best):
        return False  # "told *a meeting* in May that donors will gather at *a conference* in June"
    general = bool({mention.kind, best.kind} & GENERIC) or (
        {mention.kind, best.kind} != {"session", "summit"} and (_any_event(found, mention) or _any_event(found, best))
    )
    general = general or {mention.kind, best.kind} == _DONORS
    part = mention.kind in PASSING and not _indefinite(found, mention) and town_of(found, mention) in ("", here)
    return mention.kind == best.kind or general or part


def _introduced(found: Recognised, mention: Mention, best: Mention) -> bool:
    """True for a gathering to come where the best one's own day is not, or some whose day is told, behind one that is
    not: "on 9 May *a meeting* …".
    """
    ahead = is_ahead(found, mention) > is_ahead(found, best)
    begins = ahead and any(s.property == "startDate" for s in when_told(found, mention))  # not "it lasts until 9 May"
    some = mention.start > best.start and _indefinite(found, mention) and own_days(mention, every=True)
    if _headed(found, mention, best):
        return False
    return bool(ahead and (some or (begins and own_days(best))))


def _headed(found: Recognised, one: Mention, other: Mention) -> bool:
    """True where the one stands in the headline, and the other in the article's first sentence: that brings in again
    what the headline has named.
    """
    first, second = sorted((one.sentence, other.sentence), key=lambda s: s.start)
    return first.kind == "headline" and second.start == _text_start(found)


@lru_cache(maxsize=2)
def _text_start(found: Recognised) -> int:
    """Where the text of an article begins; asked for each mention beside one in the headline."""
    return next((s.start for s in opening_sentences(found, 1)), -1)


def _passes(found: Recognised, mention: Mention, best: Mention) -> bool:
    """True for some gathering or other at which something happened, told after the one reported: "launched *at a
    meeting* hosted by Chad".
    """
    after = 0 < best.sentence.paragraph < mention.sentence.paragraph and mention.kind in GENERIC
    if not after or not _indefinite(found, mention) or _indefinite(found, best):
        return False
    before = found.folded[max(0, mention.start - NEAR) : mention.start]
    return any(word in f" {before}" for word in found.pack.names.get("during", ()))


def spoken_of_again(
    found: Recognised, mentions: Sequence[Mention], reported: Sequence[Mention], best: Mention
) -> list[Mention]:
    """Those of ``reported`` that speak again, by a word for any gathering ("the summit"), of another one of that kind
    that the article named last.
    """
    again: list[Mention] = []
    for mention in reported:
        alike = mention.kind in (*GENERIC, best.kind) or {mention.kind, best.kind} == _DONORS
        if mention is not best and not alike and _any_event(found, mention):
            before = [m for m in mentions if m.kind == mention.kind and m.start < mention.start]
            if before and (before[-1] not in reported or before[-1] in again):
                again.append(mention)
    return again


def _to_come(found: Recognised, mention: Mention, best: Mention) -> bool:
    """True where the one is called the *next*, and the other is told as something to come."""
    relations = {mention.relation, best.relation}
    plain = best if not best.relation else mention
    named = mention.ordinal is None or best.ordinal is None
    return relations == {"", "later"} and named and mention.kind == best.kind and is_ahead(found, plain)


def _years(mention: Mention) -> set[int]:
    """The years that a mention tells: the one it is called by, and those of its days."""
    days = {
        day.value.first.year for day in mention.of("date") if day.value.stated and isinstance(day.value.first, date)
    }
    return days | ({mention.year} if mention.year else set())


def _on_other_days(one: Mention, other: Mention, *, every: bool = False) -> bool:
    """True for two gatherings of which each has a day of its own close behind its name, or anywhere in its part of the
    sentence where ``every`` day of that counts.
    """
    first, second = own_days(one, every=every), own_days(other, every=every)
    return bool(first and second) and not any(a[0] <= b[1] and b[0] <= a[1] for a in first for b in second)


def own_days(mention: Mention, *, every: bool = False) -> set[tuple[date, date]]:
    """First and last day of each time that stands close behind the name of a gathering, or of ``every`` one."""
    days = [d for d in mention.of("date") if d.value.stated]
    near = [d.value for d in days if every or 0 <= words_between(mention, d) <= NEAR]
    return {(w.first, w.last if isinstance(w.last, date) else w.first) for w in near if isinstance(w.first, date)}


def town_beside(found: Recognised, mention: Mention) -> bool:
    """True where the town in which a gathering is held stands in one breath with it: "at a *workshop* with the minister
    in *Hue*", "in *Hue* at the *workshop*".
    """
    here = town_of(found, mention)
    for town in mention.of("place") if here else ():
        if place_id(town.value) == here:
            low, high = sorted((town.end, mention.start)) if town.end <= mention.start else (mention.end, town.start)
            said = any(low <= v.start < high for v in mention.sentence.of("say"))
            near = words_between(mention, town) <= NEAR if town.start >= mention.end else high - low <= NEAR
            if near and not said and (town.end <= mention.start or not CLAUSE.search(found.folded, low, high)):
                return True
    return False


def _own_town(found: Recognised, mention: Mention) -> str:
    """The town by which a mention is called, or that stands in one breath with it; none among those of earlier ones."""
    beside = not mention.town and town_beside(found, mention) and not pairs(found, mention, either=True)
    return town_of(found, mention) if beside else mention.town


def _any_event(found: Recognised, mention: Mention) -> bool:
    """True for words that may call any gathering when it is spoken of again ("the conference")."""
    words = found.pack.names.get("any_event", ())
    return (mention.label in words or mention.label.lower() in words) and not _indefinite(found, mention)


def _indefinite(found: Recognised, mention: Mention) -> bool:
    """True right after an indefinite article, or one and an adjective."""
    return right_after(found, mention, "indefinite")


@lru_cache(maxsize=64)
def town_of(found: Recognised, mention: Mention) -> str:
    """Where a gathering is held, as its mention says; asked for each pair of mentions."""
    told = (s.value for s in where(found, mention) if s.property == "place")
    return mention.town or next((place_id(v) for v in told if isinstance(v, Name)), "")


def agree(found: Recognised, one: Mention, other: Mention) -> bool:
    """True where two mentions of gatherings other than the one reported can be of the same."""
    if one.ordinal and other.ordinal:
        return one.ordinal == other.ordinal
    told: list[tuple[object, object]] = [(one.year, other.year), (town_of(found, one), town_of(found, other))]
    kinds = {one.kind, other.kind}
    alike = one.kind == other.kind or bool(kinds & GENERIC) or kinds == _DONORS
    related = one.relation == other.relation or (
        bool(told[1][0]) and told[1][0] == told[1][1] and one.sentence != other.sentence
    )
    return alike and related and all(a == b for a, b in told if a and b)
