"""Values that are well written and that nothing in the graph has: an answer without rows that says why.

What a parameter stands for has a vocabulary of its own in some types: the currencies of sums, the languages of
articles. A value that is not in it is no error, for another graph may have it; but nobody should wonder about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.dataset import Dataset
from kg.query.header import Query
from kg.query.parameters import TYPES
from kg.vocab import LABEL, kg, term

#: For types of parameters that are texts: what has such a value, and under which property.
VOCABULARIES: Final[Mapping[str, tuple[str, NamedNode]]] = {
    "currency": ("figure", kg("currency")),
    "language": ("article", term("schema:inLanguage")),
}
_LABELS: Final = (LABEL, term("skos:prefLabel"))
#: Of a large vocabulary so many values are told.
_TOLD: Final = 20
_NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Absent:
    """No ``thing`` has a ``kind`` of that ``value``; ``known`` are those there are, ``near`` what may be meant."""

    thing: str
    kind: str
    value: str
    known: tuple[str, ...]
    near: tuple[str, ...]

    def __str__(self) -> str:
        more = len(self.known) - _TOLD
        told = ", ".join(self.known[:_TOLD]) + (f" and {more} more" if more > 0 else "")
        there = f"there are: {told}" if told else "none has any"
        meant = f". Did you mean '{self.near[0]}'?" if self.near else ""
        return f"no {self.thing} has {self.kind} '{self.value}'; {there}{meant}"


def absent(store: Dataset, query: Query, values: Mapping[str, str]) -> dict[str, Absent]:
    """Of the ``values`` of a query's parameters, by name, those that nothing in ``store`` has.

    Raises KgError for a value that its type does not accept.
    """
    kinds = {parameter.name: parameter.type for parameter in query.parameters}
    found = {name: absent_value(store, kinds[name], value) for name, value in values.items() if name in kinds}
    return {name: missing for name, missing in found.items() if missing is not None}


def absent_value(store: Dataset, kind: str, value: str) -> Absent | None:
    """What is told of a value of a type of parameters that nothing has; None where something has it.

    Only types of ``VOCABULARIES`` are looked up. Raises KgError for a value that the type does not accept.
    """
    if kind not in VOCABULARIES:
        return None
    thing, property_ = VOCABULARIES[kind]
    if next(iter(store.match(None, property_, TYPES[kind](value, store, ""))), None) is not None:
        return None
    known = vocabulary(store, kind)
    return Absent(thing, kind, value, known, nearest(value, known))


def vocabulary(store: Dataset, kind: str) -> tuple[str, ...]:
    """The values that occur of a type of parameters, one of ``VOCABULARIES``; sorted."""
    _, property_ = VOCABULARIES[kind]
    answer = store.answer(f"SELECT DISTINCT ?value {{ ?thing {property_} ?value }}")
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    return tuple(sorted({row["value"].value for row in answer if isinstance(row["value"], Literal)}))


def nearest(value: str, known: Sequence[str]) -> tuple[str, ...]:
    """Those of ``known`` that ``value`` may mean: the same but for capitals and blanks, else spelled nearly so."""
    folded = value.strip().casefold()
    same = tuple(each for each in known if each.casefold() == folded)
    if same:
        return same
    by_fold = {each.casefold(): each for each in known}
    return tuple(by_fold[each] for each in get_close_matches(folded, by_fold, n=_NEAREST, cutoff=0.6))


def unlabelled(store: Dataset, languages: Sequence[str]) -> tuple[Absent, ...]:
    """Of some languages those in which nothing in ``store`` has a label."""
    missing = [code for code in languages if not _labelled(store, code)]
    if not missing:
        return ()
    named = " ".join(map(str, _LABELS))
    answer = store.answer(f"SELECT DISTINCT (LANG(?label) AS ?code) {{ VALUES ?p {{ {named} }} ?thing ?p ?label }}")
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    known = tuple(sorted({row["code"].value for row in answer if row["code"] is not None} - {""}))
    return tuple(Absent("label", "language", code, known, nearest(code, known)) for code in missing)


def unspoken(thing: str, languages: Sequence[str], spoken: Sequence[str]) -> tuple[Absent, ...]:
    """Of some languages those that a ``thing`` of ours, told in the languages ``spoken``, does not have."""
    return tuple(Absent(thing, "language", code, tuple(spoken), ()) for code in languages if code not in spoken)


def _labelled(store: Dataset, code: str) -> bool:
    """Whether anything has a label in a language: looked up only until the first is found."""
    named = " ".join(map(str, _LABELS))
    text = f"ASK {{ VALUES ?p {{ {named} }} ?thing ?p ?label FILTER (LANG(?label) = {Literal(code)}) }}"
    return bool(store.answer(text))
