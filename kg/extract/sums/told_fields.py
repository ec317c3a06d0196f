"""What a sum is for that its own sentence does not say: the name of who gets it, the sentences beside, the headline."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.extract.leads import is_whole, whole_sentences
from kg.extract.sectors import named_sectors
from kg.extract.sums.clauses import by_start, index_of
from kg.extract.sums.giver import tells_again
from kg.model import Evidence, FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.words.lexicon import lexicon

_OPENS = 48
"""Characters from the start of a sentence within which words for a sum or its project open it."""
_LABEL, _HEADING = 18, 40
"""Characters of a label that opens a line (借款金額：), and of the longest line that heads a paragraph."""
_FIELDS = 3
"""How many fields one sum is for at most."""
_WORKED_IN = frozenset(
    {"climate-change", "education", "energy", "health", "legal-aid", "vocational-training", "war-legacy",
     "water-sanitation"}
)  # fmt: skip
"""Fields for which money is that goes to a body whose name tells them: a *hospital*, the Green *Climate* Fund; not so
UNICEF's *children*, or the *development* of a bank."""
_WIDE = frozenset(
    {"children", "disaster-response", "food-security", "humanitarian-aid", "poverty-reduction", "private-sector",
     "rural-development", "social-issues", "socio-economic-development", "vulnerable-groups"}
)  # fmt: skip
"""Fields of a headline that say whom or what has befallen, or how aid is given, and not what each sum is for."""
_PEOPLE = frozenset({"children", "gender-equality", "vulnerable-groups"})
"""Fields told by those whom any project may be for."""
_OTHERWISE = ("added", "budget", "elsewhere", "estimates", "hazard", "other")
"""Kinds of words by which a sum is for more than what an article is about, or for something else."""


def with_fields(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """``figures``, those for which their own sentence tells no field given what the name of who gets them tells, or a
    sentence beside that speaks of the money or its project, or else the one field that the article is about.
    """
    if all(f.sectors for f in figures):
        return list(figures)
    sums = Counter(index_of(found, f) for f in figures if f.alias is None)
    subject = _subject(found, figures)
    out: list[FigureFact] = []
    for figure in figures:
        if figure.sectors or figure.alias is not None:
            out.append(figure)
        else:
            at = index_of(found, figure)
            told = _of_names(figure.recipients, found.pack.code) or _behind(found, at, sums[at])
            told = told or _before(found, at, sums[at])
            told = told or (subject.of(figure, found.sentences[at]) if subject else None)
            out.append(figure if told is None else replace(
                figure, sectors=told.sectors, evidence=(*figure.evidence, *told.evidence)
            ))  # fmt: skip
    return [f if f.alias is None else replace(f, sectors=f.sectors or out[f.alias].sectors) for f in out]


@dataclass(frozen=True, slots=True)
class _Told:
    """The fields that some words tell, and the words."""

    sectors: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Subject:
    """The one field that an article is about, and the largest sum for it in each currency."""

    told: _Told
    largest: Mapping[str, Decimal]

    def of(self, figure: FigureFact, sentence: Sentence) -> _Told | None:
        """The field, for a sum that may be part of the money for it; a larger one is for more than that."""
        if sentence.of(*_OTHERWISE) or named_sectors(sentence) or not self.largest:
            return None
        most = self.largest.get(figure.currency, max(self.largest.values()))
        return self.told if (figure.upper or figure.amount) <= most else None


def _subject(found: Recognised, figures: Sequence[FigureFact]) -> _Subject | None:
    """The only field that the headline tells, or where that tells none the first sentence of the text, for which a sum
    is; of the headline's it is enough that a sum stands in headline or first sentence. None where a sum of the article
    is for something else.
    """
    head = next((s for s in found.sentences if s.kind == "headline"), None)
    opening = [s for s in (head, next(whole_sentences(found), None)) if s is not None]
    for sentence in opening:
        spans = named_sectors(sentence)
        sectors = {str(s.value) for s in spans}
        if not sectors:
            continue
        own = [f for f in figures if sectors.intersection(f.sectors)]
        if not own and sentence is head:
            own = [f for f in figures if any(s.start <= f.evidence[0].start < s.end for s in opening)]
        others = any(f.sectors and not sectors.intersection(f.sectors) for f in figures)
        if len(sectors) > 1 or sectors & _WIDE or others:
            return None
        evidence = Evidence(spans[0].start, spans[0].end, "field-of-article")
        return _Subject(_Told(tuple(sectors), (evidence,)), _largest(own))
    return None


def _largest(figures: Sequence[FigureFact]) -> Mapping[str, Decimal]:
    """The largest of some sums in each currency."""
    largest: dict[str, Decimal] = {}
    for figure in figures:
        most = figure.upper or figure.amount
        largest[figure.currency] = max(most, largest.get(figure.currency, most))
    return largest


def _of_names(names: Sequence[Name], code: str) -> _Told | None:
    """The fields that the names of bodies tell that get a sum: the *Water* Fund, Bugando *hospital*."""
    bodies = [name.text for name in names if name.kind == "organization"]
    told = tuple(dict.fromkeys(field for name in bodies for field in _in_name(name, code)))
    return _Told(told) if told else None


@cache
def _in_name(name: str, code: str) -> tuple[str, ...]:
    told = (str(s.value) for s in lexicon(code).spans(name, fold(name)) if s.kind == "sector")
    return tuple(field for field in told if field in _WORKED_IN)


def _behind(found: Recognised, at: int, sums: int) -> _Told | None:
    """The fields of the sentence behind the ``at``-th, which tells but one sum, where that opens with words for the
    money or its project: "gives 5 million. *The money* will be used for *schools*".
    """
    if sums != 1 or at + 1 >= len(found.sentences):
        return None
    sentence = found.sentences[at + 1]
    opens = found.folded[sentence.start : sentence.start + _OPENS]
    again = tells_again(found.pack.code, opens, "project", "gift", "accord")
    return _fields(sentence, "field-told-behind") if again and not sentence.of("money") else None


def _before(found: Recognised, at: int, sums: int) -> _Told | None:
    """The fields of the sentence before the ``at``-th, where this one tells the only sum of what that tells of: "They
    signed for a *water* project. *The budget is* 5 million"; in a paragraph of its own it opens with such words. Or
    those of the short line above its paragraph: *Water and sanitation*.
    """
    sentence = found.sentences[at]
    if not at or named_sectors(sentence):
        return None
    previous = found.sentences[at - 1]
    apart = previous.paragraph != sentence.paragraph
    until = sentence.start + _LABEL if apart else sentence.of("money")[0].start
    words = ("amount",) if apart else ("project", "amount", "gift", "accord")
    again = tells_again(found.pack.code, found.folded[sentence.start : until], *words)
    again = again or (not apart and (bool(sentence.of("cost")) or _agreed(previous, at)))
    if again and sums == 1 and not previous.of("money"):
        title = apart and not is_whole(found, previous)
        return _fields(previous, "field-told-before") or (_named(previous) if title else None)
    opens = bisect_left(found.sentences, found.article.paragraphs[sentence.paragraph].start, key=by_start)
    above = found.sentences[opens - 1] if opens else None
    if above is None or above.kind != "text" or above.end - above.start > _HEADING or is_whole(found, above):
        return None
    told = _fields(above, "field-in-heading") if not above.of("money") else None
    return told if told and len(told.sectors) == 1 and not _WIDE.intersection(told.sectors) else None


def _agreed(sentence: Sentence, at: int) -> bool:
    """True where a sentence at the start of an article tells what aid of one field is given or signed for, and the
    ``at``-th behind it then how much.
    """
    told = {s.value for s in named_sectors(sentence) if s.value not in _PEOPLE}
    return at <= _EARLY and len(told) == 1 and bool(sentence.of("sign", "aid", "give", "pledge", "event"))


_EARLY = 3
"""The last sentence of an article's start, counted from nought."""


def _named(title: Sentence) -> _Told | None:
    """The field that the name of a body in the title of a project tells: "equipment for *Danlí hospital*"."""
    told = tuple(dict.fromkeys(str(s.value) for s in title.of("sector") if s.value in _WORKED_IN))
    return _Told(told, (Evidence(title.start, title.end, "field-told-before"),)) if len(told) == 1 else None


def _fields(sentence: Sentence, rule: str) -> _Told | None:
    """The few fields that a sentence tells, and where it does."""
    spans = [s for s in named_sectors(sentence) if s.value not in _PEOPLE]
    sectors = tuple(dict.fromkeys(str(s.value) for s in spans))
    if not sectors or len(sectors) > _FIELDS:
        return None
    return _Told(sectors, (Evidence(spans[0].start, spans[-1].end, rule),))
