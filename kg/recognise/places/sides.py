"""The short name of a country with the word that makes it that country's side: 中方, and 坦方 after 坦桑尼亚."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kg.lang import Pack
from kg.recognise.bodies.growing import is_head
from kg.recognise.spans import Span, longest
from kg.registry import load_registry


def told(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """``spans``, and short names that an article makes for itself: the first sign of the one country it names so.

    They take the place of the list's own where the article names another country with that sign: 巴方, of 巴基斯坦
    or of 巴拉圭. The spans come in text order.
    """
    word = pack.names.get("side", "").partition(" not after ")[0]
    if not word:
        return list(spans)
    places = [s for s in spans if s.kind in ("place", "weak-place")]
    countries = load_registry().by_id
    named: dict[str, dict[str, None]] = {}
    for span in longest(places):
        if span.end - span.start > 1 and span.value in countries and countries[span.value].country:
            named.setdefault(text[span.start], {})[span.value] = None
    side = re.compile(rf"([{''.join(named)}])(?:{word})" if named else "(?!)")
    inside = {at for s in places for at in range(s.start, s.end)}
    only = {sign: next(iter(ids)) for sign, ids in named.items() if len(ids) == 1}
    found = [
        Span(match.start(), match.start() + 1, "short-place", only[match[1]])
        for match in side.finditer(text)
        if match.start() not in inside and match[1] in only
    ]
    found += [Span(at, at + 1, "weak-place", only[text[at]]) for at in _owners(text, spans, only) if at not in inside]
    own = {span.start for span in found}
    kept = (s for s in spans if s.kind != "short-place" or s.start not in own)
    return sorted([*kept, *found], key=lambda s: (s.start, -s.end)) if found else list(spans)


def _owners(text: str, spans: Sequence[Span], signs: Collection[str]) -> Iterator[int]:
    """Where one of ``signs`` stands right before the name of a body made of concepts, or a post: 喀|卫生部, 坦|外长."""
    steps: dict[int, Span] = {}
    for span in spans:
        if span.kind == "post" or (span.kind == "concept" and steps.get(span.start, span).kind != "post"):
            steps[span.start] = max(steps.get(span.start, span), span, key=lambda s: (s.kind == "post", s.end))
    held = {at for s in spans if s.kind in ("concept", "post") for at in range(s.start, s.end)}
    for first in sorted(steps):
        at: int | None = first
        for _ in range(4):
            step = steps.get(at) if at is not None else None
            if step is None:
                break
            if step.kind == "post" or (is_head(step) and (step.start > first or step.value == "government")):
                if text[first - 1 : first] in signs and first - 1 not in held:
                    yield first - 1
                break
            at = step.end


def whole(text: str, span: Span, pack: Pack) -> Span | None:
    """The country's short name ``span`` and the word after it, or None where no such word follows."""
    word, _, not_before = pack.names.get("side", "").partition(" not after ")
    if not word or text[span.start - 1 : span.start] in tuple(not_before):
        return None
    match = re.compile(word).match(text, span.end)
    return Span(span.start, match.end(), "weak-place", span.value) if match else None


def paired(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """``spans``, and the short names of two countries that open what joins them: 越日|友好协会. A country that is
    written as such a pair is none: 中非|合作.
    """
    signs = pack.names.get("pairs", "")
    if not signs:
        return list(spans)
    opens = {s.start for s in spans if s.kind in ("concept", "event")}
    held = {at for s in spans if s.kind == "concept" for at in range(s.start, s.end)}
    found = [
        Span(match.start(), match.end(), "concept", "bilateral")
        for match in re.finditer(signs, text)
        if text[match.start()] != text[match.end() - 1]
        and match.end() in opens
        and not {match.start(), match.end() - 1} & held
    ]
    if not found:
        return list(spans)
    pairs = {(s.start, s.end) for s in found}
    kept = (s for s in spans if "place" not in s.kind or (s.start, s.end) not in pairs)
    return sorted([*kept, *found], key=lambda s: (s.start, -s.end))
