"""Who gives and who gets a sum of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.frames import read
from kg.recognise.spans import Span
from kg.registry import load_registry

GIVING = frozenset({"give", "pledge", "paid"})
ACTORS = frozenset({"place", "body", "acronym"})
NEAR, ASIDE = 24, 80
"""Characters between a name and its verb, and those that a relative clause may take."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sum, and the stretch of its sentence that speaks of it: from the sum before to the sum after."""

    money: Span
    start: int
    end: int
    before: tuple[Span, ...]
    after: tuple[Span, ...]
    first: bool


def clause_of(sentence: Sentence, sums: Sequence[Span], index: int) -> Clause:
    """The stretch of ``sentence`` that speaks of the ``index``-th of its ``sums``."""
    money = sums[index]
    start = sums[index - 1].end if index else sentence.start
    end = sums[index + 1].start if index + 1 < len(sums) else sentence.end
    spans = sentence.frame.spans
    before = tuple(s for s in spans if start <= s.start and s.end <= money.start)
    after = tuple(s for s in spans if money.end <= s.start and s.end <= end)
    return Clause(money, start, end, before, after, index == 0)


def actor(sentence: Sentence, span: Span) -> Name:
    """The name of a giver or receiver; a capital ("Madrid would give …") or a government stands for its country."""
    name: Name = span.value
    inside = [s for s in sentence.spans if span.start <= s.start and s.end <= span.end] if span.kind == "body" else []
    if not name.known and any(s.kind == "concept" and s.value == "government" for s in inside):
        country = next((s for s in inside if s.kind in ("place", "nation")), None)
        name = country.value if country else name
    if name.kind == "place" and name.known:
        entry = load_registry().by_id[name.known]
        if entry.capital_of:  # Brussels stands for the Union
            kind = "organization" if entry.capital_of.startswith("organization/") else name.kind
            return replace(name, known=entry.capital_of, kind=kind)
    return replace(name, kind="organization") if name.kind == "person" else name


def country_code(name: Name) -> str:
    """ISO 3166-1 code of a registered country; empty for others."""
    entry = load_registry().by_id.get(name.known)
    return entry.country if entry else ""


def by_rules(found: Recognised, sentence: Sentence, money: Span) -> tuple[dict[str, Span], str]:
    """Donor and recipient as the pack's rules of family ``aid`` read them around this sum, and the rule's name."""
    told: dict[str, Span] = {}
    name = ""
    for match in read(sentence.frame, found.pack.code, "aid"):
        if money not in match.slots.get("money", ()):
            continue
        for slot in ("donor", "recipient"):
            if slot not in told and (span := match.one(slot)):
                told[slot] = span
                name = name or match.rule
    return told, name


def has_actor(found: Recognised, clause: Clause) -> bool:
    """True where somebody who can give is named between the sum before and this one."""
    return any(s.kind in ACTORS and not _placed(found, s) for s in clause.before)


def _placed(found: Recognised, span: Span) -> bool:
    """True for a name that says where or for whom ("for reconstruction in *Turkey* and 108 million euros")."""
    return any(_preceded(found, span, key) for key in ("locative", "dative"))


def donor(found: Recognised, sentence: Sentence, clause: Clause) -> Span | None:
    """The nearest free actor before the verb of giving; right before the sum where the verb is left out."""
    verbs = [s for s in clause.before if s.kind in GIVING]
    dateline = max((m.end for m in read(sentence.frame, found.pack.code, "dateline")), default=0)
    actors = [s for s in clause.before if s.kind in ACTORS and s.start >= dateline and not _media(s)]
    actors = sorted([*actors, *_governments(found, clause)])
    bare = [a for a in actors if _bare_subject(found, clause, a) or _bracketed(found, sentence, clause, a)]
    if bare:
        return bare[-1]
    if verbs:
        subjects = [
            a
            for a in actors
            if a.end <= verbs[-1].start
            and (_free(found, a, actors) or _acts(found, a, verbs))
            and not _modifies(found, sentence, a)
            and not _aside(found, a, verbs[-1])
            and not _asks(sentence, a, verbs[-1])
            and not _explains(found, actors, a)
        ]
        if subjects:
            low, high = subjects[-1].end, verbs[-1].start
            nobody = _somebody(sentence, low, high) and not _in_apposition(found, sentence, low, high)
            return None if nobody else subjects[-1]
    elif not clause.first:
        near = [
            a
            for a in actors
            if clause.money.start - a.end <= 12
            and found.folded[a.end : clause.money.start] not in found.pack.bodies["and"]
            and not _placed(found, a)
            and not _in_list(found, sentence, clause, a)
        ]
        if near:
            return near[-1]
    elif sentence.of("give", "pledge") and not sentence.of("benefit", "ask"):
        listed = [a for a in actors if found.folded[a.end : clause.money.start] == " (" and not _placed(found, a)]
        if listed:
            return listed[-1]
    if verbs and found.pack.names.get("verb_second"):
        follow = [a for a in actors if 0 <= a.start - verbs[-1].end <= 5]
        if follow:
            return follow[0]
    of_nation = [s for s in clause.before if s.kind == "nation" and _gives(found, sentence, s, verbs)]
    if of_nation:
        return of_nation[-1]
    hosted = min((s.start for s in clause.after if s.kind in ("event", "hold")), default=clause.end)
    after = [a for a in clause.after if a.kind in ACTORS and _preceded(found, a, "ablative") and a.start < hosted]
    return next((a for a in after if not _of_next(found, clause, a)), None)


def _governments(found: Recognised, clause: Clause) -> list[Span]:
    """Governments named without their country's name ("*regjeringen* gir 20 millioner kroner") as that country: the one
    whose nationality stands before, else that of the language's press, where the sum is in its money.
    """
    home = found.pack.names.get("home", {})
    told = []
    for span in (s for s in clause.before if s.kind == "home"):
        nation = next((s for s in clause.before if s.kind == "nation" and 0 < span.start - s.end <= 2), None)
        known = nation.value.known if nation else home.get("place", "")
        foreign = clause.money.value.currency != home.get("currency") or _whose(found, clause, span)
        if known and (nation or not foreign):
            text, code = load_registry().by_id[known].label(found.pack.code)
            start = nation.start if nation else span.start
            told.append(Span(start, span.end, "place", Name("place", text, code, known=known)))
    return told


def _whose(found: Recognised, clause: Clause, span: Span) -> bool:
    """True where a place beside a government says whose it is: "the government *of Malawi*", "*Ghanas* regjering"."""
    after = [s for s in clause.before if s.kind == "place" and 0 < s.start - span.end <= 8]
    return any(_preceded(found, s, key) for s in after for key in ("locative", "genitive"))


def _acts(found: Recognised, span: Span, verbs: Sequence[Span]) -> bool:
    """True for a name right before its verb, or before a relative clause that is one ("Germany, *which gave* …")."""
    for verb in verbs:
        between = found.folded[span.end : verb.start] if 0 < verb.start - span.end <= NEAR else ""
        bare = between == " " and not found.pack.names.get("verb_second") and not _preceded(found, span, "locative")
        if bare or any(between.startswith(word) for word in found.pack.names.get("relative", ())):
            return True
    return False


def _aside(found: Recognised, span: Span, verb: Span) -> bool:
    """True for a name inside a relative clause that ends before the verb ("Italy, which chairs the *G7*, gives")."""
    opened = max((found.folded.rfind(w, 0, span.start) for w in found.pack.names.get("relative", ())), default=-1)
    if opened < 0 or span.start - opened > ASIDE or re.search(r"[.;,]", found.folded[opened + 2 : span.start]):
        return False
    return "," in found.folded[span.end : verb.start]


def _explains(found: Recognised, actors: Sequence[Span], span: Span) -> bool:
    """True for the owner in words that explain the name before ("Norad, *Norway*'s aid agency, will give")."""
    owner = found.folded.startswith("'s ", span.end)
    return owner and any(a.kind != "place" and a.end == span.start - 2 for a in actors)


def _asks(sentence: Sentence, span: Span, verb: Span) -> bool:
    """True for a name right before a verb of asking: "of the 4 billion *the UN* asked for, 1 billion was pledged"."""
    return any(0 < s.start - span.end <= NEAR and s.end <= verb.start for s in sentence.of("ask"))


def _of_next(found: Recognised, clause: Clause, span: Span) -> bool:
    """True for a name right before the next sum, whose giver it is ("followed by *France* (110 million)")."""
    return clause.end - span.end <= 3 and found.folded[span.end : clause.end].strip() in ("", "(", ":")


def signed(found: Recognised, sentence: Sentence, clause: Clause) -> dict[str, Span]:
    """Giver and receiver of a sum that two sign for ("Japan and Vietnam signed notes on a loan of 41 billion yen").

    The giver is a body beside a state, or the state whose currency it is (an ISO 4217 code begins with the country's
    ISO 3166-1 code); where neither tells, nobody is named.
    """
    verbs = [s for s in clause.before if s.kind == "sign"]
    if not verbs or any(s.kind in GIVING and s.start > verbs[-1].start for s in clause.before):
        return {}
    both = [s for s in clause.before if s.kind in ("place", "body") and s.end <= verbs[-1].start and _free(found, s)][
        -2:
    ]
    if len(both) < 2 or found.folded[both[0].end : both[1].start].strip(" ,") not in _joints(found):
        return {}
    own = [s for s in both if country_code(actor(sentence, s)) == clause.money.value.currency[:2]]
    bodies = [s for s in both if actor(sentence, s).kind == "organization"]
    giver = own if len(own) == 1 else bodies
    if len(giver) != 1:
        return {}
    return {"donor": giver[0], "recipient": both[1] if giver[0] == both[0] else both[0]}


def _joints(found: Recognised) -> set[str]:
    words = (*found.pack.bodies["and"], *found.pack.names.get("together", ()))
    return {
        "",
        *(w.strip(" ,") for w in words),
        *(f"{w.strip(' ,')} {a}" for w in words for a in found.pack.names.get("articles", ())),
    }


def partners(found: Recognised, clause: Clause, giver: Span) -> list[Span]:
    """Those who give a sum together with ``giver``: the names joined to it on its left ("*A, B and* C will give")."""
    both = "|".join(re.escape(w.strip()) for w in found.pack.bodies["and"])
    joint = re.compile(rf",? ?(?:{both}|,) ?(?:\w{{1,3}} |\w')?")
    joined: list[Span] = []
    for one in reversed([s for s in clause.before if s.kind in ACTORS and s.end <= giver.start]):
        right = joined[-1] if joined else giver
        if not joint.fullmatch(found.folded, one.end, right.start) or not _free(found, one) or len(joined) == 6:
            break
        joined.append(one)
    return joined


def _bare_subject(found: Recognised, clause: Clause, span: Span) -> bool:
    """A giver after a comma and right before its sum, the verb left out: "through USAID, *Switzerland* 1 million"."""
    return not clause.first and found.folded.endswith(", ", 0, span.start) and clause.money.start - span.end == 1


def _bracketed(found: Recognised, sentence: Sentence, clause: Clause, span: Span) -> bool:
    """A giver whose sum follows in brackets: "by *Qatar* (100 million dollars) and *Turkey* (50 million)"."""
    between = found.folded[span.end : clause.money.start]
    if between not in (" (", "(") or sentence.of("ask"):
        return False
    return not _in_list(found, sentence, clause, span) and bool(sentence.of(*GIVING, "aid"))


def _in_list(found: Recognised, sentence: Sentence, clause: Clause, span: Span) -> bool:
    """True in a list of those who get a share: "it will benefit Chad (40 million euros) and Mali (35 million)"."""
    between = found.folded[span.end : clause.money.start].strip()
    return between == "(" and any(s.start < span.start for s in sentence.of("benefit"))


def _modifies(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for a name right before a gathering or hall, where it says which one: 布鲁塞尔会议, 非洲|气候|峰会."""
    following = next((s for s in sentence.frame.spans if s.start >= span.end), None)
    if following is None or following.kind not in ("event", "venue"):
        return False
    between = found.folded[span.end : following.start]
    breaks = found.pack.bodies.get("breaks", "")
    return not between or (bool(breaks) and len(between) <= 8 and between.isalpha() and not set(between) & set(breaks))


def _somebody(sentence: Sentence, start: int, end: int) -> bool:
    """True where a subject that names nobody ("donors", 各方) stands between ``start`` and ``end``."""
    return any(start + 2 < s.start and s.end <= end for s in sentence.of("anyone"))


def _in_apposition(found: Recognised, sentence: Sentence, start: int, end: int) -> bool:
    """True where such a word only describes the name before it: "Canada, *one of the biggest donors*, announced"."""
    told = [s for s in sentence.of("anyone") if start + 2 < s.start and s.end <= end]
    return found.folded.startswith(", ", start) and all("," in found.folded[s.end : end] for s in told)


def next_giver(found: Recognised, clause: Clause) -> int:
    """Where a subject begins after a sum: the giver of the next one ("138 million, while *Tokyo* …")."""
    return min((s.start for s in clause.after if s.kind in ACTORS and _free(found, s)), default=clause.end)


def asker(found: Recognised, clause: Clause) -> Span | None:
    """Who asks for a sum, or needs it: the nearest free actor before the verb of asking."""
    verbs = [s for s in clause.before if s.kind == "ask"]
    subjects = [s for s in clause.before if s.kind in ACTORS and verbs and s.end <= verbs[0].start and _free(found, s)]
    return subjects[-1] if subjects else None


def recipient(
    found: Recognised, sentence: Sentence, clause: Clause, giver: Span | None, previous: Sentence | None
) -> Span | None:
    """Who gets a sum: the actor after "to" or "for", the object of the verb of giving, else the place it goes to."""
    actors = [s for s in (*clause.after, *clause.before) if s.kind in ("place", "body") and s != giver]
    listed = [a for a in clause.before if a.kind in ACTORS and _in_list(found, sentence, clause, a)]
    if listed:
        return listed[-1]
    given = [a for a in actors if _preceded(found, a, "dative") and not _merely_there(found, sentence, a)]
    if given:
        return given[0]
    verbs = [s for s in clause.before if s.kind in GIVING]
    direct = [a for a in clause.before if a.kind == "place" and verbs and 0 <= a.start - verbs[-1].end <= 2]
    if direct and direct[0] != giver:
        return direct[0]
    if giver is not None:
        return _for_use_in(found, sentence, clause, giver)
    there = [
        a for a in actors if _country(a) and _preceded(found, a, "locative") and not _merely_there(found, sentence, a)
    ]
    inside = [a for a in there if a.end <= clause.money.start]
    if inside:
        return inside[-1]
    if previous is not None and previous.paragraph == sentence.paragraph and not actors:
        earlier = [
            a
            for a in previous.frame.spans
            if _country(a) and _preceded(found, a, "locative") and not _merely_there(found, previous, a)
        ]
        return earlier[-1] if earlier else None
    return _for_use_in(found, sentence, clause, giver)


def _for_use_in(found: Recognised, sentence: Sentence, clause: Clause, giver: Span | None) -> Span | None:
    """The one country where given money is used: "260 million kroner for schools in *Mozambique*"."""
    there = [
        s
        for s in clause.after
        if _country(s) and _preceded(found, s, "locative") and not _merely_there(found, sentence, s)
    ]
    if len(there) != 1 or there[0].start - clause.money.end > ASIDE:
        return None
    if giver is not None and there[0].value.known == giver.value.known:
        return None
    broken = re.search(r"[,;:(]", found.folded[clause.money.end : there[0].start])
    between = sentence.of("say", "hold", "event", "post", "give", "pledge", "receive", "benefit")
    if broken or any(clause.money.end <= s.start < there[0].start for s in between):
        return None
    return there[0]


def _country(span: Span) -> bool:
    entry = load_registry().by_id.get(span.value.known) if span.kind == "place" else None
    return entry is not None and not entry.in_country


def _gives(found: Recognised, sentence: Sentence, nation: Span, verbs: Sequence[Span]) -> bool:
    """True for a nationality right before a word of giving or aid (*Japanese* lending, *norsk* bistand), or before a
    post whose holder gives ("the *German* development minister announced").
    """
    posts = [s for s in sentence.of("post") if 0 <= s.start - nation.end <= 2 or 0 <= nation.start - s.end <= 2]
    if posts and any(v.start >= posts[0].end for v in verbs):
        return True
    following = [s for s in sentence.spans if s.kind in ("give", "aid", "pledge") and s.start >= nation.end]
    return any(len(found.folded[nation.end : s.start].split()) == 0 for s in following[:2])


def _preceded(found: Recognised, span: Span, key: str) -> bool:
    # a preposition may open a paragraph: "Til Etiopia …"
    before = " " + found.folded[max(0, span.start - 24) : span.start].replace("\n", " ")
    return any(before.endswith(word) for word in found.pack.names.get(key, ()))


def _media(span: Span) -> bool:
    entry = load_registry().by_id.get(span.value.known)
    return entry is not None and entry.type == "MediaOrganization"


def _merely_there(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for the place of a gathering or post where a language says "in" and "to" alike (*réunis à Genève*)."""
    if not _preceded(found, span, "locative"):
        return False
    before = [s for s in sentence.frame.spans if s.end <= span.start and s.kind in ("hold", "post", "event")]
    if before and len(found.folded[before[-1].end : span.start].split()) <= 2:
        return True
    entry = load_registry().by_id.get(span.value.known)
    return entry is not None and bool(entry.in_country)


def _free(found: Recognised, span: Span, others: Sequence[Span] = ()) -> bool:
    """A subject: neither governed by a preposition nor joined to a name that is ("hosted by Poland and *Sweden*")."""
    if any(_preceded(found, span, key) for key in ("locative", "dative", "genitive", "ablative")):
        return False
    joined = [o for o in others if o.end < span.start and found.folded[o.end : span.start] in found.pack.bodies["and"]]
    return all(_free(found, other) for other in joined[-1:])
