"""What every mapper is given, and the three kinds of line a mapper writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from pyoxigraph import Literal, NamedNode

from kg.model import Article, Evidence, Fact, Name
from kg.resolve.model import Entity, Resolution

Term: TypeAlias = NamedNode | Literal
Triple: TypeAlias = tuple[NamedNode, NamedNode, Term]
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Shown:
    """``subject`` stands in the text at ``evidence``."""

    subject: NamedNode
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """A triple about something several articles speak of (a conference, a sector), with this article's own evidence."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    evidence: Evidence


Line: TypeAlias = Triple | Shown | Claim


@dataclass(frozen=True, slots=True)
class Context:
    """An article, its IRI, who its names are, and the IRIs of its facts.

    ``figures`` holds the IRIs of the article's sums of money in reading order (None for one that is
    not written), ``conferences`` those of its conferences by key.
    """

    article: Article
    resolution: Resolution
    base: str
    node: NamedNode
    figures: tuple[NamedNode | None, ...] = ()
    conferences: Mapping[int, NamedNode] | None = None

    def below(self, path: str) -> NamedNode:
        """The IRI of a thing that belongs to this article: ``role/…``, ``figure/…``."""
        return NamedNode(f"{self.node.value}/{path}")

    def entity(self, name: Name) -> NamedNode:
        """The IRI of the entity a name stands for."""
        return self.iri(self.resolution.entity_of(self.article.id, name))

    def iri(self, entity: Entity) -> NamedNode:
        """The IRI of an entity."""
        return NamedNode(self.base + entity.id)

    def slug(self, name: Name) -> str:
        """The last part of the IRI of the entity a name stands for."""
        return self.resolution.entity_of(self.article.id, name).id.rpartition("/")[2]

    def conference(self, key: int | None) -> NamedNode | None:
        """The IRI of the article's conference ``key``; None where there is none or it is not written."""
        return None if key is None or self.conferences is None else self.conferences.get(key)


@dataclass(frozen=True, slots=True)
class Mapper(Generic[F]):
    """How one class of fact becomes lines.

    ``lines`` is given the fact, its IRI and the context. ``names`` are the entities the fact speaks
    of. ``local`` names the fact's own IRI below the article's; facts with one name are numbered in
    text order. Without ``local`` the fact is about something that has an IRI already, and ``lines``
    is given the article's.
    """

    fact: type[F]
    names: Callable[[F], Iterable[Name]]
    lines: Callable[[F, NamedNode, Context], Iterator[Line]]
    local: Callable[[F, Context], str] | None = None


def shown(subject: NamedNode, evidence: Iterable[Evidence]) -> Iterator[Shown]:
    """A line for each place where ``subject`` stands."""
    return (Shown(subject, item) for item in evidence)
