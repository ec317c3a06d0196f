"""From an article to typed spans: what stands where, whatever it will mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg import lang
from kg.lang import Pack
from kg.model import Article
from kg.recognise import money as sums
from kg.recognise import sides
from kg.recognise.acronyms import as_explained
from kg.recognise.fold import fold
from kg.recognise.frames import Frame, frame
from kg.recognise.lexicon import lexicon
from kg.recognise.money import Money
from kg.recognise.sentences import sentences
from kg.recognise.spans import Span
from kg.recognise.typed import typed
from kg.recognise.unspaced import as_named_once, split, with_known


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence: its place, all spans in it (overlapping ones too), and its frame. ``kind`` is its paragraph's.

    ``by_kind`` has the spans once more, those of each kind: they are asked for again and again.
    """

    start: int
    end: int
    paragraph: int
    kind: str
    spans: tuple[Span, ...]
    frame: Frame
    by_kind: Mapping[str, Sequence[Span]] = field(repr=False)

    def of(self, *kinds: str) -> Sequence[Span]:
        """The spans of these kinds, in text order."""
        met = [kind for kind in kinds if kind in self.by_kind]
        if len(met) < 2:
            return self.by_kind[met[0]] if met else ()
        return [span for span in self.spans if span.kind in met]


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """An article with what was recognised in it."""

    article: Article
    folded: str
    pack: Pack
    sentences: tuple[Sentence, ...]


def recognise(article: Article) -> Recognised:
    """All typed spans of ``article``, by sentence. Raises KgError where its language has no pack."""
    pack = lang.load(article.language)
    text, folded = article.text, fold(article.text)
    spans = sides.told(text, lexicon(pack.code).spans(text, folded), pack)
    parts = [
        (start, end, index)
        for index, p in enumerate(article.paragraphs)
        for start, end in sentences(text, p.start, p.end, pack)
    ]
    rows = []
    last: Money | None = None
    for (start, end, _), row in zip(parts, split(spans, parts), strict=True):
        rows.append(typed(article, folded, pack, row, start, end, last))
        told = [s for s in rows[-1][0] if s.kind == "money"]
        plain = [s for s in told if not sums.in_brackets(folded, s.start)] or told
        plain = [s for s in plain if not sums.retold(folded, s, told, pack)]
        last = plain[-1].value if plain else last
    rows = as_explained(text, rows)
    if not pack.spaces:
        rows = as_named_once(text, with_known(text, rows, parts, pack), pack)
    found = tuple(
        Sentence(
            start,
            end,
            index,
            article.paragraphs[index].kind,
            tuple(all_),
            frame(folded, start, end, framed, pack.code),
            grouped(all_),
        )
        for (start, end, index), (all_, framed) in zip(parts, rows, strict=True)
    )
    return Recognised(article, folded, pack, found)


def grouped(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """The spans of each kind, in the order given."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.kind, []).append(span)
    return found


def _as_named_once(
    text: str, rows: list[tuple[list[Span], list[Span]]], pack: Pack
) -> list[tuple[list[Span], list[Span]]]:
    """Sums whose currency a short word leaves open (元) as the article once names it in full: 新台幣…元."""
    named: dict[str, str] = {}
    for span in (s for all_, _ in rows for s in all_ if s.kind == "money" and not s.value.assumed):
        word = next((w for w in pack.assumed if text.endswith(w, 0, span.end)), "")
        if word and not span.value.written.endswith(word):
            named.setdefault(word, span.value.currency)

    def told(span: Span) -> Span:
        if span.kind != "money" or not span.value.assumed or span.value.written not in named:
            return span
        return span._replace(value=span.value._replace(currency=named[span.value.written]))

    return [([told(s) for s in all_], [told(s) for s in framed]) for all_, framed in rows] if named else rows


def _split(spans: Sequence[Span], parts: Sequence[tuple[int, int, int]]) -> list[list[Span]]:
    """The spans that lie in each part."""
    rows: list[list[Span]] = []
    index = 0
    for start, end, _ in parts:
        row = []
        while index < len(spans) and spans[index].start < end:
            if spans[index].start >= start and spans[index].end <= end:
                row.append(spans[index])
            index += 1
        rows.append(row)
    return rows


def _typed(
    article: Article, folded: str, pack: Pack, spans: list[Span], start: int, end: int, last: Money | None
) -> tuple[list[Span], list[Span]]:
    """All spans of one sentence, and those of its frame. ``last`` is the latest sum of the sentences before."""
    text = article.text
    if not pack.spaces:
        spans = _whole_words(text, spans, start, end, pack)
    weak = _weak(text, spans, pack)
    spans = [s for s in [*spans, *weak] if not _is_other(s, spans)]
    grown = phrases.grown(text, folded, spans, pack)
    figures = _figures(article, folded, pack, spans, start, end, last)
    free = [s for s in spans if s.kind not in ("post", "venue") and (s.kind != "weak-place" or s in weak)]
    named = proper.branches(text, [_as_named(s, text, pack) for s in free], pack)
    halls = [s for s in grown if s.kind == "venue"]
    grown += [s for s in proper.spelled_out(text, start, end, pack) if not _overlaps(s, halls)]
    everything = [*named, *grown, *figures, *_coded(folded, start, end)]
    # of a name and a word of aid that are as long the name stands: Utviklingsfondet
    everything.sort(key=lambda s: (s.start, -s.end, s.kind == "aid"))
    framed = longest(
        s
        for s in (everything if pack.spaces else _before_posts(everything))
        if (s.kind in _FRAMED or (s.kind in pack.words and s.kind not in _APART))
        and not _unframed(s, text, spans, pack)
    )
    people = [proper.foreign(text, s, pack) or s for s in _people(text, folded, start, end, framed, pack)]
    if not people:
        return everything, framed
    return sorted([*everything, *people], key=lambda s: (s.start, -s.end)), longest([*framed, *people])


def _whole_words(text: str, spans: list[Span], start: int, end: int, pack: Pack) -> list[Span]:
    """The spans without names that begin inside a stop word (其中|國合會) or take a post's first sign: 上海|市长."""
    stops = [
        range(m.start() + 1, m.end())
        for word in pack.names.get("stop", ())
        for m in re.finditer(re.escape(word), text[start:end])
    ]
    inside = {start + at for stop in stops for at in stop}
    posts = {s.start for s in spans if s.kind == "post"}
    kept = [s for s in spans if s.start not in inside or s.kind not in _NAMES]
    return [
        s._replace(end=s.end - 1) if s.kind == "place" and s.end - 1 in posts and s.end - s.start > 2 else s
        for s in kept
    ]


def _before_posts(spans: list[Span]) -> list[Span]:
    """The spans, where a body whose last sign a post takes ends before that post: 德国外交|部长. Its name is whole."""
    posts = [s for s in spans if s.kind == "post"]

    def cut(body: Span) -> Span:
        taken = [p.start for p in posts if body.start < p.start < body.end < p.end]
        return body._replace(end=max(taken)) if taken else body

    return [cut(s) if s.kind == "body" else s for s in spans]


_NAMES = frozenset({"place", "nation", "body", "person", "weak-place", "short-place", "weak-body", "short-body"})


def _unframed(span: Span, text: str, spans: Sequence[Span], pack: Pack) -> bool:
    """True for words that are no part of the frame: an article, a title that is a word of a name (Phan *Anh* Sơn)."""
    if span.kind == "place" and pack.spaces and not pack.names.get("place_after_post"):
        return _first_name(span, text, spans) or _last_name(span, text, spans)
    if span.kind == "post" and pack.names.get("posts_lower"):
        return text[span.start].isupper() and _after_name(span, text, spans)
    if (span.kind in pack.words or span.kind in ("number", "qualifier")) and _given_name(span, text, pack):
        return True
    if span.kind != "honorific" or not (pack.spaces and text[span.start].isupper()):
        return _article_like(span)
    return _after_name(span, text, spans) and fold(_word_before(span, text)) not in pack.names.get("stop", ())


def _word_before(span: Span, text: str) -> str:
    head = text.rfind(" ", 0, max(0, span.start - 1)) + 1
    return text[head : span.start - 1]


def _given_name(span: Span, text: str, pack: Pack) -> bool:
    """True for a capitalised word in a name that a surname of the pack opens: Đỗ Thị Kim *Chi*, Nguyễn Văn *Ba*."""
    if not pack.spaces or not text[span.start].isupper() or " " in text[span.start : span.end]:
        return False
    surnames = pack.names.get("surnames", ())
    for word in reversed(text[max(0, span.start - 40) : span.start].split(" ")[:-1]):
        if not word[:1].isupper() or not word.isalpha():
            return False
        if fold(word) in surnames:
            return True
    return False


def _after_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """True right after a capitalised word that is nothing known, as in the middle of a name (Bruno Le *Maire*)."""
    before = _word_before(span, text)
    held = any(s.end == span.start - 1 and s.kind not in ("concept", "countable") for s in spans)
    return text[span.start - 1 : span.start] == " " and before[:1].isupper() and before.isalpha() and not held


def _first_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """A place right between a post and a capitalised word is a person's first name (Health Minister *Aden* Duale)."""
    after_post = any(s.kind == "post" and s.end == span.start - 1 for s in spans)
    follows = text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].isupper()
    return after_post and follows and not any(s.start == span.end + 1 and s.kind != "concept" for s in spans)


def _last_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """A place right after a post and a capitalised word that is nothing known is a person's surname (President François
    *Hollande*), also after a nationality: French President.
    """
    if not _after_name(span, text, spans):
        return False
    head = span.start - 2 - len(_word_before(span, text))
    nations = [s.start - 1 for s in spans if s.kind == "nation" and s.end == head]
    return any(s.kind in ("post", "honorific") and s.end in (head, *nations) for s in spans)


def _article_like(span: Span) -> bool:
    """The number one as a word, which most languages use as an article (*un* don, *eine* Spende)."""
    return span.kind == "number" and span.value.value == 1 and span.value.shape == "word"


def _figures(
    article: Article, folded: str, pack: Pack, spans: list[Span], start: int, end: int, last: Money | None
) -> list[Span]:
    """Days, periods, ordinals, sums and numbers of one sentence: what an earlier kind claims no later one takes."""
    text, code = article.text, pack.code
    days = dates.dates(folded, start, end, code, article.published)
    ranks = [o for o in numbers.ordinals(folded, start, end, code) if not _overlaps(o, days)]
    window = folded[start:end]
    words = [s._replace(start=s.start - start, end=s.end - start) for s in spans if s.kind == "numword"]
    plain = (s._replace(start=s.start + start, end=s.end + start) for s in numbers.numbers(window, words, code))
    told = [s for s in spans if s.kind == "ordinal"]
    named = [] if pack.spaces else [s for s in spans if s.kind in _NAMES or s.kind == "concept"]  # 红|十字
    figures = [n for n in plain if not _overlaps(n, [*days, *ranks, *told, *named])]
    money = sums.money(text, folded, figures, [s for s in spans if s.kind == "currency"], code)
    money = sorted([*money, *sums.listed(folded, figures, money, code)])
    named = [s for s in spans if s.kind in ("place", "weak-place", "body", "nation")]
    money += sums.led(folded, figures, money, named, pack)
    money += sums.carried(folded[:end], figures, sorted(money), last, pack)
    money += sums.shares(folded[:end], figures, sorted(money), named, pack)
    times = dates.periods(text, folded, start, end, code, article.published)
    times = [
        t
        for t in times
        if not _overlaps(t, money)
        and not any(d.start <= t.start and t.end <= d.end for d in days)
        and not _counts(t, spans, folded)
    ]
    return [*days, *ranks, *times, *money, *(n for n in figures if not _overlaps(n, money))]


def _counts(span: Span, spans: Iterable[Span], folded: str) -> bool:
    """True for four digits that a qualifier before and a counted thing after make a number: over *2000* delegates."""
    if not folded[span.start : span.end].isdigit():
        return False
    near = [s for s in spans if s.end == span.start - 1 or s.start == span.end + 1]
    return {"qualifier", "countable"} <= {s.kind for s in near}


def _is_other(span: Span, spans: Iterable[Span]) -> bool:
    """True for a word of gathering inside a phrase that means none (press *conference*)."""
    return span.kind == "event" and any(s.kind == "notevent" and s.start <= span.start < s.end for s in spans)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(o.start < span.end and span.start < o.end for o in others)


def _as_named(span: Span, text: str, pack: Pack) -> Span:
    """A registered name as a ``Name`` with the registry's id."""
    kind = {"weak-place": "place", "person": "name"}.get(span.kind, span.kind)
    if kind not in ("body", "place", "nation", "name"):
        return span
    what = {"body": "organization", "name": "person"}.get(kind, "place")
    name = Name(what, text[span.start : span.end], pack.code, known=str(span.value))
    if kind == "body" and (given := phrases.acronym_after(text, span.end, pack)):
        return Span(span.start, given.end(), kind, replace(name, acronym=given[1]))
    return Span(span.start, span.end, kind, name)


@cache
def _series_code() -> re.Pattern[str]:
    codes = "|".join(map(re.escape, schemes.load().series_codes)) or "(?!)"
    return re.compile(rf"(?<![a-z0-9])(?:{codes})[ -]?([0-9]{{1,2}}|[ivx]{{1,5}})(?![a-z0-9])")


def _coded(folded: str, start: int, end: int) -> list[Span]:
    """Gatherings known by a code and a number, as the event-kind scheme lists them: COP29, TICAD 8."""
    found: list[Span] = []
    for match in _series_code().finditer(folded, start, end):
        number = int(match[1]) if match[1].isdigit() else numbers.parse_roman(match[1])
        if number:
            found += [
                Span(match.start(), match.end(), "event", "conference"),
                Span(match.start(), match.end(), "code", number),
            ]
    return found


def _weak(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Ambiguous names of places (Jordan, Đức, Nga) where no capitalised neighbour says that they are part of a name."""
    if not any(s.kind in ("weak-place", "short-place") for s in spans):
        return []
    found = []
    ends = {s.end for s in spans if s.kind in ("post", "nation", "place", "body", "concept")}
    starts = {s.start for s in spans if s.kind in ("post", "place", "nation", "body")}
    posts = {s.start for s in spans if s.kind == "post"}
    for span in spans:
        if span.kind == "weak-place":
            before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
            head = span.start - 1
            while head > 0 and text[head - 1].isalnum():
                head -= 1
            near = names.linked(text, span.start, pack) if pack.names.get("place_after_post") else span.start - 1
            supported = {span.start - 1, span.start, near} & ends
            lead = before.endswith(" ") and text[head : span.start].strip()[:1].isupper() and not supported
            follow = after[:1] == " " and after[1:2].isupper() and span.end + 1 not in starts and not supported
            if not (lead or follow or (after[:1] in "-'’" and after[1:2].isalpha())):
                found.append(span)
        elif span.kind == "short-place" and span.end in posts:
            found.append(span._replace(kind="weak-place"))
        elif span.kind == "short-place" and (whole := sides.whole(text, span, pack)):
            found.append(whole)
    return [s for s in found if s.kind == "weak-place"]


def _people(text: str, folded: str, start: int, end: int, framed: Sequence[Span], pack: Pack) -> Iterable[Span]:
    """Candidates for persons' names and acronyms between the spans of a frame."""
    gaps = zip([start, *(s.end for s in framed)], [*(s.start for s in framed), end], strict=True)
    capitals = [gap for gap in gaps if gap[1] - gap[0] > 1 and text[slice(*gap)] != folded[slice(*gap)]]
    if pack.spaces:
        for low, high in capitals:
            yield from names.latin(text, low, high, pack, sentence=(start, end))
        return
    for low, high in capitals:
        yield from names.acronyms(text, low, high, pack)
    for place, span in enumerate(framed):
        if span.kind == "post":
            following = itertools.islice(framed, place + 1, None)
            high = next((s.start for s in following if not _may_be_syllable(s, text)), end)
            after = names.han_after(text, span.end, end if names.dotted(text, span.end, end) else high, pack)
            if after:
                yield after
            elif found := names.han_before(text, *_before_post(text, framed, start, place), pack):
                yield found


def _may_be_syllable(span: Span, text: str) -> bool:
    """True for one character that is a number or says how exact one is, with no digits after it: 米尔济|约|耶夫."""
    single = span.end - span.start == 1 and span.kind in ("number", "qualifier") and not text[span.start].isdigit()
    return single and not text[span.end : span.end + 1].isdigit()


def _before_post(text: str, framed: Sequence[Span], start: int, place: int) -> tuple[int, int]:
    """Between what a name before the post ``framed[place]`` may stand: before the bracket that holds whose post it is,
    too.
    """
    at = first = framed[place].start
    low = framed[place - 1].end if place else start
    if place and low == at and framed[place - 1].kind in ("place", "nation", "body", "acronym"):
        first = framed[place - 1].start
    if text[first - 1 : first] not in ("(", "（"):
        return low, at
    return next((s.end for s in reversed(framed[:place]) if s.end < first), start), first - 1


def _with_known(
    text: str, rows: list[tuple[list[Span], list[Span]]], parts: Sequence[tuple[int, int, int]], pack: Pack
) -> list[tuple[list[Span], list[Span]]]:
    """Names without word boundaries, once found beside a post, are seen wherever the article writes them."""
    written = sorted({s.value.text for _, framed in rows for s in framed if s.kind == "name"})
    met = sorted(names.known(text, written, pack.code))
    out = []
    for (all_, framed), more in zip(rows, _split(met, parts), strict=True):
        keep = [s for s in more if not any(s.start < f.end and f.start < s.end for f in framed)]
        out.append(([*all_, *keep], longest([*framed, *keep])))
    return out
