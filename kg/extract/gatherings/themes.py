"""The theme of a gathering: quoted words, a title, or plain words where a word such as "theme" speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gatherings.mentions import Mention
from kg.extract.gatherings.times import statement
from kg.model import Statement
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_OPENS = 16
"""Characters from the beginning of a sentence to a word that says what it goes on about."""

_PAIRS = tuple(zip('“"«‘《„„「『”', '”"»’》“”」』”', strict=True))
_CLOSED = r"(?![^\W\uac00-\ud7a3])"
"""What does not stand behind a mark that closes: a letter, but for the syllables of a particle ('물의 미래'|로)."""
_QUOTED = re.compile(
    "|".join(rf"{o}\s*[^{o}{c}]{{4,200}}?\s*{c}" + (_CLOSED if c == "’" else "") for o, c in _PAIRS)
    + rf"|(?<!\w)'(?=\w)[^'\n]{{4,200}}?'{_CLOSED}"
    + r"|(?<![^\s(])»(?=\S)[^«»]{4,200}?(?<=\S)«(?!\w)"
)
"""Words between two quotation marks of one kind; an apostrophe inside closes nothing. »So« they stand in Danish."""


_TITLE = re.compile(
    r"(?:,|:| [^\W\d_]{1,3}:?)?[ ]((?!\d)(?:[A-ZÀ-Þ][\w'’-]*)"
    r"(?:(?:[ ][^\W\d_]{1,4}){0,2}[ ,:]{1,2}[A-ZÀ-Þ][\w'’-]*){2,12})"
)
"""Words without quotation marks that are plainly a title: three or more with capitals, small ones between."""


_PLAIN = re.compile(r" ([A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+){1,9})(?=\.(?:\s|$)|\n)")
"""A few words without quotation marks up to the end of a sentence, the first with a capital."""


def _unquoted(found: Recognised, mention: Mention, word: Span) -> re.Match[str] | None:
    """A theme without quotation marks behind ``word``: its capitals show it, or the end of the sentence."""
    text = found.article.text
    match = _TITLE.match(text, word.end, _until_place(mention.sentence, word))
    if match is None and (plain := _PLAIN.match(text, word.end)) and _is_plain(found, word, plain):
        return plain
    return match


def _is_plain(found: Recognised, word: Span, match: re.Match[str]) -> bool:
    """True where ``match`` is a theme: a word of several parts opens it ("*under the theme* Water for all."), and it
    holds no verb that the pack knows.
    """
    sentence = next((s for s in found.sentences if s.start <= word.start < s.end), None)
    verbs = sentence.of("hold", "host", "give", "pledge", "say", "date") if sentence else []
    opens = " " in found.folded[word.start : word.end]
    return opens and not any(word.end <= v.start < match.end() for v in verbs)


def _words_of(match: re.Match[str]) -> str:
    """The words between the quotation marks, without the comma or full stop that closes them."""
    return match[0][1:-1].strip().rstrip(",.，。").strip()


def _owned(mention: Mention, word: Span) -> bool:
    """False for a word such as *theme* that speaks of another gathering: "agreed on a *follow-up* meeting dubbed …"."""
    before = [s.start for s in mention.sentence.of("event") if s.end <= word.start]
    nearest = max(before, default=mention.span.start)
    later = any(0 <= nearest - w.end <= 16 for w in mention.sentence.of("later"))
    return nearest == mention.span.start or not later


def _is_title(found: Recognised, match: re.Match[str]) -> bool:
    """True for quoted words that may be a gathering's title: several, with a capital where there are any."""
    words = _words_of(match)
    return (len(words.split()) > 1 and words[0].isupper()) if found.pack.capitals else len(words) > 4


def near(found: Recognised, mention: Mention) -> list[Sentence]:
    """The sentence of a mention, and the next one where that goes on about the same gathering: it names none, and is of
    the same paragraph or begins with a verb of holding ("*Organised by* …"); behind it also one of that paragraph that
    begins with a word for its theme ("*The motto* was …").
    """
    index = found.sentences.index(mention.sentence)
    near = [mention.sentence]
    for place, s in enumerate(found.sentences[index + 1 : index + 3]):
        same = s.paragraph == mention.sentence.paragraph
        goes_on = any(v.start - s.start <= _OPENS for v in s.of("hold")) or (same and place == 0)
        goes_on = goes_on if place == 0 else same and any(w.start - s.start <= _OPENS for w in s.of("theme"))
        named = any(noun.kind == "event" for noun in s.frame.spans)  # none in the name of a body
        if (named and not (place == 0 and takes_up(s))) or not goes_on or of_project(s):
            break
        near.append(s)
    return near


def takes_up(sentence: Sentence) -> bool:
    """True for a sentence that opens with a pronoun and a verb of holding: "*It is organised* by …"."""
    opens = any(s.value[0] == "subject" and s.start == sentence.start for s in sentence.of("again"))
    return opens and any(v.start - sentence.start <= _OPENS for v in sentence.of("hold"))


def of_project(sentence: Sentence) -> bool:
    """True for a sentence that opens with a project: "*The project* ends on 30 March"."""
    return any(s.value == "project" and s.start - sentence.start <= _OPENS for s in sentence.of("countable"))


def _introduces(between: str) -> bool:
    """Whether a word such as "theme" speaks of the quotation after it: a few words of one clause lie between."""
    return len(between) <= 45 and not re.search(r"[.;,!?。，；]", between[1:] if between.startswith(", ") else between)


def theme(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Quoted words right after a word such as "theme", in the sentence or the one that follows it."""
    text = found.article.text
    least = 8 if found.pack.capitals else 4
    _, *after = near(found, mention)
    own = [w for w in mention.sentence.of("theme") if _owned(mention, w)]
    for word in (*own, *(w for s in after for w in s.of("theme"))):
        match = _QUOTED.search(text, word.end, min(len(text), word.end + 220))
        if match and _introduces(found.folded[word.end : match.start()]) and len(_words_of(match)) >= least:
            yield statement("theme", _words_of(match), mention, Span(word.start, match.end(), "theme"), "event-theme")
        elif match := _unquoted(found, mention, word):
            yield statement("theme", match[1], mention, Span(word.start, match.end(), "theme"), "event-theme")
    sentence = mention.sentence
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        closed = any(0 <= word.start - match.end() <= found.pack.spaces for word in sentence.of("theme_end"))
        named = mention.ordinal_span is not None and mention.ordinal_span.end == match.start() < mention.span.start
        closes = not found.pack.spaces and match.end() == sentence.end  # a headline's last words are somebody's
        named = named or (match.start() - mention.span.end in (0, 1) and _is_title(found, match) and not closes)
        named = named or (mention.span.start - match.end() == 1 and len(_words_of(match).split()) > 2)
        if len(_words_of(match)) >= least and (closed or named):
            yield statement("theme", _words_of(match), mention, Span(*match.span(), "theme"), "event-theme")


def _until_place(sentence: Sentence, word: Span) -> int:
    """Where a title without quotation marks ends at the latest: before a hall, a town or a day."""
    spans = [s.start for s in sentence.frame.spans if s.kind in ("venue", "place", "date") and s.start > word.end]
    return min([word.end + 160, sentence.end, *spans[:1]])


def unmarked(words: str) -> str:
    """``words`` without the quotation marks around them."""
    return words.strip("".join(opens + closes for opens, closes in _PAIRS))
