"""Where sources differ: values that cannot all be right, and what some articles say of a thing and others leave out.

The first is the query ``disagreements``, the second ``said-and-left-out``, with the articles and quotes behind each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.query import run
from kg.query.quotes import Quote, Quotes
from kg.store import Store
from kg.tables import Cell, Rows
from kg.views.citing import cited
from kg.vocab import kg, term

#: Statements of one side only that a page shows.
MOST: Final = 60

#: What is no statement about a thing that articles could share: sectors are of the article, authors write it.
_OWN: Final = (kg("mentionsSector"), kg("amount"), kg("value"), kg("eventKind"))
_PARTIES: Final = ("donor", "recipient", "announcedAt", "place")


@dataclass(frozen=True, slots=True)
class Source:
    """An article, its language and day (may be empty), and its sentences."""

    article: NamedNode
    language: str
    day: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A value and the articles that give it."""

    value: NamedNode | Literal
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one property that cannot all be right, each with its articles.

    ``about`` is what they are of: a conference, a countable, or the currency of sums. ``when`` is the day or period,
    as ``2024-01-01/2024-12-31``; ``parties`` are donors, recipients, conferences and places of figures.
    """

    property: NamedNode
    about: NamedNode | Literal
    when: str
    parties: tuple[NamedNode, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class OneSided:
    """What some articles say of a thing, and the others that speak of it and do not say it."""

    property: NamedNode
    about: NamedNode
    value: NamedNode | Literal
    said: tuple[Source, ...]
    silent: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Conflicts, and statements of one side: those of a single article first; ``more`` are not shown.

    ``languages`` are those of the articles.
    """

    conflicts: tuple[Conflict, ...]
    one_sided: tuple[OneSided, ...]
    more: int
    languages: tuple[str, ...]


def differences(store: Store, *, about: NamedNode | None = None, language: str = "", most: int = MOST) -> Differences:
    """Where the articles of ``store`` differ: all, or what concerns one thing.

    With ``language`` of the statements of one side only those that all its articles leave out which speak of the thing.
    """
    quotes = Quotes(store)
    articles = _articles(store, quotes)
    conflicts = [each for each in _conflicts(store, quotes, articles) if about is None or about in _concerned(each)]
    sided = [
        each
        for each in _one_sided(store, quotes, articles)
        if (about is None or about in (each.about, each.value)) and _leaves_out(each, language)
    ]
    sided.sort(key=lambda each: (len(each.said) > 1, -len(each.silent), each.about.value, each.property.value))
    shown = tuple(_with_quotes(each, store, quotes) for each in sided[:most])
    languages = tuple(sorted({each.language for each in articles.values()}))
    return Differences(tuple(conflicts), shown, max(0, len(sided) - most), languages)


@lru_cache(maxsize=4)
def _answer(store: Store, name: str) -> Rows:
    """What a prepared query gives: they compare every article with every other, and a store that is open is fixed."""
    answer = run(store, name)
    assert isinstance(answer, Rows), "it is a SELECT"
    return answer


def _leaves_out(each: OneSided, language: str) -> bool:
    return not language or (
        any(source.language == language for source in each.silent)
        and all(source.language != language for source in each.said)
    )


def _concerned(conflict: Conflict) -> set[NamedNode | Literal]:
    return {conflict.about, *conflict.parties, *(side.value for side in conflict.sides)}


def _conflicts(store: Store, quotes: Quotes, articles: Mapping[NamedNode, Source]) -> list[Conflict]:
    """Pairs of values that share a fact are of one conflict."""
    answer = _answer(store, "disagreements")
    groups: list[tuple[tuple[Cell, ...], set[NamedNode], list[tuple[Cell, ...]]]] = []
    for row in answer.rows:
        facts = set(_listed(row[-1]))
        joined = [each for each in groups if each[0] == row[:3] and each[1] & facts]
        groups = [each for each in groups if each not in joined]
        groups.append((row[:3], facts.union(*(each[1] for each in joined)), [*(r for g in joined for r in g[2]), row]))
    return [_conflict(key, facts, rows, quotes, articles) for key, facts, rows in groups]


def _conflict(
    key: tuple[Cell, ...],
    facts: set[NamedNode],
    rows: Iterable[tuple[Cell, ...]],
    quotes: Quotes,
    articles: Mapping[NamedNode, Source],
) -> Conflict:
    given: dict[NamedNode | Literal, set[NamedNode]] = defaultdict(set)
    for _, _, _, value, article, other, other_article, _ in rows:
        for what, where in ((value, article), (other, other_article)):
            assert isinstance(what, (NamedNode, Literal))
            assert isinstance(where, NamedNode)
            given[what].add(where)
    sides = [
        Side(value, tuple(_source(article, _of(article, value, facts, quotes), quotes, articles) for article in told))
        for value, told in ((value, sorted(each, key=str)) for value, each in given.items())
    ]
    parties = {node for fact in facts for name in _PARTIES for node in quotes.nodes(fact, kg(name))}
    property_, about, when = key
    assert isinstance(property_, NamedNode)
    assert isinstance(about, (NamedNode, Literal))
    sides.sort(key=lambda side: (-len(side.sources), str(side.value)))
    return Conflict(
        property_,
        about,
        when.value if isinstance(when, Literal) else "",
        tuple(sorted(parties, key=lambda node: node.value)),
        tuple(sides),
    )


def _of(article: NamedNode, value: NamedNode | Literal, facts: Iterable[NamedNode], quotes: Quotes) -> list[NamedNode]:
    """The facts of an article that give a value: figures, or statements about a conference."""
    stating = (kg("statedIn"), term("oa:hasSource"))
    giving = (kg("amount"), kg("value"), term("rdf:object"))
    return [
        fact
        for fact in sorted(facts, key=lambda each: each.value)
        if any(quotes.value(fact, predicate) == article for predicate in stating)
        and any(quotes.value(fact, predicate) == value for predicate in giving)
    ]


def _one_sided(store: Store, quotes: Quotes, articles: Mapping[NamedNode, Source]) -> list[OneSided]:
    """Statements about things of which other articles speak too; their sources still without quotes."""
    answer = _answer(store, "said-and-left-out")
    speaking = _speaking(store)
    days = _days(answer)
    found = []
    for property_, about, value, _, _, evidence in answer.rows:
        if property_ in _OWN or not isinstance(about, NamedNode) or not isinstance(property_, NamedNode):
            continue
        if value is None or (about, value.value[1:] if isinstance(value, Literal) else "") in days:
            continue  # a day without its year, where others tell the same day with it
        said: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for fact in _listed(evidence):
            for predicate in (kg("statedIn"), term("oa:hasSource")):
                article = quotes.value(fact, predicate)
                if isinstance(article, NamedNode):
                    said[article].append(fact)
        silent = speaking[about] - said.keys()
        if said and silent and isinstance(value, (NamedNode, Literal)):
            sources = (_source(article, (), quotes, articles) for article in sorted(said, key=str))
            others = (_source(article, (), quotes, articles) for article in sorted(silent, key=str))
            found.append(OneSided(property_, about, value, tuple(sources), tuple(others)))
    return found


def _days(answer: Rows) -> set[tuple[NamedNode, str]]:
    """For each thing its days without their years, as ``-12-04``."""
    dated = (kg("startDate"), kg("endDate"))
    return {
        (about, value.value[4:])
        for property_, about, value, *_ in answer.rows
        if property_ in dated and isinstance(about, NamedNode) and isinstance(value, Literal)
    }


def _with_quotes(each: OneSided, store: Store, quotes: Quotes) -> OneSided:
    """With the sentences: of the facts that state it, and where silent articles name the thing."""
    stating = _stating(each, store)
    said = [
        Source(s.article, s.language, s.day, cited(quotes, _of_article(s.article, stating, quotes))) for s in each.said
    ]
    return OneSided(each.property, each.about, each.value, tuple(said), each.silent)


def _stating(each: OneSided, store: Store) -> list[NamedNode]:
    """The facts that state it: posts of a person, or statements with its three parts."""
    if each.property == kg("position"):
        found = (quad.subject for quad in store.match(None, kg("heldBy"), each.about))
        return [
            role for role in found if isinstance(role, NamedNode) and any(store.match(role, kg("position"), each.value))
        ]
    found = (quad.subject for quad in store.match(None, term("rdf:subject"), each.about))
    return [
        fact
        for fact in found
        if isinstance(fact, NamedNode)
        and any(store.match(fact, term("rdf:predicate"), each.property))
        and any(store.match(fact, term("rdf:object"), each.value))
    ]


def _of_article(article: NamedNode, facts: Iterable[NamedNode], quotes: Quotes) -> list[NamedNode]:
    stating = (kg("statedIn"), term("oa:hasSource"))
    return [fact for fact in facts if any(quotes.value(fact, predicate) == article for predicate in stating)]


def _source(
    article: NamedNode, facts: Iterable[NamedNode], quotes: Quotes, articles: Mapping[NamedNode, Source]
) -> Source:
    known = articles.get(article, Source(article, "", ""))
    return Source(article, known.language, known.day, cited(quotes, facts))


def _articles(store: Store, quotes: Quotes) -> dict[NamedNode, Source]:
    """Language and day of every article."""

    def text(node: NamedNode, name: str) -> str:
        value = quotes.value(node, term(name))
        return value.value if isinstance(value, Literal) else ""

    nodes = (quad.subject for quad in store.match(None, term("rdf:type"), kg("Article")))
    return {
        node: Source(node, text(node, "schema:inLanguage"), text(node, "schema:datePublished"))
        for node in nodes
        if isinstance(node, NamedNode)
    }


def _speaking(store: Store) -> dict[NamedNode, set[NamedNode]]:
    """For each thing the articles that speak of it."""
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for name in ("mentions", "reports"):
        for quad in store.match(None, kg(name)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                found[quad.object].add(quad.subject)
    return found


def _listed(cell: Cell) -> list[NamedNode]:
    return [NamedNode(iri) for iri in cell.value.split()] if isinstance(cell, (NamedNode, Literal)) else []
