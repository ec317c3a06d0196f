"""People whose names are in one script in one article and in another in another, or in Latin letters in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from typing import Final

from kg.resolve.contacts import ASKS, OFFERS, Contacts
from kg.resolve.likeness import (
    FEWEST_SOUNDS,
    in_two_scripts,
    is_telling,
    pinyin_spellings,
    read_as,
    surely_in_two_scripts,
    vietnamese_readings,
)
from kg.resolve.nodes import Node, quoted
from kg.resolve.posts import OWN_CHARACTERS, People, of_country, posts_clash, said_of, seats_of
from kg.resolve.spelling import han_parts, is_han, is_latin, simplified, sound_readings, words

_VIETNAM: Final = "place/vietnam"
_LONGEST_HAN_NAME: Final = 4


def join_vietnamese(people: People, contacts: Contacts) -> None:
    """Characters read in Sino-Vietnamese, syllable by syllable, with a post or a country that supports it."""
    by_first: dict[tuple[int, str], list[Node]] = {}
    for node in people.full():
        parts = words(node.text)
        if not is_han(node.text) and len(parts) > 1:
            contacts.note(node, "sino-vietnamese", (len(parts), parts[0]), OFFERS)
            by_first.setdefault((len(parts), parts[0]), []).append(node)
    for node in people.full():
        name = simplified(node.text)
        if not is_han(node.text) or len(han_parts(node.text)) != 1 or not 2 <= len(name) <= _LONGEST_HAN_NAME:
            continue
        found: list[Node] = []
        for first in sorted({words(reading)[0] for reading in vietnamese_readings(node.text)[0]}):
            contacts.note(node, "sino-vietnamese", (len(name), first), ASKS)
            found += [other for other in by_first.get((len(name), first), ()) if read_as(other.text, node.text)]
        fits = [other for other in found if _vietnamese(node, other, people)]
        if len({people.nodes.clusters.root(other) for other in fits}) == 1:
            other = fits[0]
            read = f"{quoted(node)} read in Vietnamese, syllable by syllable, is {quoted(other)}"
            reason = f"{read}; {_why(node, other, people)}."
            people.nodes.clusters.join(other, node, rule="sino-vietnamese", reason=reason)


def _vietnamese(node: Node, other: Node, people: People) -> bool:
    """Support for a Sino-Vietnamese reading: one post, or Vietnam on the side of the characters."""
    if people.share_post(node, other) is not None:
        return True
    if posts_clash(node, other, people):
        return False
    return of_country(node, _VIETNAM, people) and len(simplified(node.text)) > 2


def _why(one: Node, other: Node, people: People) -> str:
    post = people.share_post(one, other)
    return f"both are {said_of(post)}" if post is not None else "the characters stand for someone of Vietnam"


def join_pinyin(people: People, contacts: Contacts) -> None:
    """Characters and their pinyin, with one post; and where no other name in characters sounds the same."""
    by_sound: dict[str, list[Node]] = {}
    for node in people.full():
        if not is_han(node.text) and len(words(node.text)) > 1:
            contacts.note(node, "pinyin", "".join(words(node.text)), OFFERS)
            by_sound.setdefault("".join(words(node.text)), []).append(node)
    claimed: dict[Node, list[Node]] = {}
    for node in people.full():
        if is_han(node.text) and len(han_parts(node.text)) == 1 and len(simplified(node.text)) <= _LONGEST_HAN_NAME:
            for other in sorted(_pinyin_fits(node, by_sound, contacts)):
                if people.share_post(node, other) is not None:
                    claimed.setdefault(people.nodes.clusters.root(other), []).append(node)
    for root in sorted(claimed):
        nodes = claimed[root]
        if len({people.nodes.clusters.root(node) for node in nodes}) == 1:
            for node in nodes:
                post = people.share_post(node, root)
                said = f"; both are {said_of(post)}" if post is not None else ""
                reason = f"{quoted(node)} is {quoted(root)} in pinyin{said}."
                people.nodes.clusters.join(root, node, rule="pinyin", reason=reason)


def _pinyin_fits(node: Node, by_sound: Mapping[str, list[Node]], contacts: Contacts) -> set[Node]:
    """Latin names that a name in characters may be, family name first or last."""
    found: set[Node] = set()
    for letters, family, at in pinyin_spellings(node.text):
        contacts.note(node, "pinyin", letters, ASKS)
        found.update(other for other in by_sound.get(letters, ()) if words(other.text)[at] == family)
    return found


def join_transliterated(people: People, contacts: Contacts) -> None:
    """Names in two scripts: the same post in the same body or country, and the consonants agree; where one article does
    not say of what country, the consonants of a long name do.
    """
    by_seat = _offered(people, contacts, step="transliteration")
    for node in people.full():
        if not is_latin(node.text):
            _join_other_script(node, by_seat, people, contacts, step="transliteration")


def _offered(people: People, contacts: Contacts, *, step: str) -> dict[tuple[str, str], set[Node]]:
    """All full names by seat, for names in another script to be held against."""
    by_seat: dict[tuple[str, str], set[Node]] = {}
    for node in people.full():
        for seat in _seats(node, people) | _open_seats(node, people):
            contacts.note(node, step, seat, OFFERS)
            by_seat.setdefault(seat, set()).add(node)
    return by_seat


def _seats(node: Node, people: People) -> set[tuple[str, str]]:
    """The seats in which the sounds of a name tell: not those of characters read otherwise at home."""
    return seats_of(node, people, own=not is_han(node.text))


def _open_seats(node: Node, people: People) -> set[tuple[str, str]]:
    """The positions of a name whose sounds tell enough for a post without its country."""
    posts = people.posts_of(node) if is_telling(node.text) else ()
    return {(post.position, "") for post in posts if not is_han(node.text) or post.country not in OWN_CHARACTERS}


def _join_other_script(
    node: Node, by_seat: Mapping[tuple[str, str], set[Node]], people: People, contacts: Contacts, *, step: str
) -> None:
    """Join ``node`` with the one person of its seats whose name in other scripts sounds like it."""
    found: set[Node] = set()
    for seat in _seats(node, people):
        contacts.note(node, step, seat, ASKS)
        found |= {other for other in by_seat.get(seat, ()) if in_two_scripts(node.text, other.text)}
    for seat in _open_seats(node, people):
        contacts.note(node, step, seat, ASKS)
        found |= {other for other in by_seat.get(seat, ()) if surely_in_two_scripts(node.text, other.text)}
    fits = sorted(other for other in found if people.share_post(node, other) is not None)
    if all(_one_person(a, b, people) for a, b in combinations(fits, 2)):
        for other in fits:
            reason = f"{quoted(node)} sounds like {quoted(other)}; {_why(node, other, people)}."
            people.nodes.clusters.join(other, node, rule="transliteration", reason=reason)


def _one_person(one: Node, other: Node, people: People) -> bool:
    """True where two names that sound like a third one are one person's: joined already, or alike in two scripts."""
    return people.nodes.clusters.together(one, other) or in_two_scripts(one.text, other.text)


def join_short_transliterated(people: People, contacts: Contacts) -> None:
    """A family name alone is the person of another article whose name ends so in another script, in the same post."""
    by_seat = _offered(people, contacts, step="short-transliteration")
    for node in people.nodes.seen:
        if node.scope and len(people.nodes.clusters.members(node)) == 1:
            _join_other_script(node, by_seat, people, contacts, step="short-transliteration")


def join_sounds(people: People, contacts: Contacts) -> None:
    """Names brought into Latin letters in two languages (Chmygal, Shmyhal): the same seat, the same consonants."""
    by_sound: dict[tuple[object, ...], list[Node]] = {}
    for node in people.full():
        ways = [sorted(sound_readings(word)) for word in words(node.text)] if is_latin(node.text) else []
        for sounds in product(*ways):
            if sum(len(sound) >= FEWEST_SOUNDS for sound in sounds) > 1:  # a particle such as "al" may be among them
                for seat in seats_of(node, people):
                    contacts.note(node, "same-sound", (seat, sounds))
                    by_sound.setdefault((seat, sounds), []).append(node)
    for _, nodes in sorted(by_sound.items(), key=repr):
        for one, other in combinations(nodes, 2):
            post = people.share_post(one, other) if one.language != other.language else None
            if post is not None and not people.nodes.clusters.together(one, other):
                reason = f"{quoted(one)} and {quoted(other)} sound the same in two languages; both are {said_of(post)}."
                people.nodes.clusters.join(one, other, rule="same-sound", reason=reason)
