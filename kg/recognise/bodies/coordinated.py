"""Names of bodies whose first words are parts of longer ones: *Helse- og* omsorgsdepartementet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.bodies.growing import is_head
from kg.recognise.spans import Span

_REACH = 80
"""Characters before a name that its first words may take."""


def coordinated(text: str, bodies: Sequence[Span], spans: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """``bodies``, each with the parts of words before it that share its last part, where the language writes such words
    as one: "the *Landbruks- og* miljødepartementet"; and compounds of ``spans`` that such parts alone make a name.
    """
    held = {b.start for b in bodies}
    heads = {(s.start, s.end): s for s in spans if is_head(s)}
    more = [s for s in spans if s.kind == "compound" and (s.start, s.end) in heads and s.start not in held]
    for body in (*bodies, *dict.fromkeys(more)):
        match = _parts(pack.code).search(text[max(0, body.start - _REACH) : body.start]) if pack.compounds else None
        if match is None or not (text[body.start].islower() or pack.bodies.get("capitals")):
            yield from [body] if body.kind == "body" else []
            continue
        start = body.start - len(match[0])
        name = body.value if body.kind == "body" else Name("organization", text[body.start : body.end], pack.code)
        yield Span(start, body.end, "body", replace(name, text=text[start : body.start] + name.text))


@cache
def _parts(code: str) -> re.Pattern[str]:
    """Parts of words, each with a hyphen, before "and"; the first with a capital."""
    words = sorted({w.strip(" ,") for w in lang.load(code).bodies["and"]} - {"", "&"}, key=len, reverse=True)
    both = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"(?<![\w-])[^\W\d_a-zà-öø-ÿ]\w{{2,20}}-(?:, \w{{3,20}}-){{0,2}} (?:{both}) $")
