"""Readings made by hand, for the tests of resolution: who is named, in what post, at what event."""

from __future__ import annotations

from datetime import date

from kg.model import (
    Article,
    ConferenceFact,
    Evidence,
    Fact,
    MentionFact,
    MonthDay,
    Name,
    Reading,
    RoleFact,
    Statement,
    StatementValue,
)
from kg.registry import Registry, load_registry
from kg.resolve import resolve
from kg.resolve.model import Resolution

AT = Evidence(0, 1, "by-hand")


def person(text: str, language: str = "en") -> Name:
    """A person's name."""
    return Name("person", text, language)


def body(text: str, language: str = "en", acronym: str = "", kind: str = "") -> Name:
    """An organization's name; ``kind`` is its class."""
    return Name("organization", text, language, acronym=acronym, type=kind)


def place(text: str, language: str = "en", known: str = "") -> Name:
    """A place's name; ``known`` is its id in the registry."""
    return Name("place", text, language, known=known)


VIETNAM = place("Vietnam", known="place/vietnam")
JAPAN = place("Japan", known="place/japan")
NORWAY = place("Norway", known="place/norway")
CHINA = place("China", known="place/china")


def role(who: Name, position: str, where: Name | None = None) -> RoleFact:
    """``who`` holds ``position`` in ``where``."""
    return RoleFact(who, position, position, (AT,), body=where)


def met(name: Name, times: int = 1) -> MentionFact:
    """``name`` is met so many times."""
    return MentionFact(name, tuple(Evidence(n, n + 1, "by-hand") for n in range(times)))


def event(label: str = "", *, key: int = 0, kind: str = "conference", time: str = "reported", **said: object) -> Fact:
    """A conference; ``said`` gives its properties, a tuple for several values."""
    statements = [
        Statement(name, one, AT)
        for name, value in said.items()
        for one in (value if isinstance(value, tuple) else (value,))
        if isinstance(one, StatementValue)
    ]
    return ConferenceFact(key, kind, label, (AT,), tuple(statements), time=time)


def day(text: str) -> date | MonthDay:
    """``2024-05-06``, or ``05-06`` without a year."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else MonthDay(*parts)


def reading(article: str, language: str, *facts: Fact, published: str = "") -> Reading:
    """What was read from the article ``article``."""
    came_out = date.fromisoformat(published) if published else None
    return Reading(Article(article, "a text", (), language, published=came_out), tuple(facts))


def ids(resolution: Resolution) -> dict[tuple[str, str], str]:
    """The id of the entity of each (article, spelling)."""
    return {(article, name.text): key for (article, name), key in resolution.names.items()}


def unregistered() -> Registry:
    """The registry without bodies and people, so that what the tests name is unknown to it."""
    entries = tuple(entry for entry in load_registry().entries if entry.kind == "place")
    return Registry(entries=entries, by_id={entry.id: entry for entry in entries})


def resolved(*readings: Reading) -> Resolution:
    """The resolution of ``readings`` with places known only."""
    return resolve(readings, registry=unregistered())
