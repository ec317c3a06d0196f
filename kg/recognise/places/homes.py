"""Whose government "our government" is, in a language that several countries write: that of the article's outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lang import Pack
from kg.recognise.rules.frames import frame, read
from kg.recognise.spans import Span, longest
from kg.registry import Entry, load_registry

#: A sentence's spans, and those of its frame.
Row = tuple[list[Span], list[Span]]
LEAD, FOOT = 4, 2
"""The sentences, headline included, in which an outlet names itself, at the top and at the end."""
DATED = 8
"""Those in which it names the town that it reports from: captions may stand before."""


def as_home(folded: str, rows: list[Row], parts: Sequence[tuple[int, int, int]], pack: Pack) -> list[Row]:
    """``rows`` with the pack's words for one's own country (``words.home``) as that country.

    A government without a country's name that opens a clause (``names.home_alone``) is its own too, in an article
    reported from there, where neither that sentence nor the one before names another country, or where a ministry
    without a country's name opens an earlier clause of the sentence: *the foreign ministry said* the government …
    """
    alone = tuple(pack.names.get("home_alone", ()))
    if pack.home.place or not alone:
        return rows
    own = _outlet(rows) or _reported_from(folded, rows, parts, pack)
    if own is None:
        return rows
    name = own.name(pack.code)
    dated = _reported_from(folded, rows, parts, pack)
    here = dated is own
    out: list[Row] = []
    named: set[str] = set()
    for (all_, framed), (start, end, _) in zip(rows, parts, strict=True):
        lands = {s.value.known for s in framed if s.kind in ("place", "nation") and _land(s.value.known)}
        met = [Span(s.start, s.end, "place", name) for s in all_ if s.kind == "home"]
        foreign = (lands | named) - {own.id}
        speaks = _ministry(folded, start, all_) if dated in (own, None) else end
        for at, stop in _opening(folded, start, end, alone):
            if (here and not foreign) or speaks < at:
                met.append(Span(at, stop, "place", name))
        met = [s for s in met if not any(f.start < s.end and s.start < f.end for f in framed if f.kind != "home")]
        taken = {s.start for s in met}
        both = ([*(s for s in row if s.kind != "home" or s.start not in taken), *met] for row in (all_, framed))
        whole, shown = both
        out.append((sorted(whole, key=lambda s: (s.start, -s.end)), longest(shown)) if met else (all_, framed))
        named = lands
    return out


def _outlet(rows: Sequence[Row]) -> Entry | None:
    """The country of the one agency or paper that the first sentences, or the last ones, name."""
    by_id = load_registry().by_id
    for lines in (rows[:LEAD], rows[LEAD:][-FOOT:]):
        named = {s.value.known for all_, _ in lines for s in all_ if s.kind == "body" and s.value.known in by_id}
        seats = {by_id[n].based_in for n in named if by_id[n].type == "MediaOrganization" and by_id[n].based_in}
        if homes := {by_id[seat].in_country or seat for seat in seats}:
            return by_id[homes.pop()] if len(homes) == 1 else None
    return None


def _reported_from(folded: str, rows: Sequence[Row], parts: Sequence[tuple[int, int, int]], pack: Pack) -> Entry | None:
    """The country of the town in the article's dateline."""
    by_id = load_registry().by_id
    for (_, framed), (start, end, _) in list(zip(rows, parts, strict=True))[:DATED]:
        for match in read(frame(folded, start, end, framed, pack.code), pack.code, "dateline"):
            town = by_id.get(place.value.known) if (place := match.one("place")) else None
            if town is not None and town.in_country in by_id:
                return by_id[town.in_country]
    return None


def _land(known: str) -> bool:
    entry = load_registry().by_id.get(known)
    return entry is not None and bool(entry.country)


def _ministry(folded: str, start: int, spans: Sequence[Span]) -> int:
    """Where a ministry that no country's name tells opens a clause of a sentence; far behind where none does."""
    inside = [s for s in spans if s.kind in ("place", "nation", "concept")]
    for body in (s for s in spans if s.kind == "body" and not s.value.known):
        within = [s for s in inside if body.start <= s.start and s.end <= body.end]
        ministry = any(s.value == "ministry" and s.end == body.end for s in within)
        opens = body.start == start or not folded[body.start - 1].isalnum()
        if ministry and opens and all(s.kind == "concept" for s in within):
            return body.start
    return len(folded)


def _opening(folded: str, start: int, end: int, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where one of ``words`` opens a clause of a sentence."""
    for word in words:
        at = folded.find(word, start, end)
        while at >= 0:
            if at == start or not folded[at - 1].isalnum():
                yield at, at + len(word)
            at = folded.find(word, at + 1, end)
