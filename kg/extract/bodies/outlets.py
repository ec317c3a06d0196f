"""Papers and sites that a page bears the name of: its masthead, or the name beside the day of publication."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Evidence, MentionFact, Name
from kg.read.mastheads import outlets, twice
from kg.recognise import Recognised
from kg.recognise.fold import fold


def outlet_mentions(found: Recognised, named: frozenset[str]) -> Iterator[MentionFact]:
    """The bodies of an article's masthead and of the line that tells a paper and the day; none whose name is one of
    ``named`` (folded), which the article writes elsewhere.
    """
    article = found.article
    for index, paragraph in enumerate(article.paragraphs):
        text = article.text[paragraph.start : paragraph.end]
        if paragraph.kind != "source" or (index and not twice(text)):
            continue
        for start, end in outlets(text):
            if fold(text[start:end]) not in named:
                kind = "MediaOrganization" if twice(text) else ""
                name = Name("organization", text[start:end], article.language, type=kind)
                yield MentionFact(name, (Evidence(paragraph.start + start, paragraph.start + end, "outlet-line"),))
