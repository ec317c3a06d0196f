"""Names of bodies that no list holds, in languages without spaces: what stands around them tells where they begin."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.recognise.bodies.growing import Neighbours, left_unit
from kg.recognise.fold import is_han
from kg.recognise.spans import Span

_FREE_HEADS = frozenset({"group", "foundation", "fund", "association", "federation"})
"""Heads of bodies that anybody may found and name."""
_COMMON = frozenset({"school", "hospital"})
"""Heads that with words for a field only are no name."""
_EXPLAINED, _CALLED = 20, 7
"""Characters of the longest name before its head: where an acronym in brackets follows, and where none does."""
_FULL = 4
"""Characters from which a word for a firm is one of its registered name: 华星|有限公司."""


def from_edge(near: Neighbours, head: Span, start: int, units: list[Span], *, acronym: bool) -> tuple[int, list[Span]]:
    """Where a name begins that reaches from ``start`` over ``units`` so far, and all that it grew over; ``acronym``:
    one in brackets follows the head.
    """
    if found := called(near, head, start, units):
        start, units = found[0].start, [*found, *units]
    if len(units) > 1 and units[0].kind == "concept" and units[1].kind in ("place", "nation", "weak-place", "body"):
        start, units = units[1].start, units[1:]  # 联合|金边大学
    if head.value in _COMMON and all(u.kind == "concept" for u in units):
        return head.start, []  # 乡村|学校
    start, units = posted(near, head, start, units)
    return explained(near, head, start, units) if acronym else (start, units)


def posted(near: Neighbours, head: Span, start: int, units: list[Span]) -> tuple[int, list[Span]]:
    """The name of an embassy with where it is, and whose it is: 驻|老挝|使馆, 中国|驻曼德勒|总领事馆."""
    if head.value != "embassy":
        return start, units
    words = tuple(near.pack.names.get("posted", ()))
    if not units and (match := _posting(near.pack.code).search(near.text, max(0, start - 8), start)):
        start, units = match.start(), [Span(match.start(), head.start, "posted", None)]
    elif units and near.text.endswith(words, 0, start):
        start -= 1
    else:
        return start, units
    owner = left_unit(near, start)
    return (start, units) if owner is None else (owner.start, [owner, *units])


@cache
def _posting(code: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, lang.load(code).names.get("posted", ()))) or "(?!)"
    return re.compile(rf"(?:{words})[\u4e00-\u9fff]{{1,6}}$")


def explained(near: Neighbours, head: Span, start: int, units: list[Span]) -> tuple[int, list[Span]]:
    """The whole name before a head that an acronym in brackets follows, from an edge on: 远山儿童组织(YSET).

    A joiner is an edge, unless nothing but a concept parts it from one: 、健康|和|人口倡议中心(CHP).
    """
    at = start
    while at > head.start - _EXPLAINED and _inner(near, at - 1):
        at -= 1
        unit = left_unit(near, at - 1) if near.text[at - 1 : at] in near.pack.bodies.get("joiners", ()) else None
        if unit and unit.kind == "concept" and at < head.start and not _inner(near, unit.start - 1):
            at = unit.start
    if at > start - 2 or head.start - at < 2:
        return start, units
    return at, [Span(at, start, "called", None), *units]


def _inner(near: Neighbours, at: int) -> bool:
    """True for a character that a name may hold: no mark, no preposition or joiner, in no verb."""
    text = near.text
    return at >= 0 and is_han(text[at]) and at not in near.held and text[at] not in _edges(near.pack.code)


@cache
def _edges(code: str) -> frozenset[str]:
    names, bodies = lang.load(code).names, lang.load(code).bodies
    words = [*names["glued"], *bodies.get("joiners", ()), *names["locative"], *names["dative"], *names["ablative"]]
    return frozenset(word for word in words if len(word) == 1)


def called(near: Neighbours, head: Span, start: int, units: list[Span]) -> list[Span]:
    """The name that no list holds of a body, from an edge on, before the post of who heads it (爱德|基金会|秘书长) or
    before what may follow a name (远山|集团|宣布); that of a firm (华星|技术|有限公司) or a district anywhere.
    """
    if head.value == "government":
        local = None if units else _district(near.pack.code).search(near.text, max(0, start - _CALLED), start)
        words = (*near.pack.names.get("after", ()), *near.pack.bodies.get("breaks", ""))
        plain = local is None or any(word in local[1] for word in words)  # 当地|县政府
        return [] if plain or local is None else [Span(local.start(1), start, "called", None)]  # 在|云竹县|政府
    next_word = near.text.startswith(tuple(near.pack.names.get("after", ())), head.end) or head.end in near.held
    followed = head.value in _FREE_HEADS and head.end - head.start > (head.value == "fund") + 1 and next_word
    firm = head.value == "company" and head.end - head.start >= _FULL
    told = firm or (not units and (head.end in near.stops or followed))
    if any(u.kind != "concept" for u in units) or not told or head.end - head.start < 2:
        return []
    if near.text.startswith(tuple(near.pack.bodies.get("not_after", ())), start - 1):
        return []
    breaks = near.pack.bodies.get("breaks", "")
    at = start
    while at > start - _CALLED and at and is_han(near.text[at - 1]) and near.text[at - 1] not in breaks:
        at -= 1
    before = near.text[at - 1 : at]
    parted = {*near.pack.names["glued"], *near.pack.bodies.get("joiners", ())}
    edge = not before or not (is_han(before) or before.isalnum()) or before in parted
    return [Span(at, start, "called", None)] if edge and start - at > 1 else []


@cache
def _district(code: str) -> re.Pattern[str]:
    """The name of a district that no list holds, from an edge on, before its government."""
    ends = lang.load(code).names.get("local_ends", "(?!)").partition("(?!")[0]
    return re.compile(
        rf"(?:^|[^\u4e00-\u9fff\w]|[{''.join(_edges(code))}])([\u4e00-\u9fff]{{2,4}}?{ends})$", re.MULTILINE
    )
