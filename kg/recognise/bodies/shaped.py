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
from kg.recognise.spans import Span

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
