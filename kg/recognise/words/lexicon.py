"""The entries of a language, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import daachorse

from kg import lang, schemes
from kg.lang import Pack
from kg.recognise.fold import fold, in_one_word
from kg.recognise.spans import Span, longest_first, outermost
from kg.recognise.words.entries import ANY, CONTRACTED, EXACT, INITIAL, SHORTEST, Entry, Stand, in_all_cases

LONGEST_NUMBER = 16
"""Characters before a currency in which its number is looked for where the two are one word."""
LONGEST_WORD = 100
"""Letters before and after a label beyond which no compound reaches, so that the work stays linear in the text."""
NAMED = frozenset({"place", "body", "person", "weak-body"})
"""Kinds of names that may bear the ``s`` of the genitive in languages that write it without an apostrophe."""


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
    shortest: int = SHORTEST
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
        """Entries as they are listed. Those with an ending, and longer words that are counted, go to ``later``: a label
        that is listed has the say.
        """
        size = len(folded)
        for start, end, index in self.automaton.find_overlapping(folded):
            entries, compound, currency, plain = self.rows[index]
            owner = sum_follows = False
            if end < size and in_one_word(folded[end - 1], folded[end]):
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
            if start and in_one_word(folded[start - 1], folded[start]):
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
            if inside:
                yield from self._compounds(entries, folded[word_start:start], word_start, end, later)
            else:
                yield from (Span(start, end, e.kind, e.value) for e in entries)

    def _compounds(
        self, entries: Iterable[Entry], first: str, start: int, end: int, later: list[Span]
    ) -> Iterator[Span]:
        """The entries that end a longer word whose ``first`` part no list holds."""
        for entry in entries:
            if entry.kind == "countable":  # *delstater* are listed, and no states
                later.append(Span(start, end, entry.kind, entry.value))
                continue
            yield Span(start, end, entry.kind, entry.value)
            if entry.kind == "concept":
                yield Span(start, end, "compound", self._concept(first))

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
            if entry.kind not in self.endings or entry.case != ANY or len(entry.label) < self.shortest:
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
    for entry, stand in in_all_cases(pack):
        folded = fold(entry.label)
        row = table.setdefault(folded, [])
        # of one kind, value and case; *UNRWA* and *Unrwa*, each met as it is written, are two
        if not any(entry[1:4] == other[1:4] and (entry.case != EXACT or entry == other) for other in row):
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
        endings=_endings(pack),
        stands={key: tuple(found) for key, found in stands.items()},
        shortest=SHORTEST if pack.spaces else SHORTEST // 2,  # a sign is a syllable
        particles=re.compile(pack.particles) if pack.particles else None,
        proclitics={kind: re.compile(pattern) for kind, pattern in pack.proclitics.items()},
        glued=_glued(pack) if pack.particles else None,
    )


def _endings(pack: Pack) -> dict[str, re.Pattern[str]]:
    """What may follow a label in the same word, by its kind. A thing of a field bears what the field's name does."""
    told = {kind: re.compile(pattern) for kind, pattern in pack.endings.items()}
    return told | ({"thing": told["sector"]} if "sector" in told else {})


def _glued(pack: Pack) -> re.Pattern[str]:
    """A number with its magnitude, and the sign behind it that says how exact it is: 642|억|여."""
    return re.compile(rf"\d ?(?:{_words(pack.numbers['magnitudes'])})+(?:{_words(pack.numbers.get('infix', ()))})?$")


def _words(words: Iterable[str]) -> str:
    """A pattern of any of ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _row(entries: Sequence[Entry]) -> Row:
    compound = currency = False
    plain = True
    for entry in entries:
        compound, currency = compound or entry.compound, currency or entry.kind == "currency"
        plain = plain and entry.case == ANY and entry.kind != "nation"
    return Row(tuple(entries), compound, currency, plain)
