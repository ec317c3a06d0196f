"""Governments that a press names without their country: "*regjeringen* gir 20 millioner kroner"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.sums.clauses import Party, governed_by
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span
from kg.registry import load_registry


def governments(found: Recognised, sentence: Sentence, told: Span | None) -> Iterator[Party]:
    """Governments named without their country's name ("*regjeringen* gir 20 millioner kroner") as that country: the one
    whose nationality stands before, else that of the language's press, where the sum is in its money.
    """
    home = found.pack.home
    for span in sentence.of("home", "authorities"):
        nation = next((s for s in sentence.of("nation") if 0 < span.start - s.end <= 2), None)
        known = nation.value.known if nation else home.place if span.kind == "home" else ""
        sums = sentence.of("money")  # behind it, or before it where the object opens: 5 Milliarden will *sie* …
        money = next((s for s in sums if s.start >= span.end), told or next(reversed(sums), None))
        own = (home.currency, home.also)
        foreign = money is None or money.value.currency not in own or _whose(found, sentence, span)
        if known and (nation or not foreign):
            name = load_registry().by_id[known].name(found.pack.code)
            yield Party(Span(nation.start if nation else span.start, span.end, "place", name), name)


def _whose(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True where a place beside a government says whose it is: "the government *of Malawi*", "*Ghanas* regjering"."""
    if not found.pack.spaces:  # 同国|政府, 베트남 정부
        before = found.folded[max(sentence.start, span.start - 2) : span.start]
        return before[-1:].isalnum() or any(
            0 <= span.start - s.end <= 1 or (found.pack.bodies["right"] and 0 <= s.start - span.end <= 1)
            for s in sentence.of("place", "nation", "body")
        )
    if found.pack.names.get("postpositions") and any(s.end == span.start - 1 for s in sentence.of("place", "nation")):
        return True  # Kamboçya hükümeti
    after = [s for s in sentence.of("place") if 0 < s.start - span.end <= 8]
    if any(found.folded[span.end : s.start] == " " for s in after):  # pemerintah Malawi
        return True
    return any(governed_by(found, sentence, s.start, s.end, key) for s in after for key in ("locative", "genitive"))
