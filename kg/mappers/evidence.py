"""Evidence: which facts check, and the Web Annotation nodes that quote the text behind each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.mappers.context import Claim, Context, Shown, Triple
from kg.model import Article, ConferenceFact, Evidence, Fact, QuotationFact, Reading, Statement
from kg.vocab import EVIDENCE, KG, RDF_TYPE, integer, kg, segment, term, text


@dataclass(frozen=True, slots=True)
class Unproven:
    """A fact, or one statement of a conference, that is not written because its evidence does not check."""

    article: str
    fact: Fact | Statement
    reason: str


def proven(reading: Reading) -> tuple[dict[int, Fact], tuple[Unproven, ...]]:
    """The facts of a reading whose evidence checks, by their place in it, and the others with the reason.

    A conference whose own evidence checks is kept without those of its statements that do not.
    """
    article = reading.article
    kept: dict[int, Fact] = {}
    left: list[Unproven] = []
    for index, fact in enumerate(reading.facts):
        reason = _fault(fact, article)
        if reason:
            left.append(Unproven(article.id, fact, reason))
        elif isinstance(fact, ConferenceFact):
            faults = [(statement, fault(statement.evidence, article)) for statement in fact.statements]
            left += [Unproven(article.id, statement, reason) for statement, reason in faults if reason]
            kept[index] = replace(fact, statements=tuple(statement for statement, reason in faults if not reason))
        else:
            kept[index] = fact
    return kept, tuple(left)


def unproven(reading: Reading) -> tuple[Unproven, ...]:
    """What ``map_reading`` leaves out of a reading, with the reason for each."""
    return proven(reading)[1]


def fault(evidence: Evidence, article: Article) -> str:
    """What is wrong with a piece of evidence; empty where it checks."""
    start, end, length = evidence.start, evidence.end, len(article.text)
    if not 0 <= start < end <= length:
        return f"offsets {start}–{end} do not lie inside the text (0–{length})"
    if not article.text[start:end].strip():
        return f"nothing but white space stands at {start}–{end}"
    return "" if evidence.rule else "the rule has no name"


def _fault(fact: Fact, article: Article) -> str:
    if not fact.evidence:
        return "it has no evidence"
    reason = next(filter(None, (fault(item, article) for item in fact.evidence)), "")
    if not reason and isinstance(fact, QuotationFact):
        quoted = any(fact.text in article.text[item.start : item.end] for item in fact.evidence)
        return "" if quoted else "the quoted words do not stand there"
    return reason


def evidence_lines(lines: Iterable[Shown], context: Context) -> Iterator[Triple]:
    """``kg:evidence`` for each line, and the node that quotes the text; the same place and rule give one node.

    Each triple comes once.
    """
    done: dict[tuple[int, int, str], tuple[NamedNode, set[NamedNode]]] = {}
    for line in lines:
        item, subject = line.evidence, line.subject
        key = (item.start, item.end, item.rule)
        if key in done:
            node, subjects = done[key]
            if subject not in subjects:
                subjects.add(subject)
                yield subject, EVIDENCE, node
            continue
        node = context.below(f"evidence/{item.start}-{item.end}-{_segment(item.rule)}")
        done[key] = node, {subject}
        yield subject, EVIDENCE, node
        yield from _target(node, item, context)


def claim_lines(claims: Iterable[Claim], context: Context) -> Iterator[Triple]:
    """Each claimed triple, and an rdf:Statement with its own evidence.

    Statements are named by predicate and place; several of one name are numbered in the order of their objects.
    """
    used: dict[str, int] = {}
    for claim in sorted(set(claims), key=_claim_order):
        item = claim.evidence
        name = f"{claim.predicate.value.removeprefix(KG)}-{item.start}-{item.end}"
        used[name] = used.get(name, 0) + 1
        node = context.below(f"statement/{numbered(name, used[name])}")
        yield claim.subject, claim.predicate, claim.object
        yield claim.subject, EVIDENCE, node
        yield node, RDF_TYPE, term("rdf:Statement")
        yield node, term("rdf:subject"), claim.subject
        yield node, term("rdf:predicate"), claim.predicate
        yield node, term("rdf:object"), claim.object
        yield from _target(node, item, context)


def numbered(name: str, count: int) -> str:
    """``name`` for the first of its kind, ``name-2`` and so on for the later ones."""
    return name if count == 1 else f"{name}-{count}"


def _claim_order(claim: Claim) -> tuple[int, int, str, str, str, str]:
    item = claim.evidence
    return item.start, item.end, claim.predicate.value, str(claim.subject), str(claim.object), item.rule


def _target(node: NamedNode, item: Evidence, context: Context) -> tuple[Triple, ...]:
    """A node that points at a place of the article: most of all triples are these, so nothing is made twice."""
    position, quote = NamedNode(f"{node.value}/position"), NamedNode(f"{node.value}/quote")
    return (
        (node, RDF_TYPE, _RESOURCE),
        (node, _SOURCE, context.node),
        (node, _RULE, _rule(item.rule)),
        (node, _SELECTOR, position),
        (node, _SELECTOR, quote),
        (position, RDF_TYPE, _POSITION),
        (position, _START, integer(item.start)),
        (position, _END, integer(item.end)),
        (quote, RDF_TYPE, _QUOTE),
        (quote, _EXACT, Literal(context.article.text[item.start : item.end])),
    )


_RESOURCE, _SOURCE, _SELECTOR = term("oa:SpecificResource"), term("oa:hasSource"), term("oa:hasSelector")
_POSITION, _START, _END = term("oa:TextPositionSelector"), term("oa:start"), term("oa:end")
_QUOTE, _EXACT, _RULE = term("oa:TextQuoteSelector"), term("oa:exact"), kg("rule")
_rule = cache(text)
_segment = cache(segment)
"""Rules are few: the same names come again with each piece of evidence."""
