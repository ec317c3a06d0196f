"""Names of bodies that no list holds, in languages without spaces: what stands around them tells where they begin."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.recognise.bodies.growing import Neighbours, grow_left, left_unit
from kg.recognise.fold import is_han
from kg.recognise.spans import Span

_FREE_HEADS = frozenset(
    {"group", "foundation", "fund", "association", "federation", "company", "university", "hospital", "school"}
    | {"institute", "union", "bank"}
)
"""Heads of bodies that anybody may found and name."""
_FOUNDED = frozenset({"foundation", "fund", "association", "federation", "union"})
"""Those of them that have a name of their own before words for their field: 启明|公益|基金会."""
_LOCAL_HEADS = frozenset(
    {"government", "office", "agency", "department", "committee", "commission", "parliament", "court", "authority"}
    | {"hospital", "school", "police", "association", "federation", "red-cross", "centre"}
)
"""Heads of bodies that a town or county has."""
_COMMON = frozenset({"school", "hospital"})
"""Heads that with words for a field only are no name."""
_PLAIN = frozenset(
    {"company", "bank", "group", "university", "institute", "centre", "foundation", "army", "organization"}
)
"""Heads that with one word for a field are none: 石油|公司."""
_EXPLAINED, _CALLED = 20, 7
"""Characters of the longest name before its head: where an acronym in brackets follows, and where none does."""
_NEAREST, _FARTHEST = 3, 6
"""Characters of the shortest name of a district, and of one that is too long."""
_OWNERS = ("place", "nation", "weak-place", "body")
_FULL = 4
"""Characters from which a word for a firm is one of its registered name: 华星|有限公司."""


def from_edge(near: Neighbours, head: Span, start: int, units: list[Span], *, acronym: bool) -> tuple[int, list[Span]]:
    """Where a name begins that reaches from ``start`` over ``units`` so far, and all that it grew over; ``acronym``:
    one in brackets follows the head.
    """
    if _no_head(near, head):
        return head.start, []
    if over := overlapped(near, start):
        start, units = grow_left(near, over.start)[0], [over, *units]  # 共青团|上海|市委
    if found := district(near, head, start, units) or called(near, head, start, units):
        start, units = found[0].start, [*found, *units]
    if len(units) > 1 and units[0].kind == "concept" and units[1].kind in _OWNERS:
        start, units = units[1].start, units[1:]  # 联合|金边大学
    plain = head.value in _PLAIN and len(units) == 1 and units[0].end == head.start and not acronym
    common = head.value in _COMMON or plain
    if common and all(u.kind == "concept" for u in units):
        return head.start, []  # 乡村|学校
    start, units = posted(near, head, *paired(near, start, units))
    return explained(near, head, start, units) if acronym else (start, units)


def _no_head(near: Neighbours, head: Span) -> bool:
    """True for the end of a word that is none (骗|局), unless another word ends right before it (对外|部)."""
    word = next((w for w in near.pack.bodies.get("not_heads", ()) if near.text.endswith(w, 0, head.end)), "")
    before = near.ending.get(head.start, ()) if word else ()
    return bool(word) and not any(s.start < head.end - len(word) for s in before)


def overlapped(near: Neighbours, start: int) -> Span | None:
    """The province whose last sign is the first of a name: 河江|省委."""
    ends = _ends(near.pack.code).match(near.text[start : start + 1])
    found = [s for s in near.ending.get(start + 1, ()) if s.kind == "place" and s.start < start] if ends else []
    return min(found, key=lambda s: s.start, default=None)


def paired(near: Neighbours, start: int, units: list[Span]) -> tuple[int, list[Span]]:
    """The name of a body that two own, with the first of them: 中国-|东盟|中心."""
    if not units or units[0].kind not in _OWNERS or near.text[start - 1 : start] not in ("-", "－", "–", "—"):
        return start, units
    first = left_unit(near, start - 1)
    return (start, units) if first is None or first.kind not in _OWNERS else (first.start, [first, *units])


def posted(near: Neighbours, head: Span, start: int, units: list[Span]) -> tuple[int, list[Span]]:
    """The name of an embassy with where it is, and whose it is: 驻|老挝|使馆, 中国|驻曼德勒|总领事馆; a mission or an
    office that somebody has somewhere is one of a state only: 欧盟|驻柬埔寨|代表团.
    """
    mission = near.text[head.start : head.end] in near.pack.bodies.get("missions", ())
    if head.value not in ("embassy", "office"):
        return start, units
    words = sorted(near.pack.names.get("posted", ()), key=len, reverse=True)
    sign = next((w for w in words if units and near.text.endswith(w, 0, start)), "")
    if not units and (match := _posting(near.pack.code).search(near.text, max(0, start - 8), start)):
        start, units = match.start(), [Span(match.start(), head.start, "posted", None)]
    elif sign:
        start -= len(sign)
    else:
        placed = any(word in near.text[start : head.start] for word in words)  # 中国|常驻|联合国|代表团
        return (head.start, []) if mission and not placed else (start, units)
    owner = left_unit(near, start)
    if head.value == "office" and not (mission and (owner is None or owner.kind != "body")):
        return head.start, []  # 国际劳工组织|驻河内|办事处
    return (start, units) if owner is None else (owner.start, [owner, *units])


@cache
def _posting(code: str) -> re.Pattern[str]:
    signs = sorted(lang.load(code).names.get("posted", ()), key=len, reverse=True)
    words = "|".join(map(re.escape, signs)) or "(?!)"
    return re.compile(rf"(?:{words})[\u4e00-\u9fff]{{1,6}}$")


def explained(near: Neighbours, head: Span, start: int, units: list[Span]) -> tuple[int, list[Span]]:
    """The whole name before a head that an acronym in brackets follows, from an edge on: 远山儿童组织(YSET).

    A joiner is an edge, unless nothing but a concept parts it from one: 、健康|和|人口倡议中心(CHP). A registered name
    that the head ends is whole.
    """
    if any(s.kind == "body" and s.start <= start for s in near.ending.get(head.end, ())):
        return start, units
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
    before what may follow a name (远山|集团|宣布); that of a firm (华星|技术|有限公司) anywhere.
    """
    next_word = near.text.startswith(tuple(near.pack.names.get("after", ())), head.end) or head.end in near.held
    followed = head.value in _FREE_HEADS and head.end - head.start > (head.value == "fund") + 1 and next_word
    firm = head.value == "company" and head.end - head.start >= _FULL
    founded = not units or head.value in _FOUNDED
    told = firm or (founded and (head.end in near.stops or followed))
    if any(u.kind != "concept" for u in units) or not told or head.end - head.start < 2:
        return []
    if near.text.startswith(tuple(near.pack.bodies.get("not_after", ())), start - 1):
        return []
    breaks = near.pack.bodies.get("breaks", "")
    at = start
    while at > start - _CALLED and at and is_han(near.text[at - 1]) and near.text[at - 1] not in breaks:
        at -= 1
    own = start - at > 1 and not any(word in near.text[at : head.end] for word in near.pack.bodies.get("unnamed", ()))
    return [Span(at, start, "called", None)] if own and _edge(near, at) else []


def district(near: Neighbours, head: Span, start: int, units: list[Span]) -> list[Span]:
    """The name of a district that no list holds, from an edge or a place on, before a body of its own: 在|云竹县|政府,
    与|澜沧县|教育局.
    """
    if head.value not in _LOCAL_HEADS or any(u.kind != "concept" for u in units):
        return []
    if units and units[0].value == "local":
        start = units[0].end  # 义安|省|人民议会
    words = (
        *near.pack.names.get("after", ()),
        *near.pack.bodies.get("breaks", ""),
        *near.pack.bodies.get("unnamed", ()),
    )
    for at in range(start - _NEAREST, max(-1, start - _FARTHEST), -1):
        name = near.text[at:start]
        if not all(map(is_han, name)) or any(word in name for word in words):
            return []  # 当地|县政府
        if not _ends(near.pack.code).search(name):
            return []
        owner = left_unit(near, at)
        if _edge(near, at) or (owner is not None and owner.kind in _OWNERS):
            return [Span(at, start, "called", None)] if owner is None else [owner, Span(at, start, "called", None)]
    return []


def _edge(near: Neighbours, at: int) -> bool:
    """True where a name may begin: behind a mark, or a word of one sign that joins, asks for a place or gives."""
    before = near.text[at - 1 : at] if at else ""
    return not before or not (is_han(before) or before.isalnum()) or before in _edges(near.pack.code)


@cache
def _ends(code: str) -> re.Pattern[str]:
    """How names of districts end."""
    return re.compile(rf"{lang.load(code).names.get('local_ends', '(?!)').partition('(?!')[0]}$")
