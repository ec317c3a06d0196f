"""What a sum is for: the sectors named beside it, or before it where it stands in an item of a list."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.sectors import named_sectors
from kg.extract.sums.clauses import Clause, between, both_words, governed_by
from kg.extract.sums.shared import beside_its_sum
from kg.extract.sums.takers import owns_sum
from kg.recognise.spans import Span


def fields_of(clause: Clause) -> tuple[str, ...]:
    """What a sum is for: the sectors named behind it, or before the first sum of a sentence; where each of several has
    its own right before it ("food (29 million) and *water* (13 million)"), that one alone.
    """
    told = [s for s in named_sectors(clause.sentence) if s.start < clause.end]
    own = _own(clause, told, clause.money.start)
    alone = clause.first and clause.end >= clause.sentence.end
    if clause.found.pack.names.get("verb_last") and not alone:
        own = list(beside_its_sum(clause, told))
    elif not (own and _listed(clause)):
        of_next = _own(clause, told, clause.end) if clause.end < clause.sentence.end else []
        of_next = [] if ":" in clause.gap(clause.money.end, clause.end) else of_next  # the parts of a whole
        able = [s for s in told if s.start >= clause.money.end or (clause.first and s.start < clause.money.start)]
        own = [s for s in able if s not in of_next]
    return tuple(dict.fromkeys(str(s.value) for s in own)) or (() if told else _of_things(clause))


_WORKS, _BUILT = "infrastructure", {"school": "education", "health-facility": "health"}
"""The field of roads and the like, and those of things that are counted, which alone name none."""
_REACH = 60
"""Characters between a sum and such a thing that it is for."""
_MARKS = frozenset(",;:()，；：（、")


def _of_things(clause: Clause) -> tuple[str, ...]:
    """The field of a *school* or a *bridge* near a sum that is given, where that is neither a place where something
    happens nor part of a name: of a countable, or of a thing (``words.thing``) that no sector has as a label.
    """
    found, sentence, money = clause.found, clause.sentence, clause.money
    last = found.pack.names.get("verb_last")
    things = (t for kind in ("thing", "countable") for t in between(sentence.of(kind), clause.start, clause.end))
    for thing in things if clause.verbs else ():
        field = _WORKS if thing.kind == "thing" else _BUILT.get(thing.value)
        start, end = (thing.end, money.start) if last else (money.end, thing.start)
        if field is None or not 0 <= end - start <= _REACH or set(clause.gap(start, end)) & _MARKS:
            continue
        named = any(s.start <= thing.start < s.end for s in sentence.of("body", "place", "post", "venue", "notsector"))
        happens = sentence.of("event") or governed_by(found, sentence, thing.start, thing.end, "locative")
        if not (named or happens):
            return (field,)
    return ()


def _own(clause: Clause, told: Sequence[Span], at: int) -> list[Span]:
    """The sector right before the sum at ``at``, only a bracket, a colon or "with" between, and those that "and" joins
    to it.
    """
    before = [s for s in told if clause.start <= s.start and s.end <= at]
    own = before[-1:]
    if not own or not owns_sum(clause, own[0].end, at):
        return []
    both = both_words(clause.found.pack)
    for span in reversed(before[:-1]):
        if clause.gap(span.end, own[0].start) not in both:
            break
        own.insert(0, span)
    return own


def _listed(clause: Clause) -> bool:
    """True for a sum in brackets, or one of several of its sentence."""
    bracket = clause.gap(max(clause.start, clause.money.start - 2), clause.money.start).rstrip().endswith(("(", "（"))
    return bracket or not clause.first or clause.end < clause.sentence.end
