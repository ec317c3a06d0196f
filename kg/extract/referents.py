"""Whom words without a name stand for: "the bank", "his country", "we", "the minister"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from kg.extract.bodies.met import bodies_like
from kg.extract.cases import governs
from kg.extract.lands import dated_from, home_of, is_land, land_of
from kg.extract.topic import is_giver
from kg.model import Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.sums.currencies import SHARED
from kg.registry import load_registry

NEAR = 12
"""Characters between a giver and its verb."""
HEADS = ("minister", "president", "chancellor")
"""Ends of the slugs of posts of a country, however it is joined to them."""
SIGNED = 5
"""Paragraphs at the top, and at the end, in which an article is signed."""
BACK = 3
"""How many sentences back a speaker is looked for."""


def referent(
    found: Recognised, sentence: Sentence, span: Span, roles: Sequence[RoleFact], *, gets: bool
) -> Name | None:
    """Whom ``span``, a word of the pack's ``[again]``, stands for; None where none, or more than one, fits.

    ``gets``: the word stands for who gets something, so it is not the country whose minister speaks.
    """
    kind, stem = span.value
    roles = [r for r in roles if not _posted_to(found, r)]
    if kind == "speaker":
        names = _of_speaker(found, sentence, roles)
    elif kind == "subject":
        names = _giver_before(found, sentence, span)
    elif kind == "person":
        names = _holder_before(found, sentence, span, roles)
    elif kind == "host":
        names = _host(found, sentence, span)
    elif kind == "province":
        names = _provinces_before(found, span, stem)
    elif kind in ("country", "given_country"):
        names = _country_before(found, sentence, span, gets=gets)
    else:
        names = bodies_like(found, span.start, stem)
    distinct = {n.known or fold(n.text): n for n in names}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _giver_before(found: Recognised, sentence: Sentence, span: Span) -> list[Name]:
    """The giver told in the sentence before, for a pronoun that opens this one: "*It* will also give …"."""
    if span.start - sentence.start > 2:
        return []
    before = _back(found, sentence, 1)
    told = [(s, here) for here in before for s in here.of("place", "body")]
    told = [(s, here) for s, here in told if gives(here, s) and (s.kind == "body" or is_land(s.value))]
    # of "the foreign ministry, *Norway* will give" the nearest to the verb is its subject
    named = [s.value for s, _ in told if not any(0 < o.start - s.end <= NEAR for o, _ in told)]
    again = [(s, here) for here in before for s in here.of("again") if s.value[0] == "body" and gives(here, s)]
    return named or [n for s, _ in again for n in bodies_like(found, s.start, s.value[1])]  # "*The bank* gave"


def _holder_before(found: Recognised, sentence: Sentence, span: Span, roles: Sequence[RoleFact]) -> list[Name]:
    """The country, or else the body, of the one post-holder of the sentence before, for a pronoun that opens this one:
    "Norway sent *minister Moe*. *He* pledged …".
    """
    if span.start - sentence.start > 2:
        return []
    for here in _back(found, sentence, 1):
        told = [r for r in roles if any(here.start <= e.start < here.end for e in r.evidence)]
        if len({fold(r.person.text) for r in told}) != 1 or len(here.of("post")) > 1:
            return []
        bodies = [r.body for r in told if r.body]
        posts = here.of("post")
        owners = [s.value for s in here.of("nation", "place") if is_land(s.value) and _beside(found, s, posts)]
        lands = [n for n in (*owners, *bodies) if n.kind == "place"]
        return lands or bodies or _subjects(found, here)
    return []


def _host(found: Recognised, sentence: Sentence, span: Span) -> list[Name]:
    """The country where a gathering is held: that of the last place told where something is, in this sentence before
    ``span`` or in the one before: "Donors met *in Paris*. *The host* promised …".
    """
    for here in (sentence, *_back(found, sentence, 1)):
        told = [s for s in here.of("place") if s.end <= span.start and here.of("event", "hold", "host")]
        told = [s for s in told if governs(found, s.start, s.end, "locative")]
        land = land_of(told[-1].value.known) if told else None
        if land is not None and land.country:
            return [land.name(found.pack.code)]
    return []


def _country_before(found: Recognised, sentence: Sentence, span: Span, *, gets: bool) -> list[Name]:
    """The countries named in the sentence before and in this one before ``span``.

    One that ``gets`` is no giver: where these name only givers, or nobody, the nearest sentence before them tells.
    """
    names: list[Name] = []
    if not gets and (teller := _teller(found, sentence, span)):
        return [teller]
    for here in (sentence, *_back(found, sentence, BACK if gets else 1)):
        bodies = here.of("body", "money")  # of "dolar *AS*" no country is told
        told = [s for s in here.of("place", "nation") if s.end <= span.start and is_land(s.value)]
        told = [s for s in told if not any(b.start <= s.start and s.end <= b.end for b in bodies)]
        names += [s.value for s in told if not (gets and (_beside(found, s, here.of("post")) or gives(here, s)))]
        if names and here.start < sentence.start:
            break
    return names


def _provinces_before(found: Recognised, span: Span, stem: str) -> list[Name]:
    """The provinces that the article names before ``span``, with the word for one (``stem``) at their names: 广治省."""
    entries, folded = load_registry().by_id, found.folded

    def is_province(place: Span) -> bool:
        entry = entries.get(place.value.known)
        beside = folded.endswith(stem, place.start, place.end) or folded.endswith(f"{stem} ", 0, place.start)
        beside = beside or folded.startswith((stem, f" {stem}"), place.end)
        return entry is not None and bool(entry.in_country) and beside

    told = (s for here in found.sentences if here.start < span.start for s in here.of("place"))
    return [s.value for s in told if s.end <= span.start and is_province(s)]


def _teller(found: Recognised, sentence: Sentence, span: Span) -> Name | None:
    """The country whose minister, ministry or embassy tells what "the country" right behind a verb of saying does:
    "the *Chilean* embassy said *the country* would give …". Where they serve is not theirs.
    """
    verbs = [v for v in sentence.of("say", "pledge") if 0 <= span.start - v.end <= NEAR]
    if not verbs:
        return None
    lands = [s for s in sentence.of("place", "nation") if s.end <= verbs[0].start and is_land(s.value)]
    own = [s for s in lands if s.kind == "nation" or not governs(found, s.start, s.end, "locative")]
    return own[-1].value if own else None


def gives(sentence: Sentence, owner: Span) -> bool:
    """True for the subject of a verb of giving: "*Norway* has spent 30 million pounds"."""
    return any(0 < s.start - owner.end <= NEAR for s in sentence.of("give", "pledge", "paid"))


def _of_speaker(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact]) -> list[Name]:
    """The countries and bodies of those who hold a post in this sentence, or else of the one whose speech it is (by
    a label before it, or by words that follow it), or else of those in the nearest sentence before.
    """
    if names := _whose_speech(found, sentence, roles):
        return names
    for here in (sentence, *_back(found, sentence, BACK)):
        told = [r.body for r in roles if r.body and any(here.start <= e.start < here.end for e in r.evidence)]
        posts = here.of("post")
        owners = [s.value for s in here.of("nation", "place") if is_land(s.value) and _beside(found, s, posts)]
        if names := [*told, *owners]:
            return [n for n in names if n.kind == "place"] or names
        if posts:
            return _subjects(found, here)
    return _writer(found, sentence, roles)


def _writer(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact]) -> list[Name]:
    """The country or body of who signs an article with a post, on a line of its own above or below the text: "Ann Moe,
    *minister for development*".
    """
    paragraphs = found.article.paragraphs
    edges = (*paragraphs[:SIGNED], *paragraphs[-SIGNED:])
    for here in found.sentences:
        line = next((p for p in edges if p.start <= here.start and here.end <= p.end), None)
        told = [e for r in roles for e in r.evidence if line and line.start <= e.start and e.end <= line.end]
        if line and any(line.end - line.start - (e.end - e.start) <= NEAR for e in told) and here.of("post"):
            signed = [r for r in roles if any(line.start <= e.start and e.end <= line.end for e in r.evidence)]
            return [r.body for r in signed if r.body] or _home_of(found, sentence, signed, here.of("post")[0])
    return []


def _whose_speech(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact]) -> list[Name]:
    """The country or body of the one who is quoted: "*Holm:* We pay what we promise", « nous …. … », dit *Mme Roy*"."""
    at = _place(found, sentence)
    for here in (sentence, *_back(found, sentence, BACK)):
        label = re.match(r"\W*([^\s:][^:.,;]{1,40}): ", found.folded[here.start : here.end])
        if label:
            return _bodies_of(roles, label[1])
        if here.paragraph != sentence.paragraph:
            break
    for here in found.sentences[at : at + BACK]:
        if here.paragraph != sentence.paragraph:
            break
        says = here.of("say")
        ends = {p.start: p.end for p in here.of("post")}  # "sier *utenriksminister* …"
        told = [(s.start, ends.get(s.end + 1, s.end)) for s in says]
        names = [n for n in here.of("name") if any(abs(a - n.end) <= 2 or 0 <= n.start - b <= 2 for a, b in told)]
        if names:
            return _bodies_of(roles, fold(names[0].value.text)) or _home_of(found, sentence, roles, names[0])
        posts = [p for p in here.of("post") if any(0 < p.start - v.end <= 2 for v in says)]
        if posts and (told_by := _home_of(found, sentence, roles, posts[0])):  # "… , says the minister"
            return told_by
    return []


def _bodies_of(roles: Sequence[RoleFact], called: str) -> list[Name]:
    """The bodies of the post-holders whose name ends in ``called``: their country, where it is told."""
    told = [r.body for r in roles if r.body and f" {fold(r.person.text)}".endswith(f" {called}")]
    return [n for n in told if n.kind == "place"] or told


def _home_of(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact], who: Span) -> list[Name]:
    """The country of the language's press, for its minister who speaks of a sum in its money."""
    currencies = {m.value.currency for m in sentence.of("money")}
    return [n for c in sorted(currencies) if (n := speaks_for(found, roles, who, c)) is not None]


def _subjects(found: Recognised, sentence: Sentence) -> list[Name]:
    """The country that opens a sentence: whose minister speaks in it is not told, so that it is this one's ("*Ireland*
    will do more, the minister says").
    """
    lands = [s for s in sentence.of("place", "nation") if is_land(s.value)]
    opened = found.folded[sentence.start : lands[0].start].strip(' -–—"«“') if lands else "-----"
    cases = [w for key in ("dative", "locative", "genitive", "ablative") for w in found.pack.names.get(key, ())]
    # an article is short, and no preposition
    return [lands[0].value] if len(opened) <= 3 and not any(w.strip() == opened for w in cases) else []


def _posted_to(found: Recognised, role: RoleFact) -> bool:
    """True for those whose country is not whose they are, but where they serve or what their post is about: "the
    ambassador *to Malawi*", "the commissioner *for the Mediterranean*".
    """
    if role.body is None or role.body.kind != "place":
        return False
    where = found.folded[max(0, role.evidence[0].start - 4) : role.evidence[0].end].partition(fold(role.body.text))[0]
    if where.endswith(tuple(found.pack.names.get("posted", ("\0",)))):
        return True
    serves, heads = role.position == "ambassador", role.position.endswith(HEADS)
    entry = load_registry().by_id.get(role.body.known)
    if heads and entry is not None and entry.country:
        return False
    told = found.folded[role.evidence[0].start : role.evidence[0].end]
    before = " " + told.partition(fold(role.body.text))[0]
    keys = ("dative", "locative") if serves else ("dative",)
    return before.endswith(tuple(w for key in keys for w in found.pack.names.get(key, ())))


def _beside(found: Recognised, owner: Span, posts: Sequence[Span]) -> bool:
    """True for the owner of a post: "*Danish* foreign minister", "*Ghana*'s envoy", « ministre *belge* »."""
    near = found.folded
    return any(
        (
            0 <= p.start - owner.end <= 3
            and near[owner.end : p.start].strip() in ("", ")", *found.pack.names.get("owner", ()))
        )
        or (owner.kind == "nation" and 0 <= owner.start - p.end <= 1)
        for p in posts
    )


def _back(found: Recognised, sentence: Sentence, count: int) -> list[Sentence]:
    """The sentences before ``sentence``, the nearest first."""
    at = _place(found, sentence)
    return list(reversed(found.sentences[max(0, at - count) : at]))


def _place(found: Recognised, sentence: Sentence) -> int:
    """The index of ``sentence`` in its article."""
    return bisect_left(found.sentences, sentence.start, key=lambda s: s.start)


def speaks_for(found: Recognised, roles: Sequence[RoleFact], span: Span, currency: str) -> Name | None:
    """The country, or the body, for which a post or person promises a sum: "*The minister* confirmed 8 million"."""
    roles = _of_holder(roles, span)
    able = [r for r in roles if _is_speaker(r, span) and not _posted_to(found, r)]
    bodies = {r.body.known: r.body for r in able if r.body and (r.body.kind == "place" or _heads_giver(r))}
    known = {fold(r.person.text) for r in able if r.body}
    if span.kind == "post" and any(fold(r.person.text) not in known for r in able):
        bodies = {}  # "the minister" may be the one of whom it is not told whose
    if not bodies:
        posts = {r.position for r in roles if not r.body and _is_speaker(r, span)}
        bodies = _at_home(found, currency, posts) or _at_its_capital(found, posts)
    return next(iter(bodies.values())) if len(bodies) == 1 else None


LEADERS = frozenset(
    {
        "ambassador",
        "commissioner",
        "director",
        "director-general",
        "head",
        "high-representative",
        "president",
        "representative",
        "secretary-general",
        "vice-president",
    }
)
"""Posts whose holders promise what their body gives."""


def _heads_giver(role: RoleFact) -> bool:
    """True for who leads a registered body that gives: "*EU Commissioner* Lie pledged", "*the agency's director*"."""
    return role.body is not None and role.position in LEADERS and is_giver(role.body)


OF_STATE = frozenset({"king", "queen", "crown-prince", "president", "prime-minister", "chancellor"})
"""Posts whose holders, where no country is told, are of the one in whose capital an article is written."""


def _at_its_capital(found: Recognised, positions: set[str]) -> dict[str, Name]:
    """The country of a head of state or government whose country is not told: the one that the article is dated from,
    or from whose capital ("*Qatar*: Emir Hamad has donated").
    """
    land = dated_from(found) if positions and positions <= OF_STATE else None
    return {land.known: land} if land else {}


def _at_home(found: Recognised, currency: str, positions: set[str]) -> dict[str, Name]:
    """The country of a minister whose country is not told: that of the language's press, for a sum in its money."""
    land, home = home_of(found), found.pack.home
    ours = currency in (home.currency, home.also) and any(
        p.endswith(("minister", "state-secretary")) for p in positions
    )
    if land is None or not ours:
        return {}
    shared = currency != home.currency or currency in SHARED
    return {} if shared and _of_other_lands(found, home.place) else {land.known: land}


@lru_cache(maxsize=2)
def _of_other_lands(found: Recognised, home: str) -> bool:
    """True for an article that names countries, and nowhere that of the language's press, its people or government
    (where the pack lists what that is called): its ministers may be those of another with the same money.
    """
    if "home" not in found.pack.words:
        return False
    told = {s.value.known for sentence in found.sentences for s in sentence.of("place", "nation")}
    return bool(told) and home not in told and not any(sentence.of("home") for sentence in found.sentences)


def _of_holder(roles: Sequence[RoleFact], post: Span) -> Sequence[RoleFact]:
    """The roles of the one whom a post names: "Minister *Ek* promised" says nothing of another country's minister. All
    roles where it is told of nobody.
    """
    told = [r for r in roles if any(e.start <= post.start and post.end <= e.end for e in r.evidence)]
    holders = {fold(r.person.text) for r in told}
    return [r for r in roles if fold(r.person.text) in holders] if told else roles


def _is_speaker(role: RoleFact, span: Span) -> bool:
    if span.kind == "post":
        slug = span.value.slug
        return role.position in (slug, f"foreign-{slug}", f"development-{slug}")
    return span.kind == "name" and fold(span.value.text) in fold(role.person.text)
