"""Series brought up to date: only the conferences that changed ones are held against, or were, are placed again.

A conference is compared with the few before and after it among those that share a value. What is placed again is
closed: no conference in it was or is linked with one outside, and none outside asked for an id that one in it asks
for. So the outcome is that of placing all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from kg.resolve.editions import Edition, Place, links_of, near
from kg.resolve.series import Placed, Placement, place


class KeptSeries(Protocol):
    """What is remembered of the last placement."""

    def placed(self, key: str) -> Placed | None:
        """A conference in its series; None for one that was not there."""

    def sharing(self, value: str) -> Iterable[Place]:
        """The conferences that share a value."""

    def asking(self, key: str) -> Iterable[str]:
        """The conferences on whose behalf an id was asked for."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was placed again: those conferences before, and after with their series."""

    before: Mapping[str, Placed]
    after: Placement


def placed_again(kept: KeptSeries, gone: Collection[str], fresh: Mapping[str, Edition]) -> Moved:
    """Place again what is touched where the conferences of ``gone`` are taken away and those of ``fresh`` added."""
    now = _Now(kept, {**dict.fromkeys(sorted(gone)), **fresh})
    touched = now.touched()
    links: dict[str, Collection[str]] = {
        key: links_of(edition, now.order, now.at) for key in sorted(touched) if (edition := now.find(key))
    }
    # An edition of which only the year is known gives way to a conference with its id.
    reached = touched | {one for key in set(gone) ^ fresh.keys() for one in kept.asking(key)}
    before: dict[str, Placed] = {}
    placement = Placement({}, ())
    while reached:
        _close(reached, before, links, kept)
        editions = {key: edition for key in sorted({*before, *links}) if (edition := now.find(key))}
        placement = place(editions, links, is_taken=lambda key: now.find(key) is not None)
        asked = {wanted for placed in placement.placed.values() for wanted in placed.asked}
        reached = {key for wanted in asked for key in kept.asking(wanted)} - before.keys()
    return Moved(before, placement)


def _close(
    start: Iterable[str], before: dict[str, Placed], links: dict[str, Collection[str]], kept: KeptSeries
) -> None:
    """Add ``start`` and all that is tied to it to ``before``, and to ``links`` those of what has none there yet."""
    open_keys, seen, asked = list(start), set(start), set[str]()
    while open_keys:
        key = open_keys.pop()
        was = kept.placed(key)
        tied = set(links.get(key, ()))
        if was is not None:
            before[key] = was
            links.setdefault(key, was.links)
            tied.update(was.links, (one for wanted in was.asked if wanted not in asked for one in kept.asking(wanted)))
            asked.update(was.asked)
        new = tied - seen - before.keys()
        seen |= new
        open_keys += new


@dataclass
class _Now:
    """Conferences as they are now; ``told`` are those that may be others than they were, None where one is gone."""

    kept: KeptSeries
    told: Mapping[str, Edition | None]
    _orders: dict[str, list[Place]] = field(default_factory=dict)

    def find(self, key: str) -> Edition | None:
        """A conference; None where there is none."""
        if key in self.told:
            return self.told[key]
        placed = self.kept.placed(key)
        return None if placed is None else placed.edition

    def at(self, key: str) -> Edition:
        """A conference that is there."""
        found = self.find(key)
        assert found is not None, "it shares a value"
        return found

    def order(self, value: str) -> list[Place]:
        """The conferences that share a value, in order."""
        if value not in self._orders:
            stay = (its for its in self.kept.sharing(value) if its[1] not in self.told)
            self._orders[value] = sorted((*stay, *self._fresh.get(value, ())))
        return self._orders[value]

    @cached_property
    def _fresh(self) -> Mapping[str, list[Place]]:
        """Those of ``told`` by what they share."""
        found: dict[str, list[Place]] = {}
        for one in self.told.values():
            if one is not None:
                for value in one.shared:
                    found.setdefault(value, []).append(one.place)
        return found

    def touched(self) -> set[str]:
        """The conferences that are others than they were, and all compared with them or across them, then or now."""
        changed = {key: pair for key in self.told if len(set(pair := self._pair(key))) > 1}
        found = set(changed)
        for value in sorted({value for pair in changed.values() for one in pair if one for value in one.shared}):
            for order in (sorted(self.kept.sharing(value)), self.order(value)):
                found.update(near(order, changed))
        return found

    def _pair(self, key: str) -> tuple[Edition | None, Edition | None]:
        was = self.kept.placed(key)
        return (None if was is None else was.edition), self.told[key]
