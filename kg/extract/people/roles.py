"""People with their posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg import lang
from kg.extract.people.bylines import authors
from kg.extract.people.headlines import in_headline
from kg.extract.people.held import body_of, common, held_in
from kg.extract.people.named_after import named_after
from kg.extract.people.paired import paired, plausible
from kg.extract.people.signatures import signatures
from kg.extract.people.titles import by_whole_name, titled
from kg.model import Evidence, Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.people.posts import Post, refine
from kg.recognise.rules.frames import Found, read
from kg.recognise.spans import Span

WHOLE = frozenset({"foreign-minister", "deputy-foreign-minister", "development-minister", "party-leader"})
"""Posts that say their field, so that a body named after a second post is not theirs."""

_HEADS = frozenset({"president", "king", "prime-minister", "chancellor", "governor", "mayor", "speaker-of-parliament"})
OF_STATES = _HEADS | {"state-secretary"}
"""Posts, beside those of ministers and their deputies, whose holders have counterparts elsewhere."""

DEPUTY = {"president": "vice-president"}
"""What the deputies of some are called, beside those of `_DEPUTIES`; any other is a deputy-head."""

_DEPUTIES = frozenset({"minister", "foreign-minister", "prime-minister", "secretary-general"})
_KIN_REACH = 40
"""Characters before a post in which the words stand that make it that of somebody's husband or mother."""
_NEAR = 500
"""Characters within which "her deputy" and "his predecessor" look for whose they are."""


ROYAL = frozenset({"king", "queen", "crown-prince"})


def people(found: Recognised) -> list[RoleFact]:
    """The posts that persons hold, as the pack's rules of family ``people`` read them, and the article's author."""
    roles: list[RoleFact] = []
    for sentence in found.sentences:
        told: set[tuple[int, int]] = set()
        bodies: set[int] = set()
        read_ones = (in_headline(found, sentence, m) for m in read(sentence.frame, found.pack.code, "people"))
        for match in paired(found, sentence, [m for m in read_ones if m]):
            name, posts = match.one("name"), match.slots.get("post", ())
            if name and named_after(found, match, name):
                continue
            if name and not posts and match.means and plausible(found, name.value):
                roles += _without_post(found, sentence, match, roles)
                continue
            pairs = {(name.start, post.start) for post in posts} if name else set()
            if any(_surnamed(found, w) for w in match.slots.get("where", ())):
                continue
            if name is None or name.start in bodies or not plausible(found, name.value):
                continue
            if match.means == "body" and any(_of_state(post) for post in posts):
                continue  # *minister Moe* in the United Nations is a guest there
            if _behind_its_first(found, sentence, name):
                continue
            opens = name.start == sentence.start and found.folded.startswith(", ", name.end)
            opens = opens or _goes_on(found, sentence, match, name)
            if posts and (_of_kin(found, posts[0], name) or _opens_with_place(found, sentence, name, posts[0])):
                continue
            if posts and (opens or posts[0].start < name.start) and _word_alone(found, name, opens=opens):
                continue
            if pairs and not pairs <= told:  # an earlier rule that read a body has the say
                new = list(_roles(found, sentence, match))
                roles += new
                told |= pairs if any(role.body for role in new) else set()
                bodies |= {w.start for w in match.slots.get("where", ()) if w.kind == "name"}
    roles += signatures(found)
    roles += list(titled(found, roles))
    return list(authors(found)) + _one_of_each(by_whole_name(found, _full_names(found, roles)))


def _behind_its_first(found: Recognised, sentence: Sentence, name: Span) -> bool:
    """True for the last word of a name whose first is a month's or a place's too, where both open a sentence: *April*
    Santos, *London* Breed.
    """
    first = found.folded[sentence.start : name.start]
    if " " in name.value.text or not first.endswith(" ") or " " in first[:-1]:
        return False
    places = any((s.start, s.end) == (sentence.start, name.start - 1) for s in sentence.of("place"))
    return places or first[:-1] in found.pack.months


def _word_alone(found: Recognised, name: Span, *, opens: bool) -> bool:
    """True for a capitalised word between commas that no other name of the article holds: *head of mission,
    Specialist in …*; or that ``opens`` a sentence before one: *Separately, the minister …*. An honorific before it
    makes it a name.
    """
    comma = found.folded[max(0, name.start - 2) : name.start] == ", "
    if not found.pack.spaces or " " in name.value.text or not (comma or opens):
        return False
    whole = (s.value.text for part in found.sentences for s in part.frame.spans if s.kind == "name")
    return not any(" " in text and name.value.text in text.split() for text in whole)


def _opens_with_place(found: Recognised, sentence: Sentence, name: Span, post: Span) -> bool:
    """True for a name behind a preposition of place that opens the sentence, before a comma, an article and a post: *À
    Gulu*, le ministre …
    """
    opening = " " + found.folded[sentence.start : name.start]
    between = found.folded[name.end : post.start]
    article = re.fullmatch(r", [^\W\d_]{1,3}[ ']", between) is not None
    return article and opening in found.pack.names.get("locative", ())


def _of_kin(found: Recognised, post: Span, name: Span) -> bool:
    """True for a name that a comma parts from the post of its husband: *the wife of* the president, Ann Moe."""
    before = _kin(found.pack.code).search(found.folded, max(0, post.start - _KIN_REACH), post.start)
    return before is not None and "," in found.folded[post.end : name.start]


@cache
def _kin(code: str) -> re.Pattern[str]:
    """What stands before the post of somebody's husband or mother."""
    return re.compile(rf"(?<!\w)(?:{lang.load(code).names.get('kin', '(?!)')})$")


def _goes_on(found: Recognised, sentence: Sentence, match: Found, name: Span) -> bool:
    """True for a name right behind whose post it is, with no comma, or before the comma and a further name, where posts
    are written small: it may be the last word of a field (*ministra da Educação e Desenvolvimento* Humano, Ana Reis).
    """
    if not found.pack.names.get("posts_lower"):
        return False
    wheres = match.slots.get("where", ())
    behind = found.folded.startswith(", ", name.end) and any(s.start == name.end + 2 for s in sentence.of("name"))
    return behind or any(name.start - where.end == 1 and where.kind in ("name", "body") for where in wheres)


def _roles(found: Recognised, sentence: Sentence, match: Found) -> Iterator[RoleFact]:
    name = match.one("name")
    posts = match.slots.get("post", ())
    if name is None or not posts:
        return
    if len(posts) > 1 and posts[-1].end < name.start and _definite(found, posts[0]):
        posts = posts[1:]
    shared, inside = _choose(match.slots.get("where", ())), _inside(sentence, posts[0])
    leads = inside is not None and inside.start == posts[0].start and inside.value.kind == "place"
    if inside and (shared is None or shared.value.kind != inside.value.kind == "organization"):
        shared = inside  # of "UN coordinator in Vietnam" the UN
    elif inside and shared and leads and shared.start > posts[0].end and shared.value.kind == "place":
        shared = inside  # of "*US* ambassador to Ghana"
    evidence = (Evidence(match.start, match.end, match.rule),)
    each = _of_each(posts, match.slots.get("where", ()))
    for post in posts:
        where = each.get(post) if each else shared
        domain = _concepts(sentence, where) if where and where.value.kind == "organization" else frozenset[str]()
        value: Post = post.value
        whole = bool(value.domain) or value.slug in WHOLE
        own = where if not whole or post == posts[-1] or where is None or where.start < post.end else None
        yield RoleFact(
            person=name.value,
            position=refine(value.slug, domain) if not value.domain and domain else value.slug,
            title=found.article.text[post.start : post.end],
            evidence=evidence,
            body=held_in(value.slug, own)
            if own and not (_cut(found, own) or common(sentence, own, found.pack))
            else None,
            observed=found.article.published,
        )


def _of_state(post: Span) -> bool:
    """True for the post of a minister, or of one whom a state has, or a king."""
    slug = post.value.slug
    return slug in OF_STATES | ROYAL or "minister" in slug or slug in ("ambassador", "member-of-parliament")


def _definite(found: Recognised, post: Span) -> bool:
    """True for a post in the form that stands for somebody known: *ministeren* og ambassadør Moe are two."""
    endings = tuple(found.pack.names.get("definite", ()))
    return bool(endings) and found.folded.endswith(endings, post.start, post.end)


def _of_each(posts: Sequence[Span], wheres: Sequence[Span]) -> dict[Span, Span | None]:
    """The body of each post where one stands between two posts: 基金委员会主席、|政务司|司长. Empty elsewhere."""
    starts = [0, *(post.end for post in posts)]
    if not any(
        low <= w.start and w.end <= p.start for low, p in zip(starts[1:], posts[1:], strict=False) for w in wheres
    ):
        return {}
    return {
        post: _choose([w for w in wheres if low <= w.start and w.end <= post.start])
        for low, post in zip(starts, posts, strict=False)
    }


def _without_post(found: Recognised, sentence: Sentence, match: Found, roles: Sequence[RoleFact]) -> list[RoleFact]:
    """A post that no word for posts names: that of "who leads the agency", "his counterpart", "her deputy".

    The rule's ``means`` is the position, or ``counterpart``, ``deputy`` or ``same``, which say whose post tells it:
    the one told right before (for a counterpart: or else in the same sentence).
    """
    name, title = match.one("name"), match.title
    if name is None or title is None:
        return []
    where = _choose(match.slots.get("where", ()))
    slug, body = match.means, body_of(where) if where else None
    if slug in ("counterpart", "deputy", "same"):
        whose = _whose(roles, match, sentence)
        if whose is None or fold(whose.person.text) == fold(name.value.text):
            return []
        if slug == "deputy":
            called = f"deputy-{whose.position}" if whose.position in _DEPUTIES else "deputy-head"
            slug = DEPUTY.get(whose.position, called)
        else:
            body = body if slug == "counterpart" else whose.body
            slug = whose.position
    evidence = (Evidence(match.start, match.end, match.rule),)
    words = found.article.text[title[0] : title[1]]
    return [RoleFact(name.value, slug, words, evidence, body=body, observed=found.article.published)]


def _whose(roles: Sequence[RoleFact], match: Found, sentence: Sentence) -> RoleFact | None:
    """The role by which a counterpart, a deputy or a predecessor is told."""
    told = sorted(roles, key=lambda role: role.evidence[0].start)
    if match.means == "counterpart":
        told = [r for r in told if r.position in OF_STATES or r.position.endswith("minister")]
        after = [r for r in told if match.end <= r.evidence[0].start < sentence.end]
    else:
        told = [r for r in told if match.start - r.evidence[0].start < _NEAR]
        after = []
    before = [r for r in told if r.evidence[0].start < match.start]
    if match.means == "same" and before:  # not of "X, the minister of trade" that was not read
        names = [s for s in sentence.of("name") if before[-1].evidence[0].end <= s.start < match.start]
        before = [] if any(fold(s.value.text) not in fold(before[-1].person.text) for s in names) else before
    heads = {r.person for r in roles if r.position == "head"}  # who heads a department of state
    able = heads | {r.person for r in told}
    if match.means == "counterpart" and not match.slots.get("where") and len(able) > 1:
        return None  # "his counterpart" of no country may be anyone's
    return before[-1] if before else (after[0] if after else None)


def _surnamed(found: Recognised, span: Span) -> bool:
    """True for a name of more than one word that begins with a surname: a person, and no body that somebody heads."""
    first, *rest = fold(span.value.text).split(" ")
    return span.kind == "name" and bool(rest) and first in found.pack.names.get("surnames", ())


def _cut(found: Recognised, span: Span) -> bool:
    """True for one word that begins names of bodies, in a language that parts words by syllables (and so tells persons
    by their surnames): the name of a body was not read to its end (Ủy|ban …).
    """
    word, names = fold(span.value.text), found.pack.names
    return span.kind == "name" and bool(names.get("surnames")) and word in names.get("not_persons", ())


def _inside(sentence: Sentence, post: Span) -> Span | None:
    """The body with which a post's label begins (the United Nations of 联合国秘书长), or a nationality behind its first
    word.
    """
    named = [s for s in sentence.of("body", "place", "nation") if s.start == post.start and s.end < post.end]
    named = named or [s for s in sentence.of("body") if post.start < s.start and s.end == post.end]
    wider = sentence.of("body")  # the European of "minister of foreign affairs and the European Union" is none
    named = named or [
        s
        for s in sentence.of("nation")
        if post.start < s.start and s.end <= post.end and not any(b.start < s.end and s.end <= b.end for b in wider)
    ]
    return max(named, key=lambda s: s.end, default=None)


def _choose(spans: Sequence[Span]) -> Span | None:
    """A body says more than a place: of "Japan's Ministry of Finance" and "Japan" the ministry."""
    return next((s for s in spans if s.value.kind != "place"), spans[0] if spans else None)


def _concepts(sentence: Sentence, body: Span) -> frozenset[str]:
    """The concepts in a body's name: a minister in the ministry of foreign affairs is a foreign minister."""
    inside = (s for s in sentence.of("concept", "compound") if body.start <= s.start and s.end <= body.end)
    return frozenset(str(s.value) for s in inside)


def _full_names(found: Recognised, roles: Sequence[RoleFact]) -> list[RoleFact]:
    """A name of one word is the person of whose fuller name in the article it is a part, if there is just one; where
    no post stands beside the fuller name, it ends in that word ("says *Ann Lee*", "the minister, Mrs *Lee*").
    """
    full = list(dict.fromkeys(r.person for r in roles if _words(r.person) > 1))
    out = []
    for role in roles:
        known = role
        if _is_part(role.person, full) and role.position not in ROYAL:  # kings have their first names
            part = fold(role.person.text)
            owners = {fold(p.text): p for p in full if part in _parts(p)} or _named_so(found, part)
            if len(owners) == 1:
                known = replace(role, person=next(iter(owners.values())))
            elif len(owners) > 1:
                continue
        out.append(known)
    return out


def _is_part(name: Name, full: Sequence[Name]) -> bool:
    """True for a name of one word; and, where it looks like a surname with a given name, for one that is a word of a
    fuller name: *마쓰오* beside 마쓰오 다카시.
    """
    part = fold(name.text)
    return _words(name) == 1 or (" " not in part and any(part in fold(p.text).split(" ") for p in full if p != name))


def _named_so(found: Recognised, part: str) -> dict[str, Name]:
    """The names of two or three words that end in a word and stand beside a verb of saying."""
    named: dict[str, Name] = {}
    for sentence in found.sentences if found.pack.spaces else ():
        verbs = sentence.of("say")
        for span in (s for s in sentence.frame.spans if s.kind == "name" and s.value.text.count(" ") in (1, 2)):
            beside = any(0 <= span.start - v.end <= 1 or 0 <= v.start - span.end <= 1 for v in verbs)
            if beside and fold(span.value.text).endswith(f" {part}") and plausible(found, span.value):
                named[fold(span.value.text)] = span.value
    return named


def _parts(name: Name) -> list[str]:
    surname = _surname(name)
    if surname:
        return [fold(name.text), surname]
    return [w for word in _DOTS.sub(" ", fold(name.text)).split(" ") for w in {word, *word.split("-")}]


_DOTS = re.compile(r"[·・＝=•‧．]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
"""What parts the words of a foreign name in scripts without blanks."""


def _surname(name: Name) -> str:
    """The listed surname with which a name begins, where a pack tells names by their posts; empty elsewhere."""
    names = lang.load(name.language).names if name.language in lang.codes() else {}
    if not names.get("foreign") or " " in name.text:
        return ""
    return max((s for s in names["surnames"] if name.text.startswith(s)), key=len, default="")


def _words(name: Name) -> int:
    text = name.text
    if surname := _surname(name):
        return 1 if surname == text else 2
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        return 2 if _DOTS.search(text) or len(text) in (2, 3) else 1
    return len(_DOTS.sub(" ", text).split())


def _one_of_each(roles: Sequence[RoleFact]) -> list[RoleFact]:
    """One role per person, position and body; those without a body join one that states it. Evidence adds up."""
    merged: dict[tuple[str, str, str], RoleFact] = {}
    evidence: dict[tuple[str, str, str], list[Evidence]] = {}
    stated: dict[tuple[str, str], str] = {}
    for role in roles:
        if role.body:
            stated.setdefault((fold(role.person.text), role.position), fold(role.body.text))
    for role in roles:
        person = fold(role.person.text)
        body = fold(role.body.text) if role.body else stated.get((person, role.position), "")
        key = (person, role.position, body)
        evidence.setdefault(key, []).extend(role.evidence)
        first = merged.setdefault(key, role)
        if not first.body and role.body:
            merged[key] = replace(first, body=role.body)
    return [replace(role, evidence=tuple(dict.fromkeys(evidence[key]))) for key, role in merged.items()]
