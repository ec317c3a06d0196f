"""Bodies of a province or town written without its name: *UBND tỉnh*, where the article tells of one province."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

Rows = list[tuple[list[Span], list[Span]]]


def as_local(text: str, folded: str, rows: Rows, parts: Sequence[tuple[int, int, int]], pack: Pack) -> Rows:
    """``rows``, those of the sentences ``parts``, with the bodies of ``bodies.local`` as those of the one place that
    the article names behind the word for such a place (*tỉnh* Thanh Hóa); none where it names several, or a name
    follows.
    """
    words: Mapping[str, str] = pack.bodies.get("local", {})
    if not words:
        return rows
    if not pack.spaces:
        return _before(rows, words)
    owners = {
        word: owner for word in set(words.values()) if (owner := _owner(text, folded, rows, word, pack)) is not None
    }
    rows = [([_whose(s, owners) for s in all_], [_whose(s, owners) for s in framed]) for all_, framed in rows]
    return [
        _with(all_, framed, list(_told(text, folded, (start, end), framed, owners, pack)))
        for (start, end, _), (all_, framed) in zip(parts, rows, strict=True)
    ]


def _whose(span: Span, owners: Mapping[str, Span]) -> Span:
    """A body whose name ends with the word for a province (Hội Chữ thập đỏ *tỉnh*) as that of the one told."""
    if span.kind != "body" or span.value.known:
        return span
    word = next((w for w in owners if span.value.text.endswith(f" {w}")), "")
    if not word:
        return span
    place = owners[word].value.text.removeprefix(f"{word} ")
    return span._replace(value=replace(span.value, text=f"{span.value.text} {place}"))


def _before(rows: Rows, words: Mapping[str, str]) -> Rows:
    """``rows``, in languages without spaces, with bodies that begin with one of ``words`` (*省*人民委员会) as the one
    body whose name ends so, or else as that of the one place whose name ends with what belongs to the word.
    """
    spans = [s for all_, _ in rows for s in all_]
    bodies = {s.value.text for s in spans if s.kind == "body"}
    places = {s.value.text for s in spans if s.kind == "place"}

    def whole(span: Span) -> Span:
        text = span.value.text if span.kind == "body" and not span.value.known else ""
        opens = next((w for w in words if text.startswith(w)), "") if text else ""
        if not opens:
            return span
        named = [b for b in bodies if b.endswith(text) and not b.startswith(tuple(words))]
        owners = [p for p in places if p.endswith(words[opens])] if not named else []
        named += [f"{p}{text.removeprefix(words[opens])}" for p in owners]
        return span._replace(value=replace(span.value, text=named[0])) if len(named) == 1 else span

    return [([whole(s) for s in all_], [whole(s) for s in framed]) for all_, framed in rows]


def _owner(text: str, folded: str, rows: Rows, word: str, pack: Pack) -> Span | None:
    """The one place of an article that stands behind a word for a province or town; no other name does."""
    told = {at: s for all_, _ in rows for s in all_ if s.kind == "place" for at in (s.start, s.start + len(word) + 1)}
    ends = [m.end() for m in re.finditer(rf"(?<!\w){re.escape(word)} ", folded)]
    bodies = tuple(f"{body} " for body in pack.bodies["local"])
    ends = [
        at for at in ends if text[at : at + 1].isupper() and not (folded.endswith(bodies, 0, at) and at not in told)
    ]
    places = [told.get(at) for at in ends]
    names = {s.value.known or s.value.text if s else "" for s in places}
    return places[0] if len(names) == 1 else None


def _told(
    text: str, folded: str, part: tuple[int, int], framed: Sequence[Span], owners: Mapping[str, Span], pack: Pack
) -> Iterator[Span]:
    """The bodies between the spans of the frame of the sentence at ``part``."""
    ends, starts = [part[0], *(s.end for s in framed)], [*(s.start for s in framed), part[1]]
    for start, end in zip(ends, starts, strict=True):
        for match in _words(pack.code).finditer(folded, start, end):
            owner = owners.get(pack.bodies["local"][match[0]])
            follows = text[match.end() : match.end() + 1] == " " and text[match.end() + 1 : match.end() + 2].isupper()
            named = follows and not any(s.start == match.end() + 1 and s.kind == "name" for s in framed)
            if owner is not None and text[match.start()].isupper() and not named:
                place = owner.value.text.removeprefix(f"{pack.bodies['local'][match[0]]} ")
                written = f"{text[match.start() : match.end()]} {place}"
                yield Span(match.start(), match.end(), "body", Name("organization", written, pack.code))


@cache
def _words(code: str) -> re.Pattern[str]:
    words = sorted(lang.load(code).bodies.get("local", {}), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")


def _with(all_: list[Span], framed: list[Span], told: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    if not told:
        return all_, framed
    apart = [s for s in framed if not any(s.start < t.end and t.start < s.end for t in told)]
    return sorted([*all_, *told], key=lambda s: (s.start, -s.end)), sorted([*apart, *told], key=lambda s: s.start)
