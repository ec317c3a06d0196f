"""Halls and hotels, grown from a venue word of the pack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Name
from kg.recognise.bodies.growing import Neighbours, grow_left, grow_right
from kg.recognise.bodies.heads import with_field
from kg.recognise.fold import CYRILLIC_CAPITALS, fold, is_han
from kg.recognise.spans import Span

_QUOTED = re.compile(rf" [«\"“„][A-ZÀ-Þ{CYRILLIC_CAPITALS}][^«»\"“”\n]{{1,30}}[»\"”“]")
"""A name in quotation marks behind the word for a hall: в гостинице *«Север»*."""


def venues(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Halls and hotels, from a venue word of the pack; values are ``Name``."""
    found = []
    bodies = {s.start - 1: s.end for s in spans if s.kind == "body"}
    for head in spans:
        if head.kind != "venue":
            continue
        start, end = head.start, head.end
        if near.pack.bodies["left"] or not near.pack.spaces:
            start, _ = grow_left(near, start)
        if not near.pack.spaces and start == head.start:
            start = _called(near, head.start)
        if near.pack.bodies["right"] and near.pack.spaces:
            end = _before_its_town(near, end, *grow_right(near, end))
            end = bodies.get(end, end)  # Trụ sở *Liên hợp quốc*
            end, _ = with_field(near, head, end, [])
        if near.pack.bodies["left"] and not near.pack.bodies.get("plain", True) and near.text[start].isupper():
            start = _capitals_before(near, start)
            end = _capitals_after(near, end)
        if near.pack.capitals and (quoted := _QUOTED.match(near.text, end)):
            end = quoted.end()
        if not near.pack.capitals and near.pack.bodies["right"] and near.pack.spaces and end == head.end:
            end = _next_word(near, end)
        start = _with_article(near, start)
        end = _without_town(near, start, end)
        bare = near.pack.spaces and (start, end) == (head.start, head.end) and " " not in near.text[start:end]
        if any(c.isupper() for c in near.text[start:end]) or not (near.pack.capitals or bare):
            found.append(Span(start, end, "venue", Name("place", near.text[start:end], near.pack.code)))
    return found


def _before_its_town(near: Neighbours, after: int, end: int, units: Sequence[Span]) -> int:
    """Where a hall's name ends that grew over a comma, or a preposition and its place, to where it stands: Stadion
    Miejski | *w Łodzi*; Balai Kota|, *Kupang*.
    """
    there = tuple(word for word in near.pack.names.get("locative", ()) if word.startswith(" "))
    for unit in units:
        before = near.folded[after : unit.start]
        if "," in before or (unit.kind in ("place", "weak-place") and before in there):
            return after
        after = unit.end
    return end


def _next_word(near: Neighbours, end: int) -> int:
    """Where the word right behind a hall's ends, which is its name where no capital shows one: فندق *شيراتون*."""
    match = re.compile(r" ([^\W\d_]{4,})(?!\w)").match(near.text, end)
    return match.end() if match and fold(match[1]) not in near.pack.names.get("stop", ()) else end


def _without_town(near: Neighbours, start: int, end: int) -> int:
    """Where a hall's name ends that a small word joins to its town, and that is a name without it: Casa de América
    *de Madrid*, but the Centre culturel de Sfax.
    """
    town = next((s for s in near.ending.get(end, ()) if s.kind == "place" and s.start > start), None)
    if town is None:
        return end
    name = near.text[start : town.start].rstrip()
    joint = name.rpartition(" ")[2]
    told = f" {joint} " in near.pack.bodies["connectors"] or joint in near.pack.bodies["connectors"]
    name = name.removesuffix(joint).rstrip()
    return start + len(name) if told and sum(word[:1].isupper() for word in name.split()) > 1 else end


def _called(near: Neighbours, start: int) -> int:
    """Where the name begins that no list holds of a hall, from a place or a preposition on: 台北|格萊天漾|大飯店; where
    blanks part words as well, where its word begins, or the body before it: 그랜드|호텔, 코이카| 본부.
    """
    if near.pack.particles:
        while start and near.text[start - 1].isalnum():
            start -= 1
        whose = (s for s in near.ending.get(start - 1, ()) if s.kind == "body")
        return next((s.start for s in whose), start)
    breaks = near.pack.bodies.get("breaks", "")
    there = tuple(near.pack.names.get("locative", ()))
    for at in range(start - 1, max(start - 8, 0), -1):
        if not (is_han(near.text[at]) or near.text[at] == "·") or near.text[at] in breaks:
            break
        edge = any(s.kind in ("place", "weak-place") for s in near.ending.get(at, ()))
        before = near.text[at - 1]  # 高松市|の|県民ホール
        edge = edge or not (is_han(before) or before.isdigit() or before == "·" or "\u30a0" <= before <= "\u30ff")
        if edge or near.text.endswith(there, 0, at):
            return at
    return start


def _with_article(near: Neighbours, start: int) -> int:
    """The capitalised article and the adjective that open a venue's name: *Det nasjonale* konferansesenteret; before a
    capital a word in small letters is a verb: Det melder | *Slottet*.
    """
    articles = "|".join(re.escape(a) for a in near.pack.bodies.get("articles", ())) or "(?!)"
    match = re.search(rf"(?<!\w)(?:{articles}) (?:[^\W\d_]+ )?$", near.text[max(0, start - 40) : start])
    verb = match is not None and near.text[start].isupper() and match[0].split(" ")[1].islower()
    return start - len(match[0]) if match and not verb else start


def _capitals_after(near: Neighbours, end: int) -> int:
    """Where the capitalised words end that stand right after a venue's word: Hotel *Royal Viking*."""
    stops = near.pack.names.get("stop", ())
    while match := re.compile(r" ([^\W\d_][\w'&-]*)").match(near.text, end):
        if not match[1][0].isupper() or fold(match[1]) in stops or match.start(1) in near.stops:
            break
        end = match.end()
    return end


def _capitals_before(near: Neighbours, start: int) -> int:
    """Where the capitalised words begin that stand right before a venue's word: *Losby* Gods."""
    stops = near.pack.names.get("stop", ())
    while match := re.search(r"(?<![\w'-])([^\W\d_][\w'&-]*) $", near.text[max(0, start - 24) : start]):
        if not match[1][0].isupper() or fold(match[1]) in stops or start - len(match[0]) in near.stops:
            break
        start -= len(match[0])
    return start
