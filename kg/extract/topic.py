"""What an article is about, so far as it decides what may be read from it."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.extract.bodies.around import call_of
from kg.extract.lands import country_code, lands_of
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.bodies.proper import NGO
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.sums.currencies import own_of
from kg.recognise.words.lexicon import lexicon
from kg.registry import load_registry

AID_SECTORS = frozenset(
    {
        "humanitarian-aid",
        "reconstruction",
        "refugees",
        "poverty-reduction",
        "food-security",
        "war-legacy",
        "climate-change",
    }
)


@lru_cache(maxsize=2)
def aid_words(found: Recognised) -> int:
    """How often the article speaks of aid and cooperation: the pack's words, donor conferences, ministers of
    development, and sectors that only aid has.
    """
    return sum(
        len(s.of("aid")) + sum(_speaks_of_aid(span) for span in s.of("event", "post", "sector"))
        for s in found.sentences
    )


def _speaks_of_aid(span: Span) -> bool:
    if span.kind == "post":
        return bool(span.value.slug == "development-minister")
    return span.value == "donor-conference" if span.kind == "event" else span.value in AID_SECTORS


@lru_cache(maxsize=2)
def about_aid(found: Recognised) -> bool:
    """True where the article is about aid or cooperation: it says so with two different words at least, or with one
    and a body that gives, or over and over with one and of nothing else, and oftener than it speaks of markets, matches
    or crime (``other`` of the pack). One word or body is enough in an article that names several countries and speaks
    of no such thing. What a town gives to its own people is no aid, what people gather for others is.
    """
    other = sum(len(sentence.of("other")) for sentence in found.sentences)
    bodies = _givers(found)
    told = _different(found)
    often = not other and aid_words(found) >= OFTEN
    said = (len(told) + bool(bodies) >= 2 or often) and bool(told) and aid_words(found) + bodies > other
    abroad = not other and (bool(told) or bodies > 0) and len(lands_of(found)) >= ABROAD
    given = gathered_for_others(found) or (not other and gives_abroad(found))
    return given or ((said or abroad) and not (bodies == 0 and _of_one_town(found)))


def gives_abroad(found: Recognised) -> bool:
    """True where a country gives what a field needs to another, though no word of aid is told: *Japan hands over* two
    *fire engines* to *Fiji*. What firms do abroad is no aid.
    """
    if any(s.of("business") for s in found.sentences):
        return False
    told = (s for s in found.sentences if s.of("give", "pledge") and s.of("sector"))
    return any(len({country_code(x.value) for x in s.of("place", "nation")} - {""}) >= ABROAD for s in told)


def gathered_for_others(found: Recognised) -> bool:
    """True where people gather money for what is needed in a country that does not pay in it, oftener than the article
    speaks of markets, matches or crime: a *bake sale* brings a *school* in *Malawi* 900 *pounds*.
    """
    count = sum(len(s.of("charity")) - len(s.of("other")) for s in found.sentences)
    paid = {m.value.currency for s in found.sentences for m in s.of("money")}
    if count <= 0 or not paid:
        return False
    needed = (place.value for s in found.sentences if s.of("sector", "countable") for place in s.of("place"))
    return any(land and not own_of(land, paid) for land in map(country_code, needed))


def _of_one_town(found: Recognised) -> bool:
    """True for an article about the politics of a town or district, that names one country at most."""
    return any(s.of("local") for s in found.sentences) and len(lands_of(found)) <= 1


ABROAD = 2
"""How many countries an article names that is about more than one."""
OFTEN = 5
"""How often an article that speaks of nothing else says one word of aid."""
STEM = 6
"""How many first letters words of aid share that are forms of one."""


def _different(found: Recognised) -> set[str]:
    """The words of aid an article uses, each once whatever its form: an *appeal* told three times is one word."""
    spans = (s for x in found.sentences for s in x.of("aid", "event", "post", "sector") if _is_aid_word(s))
    called = (call_of(found, s) for x in found.sentences for s in x.of("body") if _is_charity(found, s))
    told = {found.folded[s.start : min(s.end, s.start + STEM)] for s in spans}
    return told | set(called) | _in_headline(found)


def _in_headline(found: Recognised) -> set[str]:
    """The words of aid in a headline that stands outside the text, in front matter."""
    headline = found.article.headline or ""
    told = lexicon(found.pack.code).spans(headline, fold(headline))
    return {fold(headline[s.start : min(s.end, s.start + STEM)]) for s in told if s.kind == "aid"}


def _is_aid_word(span: Span) -> bool:
    return span.kind == "aid" or _speaks_of_aid(span)


SURE = 5
"""The weight of a gathering that is named so fully (number, day, place, host) that it is surely one."""


TOLD = 3
"""The weight of a gathering of which two things are told."""


def about_cooperation(found: Recognised, weight: int) -> bool:
    """True where an article with a gathering of this ``weight`` is about cooperation: about aid, or, where nothing
    speaks of markets, matches or crime, with some word of aid, a gathering named in full, or one well told and several
    mentions of bodies that give.
    """
    other = sum(len(sentence.of("other")) for sentence in found.sentences)
    if about_aid(found):
        return True
    between = weight >= TOLD and _givers(found) > 1  # a guest of the United Nations is received
    return other == 0 and (aid_words(found) > 0 or weight >= SURE or between)


def may_give(found: Recognised) -> bool:
    """True where no sentence speaks of markets, matches or crime, so that even one that names aid by no word may."""
    return not any(sentence.of("other") for sentence in found.sentences)


def may_be_given(sentence: Sentence) -> bool:
    """True for a sentence with a verb of giving and no word of trade, arms or companies."""
    return bool(sentence.of("give", "pledge")) and not sentence.of("business", "ask", "receive", "not_given", "paid")


def is_giver(name: Name) -> bool:
    """True for a registered body that gives or organizes aid, or a branch of one."""
    entry = load_registry().by_id.get(name.known)
    return name.type == NGO or (entry is not None and entry.type in GIVERS)


GIVERS = frozenset({"InternationalOrganization", NGO, "GovernmentBody"})
"""Classes of bodies that give: firms and media do not."""


def _givers(found: Recognised) -> int:
    """How often the article names a body that gives or organizes aid: a registered one, or a charity."""
    return sum(
        _gives_aid(span.value.known) or span.value.type == NGO or _is_charity(found, span)
        for sentence in found.sentences
        for span in sentence.of("body")
    )


def _is_charity(found: Recognised, body: Span) -> bool:
    """True for a body called by a word of aid: *the aid group Vita*, but not *the association Vita*."""
    return _speaks_aid(call_of(found, body), found.pack.code)


@lru_cache(maxsize=256)
def _speaks_aid(text: str, code: str) -> bool:
    """True where a few words hold one of aid."""
    return any(span.kind == "aid" for span in lexicon(code).spans(text, fold(text)))


@cache
def _gives_aid(known: str) -> bool:
    """True for a registered body that gives or organizes aid: of those of states the agencies whose name says so."""
    entry = load_registry().by_id.get(known)
    if entry is None or entry.type != "GovernmentBody":
        return entry is not None and entry.type in GIVERS
    words = {word for label in entry.labels for word in fold(label.text).split()}
    return "agency" in words and bool(words & {"cooperation", "development"})


def off_topic(sentence: Sentence) -> bool:
    """True where a sentence speaks of profits, prices or transfers rather than of aid."""
    return bool(sentence.of("other")) and not sentence.of("aid")
