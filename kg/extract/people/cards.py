"""Persons on a line of their own with their post on the next, as pages name whom the press may ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.extract.people.paired import plausible
from kg.model import Evidence, RoleFact
from kg.recognise import Recognised, Sentence

_LONGEST = 90
"""Characters of a line that holds a post whose it is."""
_FEW = 3
"""Words of a field behind a post."""
_ACTS = frozenset({"say", "give", "hold", "sign", "receive", "meet", "pledge"})
"""Kinds of words of a line that tells what somebody did, as headlines do."""


def cards(found: Recognised) -> Iterator[RoleFact]:
    """The post that opens the line right below a name that is all of its line: "Ann Moe / *Press officer* at Sida"."""
    for line, below in pairwise(found.sentences):
        name = next((s for s in line.frame.spans if s.kind == "name"), None)
        post = next((s for s in below.frame.spans if s.start == below.start and s.kind == "post"), None)
        if name is None or post is None or not _is_line(found, below, post.end) or not plausible(found, name.value):
            continue
        if " " in name.value.text and _all_of(found, line, name.start, name.end):
            body = next((s.value for s in below.of("body")), None)
            evidence = Evidence(name.start, post.end, "name-over-post")
            title = found.article.text[post.start : post.end]
            yield RoleFact(name.value, post.value.slug, title, (evidence,), body=body, observed=found.article.published)


def _all_of(found: Recognised, line: Sentence, start: int, end: int) -> bool:
    """True where nothing else stands on a line."""
    return not (found.article.text[line.start : start] + found.article.text[end : line.end]).strip()


def _is_line(found: Recognised, below: Sentence, end: int) -> bool:
    """True for a short line without a full stop, that is its paragraph: a post that ends at ``end``, whose it is."""
    text, rest = found.article.text[below.start : below.end].rstrip(), found.article.text[end : below.end].strip()
    whole = found.article.text[: below.start].endswith("\n")
    whose = not rest[:1].isalnum() or below.of("body", "acronym", "name") or rest.count(" ") < _FEW
    return whole and len(text) <= _LONGEST and text[-1:].isalnum() and bool(whose) and not below.of(*_ACTS)
