"""People of whom an article gives a part of the name only: whose it is, in that article or by the post."""

from __future__ import annotations

from kg.resolve.contacts import ASKS, OFFERS, Contacts
from kg.resolve.nodes import Node, folded, join_all, quoted
from kg.resolve.parts import parts
from kg.resolve.posts import People, said_of, same_seat, seats_of


def join_short(people: People, contacts: Contacts) -> None:
    """A part of a name is the one person of the same article whose name ends or begins with it."""
    by_article: dict[str, dict[Node, list[Node]]] = {}
    for node, seen in people.nodes.seen.items():
        for (article, other), _ in seen.told("part"):
            contacts.note_all((node, other), "short-name", (article, node.text, node.language))
            if other in people.nodes.seen:
                by_article.setdefault(article, {}).setdefault(node, []).append(other)
    for article in sorted(by_article):
        for node, fits in by_article[article].items():
            full = _only(node, sorted(fits), people)
            if full is not None:
                reason = f"{quoted(node)} in {article} is the one person there whose name has it: {quoted(full)}."
                people.nodes.clusters.join(full, node, rule="short-name", reason=reason)


def _only(node: Node, fits: list[Node], people: People) -> Node | None:
    """The one person among ``fits``; of several, the one with a post that ``node`` has too."""
    roots = {people.nodes.clusters.root(other): other for other in reversed(fits)}
    if len(roots) > 1:
        roots = {root: other for root, other in roots.items() if people.share_post(other, node) is not None}
    return next(iter(roots.values())) if len(roots) == 1 else None


def join_short_by_post(people: People, contacts: Contacts) -> None:
    """A family name alone is the person of another article with that name in the same post of one body or country."""
    by_end: dict[str, list[Node]] = {}
    for node in people.full():
        told = parts(node.text, node.language)
        if len(told) > 1:
            for end in {told[-1], told[0]}:
                by_end.setdefault(end, []).append(node)
    for node in people.nodes.seen:
        if not node.scope or len(people.nodes.clusters.members(node)) > 1:
            continue
        short = "".join(parts(node.text, node.language))
        for seat in seats_of(node, people, own=True):
            contacts.note(node, "family-name", (short, seat), ASKS)
        found = [other for other in by_end.get(short, ()) if same_seat(node, other, people)]
        if len({people.nodes.clusters.root(other) for other in found}) == 1:
            post = people.share_post(node, found[0])
            assert post is not None
            reason = f"{quoted(node)} and {quoted(found[0])} are both {said_of(post)}, and no other of that name is."
            people.nodes.clusters.join(found[0], node, rule="family-name", reason=reason)
    # What a full name stands for may have got posts here.
    for end in sorted(by_end):
        for node in by_end[end]:
            for seat in seats_of(node, people, own=True):
                contacts.note(node, "family-name", (end, seat), OFFERS)


def join_lone_by_post(people: People, contacts: Contacts) -> None:
    """Articles that give a family name only: one person where post and body or country are the same."""
    lone = [n for n in people.nodes.seen if n.scope and len(people.nodes.clusters.members(n)) == 1]
    seats: dict[tuple[str, str, str], list[Node]] = {}
    for node in lone:
        for post in sorted(people.posts_of(node), key=repr):
            if post.body or post.country:
                seat = (folded(node.text), post.position, post.body or post.country)
                contacts.note(node, "lone-name", seat)
                seats.setdefault(seat, []).append(node)
    for (_, position, _), nodes in sorted(seats.items()):
        reason = (
            f"“{nodes[0].text}” holds the post {position.replace('-', ' ')} of one body or country in both articles."
        )
        join_all(people.nodes, nodes, rule="family-name", reason=lambda _a, _b, said=reason: said)  # type: ignore[misc]
