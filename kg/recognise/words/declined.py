"""Words in their cases: the forms that labels take in a language that declines, and names led back to their nominative.

The pack's tables (``language.declension``) say which endings a word takes that ends so in the nominative. A label is
declined up to its head: the adjectives before the first noun and that noun ("*Всемирный банк* развития"), with the
adjectives behind it where the language has them there ("*Polska Akcja Humanitarna*"). Where the head is the last word
(``last``), that word is declined and the adjectives right before it (Suomen *Punainen Risti*).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from kg import lang
from kg.recognise.fold import fold

NOMINATIVE = "n"
_AS_IT_IS, _NOTHING = "=", "_"
MAX_WORDS = 8
"""Words of a label beyond which nothing is declined, so that its forms stay few."""


class Row(NamedTuple):
    """How a word is declined: its gender, the letters cut off the nominative, and the endings of each oblique case."""

    gender: str
    cut: int
    endings: tuple[tuple[str, ...], ...]

    def forms(self, word: str) -> list[tuple[str, ...]]:
        """The forms of ``word`` by case, in the order of the pack's cases."""
        stem = word[: len(word) - self.cut]
        return [tuple(word if e == _AS_IT_IS else stem + e for e in ends) for ends in self.endings]


class Tables(NamedTuple):
    """The tables of a pack, by the ending of the nominative; ``cases`` are letters, each with its mark."""

    cases: Mapping[str, str]
    nouns: Mapping[str, tuple[Row, ...]]
    adjectives: Mapping[str, tuple[Row, ...]]
    names: Mapping[str, tuple[Row, ...]]
    genders: Mapping[str, tuple[str, ...]]
    undeclined: frozenset[str]
    lists: frozenset[str]
    behind: bool
    last: bool
    acronyms: Mapping[str, str]
    beside: Mapping[str, str]


@cache
def tables(code: str) -> Tables | None:
    """The tables of language ``code``; None where it has none."""
    told = lang.load(code).declension
    return read(told) if told else None


def read(told: Mapping[str, Any]) -> Tables:
    """The tables as a pack has them in ``language.declension``."""
    return Tables(
        cases=dict(told["cases"]),
        nouns=_rows(told["nouns"]),
        adjectives=_rows(told.get("adjectives", {})),
        names=_rows(told.get("names", {})),
        genders={end: tuple(text.split()) for ends, text in told.get("genders", {}).items() for end in ends.split("|")},
        undeclined=frozenset(told.get("undeclined", ())),
        lists=frozenset(told.get("lists", ())),
        behind=bool(told.get("behind", False)),
        last=bool(told.get("last", False)),
        acronyms=dict(told.get("acronyms", {})),
        beside=dict(told.get("beside", {})),
    )


def _rows(table: Mapping[str, str]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for keys, text in table.items():
        rows = tuple(_row(one) for one in text.split(";"))
        found |= dict.fromkeys(keys.split("|"), rows)
    return found


def _row(text: str) -> Row:
    head, *cells = text.split()
    endings = tuple(tuple("" if e == _NOTHING else e for e in cell.split("|")) for cell in cells)
    return Row(head[0], int(head[1:]), endings)


def rows_of(word: str, table: Mapping[str, tuple[Row, ...]]) -> tuple[Row, ...]:
    """The rows of the longest ending of ``word`` that a table holds."""
    folded = fold(word)
    return next((table[folded[at:]] for at in range(len(folded)) if folded[at:] in table), ())


def _length(word: str, table: Mapping[str, object]) -> int:
    folded = fold(word)
    return next((len(folded) - at for at in range(len(folded)) if folded[at:] in table), 0)


def _is_adjective(word: str, told: Tables) -> bool:
    return _length(word, told.adjectives) > _length(word, told.nouns)


def forms(label: str, told: Tables) -> Iterator[tuple[str, str]]:
    """The oblique forms of ``label``, each with the letter of its case, and the other genders of a lone adjective."""
    words = label.split(" ")
    if len(words) > MAX_WORDS:
        return
    if told.last:
        at = _agreeing_from(words, told)
        rest = _declined(words[at:], len(words) - at - 1, told)
        yield from ((" ".join([*words[:at], *form]), case) for form, case in rest)
        return
    if len(words) == 1 and _is_adjective(label, told):
        for nominative in (label, *_others(label, told)):
            if nominative != label:
                yield nominative, NOMINATIVE
            for row in rows_of(nominative, told.adjectives):
                yield from _by_case(row.forms(nominative), told)
        return
    at = _head(words, told)
    end = _end(words, at, told)
    groups = _declined(words[:end], at, told)
    yield from ((" ".join([*form, *words[end:]]), case) for form, case in groups)
    if len(words) > at + 2 and len(words[at + 1]) == 1 and at + 2 + _head(words[at + 2 :], told) == len(words) - 1:
        # two heads: Босния и Герцеговина
        second = _declined(words[at + 2 :], len(words) - at - 3, told)
        for (one, case), (two, other) in itertools.product(groups, second):
            if case == other:
                yield " ".join([*one, words[at + 1], *two]), case


def _agreeing_from(words: Sequence[str], told: Tables) -> int:
    """The index of the first of the adjectives right before the last word."""
    at = len(words) - 1
    while at > 0 and rows_of(words[at - 1], told.adjectives):
        at -= 1
    return at


def acronym_forms(label: str, told: Tables) -> Iterator[tuple[str, str]]:
    """An acronym with the endings of its cases: *EU*:lle, *UNICEF*-owi."""
    yield from ((label + ending, case) for ending, cases in told.acronyms.items() for case in cases)


def _by_case(cells: Sequence[tuple[str, ...]], told: Tables) -> Iterator[tuple[str, str]]:
    for case, cell in zip(told.cases, cells, strict=True):
        yield from ((form, case) for form in cell)


def _others(word: str, told: Tables) -> list[str]:
    """The other genders of an adjective, and its plural."""
    size, rows = _length(word, told.genders), rows_of(word, told.adjectives)
    endings = told.genders[fold(word)[-size:]] if size and rows else ()
    return [word[: len(word) - rows[0].cut] + end for end in endings]


def _head(words: Sequence[str], told: Tables) -> int:
    """The index of the first word that is no adjective."""
    at = 0
    while at < len(words) - 1 and (
        _is_adjective(words[at], told)
        or (0 < at < len(words) - 1 and len(words[at]) == 1 and _is_adjective(words[at + 1], told))
    ):
        at += 1
    return at


def _end(words: Sequence[str], at: int, told: Tables) -> int:
    """Where the words end that are declined with the head ``at``: behind it, or behind its last adjective."""
    end = at + 1
    genders = {row.gender for row in rows_of(words[at], told.nouns)} if told.behind else set[str]()
    while end < len(words) and _is_adjective(words[end], told):
        genders &= {row.gender for row in rows_of(words[end], told.adjectives)}
        if not genders:
            break
        end += 1
    return end


def _declined(words: Sequence[str], at: int, told: Tables) -> list[tuple[tuple[str, ...], str]]:
    """The forms of the noun ``at`` and of the adjectives around it, by case."""
    noun = words[at]
    found: list[tuple[tuple[str, ...], str]] = []
    if fold(noun) in told.undeclined or (noun.isupper() and len(noun) > 1):
        return found
    for row in rows_of(noun, told.nouns) or rows_of(noun, told.adjectives):
        cells = row.forms(noun)
        for index, case in enumerate(told.cases):
            columns = [_agreeing(word, row.gender, index, told) for word in words]
            columns[at] = cells[index]
            found += [(form, case) for form in itertools.product(*columns)]
    return list(dict.fromkeys(found))


def _agreeing(word: str, gender: str, index: int, told: Tables) -> tuple[str, ...]:
    if len(word) == 1:
        return (word,)
    rows = [row for row in rows_of(word, told.adjectives) if row.gender == gender]
    return tuple(form for row in rows for form in row.forms(word)[index])


def closest(found: Sequence[Undone], table: Mapping[str, object]) -> Undone | None:
    """The nominative whose ending the table knows best (*Virtasen* is of Virtanen, not of Virtase); None where two
    are as good.
    """
    best = sorted(((_length(one.word, table), one.word) for one in found), reverse=True)
    if not best or (len({word for _, word in best}) > 1 and best[0][0] == best[1][0]):
        return None
    return next(one for one in found if one.word == best[0][1])


class Undone(NamedTuple):
    """A nominative that a word may be a form of, with the gender and the case of that form."""

    word: str
    gender: str
    case: str


def undone(word: str, table: Mapping[str, tuple[Row, ...]], told: Tables, cases: str) -> Iterator[Undone]:
    """The nominatives of which ``word`` is a form in one of ``cases``, as a table has them."""
    folded = fold(word)
    if folded in told.undeclined or not word[:1].isalpha():
        return
    for key, rows in table.items():
        for row in rows:
            for case, endings in zip(told.cases, row.endings, strict=True):
                for ending in endings if case in cases else ():
                    size = len(ending)
                    if ending == _AS_IT_IS or not folded.endswith(ending) or len(word) - size < 2:
                        continue
                    nominative = word[: len(word) - size] + key[len(key) - row.cut :]
                    if fold(nominative).endswith(key) and rows_of(nominative, table) == rows:
                        yield Undone(nominative, row.gender, case)
