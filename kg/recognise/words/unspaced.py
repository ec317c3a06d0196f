"""What languages without spaces ask for: words that begin inside others, names known from elsewhere in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.figures import NAMES
from kg.recognise.people import names
from kg.recognise.spans import Span, longest


def whole_words(text: str, spans: list[Span], start: int, end: int, pack: Pack) -> list[Span]:
    """The spans without names that begin inside a stop word (其中|國合會) or take a post's first sign: 上海|市长."""
    stops = [
        range(m.start() + 1, m.end())
        for word in pack.names.get("stop", ())
        for m in re.finditer(re.escape(word), text[start:end])
    ]
    inside = {start + at for stop in stops for at in stop}
    posts = {s.start for s in spans if s.kind == "post"}
    places = {s.start for s in spans if s.kind == "place"}
    days = {s for s in spans if s.kind == "same_day" and s.end - 1 in places}  # 同|日本
    kept = [s for s in spans if (s.start not in inside or s.kind not in NAMES) and s not in days]
    return [
        s._replace(end=s.end - 1) if s.kind == "place" and s.end - 1 in posts and s.end - s.start > 2 else s
        for s in kept
    ]


def places_told(text: str, spans: Sequence[Span], start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Towns and regions that no list holds: what writes sounds, and a word such as town behind it, after a preposition
    of place or another place; of a region and its town the town: 在滨海省|查林兹镇.
    """
    local = _local(pack.code)
    if local is None:
        return
    known = [s for s in spans if s.kind in ("place", "weak-place", "body", "post")]
    places = [s.end for s in known if s.kind == "place"]
    ats = [m.end() for m in _PREPOSED.finditer(text, start, end)] + places
    for at in sorted(ats):
        behind, last = at, None
        for _ in range(2):
            match = local.match(text, behind, end)
            if match is None or any(s.start < match.end() and behind < s.end for s in known):
                break
            last = Span(match.start(), match.end(), "place", Name("place", match[0], pack.code))
            behind = match.end()
        if last is not None:
            yield last


_PREPOSED = re.compile("[在于於]")


@cache
def _local(code: str) -> re.Pattern[str] | None:
    names = lang.load(code).names
    ends = names.get("local_ends")
    return re.compile(rf"[{re.escape(names['transliteration'])}]{{2,6}}?(?:{ends})") if ends else None


def before_posts(text: str, spans: list[Span]) -> list[Span]:
    """The spans, where a body that a post takes the end of ends before that post: 德国外交|部长, 독일| 외무부 차관.

    Its name is whole.
    """
    posts = [s for s in spans if s.kind == "post"]

    def cut(body: Span) -> Span:
        taken = [p.start for p in posts if body.start < p.start < body.end < p.end]
        return body._replace(end=len(text[: max(taken)].rstrip())) if taken else body

    return [cut(s) if s.kind == "body" else s for s in spans]


def with_known(
    text: str, rows: list[tuple[list[Span], list[Span]]], parts: Sequence[tuple[int, int, int]], pack: Pack
) -> list[tuple[list[Span], list[Span]]]:
    """Names without word boundaries, once found beside a post, are seen wherever the article writes them."""
    written = sorted({s.value.text for _, framed in rows for s in framed if s.kind == "name"})
    met = sorted(names.known(text, written, pack.code))
    out = []
    for (all_, framed), more in zip(rows, split(met, parts), strict=True):
        keep = [s for s in more if not any(s.start < f.end and f.start < s.end for f in framed)]
        out.append(([*all_, *keep], longest([*framed, *keep])))
    return out


def split(spans: Sequence[Span], parts: Sequence[tuple[int, int, int]]) -> list[list[Span]]:
    """The spans that lie in each part."""
    rows: list[list[Span]] = []
    index = 0
    for start, end, _ in parts:
        row = []
        while index < len(spans) and spans[index].start < end:
            if spans[index].start >= start and spans[index].end <= end:
                row.append(spans[index])
            index += 1
        rows.append(row)
    return rows
