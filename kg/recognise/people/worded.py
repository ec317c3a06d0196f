"""Names beside posts, where blanks part words and no capital shows a name: Arabic.

A name begins behind a post, or behind what says whose post it is (وزير الخارجية|الياباني|تاكيشي إيوايا), and ends
where a known word begins: one that the lexicon holds, or that the pack lists as no name (``names.not_names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.lang import Pack
from kg.lang.letters import plain_letters
from kg.model import Name
from kg.recognise.spans import Span

_OWNERS = frozenset({"place", "nation", "body", "acronym", "honorific"})
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_OPEN = frozenset(
    {"weak-place", "weak-body", "short-place", "name", "person", "concept", "sector", "other", "honorific"}
)
"""Kinds of spans whose words may be part of a name."""
_BARE = "ى"
MOST, USUAL = 4, 2
"""Words of the longest name, small ones aside, and of a name after which an unknown word stands."""
_FIELD = 8
"""Words of the longest field of a post."""
_LETTERS = 5
"""Characters of the longest initial, as a script of syllables writes it, with its full stop: एच."""
SHORT = 4
"""Letters of the shortest listed word that is known behind one letter written together with it."""


class _Words(NamedTuple):
    """How a pack tells names: its small words, those that are no names, what may stand behind a post, initials, and
    what stands ``behind`` a place in a language of postpositions.
    """

    particles: frozenset[str]
    others: frozenset[str]
    before: frozenset[str]
    joins: re.Pattern[str]
    of_post: re.Pattern[str]
    proclitics: re.Pattern[str]
    article: str
    forms: re.Pattern[str]
    initials: re.Pattern[str]
    behind: tuple[str, ...]


@cache
def _words(pack: Pack) -> _Words:
    return _Words(
        frozenset(pack.names.get("particles", ())),
        frozenset(_key(w) for w in pack.written.get("names", pack.names).get("not_names", ())),
        frozenset(pack.names.get("before_name", ())),
        re.compile(pack.names.get("joins_post", " ")),
        re.compile(pack.names.get("of_post", "(?!)")),
        re.compile(pack.proclitics.get("any", "(?!)")),
        next(iter(pack.contracted), ""),
        re.compile(pack.names.get("not_name", "(?!)")),
        _initials(pack.names.get("abbreviations", ())),
        tuple(pack.names.get("locative", ())) if pack.names.get("postpositions") else (),
    )


def _initials(abbreviations: Iterable[str]) -> re.Pattern[str]:
    """The short words with a full stop that may open a name: एस. |जयशंकर."""
    short = "|".join(re.escape(word) for word in abbreviations if len(word) <= _LETTERS)
    return re.compile(f"(?:(?:{short}) ?)+" if short else "(?!)")


def _key(word: str) -> str:
    """A word in plain letters but for its last *yeh*: على is *on*, علي is Ali."""
    return plain_letters(word[:-1]) + word[-1:] if word.endswith(_BARE) else plain_letters(word)


def beside_posts(
    text: str, folded: str, start: int, end: int, framed: Sequence[Span], spans: Sequence[Span], pack: Pack
) -> Iterator[Span]:
    """Names beside the posts and honorifics of a sentence's frame; ``spans`` are all that were met in it."""
    taken = -1
    held = [s for s in spans if s.kind not in _OPEN]
    for place, span in enumerate(framed):
        if span.kind not in ("post", "honorific"):
            continue
        low = max(start, taken, framed[place - 1].end if place else start)
        said = place > 0 and framed[place - 1].kind in ("say", "honorific") and framed[place - 1].end == low
        found = [_before(text, folded, low, span, pack, said=said)] if span.kind == "post" else []
        if not any(found):
            found.append(_behind(text, folded, end, place, framed, held, pack))
        for name in found:
            if name is not None and name.start >= taken:
                yield name
                taken = name.end


def _behind(
    text: str,
    folded: str,
    end: int,
    place: int,
    framed: Sequence[Span],
    held: Sequence[Span],
    pack: Pack,
) -> Span | None:
    """The name behind ``framed[place]``, or behind what says whose post it is."""
    words, at = _words(pack), framed[place].end
    owners = {s.start: s for s in framed[place + 1 : place + 8] if s.kind in _OWNERS}
    if name := _past_field(text, folded, end, place, framed, held, pack, owners):
        return name
    for _ in range(6):
        joined, owner = _joined(words, folded, at, end, owners)
        if joined is None:
            break
        word = len(joined[0]) > 1 and joined[0].endswith(" ")  # the *former* minister
        if owner is None and not word:
            break
        at = owner.end if owner else joined.end() - 1
    if folded.startswith(", ", at):  # the prime minister, Ann Lee, says
        name = _run(text, folded, at + 2, end, framed, held, pack)
        return name if name and folded.startswith(",", name.end) else None
    owned = at > framed[place].end
    at = at + 1 if folded.startswith(" ", at) else end
    name = _run(text, folded, at, end, framed, held, pack)
    return _with_nation(text, name, framed, pack) if name and owned else name


def _past_field(
    text: str,
    folded: str,
    end: int,
    place: int,
    framed: Sequence[Span],
    held: Sequence[Span],
    pack: Pack,
    owners: Mapping[int, Span],
) -> Span | None:
    """The name of two words and more behind all that the post ``framed[place]`` is of: مدير إدارة المشاريع |علي حسن."""
    words, at = _words(pack), framed[place].end
    for _ in range(_FIELD):
        joined, owner = _joined(words, folded, at, end, owners)
        if owner is None and (joined := words.of_post.match(folded, at, end)) is None:
            break
        at = owner.end if owner else joined.end() if joined else at
    if at == framed[place].end or not folded.startswith(" ", at):
        return None
    name = _run(text, folded, at + 1, end, framed, held, pack)
    if name is None or " " not in name.value.text or folded.startswith(words.article, name.start):
        return None
    return _with_nation(text, name, framed, pack)


def _joined(
    words: _Words, folded: str, at: int, end: int, owners: Mapping[int, Span]
) -> tuple[re.Match[str] | None, Span | None]:
    """What joins an owner to the words before ``at``, and the owner, whose name the article may be part of."""
    joined = words.joins.match(folded, at, end)
    return joined, next((owners[i] for i in range(joined.end(), at, -1) if i in owners), None) if joined else None


def _with_nation(text: str, name: Span, framed: Sequence[Span], pack: Pack) -> Span:
    """A name of two words or more with the nationality right behind it, which is its surname where the post's owner is
    told before: وزير الخارجية العراقي فؤاد جميل| السوداني.
    """
    article = _words(pack).article
    nation = next((s for s in framed if s.kind == "nation" and s.start == name.end + 1 + len(article)), None)
    beside = nation is not None and plain_letters(text[name.end : nation.start]) == f" {article}"
    return _person(text, name.start, nation.end, pack) if nation and beside and " " in name.value.text else name


def _run(
    text: str, folded: str, at: int, end: int, framed: Sequence[Span], held: Sequence[Span], pack: Pack
) -> Span | None:
    """The name that begins at ``at``: words up to one that is known; of many unknown ones no more than is usual."""
    words = _words(pack)
    limit = min([end, *(s.start for s in framed if s.start >= at)])
    found: list[tuple[int, int]] = []
    letters = words.initials.match(folded, at, limit)
    whole, open_, position = 0, False, letters.end() if letters else at
    while position < limit and (match := _WORD.match(folded, position, limit)):
        if _is_word(text, match, held, words) or folded[match.end() : match.end() + 1].isalnum():
            break
        found.append(match.span())
        small = match[0] in words.particles
        whole += not open_ and not small  # a small word and the one behind it are part of the word before
        open_ = small
        position = match.end() + 1
        if whole > MOST or folded[match.end() : match.end() + 1] != " ":
            break
    closed = position >= limit or whole <= MOST
    if open_ or not found:
        return None
    found = _ended(folded, found, words, closed=closed and whole < MOST)
    if words.behind and folded.startswith(words.behind, found[-1][1]):
        return None  # the last words are a town's: Ann Lee |Greater Noida में
    if letters:
        return _person(text, at, found[-1][1], pack)
    if len(found) == 1 and (folded.count(folded[slice(*found[0])]) < 2 or found[0][1] - found[0][0] < SHORT):
        return None
    return _person(text, found[0][0], found[-1][1], pack)


def _ended(folded: str, found: list[tuple[int, int]], words: _Words, *, closed: bool) -> list[tuple[int, int]]:
    """The words of a name up to a surname with the article, or, where nothing closes it, as many as is usual."""
    count = 0
    for index, (low, high) in enumerate(found):
        word = folded[low:high]
        small = word in words.particles
        joined = index > 0 and folded[slice(*found[index - 1])] in words.particles
        count += not small and not joined
        if count < USUAL or small:
            continue
        follows = index + 1 < len(found) and folded[slice(*found[index + 1])] in words.particles
        article = bool(words.article) and word.startswith(words.article)
        if not follows and (article or (not closed and count >= USUAL)):
            return found[: index + 1]
    return found


def _before(text: str, folded: str, low: int, post: Span, pack: Pack, *, said: bool) -> Span | None:
    """The name that a comma parts from the post behind it: أنطونيو غوتيريش، |الأمين العام; or that stands right before
    it, behind a verb of saying (``said``) or a word of the pack: مع| سحر نصر |وزيرة.
    """
    words = _words(pack)
    lead = re.search(r",? (\w{1,4})?$", folded[max(low, post.start - 6) : post.start])
    if lead is None:
        return None
    stretch = post.start - len(lead[0])
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(folded, low, stretch):
        if found and match.start() != found[-1][1] + 1:
            found = []
        found = [] if _is_word(text, match, (), words) else [*found, match.span()]
    alone = found and found[-1][1] == stretch and USUAL <= len(found) <= MOST
    if alone and "," not in lead[0]:
        word = folded[low : found[0][0]].rstrip().rpartition(" ")[2]
        alone = word in words.before or (folded[low : found[0][0]] == " " and said)
    return _person(text, found[0][0], found[-1][1], pack) if alone else None


def _is_word(text: str, match: re.Match[str], held: Sequence[Span], words: _Words) -> bool:
    """True for a word that the lexicon holds or the pack lists, with what is written together with it."""
    if match[0] in words.particles:
        return False
    word = text[match.start() : match.end()]
    if any(match.start() <= s.start < match.end() <= s.end for s in held) or _listed(word, words):
        return True
    if words.forms.fullmatch(match[0]):
        return True
    for at in range(1, min(4, len(match[0]) - 1)):
        rest = word[at:]
        if _listed(rest, words) and len(rest) >= min(SHORT, at + 2) and words.proclitics.fullmatch(match[0], 0, at):
            return True
    return False


def no_words(text: str, start: int, end: int, pack: Pack) -> bool:
    """True where none of the words between two offsets is one that the pack lists as no part of a name."""
    words = _words(pack)
    return not any(_is_word(text, match, (), words) for match in _WORD.finditer(text, start, end))


def _listed(word: str, words: _Words) -> bool:
    """True for a word of the list; some write its last *yeh* without dots, but nobody على with dots."""
    return _key(word) in words.others or (word.endswith(_BARE) and plain_letters(word) in words.others)


def _person(text: str, start: int, end: int, pack: Pack) -> Span:
    return Span(start, end, "name", Name("person", text[start:end], pack.code))
