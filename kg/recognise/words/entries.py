"""The words that a language knows by heart: labels of schemes and registered names, its pack's lists, in every form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels as scheme_labels
from kg.recognise.fold import fold
from kg.recognise.sums.currencies import ISO_4217, SIGNS
from kg.recognise.words.declined import NOMINATIVE, acronym_forms, forms, tables
from kg.registry import Label, load_registry

ANY, INITIAL, EXACT, CONTRACTED = range(4)


SHORTEST = 4
"""Letters of the shortest label that may bear an ending."""


class Entry(NamedTuple):
    """What a label stands for. ``case``: ANY, INITIAL (begins with a capital), EXACT (as the label is written), or
    CONTRACTED (met only behind the small word with which its beginning is written as one: Arabic ل + ال is لل).
    """

    label: str
    kind: str
    value: Any
    case: int = ANY
    compound: bool = False


class Stand(NamedTuple):
    """A case in which a form of a label may stand; ``value`` is what the label stands for."""

    value: Any
    label: str
    case: str


DECLINED = frozenset({
    "place", "weak-place", "short-place", "nation", "body", "weak-body", "post", "sector", "countable", "event",
    "concept", "venue", "currency", "honorific", "thing",
})  # fmt: skip
"""Kinds of labels that are declined where the language declines; a pack adds lists of words of its own."""


def in_all_cases(pack: Pack) -> Iterator[tuple[Entry, Stand | None]]:
    """The entries as written and in all their cases, each with the case in a language that has some."""
    told = tables(pack.code)
    if told is None:
        for entry in _written(pack):
            yield entry, None
        return
    for entry in _written(pack):
        if entry.kind not in DECLINED and entry.kind not in told.lists:
            yield entry, None
            continue
        oblique = list((acronym_forms if entry.label.isupper() else forms)(entry.label, told))
        yield entry, Stand(entry.value, entry.label, NOMINATIVE) if oblique else None
        for form, case in oblique:
            yield entry._replace(label=form), Stand(entry.value, entry.label, case)


def _written(pack: Pack) -> Iterator[Entry]:
    """The entries of a pack, and each that may be contracted with a small word before it, or be written without the
    accent of a capital (*Etat*, *Affaires Etrangères*), with another letter (``language.spelled``), or with another
    end before an ending (``language.softened``).
    """
    accents = pack.names.get("capitals_without", "")
    words = re.compile(rf"(?<!\w)[{accents}{accents.upper()}](?=\w{{3}})") if accents else None
    letters = str.maketrans(dict(pack.spelled)) if pack.spelled else None
    for entry in _entries(pack):
        yield entry
        for opens, contracted in pack.contracted.items():
            if fold(entry.label).startswith(opens):
                yield entry._replace(label=contracted + fold(entry.label)[len(opens) :], case=CONTRACTED)
        if words is not None and entry.case != EXACT:
            plain = words.sub(lambda m: unicodedata.normalize("NFD", m[0])[0], entry.label)
            if plain != entry.label:
                yield entry._replace(label=plain)
        if letters is not None and (other := entry.label.translate(letters)) != entry.label:
            yield entry._replace(label=other)
        if entry.kind in pack.endings and entry.case == ANY and len(entry.label) >= SHORTEST:
            yield from _softened(entry, pack.softened)


def _softened(entry: Entry, softened: Mapping[str, str]) -> Iterator[Entry]:
    """The entry as its label stands before an ending that begins with a vowel: *sağlığ*|a; no text has it alone."""
    label = fold(entry.label)
    for end, soft in softened.items():
        if label.endswith(end):
            yield entry._replace(label=label.removesuffix(end) + soft)


def _entries(pack: Pack) -> Iterator[Entry]:
    compounds, counted = set(pack.compounds), set(pack.counted)
    for kind, rows in scheme_labels(pack.code).items():
        ending = compounds | counted if kind == "countable" else compounds
        for label, slug in rows:
            yield Entry(label, kind, slug, EXACT if _acronym(label) else ANY, fold(label) in ending)
    for label, slug in pack.bodies.get("heads", {}).items():
        yield Entry(label, "concept", slug, EXACT if _acronym(label) else ANY, fold(label) in compounds)
    yield from _registered(pack)
    for kind, words in pack.words.items():
        for word in words:
            yield Entry(word, kind, word, EXACT if _acronym(word) else ANY, fold(word) in compounds)
    yield from (Entry(word, "ask", "") for word in pack.words.get("notask", ()))
    for slug, words in pack.qualifiers.items():
        yield from (Entry(word, "qualifier", slug) for word in words)
    for slug, words in pack.qualifiers_after.items():
        yield from (Entry(word, "qualifier-after", slug) for word in words)
    again = pack.raw.get("again", {})
    for kind in ("speaker", "country", "given_country", "subject", "person", "host"):
        yield from (Entry(word, "again", (kind, "")) for word in again.get(kind, ()))
    for kind, key in (("body", "bodies"), ("province", "provinces")):
        yield from (Entry(word, "again", (kind, stem)) for word, stem in again.get(key, {}).items())
    yield from _numbers(pack)
    for word in pack.months:
        yield Entry(word, "month", pack.months[word])
    for title in pack.names.get("honorifics", ()):
        yield Entry(title, "honorific", title)


def _numbers(pack: Pack) -> Iterator[Entry]:
    """Words of number, and of money."""
    for currency, words in pack.currencies.items():
        yield from (Entry(word, "currency", (currency, word in pack.assumed), _currency_case(word)) for word in words)
    for word, currency in pack.assumed.items():
        yield Entry(word, "currency", (currency, True), EXACT if len(word) == 1 else ANY)
    yield from (Entry(code, "currency", (code, False), EXACT) for code in sorted(ISO_4217))
    yield from (Entry(sign, "currency", (code, False), EXACT) for sign, code in SIGNS.items())
    words = pack.numbers.get("words", {})
    yield from (Entry(word, "numword", value) for word, value in {**_joined_tens(pack), **words}.items())
    for word, value in pack.numbers.get("ordinals", {}).items():
        yield Entry(word, "ordinal", value)


def _joined_tens(pack: Pack) -> dict[str, int]:
    """The words from 21 to 99, as the pack joins tens and units: *tjuefem*, *fünfundzwanzig*, *treinta y cinco*."""
    words, form = pack.numbers.get("words", {}), pack.numbers.get("tens", "")
    tens = {word: value for word, value in words.items() if value in range(20, 100, 10)}
    units = {word: value for word, value in words.items() if value in range(1, 10)}
    return (
        {form.format(tens=ten, unit=unit): high + low for ten, high in tens.items() for unit, low in units.items()}
        if form
        else {}
    )


def _goes_by_english(pack: Pack, label: Label, *, own: bool) -> bool:
    """True for the English name of a body that has none of its ``own`` in the language (*Cordaid*), and for one of
    several words: *World Central Kitchen*, *Save the Children*.
    """
    if label.lang != "en" or label.strength != "strong" or not pack.spaces:
        return False
    return not own or (label.preferred and sum(word[:1].isupper() for word in label.text.split()) > 1)


def _registered(pack: Pack) -> Iterator[Entry]:
    languages = lang.kin(pack.code)
    wanted = {"", *languages}
    for item in load_registry().entries:
        kind = {"organization": "body"}.get(item.kind, item.kind)
        own = any(label.lang in languages and label.strength == "strong" for label in item.labels)
        for label in item.labels:
            if label.lang in wanted or (kind == "body" and _goes_by_english(pack, label, own=own)):
                for text in lang.spellings(pack.code, label.text, label.lang):
                    yield from _named(text, label.strength, kind, item.id)


def _named(text: str, strength: str, kind: str, entity: str) -> Iterator[Entry]:
    """The entries of a label of the registry."""
    if strength == "acronym":
        yield Entry(text, kind, entity, EXACT if text.upper() == text else INITIAL)  # Unicef is written as a word
    elif strength == "strong":
        yield Entry(text, kind, entity, _case(text))
    elif strength == "demonym":
        yield Entry(text, "nation", entity, _case(text))
    elif strength in ("weak", "short"):
        yield Entry(text, f"{strength}-{kind}", entity, _case(text))


def _acronym(label: str) -> bool:
    return len(label) > 1 and label.isupper() and label.isascii() and label.replace("-", "").replace(".", "").isalpha()


def _currency_case(word: str) -> int:
    return EXACT if _acronym(word) or len(word) == 1 else ANY


def _case(label: str) -> int:
    if _acronym(label):
        return EXACT
    return INITIAL if label[:1].isupper() else ANY
