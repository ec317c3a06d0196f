"""Bodies that no list and no head tells, but the form of their names: ОАО «Север», 北東新聞によると, صحيفة الفجر.

A pack says with patterns how companies are written (``bodies.forms``) and how papers, agencies and stations are
(``bodies.outlets``); the group ``name`` is the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.lang.letters import plain_letters
from kg.model import Name
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_LETTERS = (
    r"(?:(?:(?:Pte\.? |Pvt\.? |Pty\.? |Co\.?,? )?(?:Ltd|LTD)\b\.?|PLC|[Pp]lc|LLC|LLP|Inc\b\.?|Corp\b\.?|GmbH|AG|KG|ASA"
    r"|AS|A/S|AB|N\.?V\b\.?|B\.?V\b\.?|S\.A\.|S\.p\.A\.|SpA|S\.r\.l\.|Srl|SARL|SAS|Ltda\b\.?|Lda\b\.?|S\.L\.|SL|SE|Oyj?|A[Pp]S"
    r"|SA|FC|CF)(?![\w-]))"
)
_FIRM = re.compile(
    rf"(?<![\w'’-])(?P<name>(?:(?!{_LETTERS})[^\W\d_a-zß-öø-ÿ][\w'’&+-]*,? "
    rf"(?:(?:&|and|og|och|und|et|y|e|en) (?=[^\W\d_a-zß-öø-ÿ]))?){{1,5}}{_LETTERS})"
)
"""The names of firms and clubs with the letters that firms bear behind their names in all languages of Latin script."""
_TYPES = {"forms": "", "outlets": "MediaOrganization"}


@cache
def _forms(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns of a language, each with the type of the bodies that it tells."""
    bodies = lang.load(code).bodies
    return tuple((re.compile(form), kind) for key, kind in _TYPES.items() for form in bodies.get(key, ()))


def shaped(text: str, low: int, high: int, pack: Pack) -> Iterator[Span]:
    """The bodies in ``text[low:high]`` that the form of their names tells; a company's span is all that is met."""
    letters = plain_letters(text[low:high])
    for form, kind in _forms(pack.code):
        for match in form.finditer(letters):
            name = text[low + match.start("name") : low + match.end("name")].strip('«»"“” ')
            if name:
                start, end = match.span("name" if kind else 0)
                yield Span(low + start, low + end, "body", Name("organization", name, pack.code, type=kind))
    if pack.spaces:
        yield from _firms(text, low, high, pack)


def _firms(text: str, low: int, high: int, pack: Pack) -> Iterator[Span]:
    """The names of firms, without what opens the sentence and is no part of them; none in a line of capitals."""
    for match in _FIRM.finditer(text, low, high):
        start, end = match.span("name")
        words = text[start:end].split(" ")
        while words and fold(words[0].strip(",")) in pack.names.get("stop", ()):
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) > 1 and any(c.islower() for c in text[start : start + len(" ".join(words[:-1]))]):
            yield Span(start, end, "body", Name("organization", text[start:end], pack.code))
