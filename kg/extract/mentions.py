"""Where an article names persons, organizations and places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg import lang, schemes
from kg.extract.bodies.bracketed import parties
from kg.extract.bodies.in_posts import in_posts
from kg.lang import Pack
from kg.model import ConferenceFact, CountFact, Evidence, Fact, FigureFact, MentionFact, Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.bodies.growing import is_head
from kg.recognise.bodies.shaped import named_by_state
from kg.recognise.fold import fold
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span

_SHORTEST = 3
"""Letters of the shortest acronym that the words beside it alone tell to be a body's."""


_WORDS = 60
"""Characters of the words before an acronym that tell it to be a body's."""


_ACTING = frozenset({"university", "hospital"})
"""Heads of halls that are bodies too."""


def mentions(found: Recognised, facts: Sequence[Fact]) -> list[MentionFact]:
    """One fact for each name, with every place where it stands; names that facts use come as those use them."""
    used = {_key(n): n for n in _used(facts)}
    persons = {fold(n.text): n for n in used.values() if n.kind == "person"}
    acronyms = {n.acronym for s in found.sentences for n in _bodies(s) if n.acronym}
    acronyms |= {n.text for n in used.values() if n.kind == "organization"}
    roles = [f for f in facts if isinstance(f, RoleFact)]
    places: dict[tuple[str, str], tuple[Name, list[Evidence]]] = {}
    for sentence in found.sentences:
        for span, rule in _named(found, sentence, persons, acronyms):
            name = used.get(_key(span.value), span.value)
            places.setdefault(_key(name), (name, []))[1].append(Evidence(span.start, span.end, rule))
    for party in parties(found, roles):
        places.setdefault(_key(party.value), (party.value, []))[1].append(Evidence(party.start, party.end, "party"))
    return [MentionFact(name, tuple(dict.fromkeys(evidence))) for name, evidence in places.values()]


def _key(name: Name) -> tuple[str, str]:
    return name.kind, name.known or fold(name.text)


def _bodies(sentence: Sentence) -> Iterator[Name]:
    return (s.value for s in sentence.frame.spans if s.kind == "body")


def _used(facts: Sequence[Fact]) -> Iterator[Name]:
    for fact in facts:
        if isinstance(fact, RoleFact):
            yield fact.person
            if fact.body:
                yield fact.body
        elif isinstance(fact, FigureFact):
            yield from (*fact.donors, *fact.recipients)
        elif isinstance(fact, CountFact) and fact.place:
            yield fact.place
        elif isinstance(fact, ConferenceFact):
            yield from (s.value for s in fact.statements if isinstance(s.value, Name))


def _named(
    found: Recognised, sentence: Sentence, persons: dict[str, Name], acronyms: set[str]
) -> Iterator[tuple[Span, str]]:
    for span in sentence.frame.spans:
        if span.kind in ("body", "place", "venue"):
            yield span, f"{span.kind}-name"
            if span.kind == "venue":  # in the hall *of the ministry*
                held = [s for s in sentence.of("body") if span.start < s.start and s.end <= span.end]
                yield from ((s, "body-name") for s in held)
                if not any(s.end == span.end for s in held) and _acting(found, sentence, span):
                    yield span._replace(value=Name("organization", span.value.text, found.pack.code)), "body-name"
        elif span.kind == "home" and (told := [s for s in sentence.of("body") if s[:2] == span[:2]]):
            yield told[0], "body-name"  # the parliament
        elif span.kind == "home" and (name := _institution(found.article.text[span.start : span.end], found.pack)):
            yield span._replace(value=Name("organization", name, found.pack.code, type="GovernmentBody")), "body-name"
        elif span.kind == "name" and (person := _person(span, persons)):
            yield span._replace(value=person), "person-name"
        elif span.kind == "acronym" and (
            span.value.text in acronyms
            or span.value.text in found.pack.bodies.get("acronyms", ())
            or _acts(sentence, span)
            or _beside_body(found, sentence, span)
            or _beside_post(found, sentence, span)
            or _explains(found, sentence, span)
            or _among_words(found, sentence, span)
        ):
            yield span, "acronym"
    yield from ((span, "body-name") for span in (*in_posts(found, sentence), *_states_bodies(found, sentence)))
    for match in read(sentence.frame, found.pack.code, "source"):
        for span in match.slots.get("source", ()):
            yield span._replace(value=replace(span.value, kind="organization", type="MediaOrganization")), match.rule


def _acting(found: Recognised, sentence: Sentence, hall: Span) -> bool:
    """True for a hall that is a body too, and bears a name: *Uniwersytet Jagielloński*, *Sokoine*-universitetet."""
    named = not found.pack.spaces or sum(word[0].isupper() for word in hall.value.text.split()) > 1
    named = named or any(s[:2] == hall[:2] for s in sentence.of("body")) or _with_field(found, hall)
    return named and any(s.value in _ACTING and hall.start <= s.start < hall.end for s in sentence.of("concept"))


def _with_field(found: Recognised, hall: Span) -> bool:
    """True for a hall whose name goes on with a field: *Universitetet for* miljø- og biovitenskap."""
    head, *rest = hall.value.text.split(" ", maxsplit=1)
    pattern = re.compile(found.pack.bodies.get("field", "(?!)"))
    return bool(rest) and pattern.fullmatch(f" {rest[0]}") is not None and head[0].isupper()


def _states_bodies(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The bodies named by the state whose they are, which stand for it: la *Coopération suisse*; none inside others."""
    bodies = sentence.of("body")
    for form in named_by_state(found.pack.code):
        for match in form.finditer(found.article.text, sentence.start, sentence.end):
            start, end = match.span("name")
            if not any(s.start < end and start < s.end for s in bodies):
                yield Span(start, end, "body", Name("organization", match["name"], found.pack.code))


def _institution(word: str, pack: Pack) -> str:
    """The name in a word of the home country's own press for its parliament or a ministry (de *Tweede Kamer*); empty
    where it names no one body.
    """
    told = pack.bodies.get("institutions", ())
    bare = word.partition(" ")[2]
    return bare if bare in told else word if word in told or _ministry(fold(word), pack.code) else ""


@cache
def _ministry(word: str, code: str) -> bool:
    """True for a word for one's own government that names a ministry by its field: 外務|省, 외교|부; not 政府."""
    concepts = schemes.labels(code).get("concept", ())
    fields = {fold(label) for label, _ in concepts}
    heads = [fold(label) for label, slug in concepts if slug == "ministry"]
    return any(word.endswith(head) and word.removesuffix(head) in fields for head in heads)


def _acts(sentence: Sentence, acronym: Span) -> bool:
    """True for an acronym of three letters or more right before a verb that only somebody can be the subject of."""
    letters = acronym.value.text
    verbs = sentence.of("give", "pledge", "say", "host", "ask", "sign", "receive", "meet")
    return len(letters) >= _SHORTEST and letters.isalpha() and any(s.start - acronym.end == 1 for s in verbs)


def _beside_body(found: Recognised, sentence: Sentence, acronym: Span) -> bool:
    """True for an acronym of three letters or more that a word such as "and" joins to a body told by its name (*MAG*
    and Norwegian People's Aid), or that stands between two in a list.
    """
    letters = acronym.value.text
    if len(letters) < _SHORTEST or not letters.isalpha():
        return False
    bodies = [s for s in sentence.frame.spans if s.kind == "body"]
    before = [found.folded[b.end : acronym.start] for b in bodies if b.end < acronym.start]
    behind = [found.folded[acronym.end : b.start] for b in bodies if acronym.end < b.start]
    joined = any(between in found.pack.bodies["and"] and between[0] != "," for between in before + behind)
    return joined or (", " in before and ", " in behind)


def _beside_post(found: Recognised, sentence: Sentence, acronym: Span) -> bool:
    """True for an acronym of three letters or more whose post somebody named holds: *TANESCO* director Ann Moe, le
    directeur de la *SONEB*.
    """
    letters = acronym.value.text
    if len(letters) < _SHORTEST or not letters.isalpha():
        return False
    behind = tuple(word for word in found.pack.bodies["connectors"] if word.strip()) + found.pack.names.get("owner", ())
    between = [found.folded[p.end : acronym.start] for p in sentence.of("post") if p.end < acronym.start]
    between += [found.folded[acronym.end : p.start] for p in sentence.of("post") if acronym.end < p.start]
    return any(gap == " " or gap in behind or gap.rstrip() in behind for gap in between)


def _among_words(found: Recognised, sentence: Sentence, acronym: Span) -> bool:
    """True for an acronym of three letters or more that the words right before or behind it tell to be a body's."""
    letters = acronym.value.text
    if len(letters) < _SHORTEST or not letters.isalpha():
        return False
    before, behind = _beside_acronyms(found.pack.code)
    low = max(sentence.start, acronym.start - _WORDS)
    return (
        before.search(found.folded, low, acronym.start) is not None
        or behind.match(found.folded, acronym.end) is not None
    )


@cache
def _beside_acronyms(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before an acronym, or right behind one, that is a body's."""
    bodies = lang.load(code).bodies
    before, behind = (bodies.get(f"acronym_{side}", "(?!)") for side in ("behind", "before"))
    return re.compile(rf"(?<!\w)(?:{before})\Z"), re.compile(behind)


def _explains(found: Recognised, sentence: Sentence, acronym: Span) -> bool:
    """True for an acronym in brackets right behind a word for a body (the Indonesian environment *fund* (BPDLH)), or
    behind a body that has no other.
    """
    opens = found.folded[sentence.start : acronym.start].rstrip("(（")
    before = sentence.start + len(opens.rstrip())
    closed = found.folded[acronym.end : acronym.end + 1] in (")", "）")
    if sentence.start + len(opens) == acronym.start or not closed:
        return False
    named = [s for s in sentence.frame.spans if s.kind == "body" and s.end == before]
    if named:
        return not (named[0].value.known or named[0].value.acronym) and len(acronym.value.text) >= _SHORTEST
    return any(is_head(s) and s.end == before for s in sentence.of("concept"))


def _person(span: Span, persons: dict[str, Name]) -> Name | None:
    written = fold(span.value.text)
    if written in persons:
        return persons[written]
    owners = [n for full, n in persons.items() if written in full.replace("·", " ").split()]
    return owners[0] if len(owners) == 1 else None
