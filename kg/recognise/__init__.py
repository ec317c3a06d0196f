"""From an article to typed spans: what stands where, whatever it will mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg import lang
from kg.lang import Pack
from kg.model import Article
from kg.recognise.bodies.acronyms import as_explained
from kg.recognise.bodies.local import as_local
from kg.recognise.days.same_day import as_day_before
from kg.recognise.days.years_ahead import in_common_years
from kg.recognise.fold import fold
from kg.recognise.places import sides
from kg.recognise.places.homes import as_home
from kg.recognise.rules.frames import Frame, frame
from kg.recognise.sentences import sentences
from kg.recognise.spans import Span
from kg.recognise.sums import earlier
from kg.recognise.sums.headline import with_currency
from kg.recognise.sums.whose import as_told
from kg.recognise.typed import typed
from kg.recognise.words.cases import led_back
from kg.recognise.words.formal import in_full
from kg.recognise.words.lexicon import lexicon
from kg.recognise.words.unspaced import split, with_known


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence: its place, all spans in it (overlapping ones too), and its frame. ``kind`` is its paragraph's.

    ``by_kind`` has the spans once more, those of each kind: they are asked for again and again.
    """

    start: int
    end: int
    paragraph: int
    kind: str
    spans: tuple[Span, ...]
    frame: Frame
    by_kind: Mapping[str, Sequence[Span]] = field(repr=False)

    def of(self, *kinds: str) -> Sequence[Span]:
        """The spans of these kinds, in text order."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        met = [kind for kind in kinds if kind in self.by_kind]
        if len(met) < 2:
            return self.by_kind[met[0]] if met else ()
        return [span for span in self.spans if span.kind in met]


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """An article with what was recognised in it."""

    article: Article
    folded: str
    pack: Pack
    sentences: tuple[Sentence, ...]


def recognise(article: Article) -> Recognised:
    """All typed spans of ``article``, by sentence. Raises KgError where its language has no pack."""
    pack = lang.load(article.language)
    text, folded = article.text, in_common_years(fold(article.text), pack.code)
    spans = sides.paired(text, sides.told(text, lexicon(pack.code).spans(text, folded), pack), pack)
    spans = in_full(text, spans, pack)
    parts = [
        (start, end, index)
        for index, p in enumerate(article.paragraphs)
        for start, end in sentences(text, p.start, p.end, pack)
    ]
    rows = []
    last = earlier.Earlier()
    for (start, end, index), row in zip(parts, split(spans, parts), strict=True):
        rows.append(typed(article, folded, pack, row, start, end, last.at(index)))
        last = earlier.after(folded, rows[-1][0], last, index, pack)
    rows = as_day_before(folded, as_explained(text, with_currency(rows)), pack)
    rows = as_local(text, folded, rows, parts, pack)
    rows = as_told(folded, rows, pack)
    rows = led_back(text, rows, pack) if pack.declension else rows
    if not pack.spaces:
        rows = as_home(folded, with_known(text, rows, parts, pack), parts, pack)
    found = tuple(
        Sentence(
            start,
            end,
            index,
            article.paragraphs[index].kind,
            tuple(all_),
            frame(folded, start, end, framed, pack.code),
            grouped(all_),
        )
        for (start, end, index), (all_, framed) in zip(parts, rows, strict=True)
    )
    return Recognised(article, folded, pack, found)


def grouped(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """The spans of each kind, in the order given."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.kind, []).append(span)
    return found
