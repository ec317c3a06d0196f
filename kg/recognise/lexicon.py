"""All words known by heart (scheme labels, registered names, the pack's word lists), found in one pass."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import daachorse

from kg import lang, schemes
from kg.lang import Pack
from kg.lang.labels import labels as scheme_labels
from kg.recognise.currencies import ISO_4217, SIGNS
from kg.recognise.declined import NOMINATIVE, forms, tables
from kg.recognise.fold import fold, in_one_word
from kg.recognise.spans import Span, longest_first, outermost
from kg.registry import Label, load_registry

ANY, INITIAL, EXACT, CONTRACTED = range(4)
SHORTEST = 4
"""Letters of the shortest label that may bear an ending."""
LONGEST_NUMBER = 16
"""Characters before a currency in which its number is looked for where the two are one word."""
LONGEST_WORD = 100
"""Letters before and after a label beyond which no compound reaches, so that the work stays linear in the text."""
NAMED = frozenset({"place", "body", "person", "weak-body"})
"""Kinds of names that may bear the ``s`` of the genitive in languages that write it without an apostrophe."""


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


class Row(NamedTuple):
    """The entries of one folded label; whether one may be part of a compound, and whether one is a currency.

    ``plain``: wherever the label is a word of its own, it is all of them.
    """

    entries: tuple[Entry, ...]
    compound: bool
    currency: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The entries of one language behind one automaton. ``rows[i]`` are those with the i-th folded label.

    ``stands`` tells the cases of a form by kind and folded form, where the language declines.
    """

    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    rows: tuple[Row, ...]
    labels: Mapping[str, int]
    spaces: bool
    genitive: bool
    numbered: frozenset[str]
    endings: Mapping[str, re.Pattern[str]]
    stands: Mapping[tuple[str, str], tuple[Stand, ...]]
    particles: re.Pattern[str] | None = None
    proclitics: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    glued: re.Pattern[str] | None = None

    def spans(self, text: str, folded: str) -> list[Span]:
        """Every entry met in ``text``: in text order, whole words, none inside a longer one of its kind.

        An entry with the value "" only covers the words in it, which mean something else there ("good health").
        """
        later: list[Span] = []
        met = [*self._matches(text, folded, later), *later]
        widest = outermost(met)
        masks = [s for s in widest if s.value == ""]
        spans = [s for s in widest if s.value != "" and not (masks and _begins_in(s, masks))]
        if not self.spaces:
            # without word boundaries a shorter post or event may be the right one: 卫生部|部长 beside 卫生部部长
            kept = set(spans)
            covers = [s for s in met if s.value == ""]
            inner = [s for s in met if s.kind in ("post", "event") and s not in kept and not _covered(s, covers)]
            spans = longest_first([*spans, *inner])
        return spans

    def _matches(self, text: str, folded: str, later: list[Span]) -> Iterator[Span]:
        """Entries as they are listed. Those with an ending go to ``later``: a label that is listed has the say."""
        size = len(folded)
        for start, end, index in self.automaton.find_overlapping(folded):
            entries, compound, currency, plain = self.rows[index]
            owner = sum_follows = False
            if end < size and folded[end].isalnum() and in_one_word(folded[end - 1], folded[end]):
                owner = self.genitive and folded[end] == "s" and (end + 1 == size or not folded[end + 1].isalnum())
                sum_follows = currency and folded[end].isdigit() and folded[start:end] not in self.numbered
                if self.endings and any(e.kind in self.endings for e in entries):
                    later += self._inflected(entries, folded, start, end)
                particle = self.particles and self.particles.match(folded, end)
                ends = particle and not (
                    particle.end() < size and in_one_word(folded[particle.end() - 1], folded[particle.end()])
                )
                if not owner and not sum_follows and not ends:
                    continue
            word_start = start
            if currency and end - start > 2 and folded[start - 1 : start].isdigit():  # 300.000|USD
                yield from (Span(start, end, e.kind, e.value) for e in entries if e.kind == "currency")
                continue
            if start and folded[start - 1].isalnum() and in_one_word(folded[start - 1], folded[start]):
                if self.proclitics and (led := self._behind_proclitics(entries, folded, start)):
                    yield from (Span(start, end, e.kind, e.value) for e in led if e.case != EXACT)
                    continue
                if not (compound or self._goes_on(folded, start, end) or self._after_magnitude(folded, start, entries)):
                    continue
                word_start = _word_start(folded, start) if compound else start
            inside = word_start < start
            if not plain or inside or owner or sum_follows:
                entries = tuple(
                    e
                    for e in entries
                    if (e.compound or not inside)
                    and (e.kind in NAMED or not owner)
                    and (e.kind == "currency" or not sum_follows)
                    and _written_so(e, text, start, end)
                )
            for entry in entries:
                yield Span(word_start, end, entry.kind, entry.value)
                if inside and entry.kind == "concept":
                    yield Span(word_start, end, "compound", self._concept(folded[word_start:start]))

    def _behind_proclitics(self, entries: Sequence[Entry], folded: str, start: int) -> list[Entry]:
        """Those of ``entries`` that may stand behind the small words written together with them: و|اليابان."""
        first = _word_start(folded, start)
        return [e for e in entries if self._may_lead(e, folded, first, start)]

    def _may_lead(self, entry: Entry, folded: str, first: int, start: int) -> bool:
        key = "contracted" if entry.case == CONTRACTED else entry.kind
        pattern = self.proclitics.get(key) or self.proclitics.get("any")
        return pattern is not None and pattern.fullmatch(folded, first, start) is not None

    def _goes_on(self, folded: str, start: int, end: int) -> bool:
        """True for words that begin with a particle of the word before them: 달러|의 피해."""
        blank = folded.find(" ", start, end)
        return blank > 0 and self.particles is not None and self.particles.fullmatch(folded, start, blank) is not None

    def _after_magnitude(self, folded: str, start: int, entries: Sequence[Entry]) -> bool:
        """True for what is counted, or a currency, written together with the number before it: 5억|달러."""
        if self.glued is None or not any(e.kind in ("currency", "countable") for e in entries):
            return False
        return self.glued.search(folded[max(0, start - LONGEST_NUMBER) : start]) is not None

    def _inflected(self, entries: Sequence[Entry], folded: str, start: int, end: int) -> Iterator[Span]:
        """Entries of which a form is met that no list holds: *Konferenz*|en, *Gesundheit*|ssektor."""
        first, last = _word_start(folded, start), end
        reach = min(len(folded), end + LONGEST_WORD)
        while last < reach and in_one_word(folded[last - 1], folded[last]):
            last += 1
        for entry in entries:
            if entry.kind not in self.endings or entry.case != ANY or len(entry.label) < SHORTEST:
                continue
            if not self.endings[entry.kind].fullmatch(folded, end, last):
                continue
            if first == start or entry.compound:
                yield Span(first, last, entry.kind, entry.value)
            elif self._may_lead(entry, folded, first, start):
                yield Span(start, last, entry.kind, entry.value)

    def _concept(self, first: str) -> str:
        """The concept of a compound's first part (*utenriks*departementet); empty where it is none."""
        for label in (first, first.rstrip("-"), first.removesuffix("s")):
            row = self.rows[self.labels[label]].entries if label in self.labels else ()
            for entry in row:
                if entry.kind == "concept":
                    return str(entry.value)
        return ""


def _covered(span: Span, covers: list[Span]) -> bool:
    """True for a span in words that mean something else there: 总统 in 总统府."""
    return any(c.kind == span.kind and c.start <= span.start and span.end <= c.end for c in covers)


def _begins_in(span: Span, covers: list[Span]) -> bool:
    """True for a span that begins within words that mean something else: *adviser to the minister* of health."""
    return any(c.kind == span.kind and c.start < span.start < c.end for c in covers)


def _written_so(entry: Entry, text: str, start: int, end: int) -> bool:
    """True where a met label has the case it must have, and no nation is the first half of a name (*Franco-Belge*)."""
    if entry.case == CONTRACTED or (entry.case == EXACT and text[start:end] != entry.label):
        return False
    if entry.case == INITIAL and not text[start].isupper():
        return False
    if entry.case == INITIAL and entry.kind.endswith("place") and " " in entry.label:
        last = entry.label.rindex(" ") + 1  # La Réunion; not "La réunion"
        if entry.label[last].isupper() and text[start + last : start + last + 1].islower():
            return False
    return not (entry.kind == "nation" and text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper())


def _word_start(folded: str, at: int) -> int:
    """Where the word begins in which ``at`` stands."""
    reach = max(0, at - LONGEST_WORD)
    while at > reach and in_one_word(folded[at - 1], folded[at]):
        at -= 1
    return at


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of language ``code``. Raises KgError where its pack is missing or wrong."""
    pack = lang.load(code)
    table: dict[str, list[Entry]] = {}
    stands: dict[tuple[str, str], list[Stand]] = {}
    for entry, stand in _in_all_cases(pack):
        folded = fold(entry.label)
        row = table.setdefault(folded, [])
        if not any(entry[1:4] == other[1:4] for other in row):  # of one kind, value and case
            row.append(entry)
        if stand is not None:
            stands.setdefault((entry.kind, folded), []).append(stand)
    labels = sorted(table)
    return Lexicon(
        automaton=daachorse.CharwiseDoubleArrayAhoCorasick(labels),
        rows=tuple(_row(table[label]) for label in labels),
        labels={label: index for index, label in enumerate(labels)},
        spaces=pack.spaces,
        genitive=bool(pack.bodies.get("genitive")),
        numbered=frozenset(schemes.load().series_codes),
        endings={kind: re.compile(pattern) for kind, pattern in pack.endings.items()},
        stands={key: tuple(found) for key, found in stands.items()},
        particles=re.compile(pack.particles) if pack.particles else None,
        proclitics={kind: re.compile(pattern) for kind, pattern in pack.proclitics.items()},
        glued=_glued(pack) if pack.particles else None,
    )


def _glued(pack: Pack) -> re.Pattern[str]:
    """A number with its magnitude, and the sign behind it that says how exact it is: 642|억|여."""
    return re.compile(rf"\d ?(?:{_words(pack.numbers['magnitudes'])})+(?:{_words(pack.numbers.get('infix', ()))})?$")


DECLINED = frozenset({
    "place", "weak-place", "short-place", "nation", "body", "weak-body", "post", "sector", "countable", "event",
    "concept", "venue", "currency", "honorific",
})  # fmt: skip
"""Kinds of labels that are declined where the language declines; a pack adds lists of words of its own."""


def _in_all_cases(pack: Pack) -> Iterator[tuple[Entry, Stand | None]]:
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
        oblique = list(forms(entry.label, told)) if entry.case != EXACT else []
        yield entry, Stand(entry.value, entry.label, NOMINATIVE) if oblique else None
        for form, case in oblique:
            yield entry._replace(label=form), Stand(entry.value, entry.label, case)


def _words(words: Iterable[str]) -> str:
    """A pattern of any of ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _written(pack: Pack) -> Iterator[Entry]:
    """The entries of a pack, and each that may be contracted with a small word before it, or be written without the
    accent of a capital (*Etat*, *Affaires Etrangères*) or with another letter (``language.spelled``).
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


def _row(entries: Sequence[Entry]) -> Row:
    compound = currency = False
    plain = True
    for entry in entries:
        compound, currency = compound or entry.compound, currency or entry.kind == "currency"
        plain = plain and entry.case == ANY and entry.kind != "nation"
    return Row(tuple(entries), compound, currency, plain)


def _entries(pack: Pack) -> Iterator[Entry]:
    compounds = set(pack.compounds)
    for kind, rows in scheme_labels(pack.code).items():
        for label, slug in rows:
            yield Entry(label, kind, slug, EXACT if _acronym(label) else ANY, fold(label) in compounds)
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
    for kind in ("speaker", "country", "subject", "person"):
        yield from (Entry(word, "again", (kind, "")) for word in again.get(kind, ()))
    yield from (Entry(word, "again", ("body", stem)) for word, stem in again.get("bodies", {}).items())
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
    registry = load_registry()
    for item in registry.entries:
        kind = {"organization": "body"}.get(item.kind, item.kind)
        languages = lang.kin(pack.code)
        own = any(label.lang in languages and label.strength == "strong" for label in item.labels)
        for label in item.labels:
            if label.lang in ("", *languages) or (kind == "body" and _goes_by_english(pack, label, own=own)):
                for text in lang.spellings(pack.code, label.text, label.lang):
                    yield from _named(text, label.strength, kind, item.id, pack)


def _named(text: str, strength: str, kind: str, entity: str, pack: Pack) -> Iterator[Entry]:
    """The entries of a label of the registry."""
    if strength == "acronym":
        yield Entry(text, kind, entity, EXACT)
        if pack.bodies.get("acronyms_small") and len(text) >= SHORTEST and text.isalpha():
            yield Entry(text.capitalize(), kind, entity, EXACT)
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
