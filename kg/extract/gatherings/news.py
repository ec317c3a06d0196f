"""The day of which an article brings the news."""

from __future__ import annotations

from datetime import date

from kg.extract.gatherings.mentions import LEAD_WEIGHT, NEAR, Mention, to_come
from kg.extract.leads import opening_sentences
from kg.model import Evidence, Statement
from kg.recognise import Recognised
from kg.recognise.spans import Span


def news_day(found: Recognised, best: Mention) -> list[Statement]:
    """The day of which an article brings the news: a day shortly before its publication in the opening sentence, where
    that tells what was given, promised or raised, or the next one tells of the gathering: "On Monday the minister
    warned … *Chairing the third meeting* …".
    """
    published = found.article.published
    near = best.weight > LEAD_WEIGHT + 1 and best.sentence in opening_sentences(found, 2)[1:]
    for sentence in opening_sentences(found, 1):
        told = sentence.of("pledge", "raise", "give", "hold")
        for day in sentence.of("date") if published and (told or near) else ():
            first = day.value.first
            if not told and any(
                -1 <= s.start - day.end <= 1 or 0 <= day.start - s.end <= 1 for s in sentence.of("say")
            ):
                continue
            if to_come(found, sentence.start, _told_until(found, sentence.end, day)):
                break
            if day.end >= sentence.end - 2 and any(0 <= day.start - s.end <= 1 for s in sentence.of("say")):
                continue  # "…, the ministry *announced on Tuesday*."
            if published and isinstance(first, date) and not day.value.stated and 0 <= (published - first).days < 4:
                return [Statement("startDate", first, Evidence(day.start, day.end, "event-news-day"))]
    return []


def _told_until(found: Recognised, end: int, day: Span) -> int:
    """Where what is said of a day ends, in a sentence up to ``end``: behind it where its verb may follow it."""
    last = not found.pack.spaces or found.pack.names.get("verb_last", False)
    return end if last else min(end, day.end + NEAR // 2) if found.pack.names.get("verb_second") else day.end
