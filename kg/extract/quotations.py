"""Quoted words with who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lang
from kg.model import Evidence, Name, QuotationFact, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_MARKS = (
    r"“([^“”]{20,600})”|«\s?([^«»]{20,600}?)\s?»|\"([^\"\n]{20,600})\"|„([^“„”]{20,600})[“”]|「([^「」]{12,600})」"
    r"|”([^“”\n]{20,600})”"  # as Swedish and Finnish write them, one mark on both sides
    r"|(?<![^\s(])»(?=\S)([^«»\n]{20,600})(?<=\S)«(?!\w)"  # as Danish and German write them
)


@cache
def _quotes(code: str) -> re.Pattern[str]:
    """Words between quotation marks, or after a dash up to a verb of saying: "– We stay here, said …"."""
    verbs = "|".join(re.escape(word) for word in sorted(lang.load(code).words["say"], key=len, reverse=True)) or "(?!)"
    return re.compile(rf"{_MARKS}|^[–-] ([^\n]{{20,400}}?), (?=(?:{verbs})\b)", re.MULTILINE)


_SAID = re.compile(r"[.,!?…。，！？]$")
"""How words end that somebody says, and a title does not."""
_DASH = re.compile(r"^[–—-] [^\n]{20,}[.!?…]$", re.MULTILINE)
"""A paragraph that is somebody's words, as some papers set them."""


def spoken(found: Recognised) -> list[tuple[int, int]]:
    """Where the article gives somebody's own words: in quotation marks, but for titles, or behind a dash that opens a
    paragraph; not the items of a list.
    """
    text = found.article.text
    said = [
        m.span()
        for m in _quotes(found.pack.code).finditer(text)
        if m[0][0] in "–-" or _SAID.search(m[0][:-1]) or text[m.end() : m.end() + 1] in (",", "，") or _led(text, m)
    ]
    dashes = [m.span() for m in _DASH.finditer(text)]
    opens, ends = {start for start, _ in dashes}, {end for _, end in dashes}
    return said + [(start, end) for start, end in dashes if end + 1 not in opens and start - 1 not in ends]


def _led(text: str, quote: re.Match[str]) -> bool:
    """True for words behind a colon."""
    return text[: quote.start()].rstrip().endswith((":", "："))


def quotations(found: Recognised, roles: Sequence[RoleFact]) -> list[QuotationFact]:
    """Quotations whose sentence, or the one right after, names a person of the article and a verb of saying."""
    people = {fold(r.person.text): r.person for r in roles}
    text = found.article.text
    facts = []
    for match in _quotes(found.pack.code).finditer(text):
        said = next((g for g in match.groups() if g), "")
        if len(said.split()) < 4 and found.pack.spaces:
            continue
        speaker = _speaker(found, match.start(), match.end(), people)
        if speaker is not None:
            start = match.start() + match[0].find(said)
            facts.append(
                QuotationFact(
                    said.rstrip(",，"), speaker, (Evidence(start, start + len(said.rstrip(",，")), "quotation"),)
                )
            )
    return facts


def _speaker(found: Recognised, start: int, end: int, people: dict[str, Name]) -> Name | None:
    for sentence in _around(found, start, end):
        verbs = sentence.of("say")
        outside = [v for v in verbs if v.end <= start or v.start >= end]
        if not outside:
            continue
        verb = min(outside, key=lambda v: min(abs(v.start - end), abs(start - v.end)))
        named = [
            s
            for s in sentence.frame.spans
            if s.kind == "name" and not start <= s.start < end and abs(s.start - verb.end) < 90
        ]
        for span in sorted(named, key=lambda s: min(abs(s.start - verb.end), abs(verb.start - s.end))):
            if (person := _person(span, people)) is not None:
                return person
    return None


def _around(found: Recognised, start: int, end: int) -> Iterator[Sentence]:
    for sentence in found.sentences:
        if sentence.start <= start < sentence.end or sentence.start < end <= sentence.end:
            yield sentence


def _person(span: Span, people: dict[str, Name]) -> Name | None:
    written = fold(span.value.text)
    if written in people:
        return people[written]
    owners = [p for name, p in people.items() if written in name.split() or written in name.split("·")]
    return owners[0] if len(owners) == 1 else None
