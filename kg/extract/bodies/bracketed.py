"""Parties in brackets behind the names of those who speak for them: Kari Vik (*KrF*), Anna Ek (*S*), Anne Roy
(*Les Verts*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg import lang
from kg.model import Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_BRACKET = re.compile(r" \((?P<name>[^\W\d_a-zß-ÿ][^\W\d_]+(?: [^\W\d_][^\W\d_]*){0,2})(?:[,/] ?[^()\d]{1,24})?\)")
_SHORT = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_]{0,4}[^\W\d_a-zß-ÿ][^\W\d_]?")
"""An acronym: two capitals at least."""
_POLITICAL = frozenset(
    {
        "member-of-parliament", "representative", "president", "vice-president", "mayor", "governor", "chancellor",
        "state-secretary", "commissioner", "speaker-of-parliament", "party-leader", "spokesperson",
    }
)  # fmt: skip
_HELD = frozenset(
    {"place", "weak-place", "nation", "post", "month", "date", "event", "honorific", "body", "sector", "aid"}
)
"""Kinds of spans that are no party's name."""


def _politicians(roles: Iterable[RoleFact]) -> frozenset[str]:
    """The folded names of those who hold a post that politicians hold."""
    told = (r for r in roles if r.position.endswith("minister") or r.position in _POLITICAL)
    return frozenset(fold(role.person.text) for role in told)


def parties(found: Recognised, roles: Sequence[RoleFact]) -> list[Span]:
    """The parties of an article, and the places where it names them again."""
    if not found.pack.capitals:
        return []
    told = [span for sentence in found.sentences for span in _bracketed(found, sentence, roles)]
    names, starts = {span.value.text for span in told}, {span.start for span in told}
    again = (
        s for x in found.sentences for s in x.frame.spans if s.kind in ("name", "acronym") and s.start not in starts
    )
    return told + [_body(found, s.start, s.end) for s in again if s.value.text in names]


def _bracketed(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact]) -> Iterator[Span]:
    """The parties in one sentence's brackets: one that the pack lists behind any name, an acronym right behind that of
    who holds a post, other capitalised words behind that of a politician.
    """
    people = {fold(role.person.text) for role in roles}
    known = _politicians(roles)
    listed = _listed(found.pack.code)
    for span in (s for s in sentence.frame.spans if s.kind == "name"):
        person = fold(span.value.text)
        match = listed.match(found.article.text, span.end, sentence.end) if person in people or " " in person else None
        if match is None and person in people:
            match = _BRACKET.match(found.article.text, span.end, sentence.end)
            if match is not None and not _is_party(found, match["name"], politician=person in known):
                continue
        if match is None:
            continue
        start, end = match.span("name")
        if not any(s.start < end and start < s.end and s.kind in _HELD for s in sentence.spans):
            yield _body(found, start, end)


@cache
def _listed(code: str) -> re.Pattern[str]:
    """A pack's parties in brackets, with the constituency that may follow: (*S*), (*kok.*), (*M*, Umeå)."""
    short = "|".join(map(re.escape, sorted(lang.load(code).bodies.get("parties", ()), key=len, reverse=True)))
    return re.compile(rf" \((?P<name>{short or '(?!)'})(?:[,/] ?[^()\d]{{1,24}})?\)")


def _body(found: Recognised, start: int, end: int) -> Span:
    text = found.article.text[start:end]
    known = found.pack.bodies.get("parties", {}).get(text, "")
    return Span(
        start, end, "body", Name("organization", text, found.pack.code, known=f"organization/{known}" if known else "")
    )


def _is_party(found: Recognised, name: str, *, politician: bool) -> bool:
    """True for an acronym that is a body's, and, behind a ``politician``'s name, for words that all bear a capital."""
    if fold(name) in found.pack.names.get("stop", ()):
        return False
    short = _SHORT.fullmatch(name) is not None and name not in found.pack.bodies.get("not_acronyms", ())
    return short or (politician and all(word[0].isupper() for word in name.split()))
