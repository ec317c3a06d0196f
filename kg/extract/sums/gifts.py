"""Who gives a sum told of a gift of which the sentence before tells: "Japan gave rice to Chad. *The gift*, worth …"."""

from __future__ import annotations

import re

from kg.extract.sums.actors import donor
from kg.extract.sums.clauses import GIVING, Clause, Party
from kg.extract.sums.sumless import told_before
from kg.extract.sums.takers import recipient

AGENT = 32
"""Characters from a verb in the passive to the end of what stands before who acts: "given *by the government of* …"."""


def of_gift(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of what the pack's words of ``again.gift`` ("this gift") stand for in the clause's sentence:
    those of the verb of giving in the sentence before, where that tells of no sum.
    """
    found, sentence = clause.found, clause.sentence
    words = "|".join(map(re.escape, found.pack.raw.get("again", {}).get("gift", ()))) or "(?!)"
    alone = rf"(?<!\w)(?:{words})(?!\w)" if found.pack.spaces else words
    if not clause.first or not re.search(alone, found.folded[sentence.start : sentence.end]):
        return {}
    at = found.sentences.index(sentence)
    before = found.sentences[at - 1] if at else sentence
    if not before.of(*GIVING) or before.of("money", "ask", "receive"):
        return {}
    told = told_before(clause, before)
    giver = _agent(told) or donor(told)
    if giver is None or giver.name is None:
        return {}
    taker = recipient(told, giver, None)
    same = taker is None or taker.name is None or taker.name.known == giver.name.known
    return {"donor": giver} if same or taker is None else {"donor": giver, "recipient": taker}


def _agent(clause: Clause) -> Party | None:
    """Who gives in the passive: the first party behind the last verb of giving and a word such as "by"."""
    if not clause.verbs:
        return None
    verb = clause.verbs[-1].end
    by = next((p for p in clause.before if p.start >= verb), None)
    told = clause.gap(verb, by.start) if by else ""
    return by if told.startswith(clause.listed("shares")) and len(told) <= AGENT and "," not in told else None
