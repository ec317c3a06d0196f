"""People with the posts that articles give them: what supports, or forbids, that two are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.resolve.nodes import Node, Nodes

#: Where people are written in characters by what their names mean there, not by how they sound.
OWN_CHARACTERS: Final = frozenset(
    f"place/{name}"
    for name in ("china", "hong-kong", "japan", "macao", "north-korea", "singapore", "south-korea", "taiwan", "vietnam")
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post as far as it tells people apart: ``body`` is a node or place id, ``country`` an id; empty where unsaid."""

    position: str
    body: str
    country: str


@dataclass(frozen=True, slots=True)
class People:
    """The nodes of all persons and their posts by node."""

    nodes: Nodes
    posts: Mapping[Node, frozenset[Post]]

    def full(self) -> list[Node]:
        """All nodes but those of an article's own."""
        return [node for node in self.nodes.seen if not node.scope]

    def posts_of(self, node: Node) -> frozenset[Post]:
        """The posts of all spellings joined with ``node`` so far."""
        return frozenset[Post]().union(
            *(self.posts.get(member, frozenset()) for member in self.nodes.clusters.members(node))
        )

    def share_post(self, one: Node, other: Node) -> Post | None:
        """A post that two people hold as far as the articles tell: same position, no other body or country."""
        for post in sorted(self.posts_of(one), key=repr):
            for its in sorted(self.posts_of(other), key=repr):
                if post.position == its.position and one_place(post, its):
                    return post
        return None


def one_place(one: Post, other: Post) -> bool:
    """True where two posts of one position can be one: no two bodies, no two countries."""
    if one.body and other.body and one.body != other.body:
        return False
    return not (one.country and other.country and one.country != other.country)


def said_of(post: Post) -> str:
    """A post as it stands in a reason."""
    where = (
        f" of {post.country.partition('/')[2].replace('-', ' ').title()}" if post.country.startswith("place/") else ""
    )
    return post.position.replace("-", " ") + where


def posts_clash(one: Node, other: Node, people: People) -> bool:
    """True where both have posts of known countries and none is in one country."""
    here, there = ({post.country for post in people.posts_of(node)} - {""} for node in (one, other))
    return bool(here and there) and not here & there


def of_country(node: Node, country: str, people: People) -> bool:
    """True where a post of ``node`` is in ``country``, or it has none elsewhere and its articles are about it."""
    countries = {post.country for post in people.posts_of(node)} - {""}
    if countries:
        return country in countries
    return all(home == country for (home,), _ in people.nodes.seen[node].told("home"))


def seats_of(node: Node, people: People, *, own: bool = False) -> set[tuple[str, str]]:
    """(position, body or country) of the posts of ``node``; with ``own`` also those in countries of own characters."""
    return {
        (post.position, where)
        for post in people.posts_of(node)
        if own or post.country not in OWN_CHARACTERS
        for where in (post.body, post.country)
        if where
    }


def same_seat(one: Node, other: Node, people: People) -> bool:
    """True where two hold one position in one body or country that both articles name."""
    return any(
        a.position == b.position
        and one_place(a, b)
        and ((a.body and a.body == b.body) or (a.country and a.country == b.country))
        for a in people.posts_of(one)
        for b in people.posts_of(other)
    )
