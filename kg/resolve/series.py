"""Editions of one series of conferences: one topic or organizer, told apart by number or year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.resolve.clusters import Clusters
from kg.resolve.editions import Edition, best_label
from kg.resolve.entities import distinct
from kg.resolve.model import Entity
from kg.resolve.spelling import slug_of

_NUMBER: Final = re.compile(
    r"第\s*[0-9一二三四五六七八九十百]+\s*[次届屆]|\b(?:19|20)\d\d\b|\b\d+\s?(?:st|nd|rd|th|er|re|ère|e|è?me|º|ª)?\b\.?"
)
_EDGES: Final = " ,;:-–—()"


@dataclass(slots=True)
class Run:
    """What the conferences of one series say together: (number, year) of each edition, 0 where not said."""

    numbered: set[tuple[int, int]]
    kinds: set[str]

    def absorb(self, other: Run) -> None:
        """Add the editions of another series."""
        self.numbered |= other.numbered
        self.kinds |= other.kinds


@dataclass(frozen=True, slots=True)
class Placed:
    """A conference in its series.

    ``links`` are the conferences that may be of its series, were numbers and years to allow it; ``asked`` the ids
    that were asked for on its behalf; ``series`` is empty where it is the only edition known; ``editions`` are
    (year, id) of those that it names.
    """

    edition: Edition
    links: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    series: str = ""
    editions: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Conferences in their series, by id; the series, and the editions of which only the year is known."""

    placed: Mapping[str, Placed]
    entities: tuple[Entity, ...]


def place(
    editions: Mapping[str, Edition], links: Mapping[str, Collection[str]], *, is_taken: Callable[[str], bool]
) -> Placement:
    """The series of conferences whose ``links`` are all among them. ``is_taken`` says which ids conferences have."""
    asked: dict[str, set[str]] = {key: set() for key in editions}
    groups = [
        [editions[key] for key in group]
        for group in _runs(editions, links).all()
        if len(group) > 1 or editions[group[0]].earlier
    ]
    ids = _ids(groups, lambda key, wanted: asked[key].add(wanted))
    entities: dict[str, Entity] = {}
    series: dict[str, str] = {}
    named: dict[str, dict[int, str]] = {}
    for members, key in zip(groups, ids, strict=True):
        entities[key] = _series(key, members)
        series.update((one.id, key) for one in members)
        held = _held(members)
        for one in members:
            for year in one.earlier:
                known = held.get(year, one.id)
                if known == one.id:
                    edition = _by_year(entities[key], year, is_taken, asked[one.id].add)
                    entities[edition.id], known = edition, edition.id
                named.setdefault(one.id, {})[year] = known
    placed = {
        key: Placed(
            edition,
            tuple(sorted(links.get(key, ()))),
            tuple(sorted(asked[key])),
            series.get(key, ""),
            tuple(sorted(named.get(key, {}).items())),
        )
        for key, edition in editions.items()
    }
    return Placement(placed, tuple(entities[key] for key in sorted(entities)))


def _runs(editions: Mapping[str, Edition], links: Mapping[str, Collection[str]]) -> Clusters[str, Run]:
    """Conferences joined with those before them, in the order of time, where numbers and years run alike."""
    runs: Clusters[str, Run] = Clusters(veto=_differ, absorb=Run.absorb)
    for key, edition in editions.items():
        runs.add(key, Run({(edition.number, edition.year)}, set(edition.kinds)))
    for later in sorted(editions.values(), key=lambda one: one.place):
        before = (editions[key] for key in links.get(later.id, ()))
        for first in sorted((one for one in before if one.place < later.place), key=lambda one: one.place):
            runs.join(first.id, later.id, rule="same-series", reason="")
    return runs


def _differ(one: Run, other: Run) -> bool:
    """True where numbers and years of two series do not run alike, or their kinds differ."""
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return True
    return any(_contradict(a, b) for a in one.numbered for b in other.numbered)


def _contradict(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True where two editions, which are known to be two, cannot be of one series."""
    (number, year), (other_number, other_year) = one, other
    if number and other_number:
        if number == other_number:
            return True
        return bool(year and other_year) and (year - other_year) * (number - other_number) < 0
    return not (number or other_number) and year == other_year


def _held(members: Iterable[Edition]) -> dict[int, str]:
    """For each year the conference of a series that was held in it, where only one was."""
    found: dict[int, list[str]] = {}
    for one in members:
        for year in one.years:
            found.setdefault(year, []).append(one.id)
    return {year: keys[0] for year, keys in found.items() if len(keys) == 1}


def _ids(groups: Sequence[Sequence[Edition]], note: Callable[[str, str], None]) -> list[str]:
    """The id of each series; of several of one name, all but one bear their first year too."""
    wanted = []
    for members in groups:
        slug = slug_of(_bare(best_label(_labels(members) or {("series", "en"): 1})[0])) or "series"
        years = [one.year for one in members if one.year]
        wanted.append((f"series/{slug}", (f"from-{min(years)}",) if years else (), members[0].id))
    order = sorted(range(len(groups)), key=lambda index: (wanted[index][0], wanted[index][2]))
    named = dict(zip(order, distinct([wanted[index] for index in order], note), strict=True))
    return [named[index] for index in range(len(groups))]


def _labels(members: Iterable[Edition]) -> Counter[tuple[str, str]]:
    count: Counter[tuple[str, str]] = Counter()
    for one in members:
        for text, language, times in one.labels:
            count[text, language] += times
    return count


def _bare(text: str) -> str:
    """An event's name without its number and year."""
    return re.sub(r"\s+", " ", _NUMBER.sub(" ", text)).strip(_EDGES) or text


def _series(key: str, members: Iterable[Edition]) -> Entity:
    count: Counter[tuple[str, str]] = Counter()
    for (text, language), times in _labels(members).items():
        count[_bare(text), language] += times
    label = best_label(count) if count else ("series", "en")
    labels = tuple(sorted(count, key=lambda s: (s[1], -count[s], -len(s[0]), s[0]))) or (label,)
    return Entity(id=key, kind="series", type="ConferenceSeries", label=label, labels=labels)


def _by_year(series: Entity, year: int, is_taken: Callable[[str], bool], note: Callable[[str], None]) -> Entity:
    """An edition of which nothing is known but its year. A conference that articles report may have its id."""
    key = f"conference/{series.id.partition('/')[2]}-{year}"
    note(key)
    label = (f"{series.label[0]} ({year})", series.label[1])
    own = f"{key}-edition" if is_taken(key) else key
    return Entity(own, "conference", "Conference", label, (label,), in_series=series.id)
