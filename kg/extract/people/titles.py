"""Posts that are titles too: *Bishop* Paul Tembo, *Bác sĩ* Trần Văn Nam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg import schemes
from kg.extract.people.paired import plausible
from kg.model import Evidence, RoleFact
from kg.recognise import Recognised
from kg.recognise.fold import fold


def titled(found: Recognised, roles: Sequence[RoleFact]) -> Iterator[RoleFact]:
    """The posts told by nothing but a title beside a name of two words or more; none for those with ``roles``."""
    told = {fold(role.person.text) for role in roles}
    for sentence in found.sentences:
        posts = {(s.start, s.end): s.value.slug for s in sentence.of("post")}
        for one, other in pairwise(sentence.frame.spans):
            title, name = (one, other) if one.kind == "honorific" else (other, one)
            slug = posts.get((title.start, title.end), "")
            if not slug or title.kind != "honorific" or name.kind != "name" or other.start - one.end > 1:
                continue
            behind = title is one or not found.pack.spaces
            whole = not found.pack.spaces or " " in name.value.text
            if behind and whole and fold(name.value.text) not in told and plausible(found, name.value):
                evidence = (Evidence(one.start, other.end, "title"),)
                written = found.article.text[title.start : title.end]
                yield RoleFact(name.value, slug, written, evidence, observed=found.article.published)


def by_whole_name(found: Recognised, roles: Sequence[RoleFact]) -> list[RoleFact]:
    """``roles`` without callings told of one word that is no part of a whole name: *Coach* Express buses."""
    if not found.pack.spaces:
        return list(roles)
    callings = schemes.load().callings
    return [role for role in roles if role.position not in callings or " " in role.person.text]
