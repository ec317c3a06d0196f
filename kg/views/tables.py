"""What views work out once for a store, and may be given: one process makes it, others of the same store take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from kg.store import Store

Table = TypeVar("Table")

#: Stores whose tables are kept at a time: the one that is served, and the one before it.
_STORES: Final = 2


@dataclass(frozen=True)
class Kept(Generic[Table]):
    """A table of a store: made when it is first asked for, unless it was ``put``. A decorator of what makes it."""

    make: Callable[[Store], Table]
    tables: dict[Store, Table] = field(default_factory=dict, repr=False)

    def __call__(self, store: Store) -> Table:
        """The table of ``store``."""
        if store not in self.tables:
            self.put(store, self.make(store))
        return self.tables[store]

    def put(self, store: Store, table: Table) -> None:
        """Have ``table`` be the one of ``store``."""
        while len(self.tables) >= _STORES:
            del self.tables[next(iter(self.tables))]
        self.tables[store] = table
