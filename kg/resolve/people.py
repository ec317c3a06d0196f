"""People: marks, order and script of a name; what posts, bodies and events allow; short names within an article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.registry import Registry
from kg.resolve.contacts import Contacts
from kg.resolve.likeness import turned
from kg.resolve.met import country_of
from kg.resolve.nodes import Node, Nodes, Remark, Stand, folded, gather, groups, join_all, quoted, veto_of
from kg.resolve.posts import People, Post, said_of
from kg.resolve.scripts import (
    join_pinyin,
    join_short_transliterated,
    join_sounds,
    join_transliterated,
    join_vietnamese,
)
from kg.resolve.short_names import join_lone_by_post, join_short, join_short_by_post
from kg.resolve.spelling import has_marks, is_han, tone_key, words
from kg.resolve.table import Table

KIND: Final = "person"


def resolve_people(table: Table, registry: Registry, places: Nodes, bodies: Nodes) -> Nodes:
    """Every person of every article."""
    seen = table.of_kind(KIND)
    nodes = gather(seen, veto_of(KIND, registry), table.contacts, table.others.late)

    def stand(node: Node) -> Stand:
        its = places if node.kind == "place" else bodies
        return its.stand(node) if node in its.seen else table.others.late(node)

    posts = {
        node: frozenset(_post(said, registry, stand) for said, _ in found.told("post")) for node, found in seen.items()
    }
    people = People(nodes, posts)
    _join_letters(people, table.contacts)
    _join_order(people, table.contacts)
    for join in (
        join_vietnamese, join_pinyin, join_sounds, join_transliterated, join_short, join_short_by_post,
        join_short_transliterated, join_lone_by_post,
    ):  # fmt: skip
        join(people, table.contacts)
    return nodes


def _post(said: Remark, registry: Registry, stand: Callable[[Node], Stand]) -> Post:
    """A post as (position, body, whether that is just a government); a country's government is that country."""
    position, body, government = said
    if body is None:
        return Post(position, "", "")
    its = stand(body)
    if body.kind == "place":
        return Post(position, "", country_of(its.node.known, registry) or its.node.text)
    country = min(its.countries, default="")
    return Post(position, "" if government and country else str(its.node), country)


def _join_letters(people: People, contacts: Contacts) -> None:
    """Spellings of the same letters; but two spellings whose marks differ are two people (Hùng, Hưng)."""

    def key(node: Node) -> str:
        return folded(node.text).replace(" ", "")

    for group in groups(people.full(), key, "letters", contacts):
        marked = [node for node in group if has_marks(node.text)]
        plain = [node for node in group if not has_marks(node.text)]
        for same in groups(marked, lambda node: tone_key(node.text).replace(" ", ""), "marks", contacts):
            join_all(people.nodes, same, rule="same-letters", reason=_same_letters)
        join_all(people.nodes, plain, rule="same-letters", reason=_same_letters)
        kinds = sorted({people.nodes.clusters.root(node) for node in marked})
        for node in plain:
            fits = kinds if len(kinds) == 1 else [one for one in kinds if people.share_post(one, node)]
            if len(fits) == 1:
                people.nodes.clusters.join(fits[0], node, rule="same-letters", reason=_same_letters(fits[0], node))


def _same_letters(one: Node, other: Node) -> str:
    return f"{quoted(one)} and {quoted(other)} are the same letters but for marks, case, hyphens or blanks."


def _join_order(people: People, contacts: Contacts) -> None:
    """Family name first or last, and initials: only with the same post."""

    def key(node: Node) -> tuple[str, ...] | None:
        parts = words(node.text)
        return None if is_han(node.text) else tuple(sorted(part for part in parts if len(part) > 1))

    for group in groups(people.full(), key, "order", contacts):
        firsts: list[Node] = []
        for node in group:
            for first in firsts:
                post = people.share_post(first, node) if turned(words(first.text), words(node.text)) else None
                if post is not None:
                    reason = (
                        f"{quoted(first)} and {quoted(node)} are one name in another order; both are {said_of(post)}."
                    )
                    people.nodes.clusters.join(first, node, rule="name-order", reason=reason)
            firsts.append(node)
