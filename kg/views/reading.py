"""How views read a store: rows of a query, and the articles, each in brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.dataset import Dataset
from kg.store import Store
from kg.views.tables import Kept
from kg.vocab import RDF_TYPE, kg, term

_BODY: Final = term("schema:articleBody")
_NAMING: Final = ("mentions", "reports", "mentionsSector")
#: From a fact, or a statement about a conference, to its article.
_STATED: Final = (kg("statedIn"), term("oa:hasSource"))
#: Characters of the text that stand for a headline.
_OPENING: Final = 70


@dataclass(frozen=True)  # without slots, which would be pickled field by field
class Brief:
    """An article in brief: IRI, id, title, language, and day (``2025-12-01``, may be empty).

    The title is the headline, else how the text begins, else the id.
    """

    iri: str
    id: str
    title: str
    language: str
    day: str


def rows(store: Store, text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT as texts, empty where nothing is bound."""
    answer = store.answer(text)
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    names = [variable.value for variable in answer.variables]
    return (tuple("" if row[name] is None else row[name].value for name in names) for row in answer)


@Kept
def briefs(store: Store) -> dict[str, Brief]:
    """Every article by its IRI, the latest first."""
    values = {name: _values(store, name) for name in ("identifier", "headline", "inLanguage", "datePublished")}
    found: list[Brief] = []
    for quad in store.match(None, RDF_TYPE, kg("Article")):
        if isinstance(quad.subject, NamedNode):
            iri = quad.subject.value
            name, headline, language, day = (values[each].get(iri, "") for each in values)
            found.append(Brief(iri, name, headline or _opening(store, iri) or name, language, day))
    found.sort(key=lambda brief: brief.id)
    return {brief.iri: brief for brief in sorted(found, key=lambda brief: brief.day, reverse=True)}


def _values(store: Store, name: str) -> dict[str, str]:
    """A value of a schema.org property for each thing that has it: of several always the same."""
    found: dict[str, str] = {}
    for quad in store.match(None, term(f"schema:{name}")):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            iri, value = quad.subject.value, quad.object.value
            found[iri] = min(value, found.get(iri, value))
    return found


def _opening(store: Store, iri: str) -> str:
    """How the text of an article begins; empty where the store does not hold it."""
    quad = next(iter(store.match(NamedNode(iri), _BODY, None, NamedNode(f"{iri}/body"))), None)
    line = quad.object.value.lstrip().partition("\n")[0] if quad and isinstance(quad.object, Literal) else ""
    return line if len(line) <= _OPENING else f"{line[:_OPENING].rpartition(' ')[0] or line[:_OPENING]}…"


def naming(store: Dataset, node: NamedNode) -> set[str]:
    """The articles that name a thing, by IRI.

    Where none does by itself, those with a fact of which it is a part: an edition of a conference that an article
    tells by its year alone, who holds a post or gives. A series is named where its editions are.
    """
    named = {quad.subject for name in _NAMING for quad in store.match(None, kg(name), node)}
    if not named:
        facts = [quad.subject for quad in store.match(None, None, node) if isinstance(quad.subject, NamedNode)]
        named = {quad.object for fact in facts for name in _STATED for quad in store.match(fact, name)}  # type: ignore[misc]
    articles = {each.value for each in named if isinstance(each, NamedNode)}
    for quad in store.match(None, kg("inSeries"), node):
        if isinstance(quad.subject, NamedNode):
            articles |= naming(store, quad.subject)
    return articles


@lru_cache(maxsize=2)
def by_id(store: Store) -> dict[str, Brief]:
    """Every article by its id."""
    return {brief.id: brief for brief in briefs(store).values()}
