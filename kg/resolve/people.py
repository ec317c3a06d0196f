"""People: marks, order and script of a name; what posts, bodies and events allow; short names within an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.model import Name, RoleFact
from kg.registry import Registry
from kg.resolve.met import Met, country_of
from kg.resolve.nodes import (
    Node,
    Nodes,
    folded,
    gather,
    groups,
    join_all,
    known_names,
    quoted,
    veto_of,
)
from kg.resolve.organizations import Bodies
from kg.resolve.readings import load_readings
from kg.resolve.spelling import (
    alike,
    han_parts,
    han_sounds,
    has_marks,
    is_han,
    latin_sounds,
    pinyin,
    simplified,
    tone_key,
    words,
)

KIND: Final = "person"
_VIETNAM: Final = "place/vietnam"
#: Where people are written in characters by what their names mean there, not by how they sound.
_OWN_CHARACTERS: Final = frozenset(
    f"place/{name}"
    for name in ("china", "hong-kong", "japan", "macao", "north-korea", "singapore", "south-korea", "taiwan", "vietnam")
)
_SOUNDS_ALIKE: Final = 0.75
_FEWEST_SOUNDS: Final = 2
_LONGEST_HAN_NAME: Final = 4


@dataclass(frozen=True, slots=True)
class Post:
    """A post as far as it tells people apart: ``body`` is a node or place id, ``country`` an id; empty where unsaid."""

    position: str
    body: str
    country: str


@dataclass(slots=True)
class People:
    """The nodes of all persons, their posts by node, and the nodes of each article."""

    nodes: Nodes
    posts: Mapping[Node, frozenset[Post]]
    home: Mapping[str, str]

    def posts_of(self, node: Node) -> frozenset[Post]:
        """The posts of all spellings joined with ``node`` so far."""
        return frozenset[Post]().union(
            *(self.posts.get(member, frozenset()) for member in self.nodes.clusters.members(node))
        )

    def share_post(self, one: Node, other: Node) -> Post | None:
        """A post that two people hold as far as the articles tell: same position, no other body or country."""
        for post in sorted(self.posts_of(one), key=repr):
            for its in sorted(self.posts_of(other), key=repr):
                if post.position == its.position and _one_place(post, its):
                    return post
        return None


def resolve_people(met: Met, registry: Registry, places: Nodes, bodies: Bodies) -> People:
    """Every person of every article."""
    entries = known_names(KIND, registry)
    pairs = []
    for article, name in met.of_kind(KIND):
        known = entries.id_of(name)
        short = not known and _is_short(name.text)
        pairs.append(((article, name), Node(name.text, name.language, f"article/{article}" if short else "", known)))
    nodes = gather(pairs, veto_of(KIND, registry))
    people = People(nodes, _posts(met, registry, nodes, places, bodies), met.home)
    _join_letters(people)
    _join_order(people)
    _join_vietnamese(people)
    _join_pinyin(people)
    _join_transliterated(people)
    _join_sounds(people)
    _join_short(people)
    _join_short_by_post(people)
    return people


def _is_short(text: str) -> bool:
    """True for a family or given name alone, which is some person's within its article only."""
    if is_han(text):
        return len(simplified(text)) < 2
    return len(words(text)) < 2


def _posts(met: Met, registry: Registry, nodes: Nodes, places: Nodes, bodies: Bodies) -> dict[Node, frozenset[Post]]:
    posts: dict[Node, set[Post]] = {}
    for article, reading in met.readings.items():
        for fact in reading.facts:
            if isinstance(fact, RoleFact):
                body, country = _where(article, fact.body, registry, places, bodies)
                post = Post(fact.position, body, country)
                posts.setdefault(nodes.of_name[article, fact.person], set()).add(post)
    return {node: frozenset(found) for node, found in posts.items()}


def _where(article: str, body: Name | None, registry: Registry, places: Nodes, bodies: Bodies) -> tuple[str, str]:
    """(body, country) of a post; a country's government is that country."""
    if body is None:
        return "", ""
    if body.kind == "place":
        node = places.root(article, body)
        return "", country_of(node.known, registry) or node.text
    node = bodies.nodes.root(article, body)
    countries = sorted(bodies.nodes.clusters.value(node).countries)
    found = bodies.bags[bodies.nodes.of_name[article, body]]
    if found.core <= {"government"} and not found.rest and countries:
        return "", countries[0]
    return repr(node), countries[0] if countries else ""


def _one_place(one: Post, other: Post) -> bool:
    """True where two posts of one position can be one: no two bodies, no two countries."""
    if one.body and other.body and one.body != other.body:
        return False
    return not (one.country and other.country and one.country != other.country)


def _full(people: People) -> list[Node]:
    return [node for node in people.nodes.sorted() if not node.scope]


def _join_letters(people: People) -> None:
    """Spellings of the same letters; but two spellings whose marks differ are two people (Hùng, Hưng)."""

    def key(node: Node) -> str:
        return folded(node.text).replace(" ", "")

    for group in groups(_full(people), key):
        marked = [node for node in group if has_marks(node.text)]
        plain = [node for node in group if not has_marks(node.text)]
        for same in groups([*marked], lambda node: tone_key(node.text).replace(" ", "")):
            join_all(people.nodes, same, rule="same-letters", reason=_same_letters)
        join_all(people.nodes, plain, rule="same-letters", reason=_same_letters)
        kinds = sorted({people.nodes.clusters.root(node) for node in marked})
        for node in plain:
            fits = kinds if len(kinds) == 1 else [one for one in kinds if people.share_post(one, node)]
            if len(fits) == 1:
                people.nodes.clusters.join(fits[0], node, rule="same-letters", reason=_same_letters(fits[0], node))


def _same_letters(one: Node, other: Node) -> str:
    return f"{quoted(one)} and {quoted(other)} are the same letters but for marks, case, hyphens or blanks."


def _join_order(people: People) -> None:
    """Family name first or last, and initials: only with the same post."""

    def key(node: Node) -> tuple[str, ...] | None:
        parts = words(node.text)
        return None if is_han(node.text) else tuple(sorted(part for part in parts if len(part) > 1))

    for group in groups(_full(people), key):
        firsts: list[Node] = []
        for node in group:
            for first in firsts:
                post = people.share_post(first, node) if _turned(words(first.text), words(node.text)) else None
                if post is not None:
                    reason = (
                        f"{quoted(first)} and {quoted(node)} are one name in another order; both are {_said(post)}."
                    )
                    people.nodes.clusters.join(first, node, rule="name-order", reason=reason)
            firsts.append(node)


def _turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where one name is the other with its last part first, or with initials in between."""
    a, b = ([part for part in side if len(part) > 1] for side in (one, other))
    return one != other and len(a) > 1 and any(a[cut:] + a[:cut] == b for cut in range(len(a)))


def _said(post: Post) -> str:
    where = (
        f" of {post.country.partition('/')[2].replace('-', ' ').title()}" if post.country.startswith("place/") else ""
    )
    return post.position.replace("-", " ") + where


def _join_vietnamese(people: People) -> None:
    """Characters read in Sino-Vietnamese, syllable by syllable, with a post or a country that supports it."""
    by_first: dict[tuple[int, str], list[Node]] = {}
    for node in _full(people):
        parts = words(node.text)
        if not is_han(node.text) and len(parts) > 1:
            by_first.setdefault((len(parts), parts[0]), []).append(node)
    table = load_readings().vietnamese
    for node in _full(people):
        name = simplified(node.text)
        if not is_han(node.text) or len(han_parts(node.text)) != 1 or not 2 <= len(name) <= _LONGEST_HAN_NAME:
            continue
        readings = [table.get(char, ()) for char in name]
        firsts = sorted({words(reading)[0] for reading in readings[0]})
        found = [
            other
            for first in firsts
            for other in by_first.get((len(name), first), ())
            if _read_as(other.text, readings)
        ]
        fits = [other for other in found if _vietnamese(node, other, people)]
        roots = sorted({people.nodes.clusters.root(other) for other in fits})
        if len(roots) == 1:
            other = fits[0]
            read = f"{quoted(node)} read in Vietnamese, syllable by syllable, is {quoted(other)}"
            reason = f"{read}; {_why(node, other, people)}."
            people.nodes.clusters.join(other, node, rule="sino-vietnamese", reason=reason)


def _read_as(text: str, readings: list[tuple[str, ...]]) -> bool:
    """True where each syllable of a Vietnamese name reads its character; with its tone, where the name shows marks."""
    if has_marks(text):
        written = tone_key(text).split(" ")
        return len(written) == len(readings) and all(
            syllable in map(tone_key, said) for syllable, said in zip(written, readings, strict=True)
        )
    return all(word in {words(one)[0] for one in said} for word, said in zip(words(text), readings, strict=True))


def _vietnamese(node: Node, other: Node, people: People) -> bool:
    """Support for a Sino-Vietnamese reading: one post, or Vietnam on the side of the characters."""
    if people.share_post(node, other) is not None:
        return True
    if _posts_clash(node, other, people):
        return False
    return _of_country(node, _VIETNAM, people) and len(simplified(node.text)) > 2


def _posts_clash(one: Node, other: Node, people: People) -> bool:
    """True where both have posts of known countries and none is in one country."""
    here, there = ({post.country for post in people.posts_of(node)} - {""} for node in (one, other))
    return bool(here and there) and not here & there


def _of_country(node: Node, country: str, people: People) -> bool:
    """True where a post of ``node`` is in ``country``, or it has none elsewhere and its articles are about it."""
    countries = {post.country for post in people.posts_of(node)} - {""}
    if countries:
        return country in countries
    return all(people.home.get(article) == country for article in people.nodes.articles[node])


def _why(one: Node, other: Node, people: People) -> str:
    post = people.share_post(one, other)
    return f"both are {_said(post)}" if post is not None else "the characters stand for someone of Vietnam"


def _join_pinyin(people: People) -> None:
    """Characters and their pinyin, with one post; and where no other name in characters sounds the same."""
    by_sound: dict[str, list[Node]] = {}
    for node in _full(people):
        if not is_han(node.text) and len(words(node.text)) > 1:
            by_sound.setdefault("".join(words(node.text)), []).append(node)
    claimed: dict[Node, list[Node]] = {}
    for node in _full(people):
        if is_han(node.text) and len(han_parts(node.text)) == 1 and len(simplified(node.text)) <= _LONGEST_HAN_NAME:
            for other in sorted(_pinyin_fits(node, by_sound)):
                if people.share_post(node, other) is not None:
                    claimed.setdefault(people.nodes.clusters.root(other), []).append(node)
    for root in sorted(claimed):
        nodes = claimed[root]
        if len({people.nodes.clusters.root(node) for node in nodes}) == 1:
            for node in nodes:
                post = people.share_post(node, root)
                said = f"; both are {_said(post)}" if post is not None else ""
                reason = f"{quoted(node)} is {quoted(root)} in pinyin{said}."
                people.nodes.clusters.join(root, node, rule="pinyin", reason=reason)


def _pinyin_fits(node: Node, by_sound: Mapping[str, list[Node]]) -> set[Node]:
    """Latin names that a name in characters may be, family name first or last."""
    found: set[Node] = set()
    readings = pinyin(node.text)
    for family in readings[0] if len(readings) > 1 else ():
        for given in _chains(readings[1:]):
            for sound, first in ((family + given, 0), (given + family, -1)):
                found.update(other for other in by_sound.get(sound, ()) if words(other.text)[first] == family)
    return found


def _chains(readings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    if not readings:
        yield ""
        return
    for rest in _chains(readings[1:]):
        for one in readings[0]:
            yield one + rest


def _join_transliterated(people: People) -> None:
    """Foreign names in characters: the same post in the same body or country, and the consonants agree."""
    by_seat: dict[tuple[str, str], set[Node]] = {}
    for node in _full(people):
        if not is_han(node.text):
            for seat in _seats(node, people):
                by_seat.setdefault(seat, set()).add(node)
    for node in _full(people):
        seats = _seats(node, people) if is_han(node.text) else set()
        found = {other for seat in seats for other in by_seat.get(seat, ()) if _sounds_like(node.text, other.text)}
        fits = sorted(other for other in found if people.share_post(node, other) is not None)
        if len({people.nodes.clusters.root(other) for other in fits}) == 1:
            reason = f"{quoted(node)} sounds like {quoted(fits[0])}; {_why(node, fits[0], people)}."
            people.nodes.clusters.join(fits[0], node, rule="transliteration", reason=reason)


def _join_sounds(people: People) -> None:
    """Names brought into Latin letters in two languages (Chmygal, Shmyhal): the same seat, the same consonants."""
    by_sound: dict[tuple[object, ...], list[Node]] = {}
    for node in _full(people):
        sounds = tuple(map(latin_sounds, words(node.text)))
        if not is_han(node.text) and len(sounds) > 1 and min(map(len, sounds)) >= _FEWEST_SOUNDS:
            for seat in _seats(node, people):
                by_sound.setdefault((seat, sounds), []).append(node)
    for _, nodes in sorted(by_sound.items(), key=repr):
        for one, other in combinations(nodes, 2):
            post = people.share_post(one, other) if one.language != other.language else None
            if post is not None and not people.nodes.clusters.together(one, other):
                reason = f"{quoted(one)} and {quoted(other)} sound the same in two languages; both are {_said(post)}."
                people.nodes.clusters.join(one, other, rule="same-sound", reason=reason)


def _seats(node: Node, people: People) -> set[tuple[str, str]]:
    """(position, body or country) of the posts of ``node`` that are in neither body nor country of own characters."""
    return {
        (post.position, where)
        for post in people.posts_of(node)
        if post.country not in _OWN_CHARACTERS
        for where in (post.body, post.country)
        if where
    }


def _sounds_like(characters: str, latin: str) -> bool:
    """True where a transliteration keeps the consonants of a name: of the whole, or of its last part where alone."""
    parts, others = han_parts(characters), words(latin)
    if not others:
        return False
    if len(parts) > 1:
        return _near(parts[-1], others[-1:]) and _near("".join(parts), others)
    return _near(parts[0], others[-1:]) or _near(parts[0], others)


def _near(characters: str, latin: tuple[str, ...]) -> bool:
    one, other = han_sounds(characters), "".join(latin_sounds(word) for word in latin)
    return min(len(one), len(other)) >= _FEWEST_SOUNDS and alike(one, other) >= _SOUNDS_ALIKE


def _join_short(people: People) -> None:
    """A part of a name is the one person of the same article whose name ends or begins with it."""
    by_article: dict[str, list[Node]] = {}
    for node in people.nodes.sorted():
        for article in people.nodes.articles[node]:
            by_article.setdefault(article, []).append(node)
    for article in sorted(by_article):
        for node in by_article[article]:
            fits = [other for other in by_article[article] if other != node and _part_of(node.text, other.text)]
            full = _only(node, fits, people)
            if full is not None:
                reason = f"{quoted(node)} in {article} is the one person there whose name has it: {quoted(full)}."
                people.nodes.clusters.join(full, node, rule="short-name", reason=reason)


def _part_of(short: str, full: str) -> bool:
    """True where ``short`` is the end of ``full``, or one word (part) at its beginning."""
    a, b = (han_parts(text) if is_han(text) else words(text) for text in (short, full))
    if not a or len(a) >= len(b) or is_han(short) != is_han(full):
        return False
    return b[-len(a) :] == a or (len(a) == 1 and b[:1] == a)


def _only(node: Node, fits: list[Node], people: People) -> Node | None:
    """The one person among ``fits``; of several, the one with a post that ``node`` has too."""
    roots = {people.nodes.clusters.root(other): other for other in reversed(fits)}
    if len(roots) > 1:
        roots = {root: other for root, other in roots.items() if people.share_post(other, node) is not None}
    return next(iter(roots.values())) if len(roots) == 1 else None


def _join_short_by_post(people: People) -> None:
    """A family name alone is the person of another article with that name in the same post of one body or country."""
    by_end: dict[str, list[Node]] = {}
    for node in _full(people):
        parts = han_parts(node.text) if is_han(node.text) else words(node.text)
        if len(parts) > 1:
            for end in {parts[-1], parts[0]}:
                by_end.setdefault(end, []).append(node)
    for node in people.nodes.sorted():
        if not node.scope or len(people.nodes.clusters.members(node)) > 1:
            continue
        found = [other for other in by_end.get("".join(words(node.text)), ()) if _same_seat(node, other, people)]
        if len({people.nodes.clusters.root(other) for other in found}) == 1:
            post = people.share_post(node, found[0])
            assert post is not None
            reason = f"{quoted(node)} and {quoted(found[0])} are both {_said(post)}, and no other of that name is."
            people.nodes.clusters.join(found[0], node, rule="family-name", reason=reason)
    _join_lone_by_post(people)


def _same_seat(one: Node, other: Node, people: People) -> bool:
    """True where two hold one position in one body or country that both articles name."""
    return any(
        a.position == b.position
        and _one_place(a, b)
        and ((a.body and a.body == b.body) or (a.country and a.country == b.country))
        for a in people.posts_of(one)
        for b in people.posts_of(other)
    )


def _join_lone_by_post(people: People) -> None:
    """Articles that give a family name only: one person where post and body or country are the same."""
    lone = [n for n in people.nodes.sorted() if n.scope and len(people.nodes.clusters.members(n)) == 1]
    seats: dict[tuple[str, str, str], list[Node]] = {}
    for node in lone:
        for post in sorted(people.posts_of(node), key=repr):
            if post.body or post.country:
                seats.setdefault((folded(node.text), post.position, post.body or post.country), []).append(node)
    for (_, position, _), nodes in sorted(seats.items()):
        reason = (
            f"“{nodes[0].text}” holds the post {position.replace('-', ' ')} of one body or country in both articles."
        )
        join_all(people.nodes, nodes, rule="family-name", reason=lambda _a, _b, said=reason: said)  # type: ignore[misc]
