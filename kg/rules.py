"""Rules of our own: what follows from the facts and no OWL RL axiom can say. Each is named, and listed in ``RULES``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.vocab import LABEL, RDF_TYPE, day, kg, term

Term: TypeAlias = NamedNode | Literal
Triple: TypeAlias = tuple[NamedNode, NamedNode, Term]
Conclusion: TypeAlias = tuple[Triple, tuple[Triple, ...]]

#: How far from the conference it is reported with the day of another conference of the article may lie.
NEAR: Final = timedelta(days=60)
#: How far before a conference the day may lie as of which a number is given there.
BEFORE: Final = timedelta(days=183)

_NAMED: Final = tuple(map(kg, ("Person", "Organization", "Place", "Conference", "ConferenceSeries")))
_FOAF_NAMED: Final = tuple(map(kg, ("Person", "Organization")))
_MONTH_DAY: Final = term("xsd:gMonthDay")
_DATE: Final = term("xsd:date")


@dataclass(slots=True)
class Facts:
    """The triples that rules look at. ``classes`` maps a class to all its superclasses."""

    classes: Mapping[NamedNode, tuple[NamedNode, ...]]
    triples: dict[NamedNode, dict[NamedNode, dict[Term, None]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def add(self, triple: Triple) -> None:
        """Take in a triple, if a rule looks at its predicate."""
        if triple[1] in LOOKED_AT:
            self.triples[triple[1]][triple[0]][triple[2]] = None

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[NamedNode, Term]]:
        """Subject and object of each triple of ``predicate``."""
        for subject, values in self.triples.get(predicate, {}).items():
            for value in values:
                yield subject, value

    def of(self, subject: Term, predicate: NamedNode) -> tuple[Term, ...]:
        """The objects of ``subject``."""
        return tuple(self.triples.get(predicate, {}).get(subject, ())) if isinstance(subject, NamedNode) else ()

    def type_of(self, node: Term, cls: NamedNode) -> Triple | None:
        """The triple by which ``node`` is a ``cls``, itself or by a subclass; None where it is none."""
        for found in self.of(node, RDF_TYPE):
            is_cls = isinstance(found, NamedNode) and (found == cls or cls in self.classes.get(found, ()))
            if is_cls and isinstance(node, NamedNode):
                return node, RDF_TYPE, found
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it says, and the function that draws its conclusions, each with its premises."""

    name: str
    says: str
    draw: Callable[[Facts], Iterator[Conclusion]]


def _affiliation(facts: Facts) -> Iterator[Conclusion]:
    for role, person in facts.pairs(kg("heldBy")):
        for body in facts.of(role, kg("roleIn")):
            is_body = facts.type_of(body, kg("Organization"))
            if is_body and isinstance(person, NamedNode):
                premises = (role, kg("heldBy"), person), (role, kg("roleIn"), body), is_body
                yield (person, kg("affiliatedWith"), body), premises


def _role_organization(facts: Facts) -> Iterator[Conclusion]:
    for role, body in facts.pairs(kg("roleIn")):
        is_body = facts.type_of(body, kg("Organization"))
        if is_body:
            yield (role, term("org:organization"), body), ((role, kg("roleIn"), body), is_body)


def _part_event(facts: Facts) -> Iterator[Conclusion]:
    for whole, part in facts.pairs(kg("session")):
        is_event = facts.type_of(part, kg("Conference"))
        if is_event:
            yield (whole, term("schema:subEvent"), part), ((whole, kg("session"), part), is_event)


def _names(predicate: NamedNode, classes: tuple[NamedNode, ...]) -> Callable[[Facts], Iterator[Conclusion]]:
    def draw(facts: Facts) -> Iterator[Conclusion]:
        for node, label in facts.pairs(LABEL):
            is_named = next(filter(None, (facts.type_of(node, cls) for cls in classes)), None)
            if is_named:
                yield (node, predicate, label), ((node, LABEL, label), is_named)

    return draw


def _year_of_edition(facts: Facts) -> Iterator[Conclusion]:
    for conference, value in facts.pairs(kg("monthDay")):
        years = [year for year in facts.of(conference, kg("year")) if isinstance(year, Literal)]
        if len(years) == 1 and not facts.of(conference, kg("startDate")):
            start = _in_year(value, int(years[0].value))
            if start is not None:
                premises = (conference, kg("monthDay"), value), (conference, kg("year"), years[0])
                yield (conference, kg("startDate"), day(start)), premises


def _year_of_conference(facts: Facts) -> Iterator[Conclusion]:
    found: dict[NamedNode, dict[date, tuple[Triple, ...]]] = defaultdict(dict)
    for article, conference in (*facts.pairs(kg("mentions")), *facts.pairs(kg("reports"))):
        days = facts.of(conference, kg("monthDay"))
        start = _reported_start(facts, article) if days and not facts.of(conference, kg("startDate")) else None
        for value in days:
            near = _near(value, start[1]) if start else None
            if start and near and isinstance(conference, NamedNode):
                found[conference].setdefault(near, ((conference, kg("monthDay"), value), *start[0]))
    for conference, dates in found.items():
        if len(dates) == 1:
            for near, premises in dates.items():
                yield (conference, kg("startDate"), day(near)), premises


def _year_of_count(facts: Facts) -> Iterator[Conclusion]:
    for count, value in facts.pairs(kg("asOf")):
        stated = facts.of(count, kg("asOf"))
        if any(isinstance(other, Literal) and other.datatype == _DATE for other in stated):
            continue
        for article in facts.of(count, kg("statedIn")):
            start = _reported_start(facts, article)
            before = _before(value, start[1]) if start else None
            if start and before:
                premises = (count, kg("asOf"), value), (count, kg("statedIn"), article), *start[0]
                yield (count, kg("asOf"), day(before)), premises


def _reported_start(facts: Facts, article: Term) -> tuple[tuple[Triple, ...], date] | None:
    """The first day of the conferences an article reports, with the triples that say so; None unless it is one day."""
    found: dict[Term, tuple[Triple, ...]] = {}
    for conference in facts.of(article, kg("reports")):
        for start in facts.of(conference, kg("startDate")):
            is_date = isinstance(start, Literal) and start.datatype == _DATE
            if is_date and isinstance(article, NamedNode) and isinstance(conference, NamedNode):
                found.setdefault(start, ((article, kg("reports"), conference), (conference, kg("startDate"), start)))
    if len(found) != 1:
        return None
    ((start, premises),) = found.items()
    return premises, date.fromisoformat(start.value)


def _near(value: Term, start: date) -> date | None:
    """The one date of that month and day within ``NEAR`` of ``start``."""
    dates = (_in_year(value, start.year + shift) for shift in (-1, 0, 1))
    return next((found for found in dates if found and abs(found - start) <= NEAR), None)


def _before(value: Term, start: date) -> date | None:
    """The last date of that month and day up to ``start``, where it is no more than ``BEFORE`` earlier."""
    dates = (_in_year(value, start.year + shift) for shift in (0, -1))
    return next((found for found in dates if found and timedelta(0) <= start - found <= BEFORE), None)


def _in_year(value: Term, year: int) -> date | None:
    """The day ``--MM-DD`` in ``year``; None for another literal, and for 29 February where there is none."""
    if not isinstance(value, Literal) or value.datatype != _MONTH_DAY:
        return None
    month, number = int(value.value[2:4]), int(value.value[5:7])
    if (month, number) == (2, 29) and not _is_leap(year):
        return None
    return date(year, month, number)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


#: Rules by which a day gets its year: they look at what all articles say of a conference.
YEAR_RULES: Final = (
    Rule("edition-year", "A conference of a known year and day starts on that date.", _year_of_edition),
    Rule(
        "conference-year",
        "A conference whose year an article leaves out is near in time to the one the article reports.",
        _year_of_conference,
    ),
    Rule(
        "count-year",
        "A number as of a day whose year an article leaves out holds for that day last before the conference reported.",
        _year_of_count,
    ),
)
#: Rules that look at the facts of one article, which says of each thing what class it is.
OWN_RULES: Final = (
    Rule("affiliation", "Who holds a role in an organization is affiliated with it.", _affiliation),
    Rule("role-organization", "A role in an organization is an ORG membership of it.", _role_organization),
    Rule("part-event", "A session that is a conference is a part of the event.", _part_event),
    Rule("schema-name", "A label is a schema.org name.", _names(term("schema:name"), _NAMED)),
    Rule("foaf-name", "The label of a person or organization is a FOAF name.", _names(term("foaf:name"), _FOAF_NAMED)),
)
#: Every rule, in the order they are applied: a later one sees what an earlier one drew.
RULES: Final = (*OWN_RULES, *YEAR_RULES)

#: The predicates that rules look at.
LOOKED_AT: Final = frozenset({
    RDF_TYPE, LABEL, kg("heldBy"), kg("roleIn"), kg("session"), kg("monthDay"), kg("year"), kg("startDate"),
    kg("mentions"), kg("reports"), kg("asOf"), kg("statedIn"),
})  # fmt: skip
