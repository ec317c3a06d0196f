"""A name of a body or an event as a bag of language-neutral concepts, countries and words left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, TypeAlias

from kg import lang, schemes
from kg.lang.labels import labels
from kg.registry import load_registry
from kg.resolve.readings import load_readings
from kg.resolve.spelling import WORD, is_han, plain, simplified, tone_key

#: Concepts that a name may have or lack without meaning another body.
LIGHT: Final = frozenset({"affairs", "work"})
#: Concepts that a shorter form of a name may leave out where the event or the post-holder says it is the same body.
OMITTED: Final = LIGHT | {
    "association", "council", "general", "government", "national", "organization", "people", "state",
}  # fmt: skip
#: Concepts that some languages have one word for.
_SAME: Final = {"foundation": "fund"}
_UMBRELLAS: Final = frozenset({"federation", "league", "union"})
_LOOSE: Final = frozenset({"association"})
#: Concepts that say a body is no single country's.
SUPRANATIONAL: Final = frozenset({
    "african", "american", "arab", "asian", "european", "global", "international", "nations", "nordic", "regional",
    "united", "world",
})  # fmt: skip
_HANGUL: Final = re.compile("[\uac00-\ud7a3]+")
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_ELISION: Final = re.compile(r"\b(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
#: What says that a body is a province's or town's, of which a country has many.
LOCAL: Final = "local"
#: What all words for gatherings are in a bag with ``events``.
EVENT: Final = "event"
_SHORTEST_PART: Final = 4
_SHORTEST_STEM: Final = 2
#: Syllables of the longest word that is looked at for the words it is made of.
_LONGEST_MADE: Final = 16
_Phrases: TypeAlias = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(frozen=True, slots=True)
class Bag:
    """``concepts`` are slugs, ``places`` ids of the registry, ``rest`` the words that are neither."""

    concepts: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()

    @property
    def core(self) -> frozenset[str]:
        """The concepts that tell bodies apart; an "association union", as Vietnamese has it, is a union."""
        return self.concepts - LIGHT - (_LOOSE if self.concepts & _UMBRELLAS else frozenset())

    @property
    def key(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """What two names have in common that are one name in two languages."""
        return self.core, self.places, self.rest

    @property
    def weight(self) -> int:
        """How much the bag says."""
        return len(self.core) + len(self.places) + len(self.rest)


def is_abroad(found: Bag) -> bool:
    """True for a country's body in another: an embassy of a country that its name tells."""
    return bool(found.concepts & schemes.load().abroad and found.places) and not found.concepts & SUPRANATIONAL


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The labels of one language as phrases of reduced words, by first word; for Chinese, by first character."""

    language: str
    phrases: Mapping[str, list[tuple[tuple[str, ...], str]]]
    characters: Mapping[str, list[tuple[str, str]]]
    vocabulary: frozenset[str]
    capitals: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=65536)
def bag(text: str, language: str, *, events: bool = False) -> Bag:
    """The bag of a name as written in ``language``; with ``events`` also of kinds of events and of sectors."""
    lexicon = _lexicon(language, events=events)
    found: list[str] = []
    rest: list[str] = []
    for slug, word in _units(text, lexicon):
        if slug:
            found.append(_SAME.get(slug, slug))
        elif word:
            rest.append(word)
    return Bag(
        concepts=frozenset(slug for slug in found if "/" not in slug),
        places=frozenset(slug for slug in found if "/" in slug),
        rest=frozenset(rest),
    )


def _units(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(slug, "") for each concept or place in ``text``, ("", word) for each word that is none."""
    if is_han(text):
        for part in re.findall("[\u3400-\u9fff\uf900-\ufaff]+|[^\u3400-\u9fff\uf900-\ufaff]+", text):
            yield from _han_units(simplified(part), lexicon) if is_han(part) else _word_units(part, lexicon)
    else:
        yield from _word_units(text, lexicon)


def _han_units(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    function = load_readings().function_words.get("zh", frozenset())
    at, left = 0, ""
    while at < len(text):
        label, slug = next(
            (row for row in lexicon.characters.get(text[at], ()) if text.startswith(row[0], at)), ("", "")
        )
        if not label and not left:
            label = next((word for word in function if text.startswith(word, at)), "")
        if not label:
            left += text[at]
            at += 1
            continue
        if left:
            yield "", left
            left = ""
        if slug:
            yield slug, ""
        at += len(label)
    if left:
        yield "", left


def _word_units(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    function = load_readings().function_words.get(lexicon.language, frozenset())
    written = [word for word in _tokens(text, lexicon.language) if _written(word, lexicon.language) not in function]
    tokens = [part for word in written for part in _parts(word, lexicon)]
    at = 0
    while at < len(tokens):
        short, original = tokens[at]
        capital = lexicon.capitals.get(original)
        if capital is not None:
            yield capital, ""
            at += 1
            continue
        size, slug = _phrase(tokens, at, lexicon)
        # A word in capitals among others is a name ("CARE"), not what the word means.
        if slug and not (size == 1 and _shouted(original, text)):
            yield slug, ""
            at += size
            continue
        yield "", plain(original) if lexicon.language == "vi" or not original.islower() else short
        at += 1


def _shouted(word: str, text: str) -> bool:
    return len(word) > 1 and word.isupper() and not text.isupper()


def _phrase(tokens: list[tuple[str, str]], at: int, lexicon: Lexicon) -> tuple[int, str]:
    for phrase, slug in lexicon.phrases.get(tokens[at][0], ()):
        if all(a == b for a, (b, _) in zip(phrase, tokens[at : at + len(phrase)], strict=False)) and at + len(
            phrase
        ) <= len(tokens):
            return len(phrase), slug
    return 0, ""


def _tokens(text: str, language: str) -> list[str]:
    bare = _POSSESSIVE.sub("", text) if language == "en" else _ELISION.sub("", text) if language in _ELIDING else text
    short = load_readings().short
    return [part for word in WORD.findall(bare) for part in short.get((language, plain(word)), (word,))]


_ELIDING: Final = frozenset({"fr", "it", "ca", "pt"})


def _written(word: str, language: str) -> str:
    return word.lower() if language == "vi" else plain(word)


@lru_cache(maxsize=65536)
def reduced(word: str, language: str) -> str:
    """A word without what number, gender, case and definiteness add to it."""
    if language == "vi":
        return tone_key(word)
    text = plain(word)
    readings = load_readings()
    begins = next((b for b in readings.beginnings.get(language, ()) if text.startswith(b)), "")
    text = text[len(begins) :] if len(text) - len(begins) >= _SHORTEST_STEM else text
    endings = readings.endings.get(language, ())
    while text.endswith(endings):
        ending = next((e for e in endings if text.endswith(e) and len(text) - len(e) >= _SHORTEST_PART), "")
        if not ending:
            break
        text = text[: -len(ending)]
    return text


def _parts(word: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    """(reduced, as written) of a word, or of the two known words that a long one is made of."""
    whole = (reduced(word, lexicon.language), word)
    if _HANGUL.fullmatch(word):
        made = _syllables(word, lexicon.vocabulary) if len(word) <= _LONGEST_MADE else ()
        return [(part, part) for part in made or (word,)]
    if lexicon.language == "vi" or len(word) < 2 * _SHORTEST_PART or word.isupper():
        return [whole]
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        parts = [(reduced(part, lexicon.language), part) for part in (word[:cut], word[cut:])]
        if all(part in lexicon.vocabulary for part, _ in parts) and _made_of(whole[0], parts, lexicon):
            return parts
    return [whole]


@lru_cache(maxsize=65536)
def _syllables(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The known words that a word of syllables is made of, the longest first (``외교`` + ``부``); empty where none."""
    for cut in range(len(word), 0, -1):
        if word[:cut] in vocabulary:
            rest = _syllables(word[cut:], vocabulary) if cut < len(word) else ()
            if rest or cut == len(word):
                return word[:cut], *rest
    return ()


def _made_of(whole: str, parts: list[tuple[str, str]], lexicon: Lexicon) -> bool:
    """True for a word that is no label, or means what one of its parts does (``utenriks`` + ``departementet``)."""
    meant = {slug for phrase, slug in lexicon.phrases.get(whole, ()) if len(phrase) == 1}
    said = {slug for part, _ in parts for phrase, slug in lexicon.phrases.get(part, ()) if len(phrase) == 1}
    return whole not in lexicon.vocabulary or bool(meant & said)


@cache
def _lexicon(language: str, *, events: bool) -> Lexicon:
    """The lexicon of a language. The registry that comes with kg has all countries: a user's adds no words to it."""
    phrases, characters, capitals = _labels(language)
    if events:
        rows = [(label, EVENT) for label, _ in labels(language).get("event", ())]
        more, signs = _phrases([*labels(language).get("sector", ()), *rows], language)
        phrases, characters = more | phrases, signs | characters
    return Lexicon(
        language=language,
        phrases=_by_first(phrases),
        characters=_by_character(characters),
        vocabulary=frozenset(
            word for phrase in phrases for word in phrase if len(word) >= _SHORTEST_PART or _HANGUL.fullmatch(word)
        ),
        capitals=capitals,
    )


@cache
def _labels(language: str) -> tuple[dict[tuple[str, ...], str], dict[str, str], dict[str, str]]:
    """Concepts and places of a language: by reduced words, by characters, and those matched in capitals."""
    concepts = labels(language).get("concept", ())
    capitals = {label: slug for label, slug in concepts if label.isupper() and not is_han(label)}
    places: list[tuple[str, str]] = []
    for entry, label in load_registry().labels(*lang.kin(language)):
        if entry.kind == "place" and label.strength == "acronym":
            capitals[label.text] = entry.id
        elif entry.kind == "place" and label.strength != "weak":
            places.append((label.text, entry.id))
    return *_phrases([*sorted(concepts), *sorted(places)], language), capitals


def _phrases(rows: Iterable[tuple[str, str]], language: str) -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """(label, slug) by the label's reduced words, or by its simplified characters; the first row of a label counts."""
    readings = load_readings()
    function = readings.function_words.get(language, frozenset())
    phrases: dict[tuple[str, ...], str] = {}
    characters: dict[str, str] = {}
    for text, slug in rows:
        if is_han(text):
            characters.setdefault(simplified(text), slug)
        elif (language, plain(text)) not in readings.short:
            tokens = [word for word in _tokens(text, language) if _written(word, language) not in function]
            if tokens:
                phrases.setdefault(tuple(reduced(word, language) for word in tokens), slug)
    return phrases, characters


def _by_first(phrases: Mapping[tuple[str, ...], str]) -> _Phrases:
    table: _Phrases = {}
    for phrase, slug in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
        table.setdefault(phrase[0], []).append((phrase, slug))
    return table


def _by_character(labels: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for label, slug in sorted(labels.items(), key=lambda item: (-len(item[0]), item[0])):
        table.setdefault(label[0], []).append((label, slug))
    return table
