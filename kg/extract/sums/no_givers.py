"""Countries that by the words beside them give nothing: those where somebody is based, those that people flee, those
whose donors give, and what a headline is about; and bodies that only handle what others give.
"""

from __future__ import annotations

from collections.abc import Set

from kg.extract.sums.based import is_based
from kg.extract.sums.clauses import NEAR
from kg.extract.sums.handled import only_handles
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span
from kg.recognise.words.owners import owned_from


def of_no_giver(
    found: Recognised, sentence: Sentence, span: Span, marks: Set[str], *, listed: bool = False
) -> Set[str]:
    """``marks``, those of the party at ``span``, with what such words say of it; ``listed`` where its sentence is an
    item of a list of givers.
    """
    if span.kind != "place":
        handles = span.kind in ("body", "acronym") and only_handles(found, sentence, span)
        return (marks - {"to", "in", "of", "by"}) | {"governed", "left", "which"} if handles else marks
    if is_based(found, sentence, span):
        return (marks - {"to", "in", "of", "by"}) | {"governed", "left", "which"}
    if _is_fled(found, sentence, span):
        return (marks - {"to", "in", "of", "by"}) | {"governed", "left"}
    if _is_helped(found, sentence, span, marks):
        return (marks - {"of", "by"}) | {"to", "governed", "left"}
    return marks | {"governed", "left"} if not listed and _is_label(found, sentence, span) else marks


def _is_fled(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for a country that people flee: "those who *fled* the war in *Sudan*", "refugees *from Syria*"."""
    before = max((s.end for s in sentence.of("flee") if s.end <= span.start), default=None)
    # of "refugees from Sudan in *Chad*" the second is where they are
    if before is None or any(before <= s.start < span.start for s in sentence.of("place")):
        return False
    return _is_near(found, before, span.start)


def _is_helped(found: Recognised, sentence: Sentence, span: Span, marks: Set[str]) -> bool:
    """True for the country of those who give: "the *donors of Angola* pledged", "*Angola's* partners pledged"."""
    words = sentence.of("partners")
    before = max((s.end for s in words if s.end <= span.start), default=None)
    if before is not None and marks & {"of", "by"}:
        between = found.folded[before : span.start]
        owns = not between.strip() or between.endswith(tuple(found.pack.names.get("genitive", ())))
        return owns and len(between.split()) <= 2 and _is_near(found, before, span.start)
    owned = owned_from(found.folded, span.end, found.pack) if words else None
    after = next((s.start for s in words if owned is not None and s.start >= owned), None)
    return after is not None and len(found.folded[owned:after].split()) <= 1


def _is_near(found: Recognised, start: int, end: int) -> bool:
    return end - start <= NEAR and not set(found.folded[start:end]) & set(".,;:()，；")


def _is_label(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for a country that a headline begins with as what it is about: "*Libano:* a Roma promesse per …"."""
    apart = found.folded[span.end : span.end + 2].lstrip(" ").startswith((":", "："))
    return sentence.kind == "headline" and span.start - sentence.start <= 2 and apart
