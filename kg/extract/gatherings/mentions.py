"""A place where an article speaks of a gathering: what stands in it and around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from kg.extract.cases import governs
from kg.extract.datelines import is_town
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

LEAD_WEIGHT = 1
NEAR = 30
"""Characters within which a weekday after a gathering is its day ("at a conference in Brussels on Monday")."""
_MET = 3
"""Sentences that a stretch of some characters can touch."""
_BEHIND = 8
"""Characters between a ceremony and the place or day of it."""
GENERIC = frozenset({"", "event", "meeting", "gathering", "ceremony"})
"""Kinds by which any gathering may be spoken of again; empty where no noun says the kind."""
PASSING = frozenset({"session", "talks", "ceremony"})
"""Kinds that are no gathering of their own where they bear no number, and no day or town of theirs is told: two sides
talk, a gift is handed over.
"""
CLAUSE = re.compile(r"[,;:!?()，；：？（）]| - ")
"""What parts two clauses."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article speaks of a gathering, and the part of the sentence from ``low`` to ``high`` that
    tells of it. ``relation`` to the gathering reported is "earlier", "later", "other" or not told; ``year``, ``town``
    (the id of a place) and ``ordinal`` are what it is called by. ``kind`` is empty where no noun names it;
    ``again`` are nouns that tell its kind once more.
    """

    sentence: Sentence
    span: Span
    kind: str
    label: str
    start: int
    end: int
    low: int
    high: int
    ordinal: int | None = None
    ordinal_span: Span | None = None
    relation: str = ""
    year: int | None = None
    town: str = ""
    weight: int = LEAD_WEIGHT
    again: tuple[Span, ...] = ()

    def of(self, *kinds: str) -> list[Span]:
        """The spans of these kinds in its part of the sentence, in text order."""
        return [s for s in self.sentence.of(*kinds) if self.low <= s.start < self.high]


def is_held_ceremony(mention: Mention) -> bool:
    """True for a ceremony that is said to be held somewhere or some day, or whose place or day stands right behind it:
    "handed over at a *ceremony in Hue*".
    """
    told = mention.of("date", "place", "venue")
    behind = any(0 < s.start - end <= _BEHIND for s in told for end in (mention.span.end, mention.end))
    return mention.kind == "ceremony" and (behind or bool(told and mention.of("hold")))


def silent(sentence: Sentence, span: Span, *, relation: str = "", year: int | None = None, end: int = 0) -> Mention:
    """A gathering that no noun names, told by the verb or word ``span``."""
    return Mention(
        sentence=sentence,
        span=span,
        kind="",
        label="",
        start=span.start,
        end=end or span.end,
        low=sentence.start,
        high=sentence.end,
        relation=relation,
        year=year,
    )


def titled(found: Recognised, mention: Mention, town: Span) -> bool:
    """True for a town in a gathering's name that says where it is: the *Paris* conference, the conference *Paris*; not
    the *Tokyo* International Conference. A verb has no such name: the road to *Kigali* was inaugurated.
    """
    if not mention.label:
        return False
    if not is_town(town) or town.end > mention.span.start:
        named = mention.span.end <= town.start < mention.end and not governs(found, town.start, town.end, "dative")
        return is_town(town) and (town.start == mention.span.end + 1 or named)  # one *for Gaza* may be elsewhere
    noun = mention.span.start + max(0, found.article.text[mention.span.start : mention.span.end].rfind(" "))
    between = found.article.text[town.end : noun]
    for name in (s.value.text for s in mention.of("place") if town.end < s.start < noun):
        between = between.replace(name, "")
    plain = not any(c.isupper() for c in between) if found.pack.spaces else not between
    return mention.start - 1 <= town.end and plain


def is_ahead(found: Recognised, mention: Mention) -> bool:
    """True where all days told of the gathering come after the publication, or it is told as something to come."""
    published = found.article.published
    days = [d.value.first for d in mention.of("date") if d.value.stated]
    if not days and any(to_come(found, max(mention.low, v.start - NEAR), v.end) for v in mention.of("hold")):
        return True
    if not days and mention.ordinal is not None and to_come(found, mention.end, mention.end + NEAR):
        return True
    days = days or [p.value.start for p in mention.of("period")]
    return published is not None and bool(days) and all(isinstance(d, date) and d > published for d in days)


def to_come(found: Recognised, low: int, high: int) -> bool:
    """True where a word such as *will* stands between two offsets, and in no body's name (国連開発|計画)."""
    return told_by(found, "ahead", low, high)


def told_by(found: Recognised, key: str, low: int, high: int) -> bool:
    """True where one of the pack's words ``names.<key>`` stands between two offsets, and in no body's name."""
    words = found.pack.names.get(key, ())
    part = f" {found.folded[low:high]} "
    if not any(word in part for word in words):
        return False
    since = bisect_right(found.sentences, low, key=lambda s: s.end)
    met = takewhile(lambda s: s.start < high, found.sentences[since : since + _MET])
    for body in (b for s in met for b in s.of("body")):
        first, last = max(body.start, low) - low + 1, min(body.end, high) - low + 1
        part = part[:first] + "-" * (last - first) + part[last:] if first < last else part
    return any(word in part for word in words)


def right_after(found: Recognised, mention: Mention, key: str) -> bool:
    """True right after one of the pack's words ``names.<key>``, or after one and an adjective."""
    words = tuple(found.pack.names.get(key, ()))
    before = " " + found.folded[max(0, mention.start - NEAR) : mention.start].replace("\n", " ")
    heads = (before, before.rstrip(" ").rpartition(" ")[0] + " ")
    return bool(words) and any(head.endswith(words) for head in heads)


_WITH = ("place", "body", "acronym", "venue", "hold", "post", "name", "honorific", "nation")
"""What may stand between a gathering and its day or town: who holds it, and with whom."""


def words_between(mention: Mention, day: Span) -> int:
    """Characters between a gathering and a day behind it, who holds it and where it is left out; negative before it."""
    between = (s for s in mention.of(*_WITH) if mention.end <= s.start < day.start)
    framed = {s.start for s in mention.sentence.frame.spans}
    return day.start - mention.end - sum(s.end - s.start for s in between if s.start in framed)
