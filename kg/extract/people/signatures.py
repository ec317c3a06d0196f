"""Names on a line of their own above their post, as letters are signed and people to ask are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.count_figures import prepositions
from kg.extract.people.paired import plausible
from kg.model import Evidence, Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_LINES = ("text", "headline")
"""Kinds of lines that a post may be: one above a paragraph looks like its heading."""
_LONGEST = 100
"""Characters of the line of a post."""
_VERBS = ("say", "give", "pledge", "hold", "host", "ask", "receive", "sign", "meet")
"""Kinds of words that no line of a post holds."""
_LETTERS = re.compile(r"[\s.,]*(?:[A-Z][\w.]{0,5}[\s.,]*){0,3}")
"""What stands beside a name on its line: degrees and orders, *Ann Moe* MP, PhD."""
_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]* ){0,3}")
_BESIDE = ",-–—|(/&"


def signatures(found: Recognised) -> Iterator[RoleFact]:
    """The posts of all whose name is a line and whose post is the line below it."""
    lines = [s for s in found.sentences if s.kind in _LINES and _is_line(found, s)] if found.pack.spaces else []
    for upper, lower in pairwise(lines):
        if upper.paragraph + 1 != lower.paragraph or upper.kind != "text":
            continue
        name, post = _alone(found, upper), _leads(found, lower)
        if name and post:
            evidence = (Evidence(name.start, post.end, "signature"),)
            title, body = found.article.text[post.start : post.end], _body(lower, post)
            yield RoleFact(name.value, post.value.slug, title, evidence, body=body, observed=found.article.published)


def _is_line(found: Recognised, sentence: Sentence) -> bool:
    """True for a sentence that is all of its paragraph, short, and has no end."""
    paragraph, text = found.article.paragraphs[sentence.paragraph], found.article.text
    whole = (paragraph.start, paragraph.end) == (sentence.start, sentence.end)
    return whole and sentence.end - sentence.start <= _LONGEST and text[sentence.end - 1] not in ".!?:;…"


def _alone(found: Recognised, line: Sentence) -> Span | None:
    """The name of two words or more that is all of a line, beside titles, degrees and orders."""
    names = [s for s in line.frame.spans if s.kind == "name" and " " in s.value.text and plausible(found, s.value)]
    if len(names) != 1:
        return None
    name = names[0]
    titles = [s for s in line.frame.spans if s.kind in ("honorific", "post") and s != name]
    before = max((s.end for s in titles if s.end <= name.start), default=line.start)
    after = max((s.end for s in titles if s.start >= name.end), default=name.end)
    text = found.article.text
    bare = not text[before : name.start].strip() and all(s.kind == "honorific" for s in titles if s.start < name.start)
    return name if bare and _LETTERS.fullmatch(text, after, line.end) else None


def _leads(found: Recognised, line: Sentence) -> Span | None:
    """The post with which a line begins, words of rank and whose it is before it, and that no verb follows."""
    post = next((s for s in line.frame.spans if s.kind == "post"), None)
    if post is None or line.of(*_VERBS) or not found.article.text[line.start].isupper():
        return None
    owners = [
        s.end for s in line.frame.spans if s.end <= post.start and s.kind in ("body", "acronym", "place", "nation")
    ]
    opened = found.folded[max(owners, default=line.start) : post.start].lstrip()
    behind = found.folded[post.end : line.end].strip()
    beside = any(s.start == post.end + 1 for s in line.of("body", "acronym", "place", "nation"))
    of = tuple(word.lstrip() for word in found.pack.names.get("genitive", ()))
    led = bool(behind) and (behind.split()[0] in prepositions(found.pack.code) or behind.startswith(of))
    joined = not behind or behind[0] in _BESIDE or led or beside
    article = opened.startswith(tuple(f"{word} ".lower() for word in found.pack.names.get("articles", ())))
    return post if joined and not article and _BEFORE.fullmatch(opened) else None


def _body(line: Sentence, post: Span) -> Name | None:
    """Whose post it is: the body, or else the place, that its line names."""
    named = [s for s in line.frame.spans if s != post and s.kind in ("body", "acronym", "place", "nation")]
    told = next((s for s in named if s.kind in ("body", "acronym")), named[0] if named else None)
    return told.value if told else None
