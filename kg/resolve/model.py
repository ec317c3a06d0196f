"""What resolution gives: entities, which name or conference of which article is which, and why names were merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import Name


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization, place, conference or series.

    ``id`` is the local part of its IRI (``person/bui-thanh-son``). ``type`` is a local name of the kg:
    namespace (``Person``, ``GovernmentBody``, ``Conference`` …). ``label`` is (text, language);
    ``labels`` holds every spelling, the best of each language first. ``country`` is an ISO 3166-1
    alpha-2 code. ``based_in`` and ``in_series`` are ids of entities. ``same_as`` are IRIs elsewhere.
    """

    id: str
    kind: str
    type: str
    label: tuple[str, str]
    labels: tuple[tuple[str, str], ...] = ()
    acronyms: tuple[str, ...] = ()
    country: str = ""
    based_in: str = ""
    in_series: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Names that were taken for one entity: (text, language, article id) each, a sentence why, and the rule's name."""

    entity: str
    names: tuple[tuple[str, str, str], ...]
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity every name and conference of every article is.

    ``names`` and ``conferences`` map (article id, Name) and (article id, key) to entity ids;
    ``editions`` maps (conference id, year) to the id of that year's edition of the same series.
    ``unknown`` are (id, text, language) of the names that no registry entry and no merge placed.
    """

    entities: tuple[Entity, ...]
    names: Mapping[tuple[str, Name], str] = field(default_factory=dict)
    conferences: Mapping[tuple[str, int], str] = field(default_factory=dict)
    editions: Mapping[tuple[str, int], str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    unknown: tuple[tuple[str, str, str], ...] = ()
    by_id: Mapping[str, Entity] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {entity.id: entity for entity in self.entities})

    def entity_of(self, article_id: str, name: Name) -> Entity:
        """The entity ``name`` stands for in an article. Raises KeyError for a name that was not resolved."""
        return self.by_id[self.names[article_id, name]]

    def conference_of(self, article_id: str, key: int) -> Entity:
        """The conference that an article's ConferenceFact ``key`` is. Raises KeyError where it was not resolved."""
        return self.by_id[self.conferences[article_id, key]]

    def edition_of(self, conference_id: str, year: int) -> Entity:
        """The edition of ``year`` of a conference's series: a known conference, or one known only by its year."""
        known = self.editions.get((conference_id, year))
        if known is not None:
            return self.by_id[known]
        conference = self.by_id[conference_id]
        stem = (conference.in_series or conference_id).partition("/")[2]
        text, language = self.by_id[conference.in_series].label if conference.in_series else conference.label
        return Entity(
            id=f"conference/{stem}-{year}",
            kind="conference",
            type="Conference",
            label=(f"{text} ({year})", language),
            in_series=conference.in_series,
        )
