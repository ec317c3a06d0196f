"""The values of ``kg.model`` and of resolution as JSON and back: what a store remembers of its articles.

A list is a value: its first item says of what kind, a number standing for a class of the model. Nothing but these
classes, days, decimals and tuples can be made from it, whoever wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from kg import model
from kg.errors import KgError
from kg.resolve.bags import Bag
from kg.resolve.editions import Edition
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Node, Stand
from kg.resolve.series import Placed
from kg.resolve.sightings import Told

_CLASSES: Final[tuple[type[Any], ...]] = (
    model.Article, model.Paragraph, model.Evidence, model.Name, model.Period, model.MonthDay, model.RoleFact,
    model.FigureFact, model.CountFact, model.Statement, model.ConferenceFact, model.SectorFact, model.QuotationFact,
    model.MentionFact, model.Reading, Node, Stand, Bag, Told, Entity, Merge, Edition, Placed,
)  # fmt: skip
_NUMBERS: Final = {cls: number for number, cls in enumerate(_CLASSES)}
_FIELDS: Final = {cls: tuple(field.name for field in fields(cls)) for cls in _CLASSES}
_TUPLE: Final = "t"
_SET: Final = "s"
#: A tuple of so many times the same value.
_REPEATED: Final = "r"
_MAKERS: Final[dict[str, Callable[[str], object]]] = {"d": date.fromisoformat, "n": Decimal}

#: No article says anything as often as this.
_LONGEST: Final = 1_000_000

#: Which classes with which fields there are: what was written under another form is not read.
FORM: Final = hashlib.blake2b(repr([(c.__name__, _FIELDS[c]) for c in _CLASSES]).encode(), digest_size=8).hexdigest()


def dump(value: object) -> str:
    """A value of the model as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
    """The value that ``dump`` wrote. Raises KgError for any other text."""
    try:
        return _value(json.loads(text))
    except (ValueError, TypeError, IndexError, KeyError, ArithmeticError, RecursionError) as error:
        raise KgError(f"what the store remembers of an article cannot be read: {error}", where="--store") from None


def _plain(value: object) -> object:
    number = _NUMBERS.get(type(value))
    if number is not None:
        return [number, *(_plain(getattr(value, name)) for name in _FIELDS[type(value)])]
    if isinstance(value, tuple):
        if len(value) > 1 and all(item is value[0] for item in value):
            return [_REPEATED, len(value), _plain(value[0])]
        return [_TUPLE, *map(_plain, value)]
    if isinstance(value, frozenset):
        return [_SET, *map(_plain, sorted(value, key=repr))]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, Decimal):
        return ["n", str(value)]
    assert value is None or isinstance(value, (str, int)), "the model holds nothing else"
    return value


def _value(plain: Any) -> Any:
    if not isinstance(plain, list):
        if isinstance(plain, (dict, float)):
            raise TypeError("a kind of value that the model does not have")
        return plain
    kind = plain[0]
    if kind == _TUPLE:
        return tuple(_values(plain))
    if kind == _SET:
        return frozenset(_values(plain))
    if kind == _REPEATED:
        _, length, item = plain
        return (_value(item),) * min(int(length), _LONGEST)
    if isinstance(kind, int) and kind >= 0:
        return _CLASSES[kind](*_values(plain))
    (text,) = plain[1:]
    return _MAKERS[kind](text)


def _values(plain: list[Any]) -> list[Any]:
    """What stands behind the first item of a list; most of it is text, which is what it is."""
    return [item if item.__class__ is str else _value(item) for item in plain[1:]]
