"""Bodies that no head of the language names, but the way they are written.

A name before its own acronym (African Tax Administration Forum (ATAF)), one with a head of another language (Climate
Action *Network* in a Norwegian text) or with its small words (Bread *for the* World in a Spanish one), and the branch
of a known body (Plan International *Norge*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.bodies.given import acronym_after
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.registry import load_registry

_ACRONYM = re.compile(r" \(([A-ZÀ-Þ]{3,8})\)")
_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")
_INTERNATIONAL = re.compile(r" International(?![\w-]| [A-ZÀ-Þ])")
NGO = "NonGovernmentalOrganization"
LONGEST = 12
"""Words of the longest name that is looked for before its acronym."""


def spelled_out(text: str, start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Bodies in ``text[start:end]`` right before the acronym that their capitalised words spell."""
    for match in _ACRONYM.finditer(text, start, end) if pack.spaces else ():
        if match[1] in pack.bodies.get("not_acronyms", ()):
            continue
        if fold(text[max(start, match.start() - 40) : match.start()]).endswith(pack.bodies.get("not_ends", ())):
            continue  # Gross National *Income* (GNI)
        begin = _beginning(text, start, match.start(), match[1], pack)
        if begin >= 0:
            name = Name("organization", text[begin : match.start()], pack.code, acronym=match[1])
            yield Span(begin, match.end(), "body", name)


def _beginning(text: str, start: int, end: int, acronym: str, pack: Pack) -> int:
    """Where the words begin that spell ``acronym`` up to ``end``; -1 where none do.

    Each letter begins a capitalised word, in order; there are no more small words in a row than a name has, and the
    first letter's word is the first of the name.
    """
    words = [(m.start(), m[0]) for m in _WORD.finditer(text, max(start, end - 120), end)][-LONGEST:]
    if not words or text[words[-1][0] + len(words[-1][1]) : end].strip():
        return -1
    left = len(acronym)
    small = _small(pack.code)
    for at, word in reversed(words):
        if not word[0].isupper():
            if fold(word) not in small:
                return -1
        elif word[0] == acronym[left - 1] or word[:2].upper() == acronym[max(0, left - 2) : left] != "":
            left -= 1 if word[0] == acronym[left - 1] else 2  # CApacity for Disaster Reduction Initiative
            if left == 0:
                return at if " " in text[at:end] else -1
        elif left == len(acronym):
            return -1
    return -1


@cache
def _small(code: str) -> frozenset[str]:
    """The small words inside names of bodies: those of the pack's connectors, and the articles and the like in them."""
    bodies = lang.load(code).bodies
    return frozenset(w for words in (*bodies["connectors"], *bodies["and"]) for w in fold(words).split())


def foreign(text: str, span: Span, pack: Pack) -> Span | None:
    """The capitalised words of ``span`` as a body, where the last, or the first before *of* or *for*, is a head of
    another language that the pack lists (``bodies.foreign_heads``).
    """
    heads = pack.bodies.get("foreign_heads", ())
    words = fold(text[span.start : span.end]).split()
    if len(words) < 2 or words[-1] not in heads:
        return None
    return Span(span.start, span.end, "body", Name("organization", text[span.start : span.end], pack.code))


def english(text: str, start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Bodies in ``text[start:end]`` with a head of another language (``bodies.foreign_heads``) in capitalised words,
    one of which may be a place's: Lesotho Electricity *Company*, *University* of Ngaoundere.
    """
    plain = not pack.bodies.get("capitals") and pack.bodies.get("foreign_heads")
    stops = pack.names.get("stop", ())
    for match in _english(pack.code).finditer(text, start, end) if plain else ():
        begin = match.start()
        while fold(text[begin : match.end()].partition(" ")[0]) in stops:
            begin += text[begin : match.end()].find(" ") + 1
        name = text[begin : match.end()]
        if " " in name and text[begin].isupper():
            given = acronym_after(text, match.end(), pack)
            value = Name("organization", name, pack.code, acronym=given[1] if given else "")
            yield Span(begin, given.end() if given else match.end(), "body", value)


@cache
def _english(code: str) -> re.Pattern[str]:
    """Capitalised words before or behind a head of English, with its small words between them."""
    heads = "|".join(h.capitalize() for h in lang.load(code).bodies.get("foreign_heads", ())) or "(?!)"
    word = r"[^\W\d_a-zà-öø-ÿ][\w'’&-]*"
    return re.compile(
        rf"(?<![\w-])(?:(?:{word} (?:(?:of|for|and|on|the) ){{0,2}}){{1,6}}(?:{heads})"
        rf"|(?:{heads}) (?:of|for) (?:the )?{word}(?: (?:(?:of|for|and|the) ){{0,2}}{word}){{0,6}})(?![\w-])"
    )


def linked(text: str, start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Bodies in ``text[start:end]`` that have small words of another language inside, which this one has not
    (``bodies.foreign_links``): Bread *for the* World. A word that opens a sentence of this language is no part of one.
    """
    links = pack.bodies.get("foreign_links", ())
    stops = pack.names.get("stop", ())
    for match in _linked(pack.code).finditer(text, start, end) if links else ():
        words = [(match.start() + m.start(), m[0]) for m in _WORD.finditer(match[0])]
        while words and fold(words[0][1]) in stops:
            words = words[1:]
        inner = [fold(word) for _, word in words[1:-1]]
        if any(word in links for word in inner):
            begin, stop = words[0][0], match.end()
            yield Span(begin, stop, "body", Name("organization", text[begin:stop], pack.code))


@cache
def _linked(code: str) -> re.Pattern[str]:
    """Capitalised words, with the small words of another language between them."""
    links = "|".join(map(re.escape, lang.load(code).bodies.get("foreign_links", ()))) or "(?!)"
    word = r"[^\W\d_a-zà-öø-ÿ][\w'’&-]*"
    return re.compile(rf"(?<![\w-]){word}(?: {word})*(?:(?: (?:{links}))* {word})+")


def abroad(text: str, bodies: Sequence[Span], spans: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """For each of ``bodies`` with a head of another language right before a country, or a part of the world, of
    ``spans``, the two as its name: Absa Bank *Zambia*.
    """
    heads = tuple(f" {head.capitalize()}" for head in pack.bodies.get("foreign_heads", ()))
    entries = load_registry().by_id
    places = {s.start: s for s in spans if s.kind == "place"}
    for body in bodies if heads else ():
        place = places.get(body.end + 1) if body.kind == "body" and text.endswith(heads, body.start, body.end) else None
        if place and text[body.end] == " " and not entries[place.value.known].in_country:
            yield Span(body.start, place.end, "body", replace(body.value, text=text[body.start : place.end]))


def branches(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """``spans`` and, for each known non-governmental body beside a place, the two as the body's branch, which is a body
    of its own (Plan International *Norge*, Caritas *de Dakar*, *香港*世界宣明會); right before *International*, the two
    as its name.
    """
    entries = load_registry().by_id
    lands = (s for s in spans if s.kind == "place" and (pack.spaces or entries[s.value.known].country))
    places = sorted(lands, key=lambda s: s.end - s.start)  # the longest one counts
    starting, ending = {s.start: s for s in places}, {s.end: s for s in places}
    found = []
    for span in (s for s in spans if s.kind == "body"):
        if pack.spaces and (behind := _INTERNATIONAL.match(text, span.end)):
            given = acronym_after(text, behind.end(), pack)
            name = replace(span.value, text=text[span.start : behind.end()], acronym=given[1] if given else "")
            found.append(Span(span.start, given.end() if given else behind.end(), "body", name))
        entry = entries.get(span.value.known)
        if entry is None or entry.type != NGO:
            continue
        start, end = span.start, span.end
        if place := _placed(text, span, starting, pack):
            end = place.end
        elif before := ending.get(span.start if not pack.spaces else span.start - 1):
            start = before.start if not pack.spaces or text[span.start - 1] == " " else start
        if (start, end) != (span.start, span.end):
            found.append(Span(start, end, "body", Name("organization", text[start:end], pack.code, type=NGO)))
    return [*spans, *found]


def _placed(text: str, body: Span, places: Mapping[int, Span], pack: Pack) -> Span | None:
    """The place right behind a body, or behind a small word that says whose it is: Caritas *Beira*, Oxfam *of Mali*."""
    if text[body.end : body.end + 1] != " ":
        return None
    behind = (body.end + len(word) for word in pack.bodies.get("branch_of", ()) if text.startswith(word, body.end))
    return places.get(body.end + 1) or next((places[at] for at in behind if at in places), None)
