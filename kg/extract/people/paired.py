"""Which of the names and posts that the rules of a pack pair in a sentence belong together."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace

from kg import lang
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.rules.frames import Found
from kg.recognise.spans import Span


def paired(found: Recognised, sentence: Sentence, matches: list[Found]) -> list[Found]:
    """The matches without those that pair names and posts of a list across: *A, minister of health*, B, director of …

    A post between commas is that of the name before it, unless that one has its own before (*the minister, A, the
    director, B*), or the name behind it is that of the speaker: in Gulu, *the director, B*, said.
    """
    matches = [kept for m in matches if (kept := _owned(found, sentence, m))]
    matches = [m for m in matches if not (_of_subject(found, sentence, m) or _lesser(found, m))]
    names = {n for m in matches if (n := m.one("name")) and plausible(found, n.value)}
    matches = _without_owners(found, _of_who_serves(matches))
    matches = [_without_next(found, m, names) for m in matches]
    named = [(m, n) for m in matches if (n := m.one("name")) in names and n]
    pairs = {(p, n) for m, n in named for p in m.slots.get("post", ())[:1]}
    across: set[tuple[Span, Span]] = set()
    for post in sorted({post for post, _ in pairs}, key=lambda post: post.start):
        before = [n for p, n in pairs if p == post and n.start < post.start]
        after = [n for p, n in pairs if p == post and n.start > post.start]
        if before and after:
            # of "*Ambassador* Lee, head of mission, Mr Moe, director" the title is no item of the list
            own = [n for p, n in pairs if n in before and p.start < n.start and (p, n) not in across]
            has_its_own = any(_after_comma(found, n) or not any(_titled(found, a) for a in after) for n in own)
            # of "…, *President* Lee" the comma stands before the post
            behind = [n for n in after if _after_comma(found, n) and n.start - post.end > 1]
            speaks = any(_speaks(found, sentence, n) for n in behind)
            across |= {(post, n) for n in (before if has_its_own or speaks or not behind else behind)}
    return [m for m in matches if (next(iter(m.slots.get("post", ())), None), m.one("name")) not in across]


def _without_next(found: Recognised, match: Found, names: Set[Span]) -> Found:
    """A match of two posts without the one of the neighbour: *A, minister of health*, and minister of trade B."""
    name, posts, folded = match.one("name"), match.slots.get("post", ()), found.folded
    if name is None or len(posts) != 2 or "," not in folded[posts[0].end : posts[1].start]:
        return match
    others = names - {name}
    if name.end <= posts[0].start and any(0 < other.start - posts[1].end <= 2 for other in others):
        wheres = tuple(w for w in match.slots.get("where", ()) if w.end <= posts[1].start)
        return replace(match, slots={**match.slots, "post": posts[:1], "where": wheres}, end=posts[0].end)
    beside = {", ", *(f", {article} " for article in found.pack.names.get("articles", ()))}
    behind = (other for other in others if other.end < posts[0].start)
    if posts[1].end < name.start and any(folded[other.end : posts[0].start] in beside for other in behind):
        return replace(match, slots={**match.slots, "post": posts[1:]}, start=posts[1].start)
    return match


def _of_who_serves(matches: list[Found]) -> list[Found]:
    """The matches without those that give a person the post of whom the person serves: *spokesman for the minister*,
    Ann Moe. Rules name that second post ``of``.
    """
    served = {(post, m.one("name")) for m in matches for post in m.slots.get("of", ()) if post.kind == "post"}
    return [m for m in matches if not any((post, m.one("name")) in served for post in m.slots.get("post", ())[:1])]


def _without_owners(found: Recognised, matches: list[Found]) -> list[Found]:
    """The matches without those that take a body for a person: *Green Valley* in "Ann Moe, head of the charity Green
    Valley", where another match has it as what the post is of; and behind a word such as "charity", in a language whose
    listed surnames tell that from "head of the charity Ann Moe".
    """
    told = {
        (post, where)
        for m in matches
        for post in m.slots.get("post", ())
        for where in m.slots.get("where", ())
        if (n := m.one("name")) and n.end < post.start < where.start - 1 and where.start - post.end > 1
    }
    called = tuple(f" {word} " for word in found.pack.names.get("called", ()) if not word.startswith("-"))
    surnames = found.pack.names.get("surnames", ()) if found.pack.spaces else ()

    def takes(match: Found) -> bool:
        name, post = match.one("name"), match.one("post")
        if name is None or post is None or name.start < post.end:
            return False
        after_word = bool(called and surnames) and found.folded.endswith(called, post.end, name.start)
        return (post, name) in told or (after_word and fold(name.value.text).split(" ")[0] not in surnames)

    return [m for m in matches if not takes(m)]


def _owned(found: Recognised, sentence: Sentence, match: Found) -> Found | None:
    """A match whose post behind a name is no owner's; for an owner's the post that stands behind it (Ann Moe, *the
    minister's* special *adviser*), or None where the name is of something else: *the minister's* guest.
    """
    name, post = match.one("name"), match.one("post")
    if name is None or post is None or post.start < name.end or not (sign := _owner_sign(found, post)):
        return match
    start = post.end + sign
    low = found.folded[start:]
    behind = next((s for s in sentence.of("post") if s.start >= start), None)
    if behind is None or not _FEW_WORDS.fullmatch(low, 0, behind.start - start):
        return None
    return replace(match, slots={**match.slots, "post": (behind,)}, end=behind.end)


_FEW_WORDS = re.compile(r" ?(?:[^\W\d_]+ ){0,2}")
"""What may stand between an owner and a post: *the minister's* diplomatic *adviser*."""


def _owner_sign(found: Recognised, post: Span) -> int:
    """How many characters behind a post make it an owner's, and 1 for the blank behind one in the genitive:
    minister*'s*, *ministerns*; 0 for none.
    """
    names = found.pack.names
    if sign := next((s for s in names.get("owner", ()) if found.folded.startswith(f"{s} ", post.end)), ""):
        return len(sign)
    genitives = tuple(f"{ending}s" for ending in names.get("definite", ())) if found.pack.bodies.get("genitive") else ()
    small = found.folded[post.end : post.end + 1] == " " and found.article.text[post.end + 1 : post.end + 2].islower()
    return int(small and bool(genitives) and found.folded.endswith(genitives, post.start, post.end))


def _of_subject(found: Recognised, sentence: Sentence, match: Found) -> bool:
    """True for a name that is the subject behind a clause that ends in a post: *After meeting the ambassador*, Ann Moe
    thanked Japan (``names.before_subject``). A comma or another sign behind the name makes it the holder's again.
    """
    name, post = match.one("name"), match.one("post")
    if name is None or post is None or name.start < post.end or not _after_comma(found, name):
        return False
    if not _GOES_ON.match(found.folded, name.end):
        return False
    if found.folded.startswith(tuple(found.pack.bodies["and"]), name.end):
        return False
    low = max([sentence.start, *(found.folded.rfind(sign, sentence.start, post.start) + 1 for sign in ',;:"')])
    clause = found.folded[low : match.start].lstrip()
    return lang.pattern(found.pack.code, "before_subject").fullmatch(clause) is not None


def _lesser(found: Recognised, match: Found) -> bool:
    """True where a word before a post, and before whose it is, says that its holder has another: the *deputy* British
    high commissioner, the *shadow* minister (``names.lesser``).
    """
    post = match.one("post")
    if post is None:
        return False
    start = min([post.start, *(s.start for s in match.slots.get("where", ()) if 0 <= post.start - s.end <= 1)])
    return found.folded.endswith(tuple(f"{word} " for word in found.pack.names.get("lesser", ())), 0, start)


_GOES_ON = re.compile(r" \w")
"""What stands behind a name that no comma parts from its verb."""


def _speaks(found: Recognised, sentence: Sentence, name: Span) -> bool:
    """True for a name with a comma and a verb of saying behind it."""
    return any(found.folded[name.end : verb.start] == ", " for verb in sentence.of("say"))


def _titled(found: Recognised, name: Span) -> bool:
    """True for a name right after a comma and an honorific: ", *Mr.* Tom Moe"."""
    before = found.folded[max(0, name.start - 30) : name.start]
    return any(before.endswith(f", {word} ") for word in found.pack.names.get("honorifics", ()))


def _after_comma(found: Recognised, name: Span) -> bool:
    """True for a name right after a comma, honorifics aside."""
    return re.search(r", (?:[\w.]{1,12} ){0,2}$", found.folded[max(0, name.start - 30) : name.start]) is not None


_ADDRESS = re.compile(r"\w{3,}\.[a-z]{2,4}$")
"""The name of a site: *gulu-news.cd*."""


def plausible(found: Recognised, name: Name) -> bool:
    """False for what cannot be a person's name: one letter, digits, a site, words that begin names of firms
    and bodies.
    """
    first, *rest = fold(name.text).split(" ")
    foreign = "-" in "".join(rest)  # *Ban* Ki-moon
    told = first in found.pack.names.get("not_persons", ()) and not foreign
    return len(name.text) > 1 and not name.text.isdigit() and not told and not _ADDRESS.search(fold(name.text))
