"""The one giver of an article that tells of one giver's aid, for sums told without a giver."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg import lang
from kg.extract.lands import is_land
from kg.extract.leads import lead_of
from kg.extract.sums.actors import donor
from kg.extract.sums.based import unnamed_bodies
from kg.extract.sums.clauses import GIVING, NEAR, both_words, index_of
from kg.extract.sums.house import COMMON, Budget, budget_of, budgeted, house_of, of_budget, told_apart
from kg.extract.sums.parties import parties
from kg.extract.sums.sumless import at_end
from kg.extract.sums.together import partners
from kg.extract.sums.told_once import opens_line
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

GIVEN = 2 * NEAR
"""Characters before a sum within which a word tells that it is given: "*received* a first loan of 5 million"."""


def with_giver(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, those without a giver given the only one that the article names, where its lead tells what that
    gives, or else the one of the sum in the sentence before of which theirs may be a part; where their sentence names
    nobody else who may give, and says that they are given.

    Only in languages whose packs list words for what a thing costs in all (``words.cost``): of that a giver need give
    no more than a part.
    """
    if not found.pack.words.get("cost"):
        return list(figures)
    told: dict[int, list[FigureFact]] = {}
    for figure in figures:
        told.setdefault(index_of(found, figure), []).append(figure)
    only, budget = _giver(found, figures) or house_of(found), budget_of(found)
    giving = only is not None and any(d.known == only.known for f in figures for d in f.donors)
    out = []
    for figure in figures:
        at = index_of(found, figure)
        giver = None
        if not any(f.donors for f in told[at]):  # not in "7 million, of which Japan gave 2"
            if budget is not None and of_budget(figure, found.sentences[at], budget, told[at]):
                out.append(budgeted(figure, budget))
                continue
            if only is not None and giving and _in_its_money(found, figure, only, told[at]):
                out.append(replace(figure, donors=(only,)))
                continue
            again = _of_subject(found, at) if figure.alias is None else None
            if again is not None and not others_give(found, found.sentences[at], again, told[at]):
                out.append(replace(figure, donors=(again,)))
                continue
            if only is not None and _tells_its_own(found, figure, only, told[at]):
                out.append(replace(figure, donors=(only,)))
                continue
            giver = only or _of_whole(found, figure, at, told.get(at - 1, ()))
        out.append(
            replace(figure, donors=(giver,)) if giver and _may_be_its(found, figure, giver, told[at]) else figure
        )
    return [replace(f, donors=out[f.alias].donors) if f.alias is not None and not f.donors else f for f in out]


def _of_whole(found: Recognised, figure: FigureFact, at: int, before: Sequence[FigureFact]) -> Name | None:
    """The giver of the only sum ``before``, in the sentence before the ``at``-th and in its paragraph, of which what
    somebody gets may be a part: "The fund gave 5 million to agencies. *UNICEF received 2 million.*"
    """
    whole = [f for f in before if f.alias is None]
    if len(whole) != 1 or len(whole[0].donors) != 1 or not figure.recipients:
        return None
    beside = found.sentences[at - 1].paragraph == found.sentences[at].paragraph
    part = whole[0].currency == figure.currency and whole[0].amount > figure.amount
    return whole[0].donors[0] if beside and part else None


def _of_subject(found: Recognised, at: int) -> Name | None:
    """The body that opens the sentence before the ``at``-th, of its paragraph, where a word of ``again.pronoun`` beside
    the first verb of giving stands for it, or that has no subject where none is needed: "*The bank* came in 1994. Since
    then it has given".
    """
    sentence = found.sentences[at]
    verb = next(iter(sentence.of(*GIVING)), None)
    money = sentence.of("money")[0]
    if not at or verb is None or sentence.of("receive", "benefit"):
        return None
    second = found.pack.names.get("verb_second")
    if verb.start >= money.start and not (found.pack.names.get("verb_last") or second):
        return None
    before = found.sentences[at - 1]
    subject = subject_of(found, before) if before.paragraph == sentence.paragraph else None
    if subject is None:
        return None
    window = found.folded[max(sentence.start, sentence.start if second else verb.start - NEAR) : verb.end + NEAR // 4]
    window = window[: GIVEN if second else None]
    if (words := _words(found.pack.code, "pronoun")) is not None and words.search(window):
        return subject if (found.pack.spaces and is_land(subject)) or is_giver(subject) else None
    bare = found.pack.names.get("subjectless") and not any(p.end <= verb.start for p in parties(found, sentence))
    return subject if bare and is_giver(subject) else None


def subject_of(found: Recognised, sentence: Sentence) -> Name | None:
    """Who opens a sentence, alone and as its subject, so far as the words beside tell."""
    named = [p for p in parties(found, sentence) if p.name]
    if not named or named[0].start - sentence.start > NEAR // 6:
        return None
    gap = found.folded[named[0].end : named[1].start].split() if named[1:] else ["-"]
    joined = not gap or gap[0] in {w.strip() for w in both_words(found.pack)}
    return None if joined or named[0].has("to", "in", "of", "by", "which", "left") else named[0].name


def tells_amount(found: Recognised, sentence: Sentence, until: int) -> bool:
    """True where a word of ``again.amount`` ("the budget") stands in ``sentence`` before ``until``."""
    return tells_again(found.pack.code, found.folded[sentence.start : until], "amount")


def _giver(found: Recognised, figures: Sequence[FigureFact]) -> Name | None:
    """The only giver of an article, told in its lead: a country, or a body that gives aid. Of a country it is enough
    that the lead names it.
    """
    names = {d.known or d.text: d for f in figures for d in f.donors}
    lead = max((s.end for s in lead_of(found)), default=0)
    told = any(f.donors and f.evidence[0].start < lead for f in figures)
    if not told and len(names) == 1 and is_land(only := next(iter(names.values()))):
        in_lead = (p for s in lead_of(found) for p in parties(found, s) if p.name and p.name.known == only.known)
        told = any(not p.has("to", "in") for p in in_lead)
    if not told:
        without = _without_sums(found, figures)
        told, names = bool(without), names | {d.known or d.text: d for d in without}
    giver = next(iter(names.values())) if len(names) == 1 else None
    return giver if giver and told and (is_land(giver) or is_giver(giver)) else None


def _without_sums(found: Recognised, figures: Sequence[FigureFact]) -> list[Name]:
    """Who gives what the lead tells of without a sum: "*Sweden* has approved a new package for Zambia"."""
    money = next((m for s in found.sentences for m in s.of("money")), None)
    if money is None or not figures:
        return []
    told: list[Name] = []
    for sentence in lead_of(found):
        if sentence.of("money", "ask", "receive", "other") or not sentence.of(*GIVING, "aid"):
            continue
        clause = at_end(found, sentence, money)
        if (giver := donor(clause)) is not None:
            told += [p.name for p in (giver, *partners(clause, giver)) if p.name]
    return told


def _in_its_money(found: Recognised, figure: FigureFact, giver: Name, beside: Sequence[FigureFact]) -> bool:
    """True for a sum in the money of the state that an article tells of as giver, where its sentence names nobody else
    who may give it, and does not say that it is raised or asked for.
    """
    sentence = found.sentences[index_of(found, figure)]
    if not is_land(giver) or figure.status == "requested" or sentence.of("raise", "ask", "hope", "not_given"):
        return False
    home = found.pack.home.currency
    foreign = not figure.currency_assumed and figure.currency not in (home, *COMMON)
    if opens_line(sentence) and not (foreign or _headed(found, sentence)):
        return False
    own = of_budget(figure, sentence, Budget(giver, None), beside)
    return own and (foreign or bool(sentence.of("receive")) or not others_give(found, sentence, giver, beside))


_OTHERWISE = ("receive", "ask", "raise", "hope", "not_given", "withhold", "withheld", "debt", "other", "business")
"""Kinds of words by which a sum told of the giver of an article is none that it gives."""


def _tells_its_own(found: Recognised, figure: FigureFact, giver: Name, beside: Sequence[FigureFact]) -> bool:
    """True for a sum told of the only giver of an article, by whatever verb: "*Japan* put up 5 million in all"."""
    if figure.alias is not None or figure.status == "requested" or giver.known in {r.known for r in figure.recipients}:
        return False
    sentence = found.sentences[index_of(found, figure)]
    if sentence.of(*_OTHERWISE) or told_apart(sentence, "elsewhere", "cost"):
        return False
    money = _money_of(sentence, figure)
    ahead = [p for p in parties(found, sentence) if money is not None and p.name and p.end <= money.start]
    own = [p for p in ahead if p.name and (p.name.known or p.name.text) == (giver.known or giver.text)]
    free = own and len(own) == len(ahead) and not any(p.has("to", "in", "by", "left", "which") for p in own)
    return bool(free) and not others_give(found, sentence, giver, beside)


def _money_of(sentence: Sentence, figure: FigureFact) -> Span | None:
    return next((m for m in sentence.of("money") if m.value.amount == figure.amount), None)


def _may_be_its(found: Recognised, figure: FigureFact, giver: Name, beside: Sequence[FigureFact]) -> bool:
    """True for a sum without a giver that its sentence calls given, and that nobody else named there may give.
    ``beside`` are all figures of its sentence.
    """
    if figure.donors or figure.alias is not None or figure.status == "requested":
        return False
    sentence = found.sentences[index_of(found, figure)]
    if giver.known in {r.known for r in figure.recipients}:
        return False
    raised = any(s.kind == "raise" for s in sentence.frame.spans)  # not the "go to" of "will go to"
    if raised or sentence.of("ask", "hope", "other") or told_apart(sentence, "elsewhere", "cost"):
        return False
    money = _money_of(sentence, figure)
    unnamed = any(0 <= v.start - s.end <= NEAR for s in sentence.of("anyone") for v in sentence.of(*GIVING))
    unnamed = unnamed or any(unnamed_bodies(found, sentence, sentence.of("place")))
    given = money is not None and (
        any(_is_given(sentence, m) for m in sentence.of("money") if m.start <= money.start)
        or _headed(found, sentence)
        or _goes_to(found, sentence, money)
        or speaks_of_it(found, sentence, money.start)
        or tells_amount(found, sentence, money.start)
        or any(b.end <= money.start for b in sentence.of("budget"))
    )
    if given and money is not None and _goes_to(found, sentence, money):
        return True  # who is named behind gets it, or hands it on
    return given and not unnamed and not others_give(found, sentence, giver, beside)


@cache
def _words(code: str, key: str) -> re.Pattern[str] | None:
    pack = lang.load(code)
    words = sorted(pack.raw.get("again", {}).get(key, ()), key=len, reverse=True)
    edges = (r"(?<!\w)", r"(?!\w)") if pack.spaces else ("", "")
    return re.compile(f"{edges[0]}(?:{'|'.join(map(re.escape, words))}){edges[1]}") if words else None


def speaks_of_it(found: Recognised, sentence: Sentence, until: int) -> bool:
    """True where a word of the pack's ``again.project`` ("the project") stands in ``sentence`` before ``until``."""
    return speaks_of(found.pack.code, found.folded[sentence.start : until])


def speaks_of(code: str, text: str) -> bool:
    """True where such a word stands in ``text``, which is folded."""
    return tells_again(code, text, "project")


def tells_again(code: str, text: str, *keys: str) -> bool:
    """True where a word of one of these lists of the pack's ``[again]`` stands in ``text``, which is folded."""
    return any((words := _words(code, key)) is not None and words.search(text) is not None for key in keys)


def _is_given(sentence: Sentence, money: Span) -> bool:
    """True where a verb of giving or getting, or a word for aid, stands close before a sum, or a verb of giving right
    behind it ("4 million *will be given*"); or one of promising, where somebody is told to promise.
    """
    said = any(s.end <= money.start for s in sentence.of("post", "name"))  # else others may have promised
    kinds = ("give", "paid", "benefit", "receive", "aid", *(("pledge",) if said else ()))
    words = [s for s in sentence.frame.spans if s.kind in kinds]
    behind = (s for s in words if s.kind in GIVING or s.kind == "benefit")
    return any(0 <= money.start - s.end <= GIVEN for s in words) or any(
        0 <= s.start - money.end <= NEAR // 2 for s in behind
    )


def _headed(found: Recognised, sentence: Sentence) -> bool:
    """True for an item of a list of sums whose head says that they are given: "The funds are *given* as follows:"."""
    if not opens_line(sentence):
        return False
    head = _head_of(found, sentence)
    colon = found.folded[head.start : head.end].rstrip().endswith((":", "："))
    return colon and bool(head.of(*GIVING, "aid"))


def _head_of(found: Recognised, item: Sentence) -> Sentence:
    """The sentence above the items of a list that open with a sum."""
    at = found.sentences.index(item)
    while at and opens_line(found.sentences[at]):
        at -= 1
    return found.sentences[at]


def _goes_to(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for an item of a list that opens with its sum, right behind which stands to whom it goes: "• *5 million to*
    the Red Cross".
    """
    if (
        not opens_line(sentence)
        or not found.pack.spaces
        or _head_of(found, sentence).of("cost", "ask", "hope", "raise")
    ):
        return False
    to = tuple(word for word in found.pack.names.get("dative", ()) if word.startswith(" "))
    return found.folded.startswith(to, money.end)


def others_give(found: Recognised, sentence: Sentence, giver: Name, figures: Sequence[FigureFact]) -> bool:
    """True where a sentence names somebody, beside giver and receivers, who may give."""
    known = {name.known or name.text for name in (giver, *(r for f in figures for r in f.recipients))}
    told = [p for p in parties(found, sentence) if p.name and not p.has("to", "in", "there", "which")]
    if not any(p.has("of", "by") for p in told):  # "in Chad and *Mali*"
        told = [p for p in told if not p.has("governed")]
    nations = [s.value for s in sentence.of("nation")]
    return any((n.known or n.text) not in known for n in (*(p.name for p in told if p.name), *nations))
