"""Whose dollars: a word or sign of money that leaves the country open, where the article once writes it in full."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.lang import Pack
from kg.recognise.fold import fold
from kg.recognise.spans import Span

#: A sentence's spans, and those of its frame.
Row = tuple[list[Span], list[Span]]


def as_told(folded: str, rows: list[Row], pack: Pack) -> list[Row]:
    """``rows`` with an open word or sign as the article writes it in full: "$" as "C$", 元 as 新台幣 … 元.

    None where it tells of two, nor where a bare sum retells a full one ("C$5 billion ($4 billion)"), as it is of
    another country then.
    """
    home = pack.home.currency
    open_ = [word for word, code in pack.assumed.items() if code != home]
    said: dict[str, set[str]] = {}
    for word, code in _told(folded, rows, pack, open_):
        said.setdefault(word, set()).add(code)
    sure = {word: next(iter(codes)) for word, codes in said.items() if len(codes) == 1}

    def told(span: Span) -> Span:
        if span.kind != "money" or not span.value.assumed or fold(span.value.written) not in sure:
            return span
        return span._replace(value=span.value._replace(currency=sure[fold(span.value.written)]))

    return [([told(s) for s in all_], [told(s) for s in framed]) for all_, framed in rows] if sure else rows


def _told(folded: str, rows: list[Row], pack: Pack, words: list[str]) -> Iterator[tuple[str, str]]:
    """Each open word with a currency that the article says it is of."""
    equals = set(pack.names.get("equals", ())) | {"("}
    for all_, _ in rows:
        sums = sorted((s for s in all_ if s.kind == "money"), key=lambda s: s.start)
        for span in sums:
            written = fold(span.value.written)
            if not span.value.assumed:
                # 新台幣 5 億元 is written before the number, and its short word stands behind it
                ends = [w for w in words if written.endswith(w) or folded.endswith(w, 0, span.end)]
                yield from ((w, span.value.currency) for w in ends if written != w)
        for one, other in pairwise(sums):
            if other.value.assumed and not one.value.assumed and folded[one.end : other.start].strip() in equals:
                yield fold(other.value.written), other.value.currency
