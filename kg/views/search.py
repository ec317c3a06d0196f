"""Search: names in every language and spelling, and the headlines of articles.

Names and headlines are folded once for each store (no marks, no capitals, simplified characters) into one long text,
in which a search is a few passes of ``str.find``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from kg.resolve.spelling import is_han, simplified, words
from kg.store import Store
from kg.views.names import Named, names
from kg.views.reading import Brief, briefs
from kg.views.tables import Kept

#: How many results are shown of each sort.
SHOWN: Final = 50

_CONCEPTS: Final = ("sector", "position")
_EXACT, _BEGINS, _WORD, _INSIDE, _WORDS = range(5)
#: Places inside words that are looked at; nobody reads on after so many.
_PLACES: Final = 20_000
_NEAREST: Final = 5
#: Of the names that are nearly as long, so many that share most letters are compared letter by letter.
_COMPARED: Final = 300


@dataclass(frozen=True)  # without slots, which would be pickled field by field
class Hit:
    """A thing that was found, and the spelling (text, language) by which."""

    named: Named
    spelling: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best ``SHOWN`` things and articles, how many there are; else the nearest names."""

    asked: str
    things: tuple[Hit, ...]
    things_found: int
    articles: tuple[Brief, ...]
    articles_found: int
    nearest: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Folded texts, one to a line, and where each begins."""

    text: str
    starts: tuple[int, ...]
    keys: tuple[str, ...]


def search(store: Store, asked: str, *, language: str) -> Found:
    """What is called ``asked`` or has it in its name, in the order of how well it fits; and headlines with it."""
    wanted = fold(asked)
    hits, by_name = _hits(store, wanted, asked, language)
    index, articles = _headlines(store)
    ranks = _ranks(index, wanted) if wanted else {}
    told = [articles[place] for place in sorted(ranks)]
    return Found(
        asked=asked,
        things=tuple(hits[:SHOWN]),
        things_found=len(hits),
        articles=tuple(told[:SHOWN]),
        articles_found=len(told),
        nearest=() if hits or told else tuple(_nearest(by_name, wanted)),
    )


def fold(text: str) -> str:
    """What spellings are compared by: words without marks and capitals; Chinese without blanks, simplified."""
    return simplified(" ".join(words(text)))


def _hits(store: Store, wanted: str, asked: str, language: str) -> tuple[list[Hit], tuple[_Index, Sequence[Hit]]]:
    """Each thing once, by the spelling that fits best."""
    index, spelled = _spellings(store)
    best: dict[str, tuple[tuple[int, bool, bool], Hit]] = {}
    for place, rank in (_ranks(index, wanted) if wanted else {}).items():
        hit = spelled[place]
        fits = rank, hit.spelling[0] != asked, hit.spelling[1] != language
        if hit.named.iri not in best or fits < best[hit.named.iri][0]:
            best[hit.named.iri] = fits, hit
    order = sorted(best.values(), key=lambda one: (_place(one[0][0], one[1].named), one[0], one[1].named.iri))
    return [hit for _, hit in order], (index, spelled)


def _place(rank: int, named: Named) -> tuple[bool, bool, int, int]:
    """What is called just so comes first, then names of things before words for sectors and posts."""
    return rank > _EXACT, rank > _EXACT and named.kind in _CONCEPTS, rank, -named.articles


def _ranks(index: _Index, wanted: str) -> dict[int, int]:
    """How well each line fits that does, by its number."""
    found: dict[int, int] = {}
    for rank, pattern in (
        (_EXACT, f"\n{wanted}\n"),
        (_BEGINS, f"\n{wanted}"),
        (_WORD, f" {wanted}"),
        *([(_INSIDE, wanted)] if len(wanted) > 1 or is_han(wanted) else []),
    ):
        for place in _places(index, pattern):
            found.setdefault(place, rank)
    parts = sorted(set(wanted.split()), key=len, reverse=True)
    if len(parts) > 1:
        for place in _places(index, parts[0]):
            if all(part in index.keys[place] for part in parts[1:]):
                found.setdefault(place, _WORDS)
    return found


def _places(index: _Index, pattern: str) -> Iterator[int]:
    """The numbers of the lines in which ``pattern`` stands."""
    at = index.text.find(pattern)
    for _ in range(_PLACES):
        if at < 0:
            return
        yield bisect_right(index.starts, at) - 1
        at = index.text.find(pattern, at + 1)


def _nearest(by_name: tuple[_Index, Sequence[Hit]], wanted: str) -> Iterator[Hit]:
    """Names that are spelled nearly so."""
    index, spelled = by_name
    letters, slack = set(wanted), 2 + len(wanted) // 4
    near = [key for key in dict.fromkeys(index.keys) if abs(len(key) - len(wanted)) <= slack]
    near.sort(key=lambda key: (-len(letters & set(key)), len(set(key) - letters), key))
    shown: set[str] = set()
    for key in get_close_matches(wanted, near[:_COMPARED], n=_NEAREST, cutoff=0.6):
        hit = spelled[index.keys.index(key)]
        if hit.named.iri not in shown:
            shown.add(hit.named.iri)
            yield hit


def tables(store: Store) -> tuple[object, ...]:
    """All that a search looks things up in, made ready; for ``put_tables`` in another process."""
    return names(store), briefs(store), _spellings(store), _headlines(store)


def put_tables(store: Store, made: tuple[object, ...]) -> None:
    """Look things up in what ``tables`` gave for the same store."""
    for table, value in zip((names, briefs, _spellings, _headlines), made, strict=True):
        table.put(store, value)  # type: ignore[attr-defined]  # each its own


@Kept
def _spellings(store: Store) -> tuple[_Index, tuple[Hit, ...]]:
    """Every spelling of everything that has a name, with the same number as its line in the index."""
    folded: dict[str, str] = {}
    keys: list[str] = []
    hits: list[Hit] = []
    for named in names(store).values():
        for spelling in named.spellings:
            text = spelling[0]
            if text not in folded:
                folded[text] = fold(text)
            if folded[text]:
                keys.append(folded[text])
                hits.append(Hit(named, spelling))
    return _index(keys), tuple(hits)


@Kept
def _headlines(store: Store) -> tuple[_Index, tuple[Brief, ...]]:
    kept = [(key, brief) for brief in briefs(store).values() if (key := fold(brief.title))]
    return _index([key for key, _ in kept]), tuple(brief for _, brief in kept)


def _index(keys: list[str]) -> _Index:
    """The index of some texts: each line begins with its line break, the last ends with one."""
    starts: list[int] = []
    at = 0
    for key in keys:
        starts.append(at)
        at += len(key) + 1
    return _Index("".join(f"\n{key}" for key in keys) + "\n", tuple(starts), tuple(keys))
