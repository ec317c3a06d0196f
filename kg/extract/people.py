"""People with their posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Evidence, Name, RoleFact
from kg.recognise import Recognised
from kg.recognise.fold import fold
from kg.recognise.frames import Found, find, rules
from kg.recognise.phrases import Post, refine
from kg.recognise.spans import Span


def people(found: Recognised) -> list[RoleFact]:
    """The posts that persons hold, as the pack's rules of family ``people`` read them, and the article's author."""
    roles = [role for sentence in found.sentences for rule in rules(found.pack.code, "people")
             for match in find(rule, sentence.frame) for role in _roles(found, match)]
    return list(_authors(found)) + _one_of_each(_full_names(roles))


def _roles(found: Recognised, match: Found) -> Iterator[RoleFact]:
    name = match.one("name")
    posts = match.slots.get("post", ())
    if name is None or not posts or not _plausible(name.value, match):
        return
    bodies = [_body(s, found) for s in match.slots.get("where", ())]
    evidence = (Evidence(match.start, match.end, match.rule),)
    for post in posts:
        value: Post = post.value
        body = _choose(bodies)
        domain = _concepts(body, found) if body and body.kind == "organization" else frozenset[str]()
        yield RoleFact(
            person=name.value,
            position=refine(value.slug, domain) if not value.domain and domain else value.slug,
            title=found.article.text[post.start : post.end],
            evidence=evidence,
            body=body,
            observed=found.article.published,
        )


def _plausible(name: Name, match: Found) -> bool:
    return len(name.text) > 1 and not name.text.isdigit()


def _choose(bodies: Sequence[Name]) -> Name | None:
    """A body says more than a place: of "Japan's Ministry of Finance" and "Japan" the ministry."""
    return next((b for b in bodies if b.kind == "organization"), bodies[0] if bodies else None)


def _body(span: Span, found: Recognised) -> Name:
    name: Name = span.value
    return replace(name, kind="organization") if name.kind == "person" else name


def _concepts(body: Name, found: Recognised) -> frozenset[str]:
    at = found.article.text.find(body.text)
    return frozenset(
        str(s.value) for sentence in found.sentences for s in sentence.spans
        if s.kind == "concept" and at <= s.start and s.end <= at + len(body.text)
    ) if sentence_has(found, body) else frozenset()


def sentence_has(found: Recognised, body: Name) -> bool:
    """Whether the name stands in the article as written."""
    return bool(body.text) and body.text in found.article.text


def _full_names(roles: Sequence[RoleFact]) -> list[RoleFact]:
    """A name of one word is the person of whose fuller name in the article it is a part, if there is just one."""
    full = list(dict.fromkeys(r.person for r in roles if _words(r.person) > 1))
    out = []
    for role in roles:
        if _words(role.person) == 1:
            part = fold(role.person.text)
            owners = {fold(p.text): p for p in full if part in _parts(p)}
            if len(owners) == 1:
                role = replace(role, person=next(iter(owners.values())))
            elif len(owners) > 1:
                continue
        out.append(role)
    return out


def _parts(name: Name) -> list[str]:
    return [w for word in fold(name.text).replace("·", " ").split(" ") for w in {word, *word.split("-")}]


def _words(name: Name) -> int:
    text = name.text
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        return 2 if "·" in text or len(text) in (2, 3) else 1
    return len(text.split())


def _one_of_each(roles: Sequence[RoleFact]) -> list[RoleFact]:
    """One role per person, position and body; those without a body join one that states it. Evidence adds up."""
    merged: dict[tuple[str, str, str], RoleFact] = {}
    stated: dict[tuple[str, str], str] = {}
    for role in roles:
        if role.body:
            stated.setdefault((fold(role.person.text), role.position), fold(role.body.text))
    for role in roles:
        person = fold(role.person.text)
        body = fold(role.body.text) if role.body else stated.get((person, role.position), "")
        key = (person, role.position, body)
        if key in merged:
            first = merged[key]
            evidence = tuple(dict.fromkeys((*first.evidence, *role.evidence)))
            merged[key] = replace(first, evidence=evidence, body=first.body or role.body)
        else:
            merged[key] = role
    return list(merged.values())


def _authors(found: Recognised) -> Iterator[RoleFact]:
    """The author named in a byline of the article."""
    article = found.article
    if not article.author:
        return
    for paragraph in article.paragraphs:
        if paragraph.kind == "byline":
            at = article.text.find(article.author, paragraph.start, paragraph.end)
            if at >= 0:
                name = Name("person", article.author, article.language)
                yield RoleFact(name, "author", article.author, (Evidence(at, at + len(article.author), "byline"),), observed=article.published)
                return
