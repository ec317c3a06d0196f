"""Articles made from the development articles, with other people, sums, numbers and years: as many as wanted."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.extract import read_facts
from kg.model import Article, CountFact, FigureFact, MentionFact, Name, Reading, RoleFact
from kg.read import read_paths

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "seeds", ROOT / "tests" / "gold" / "seen" / "articles")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DIGIT = re.compile(r"\d")


def templates() -> list[Reading]:
    """The development articles, read."""
    articles, _ = read_paths(FOLDERS)
    return [read_facts(article) for article in sorted(articles, key=lambda one: one.id)]


def generated(readings: list[Reading], count: int, *, start: int = 0) -> Iterator[tuple[str, str]]:
    """(name, text) of the articles ``start`` to ``start + count``; a number gives the same article every time."""
    parts = name_parts(readings)
    for number in range(start, start + count):
        chance = random.Random(number)  # noqa: S311 - the same articles every time
        yield f"article-{number:06d}", varied(readings[number % len(readings)], parts, chance)


def name_parts(readings: list[Reading]) -> Mapping[str, tuple[list[str], list[str]]]:
    """First words and rests of the names of people met, by language."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for reading in readings:
        for name in people(reading):
            first, _, rest = name.text.partition(" ")
            if rest:
                found[name.language][0].add(first)
                found[name.language][1].add(rest)
    return {language: (sorted(firsts), sorted(rests)) for language, (firsts, rests) in found.items()}


def people(reading: Reading) -> set[Name]:
    """The people that an article names and the registry does not know."""
    roles = {fact.person for fact in reading.facts if isinstance(fact, RoleFact)}
    named = {fact.name for fact in reading.facts if isinstance(fact, MentionFact) and fact.name.kind == "person"}
    return {name for name in roles | named if not name.known}


def varied(reading: Reading, parts: Mapping[str, tuple[list[str], list[str]]], chance: random.Random) -> str:
    """The text of an article with every person renamed, sums and counts with other digits, years moved together."""
    article = reading.article
    text = _other_digits(article, reading, chance)
    for name in sorted(people(reading), key=lambda one: (-len(one.text), one.text)):
        if name.language in parts and " " in name.text:
            firsts, rests = parts[name.language]
            text = text.replace(name.text, f"{chance.choice(firsts)} {chance.choice(rests)}")
    move = chance.randrange(-12, 4)
    return _YEAR.sub(lambda year: str(int(year[0]) + move), text)


def _other_digits(article: Article, reading: Reading, chance: random.Random) -> str:
    """The text with the digits of its sums and counts changed, each first digit to another that is not 0."""
    places = sorted(
        {
            (evidence.start, evidence.end)
            for fact in reading.facts
            if isinstance(fact, (FigureFact, CountFact))
            for evidence in fact.evidence[:1]
        },
        reverse=True,
    )
    text = article.text
    for start, end in places:
        quote = text[start:end]
        if not _YEAR.search(quote):
            changed = _DIGIT.sub(lambda _: str(chance.randrange(1, 10)), quote)
            text = text[:start] + changed + text[end:]
    return text
