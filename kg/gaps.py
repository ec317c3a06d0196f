"""Sentences with sums of money, days or posts from which no rule took anything: where the next rule is wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import ConferenceFact, CountFact, FigureFact, Reading, RoleFact
from kg.recognise import Recognised, recognise

#: Kinds of spans that make a reader expect a fact.
TRIGGERS: Final = ("money", "date", "post")
#: Facts that a rule reads. Names, sectors and quotations are met everywhere and say little of a sentence.
_TAKEN: Final = (RoleFact, FigureFact, CountFact, ConferenceFact)
#: Paragraphs beside the text, whose days and names belong to the article itself.
_BESIDE: Final = frozenset({"byline", "source"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence of which nothing was taken. ``triggers`` are (kind, words); ``line`` and ``column`` 0 if unknown."""

    article: str
    language: str
    path: str
    line: int
    column: int
    triggers: tuple[tuple[str, str], ...]
    sentence: str

    @property
    def place(self) -> str:
        """``file:line:column`` as far as it is known."""
        known = (self.path, *(str(number) for number in (self.line, self.column) if self.line))
        return ":".join(part for part in known if part)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The gaps of some articles, and of how many sentences with each trigger: (language, trigger) → sentences."""

    gaps: tuple[Gap, ...]
    sentences: Mapping[tuple[str, str], int]

    def counts(self) -> list[tuple[str, str, int, int]]:
        """Language, trigger, gaps and sentences with that trigger, by language and then as ``TRIGGERS`` go."""
        missed = Counter((gap.language, kind) for gap in self.gaps for kind in _kinds(gap.triggers))
        ordered = sorted(self.sentences, key=lambda key: (key[0], TRIGGERS.index(key[1])))
        return [(language, kind, missed[language, kind], self.sentences[language, kind]) for language, kind in ordered]


def gaps(readings: Iterable[Reading]) -> Coverage:
    """The gaps of articles that have been read, in text order, article by article."""
    found: list[Gap] = []
    sentences: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        article = reading.article
        for gap, taken in _sentences(recognise(article), reading):
            sentences.update((article.language, kind) for kind in _kinds(gap.triggers))
            if not taken:
                found.append(gap)
    return Coverage(tuple(found), dict(sentences))


def _sentences(found: Recognised, reading: Reading) -> Iterator[tuple[Gap, bool]]:
    """Every sentence that has a trigger, and whether a rule took something from it."""
    article = found.article
    taken = sorted({(e.start, e.end) for fact in reading.facts if isinstance(fact, _TAKEN) for e in fact.evidence})
    for sentence in found.sentences:
        triggers = tuple((span.kind, article.text[span.start : span.end]) for span in sentence.of(*TRIGGERS))
        if triggers and sentence.kind not in _BESIDE:
            line, column = article.locate(sentence.start)
            words = article.text[sentence.start : sentence.end].strip()
            gap = Gap(article.id, article.language, article.path, line, column, triggers, words)
            yield gap, _overlap(taken, sentence.start, sentence.end)


def _overlap(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)


def _kinds(triggers: Iterable[tuple[str, str]]) -> list[str]:
    """The kinds of triggers, each once, in the order of ``TRIGGERS``."""
    met = {kind for kind, _ in triggers}
    return [kind for kind in TRIGGERS if kind in met]
