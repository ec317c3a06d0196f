"""Which language an article and its lines are in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import pycld2

from kg.lang.letters import plain_letters

# Chinese, Japanese and Korean say in one character what takes others three.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_ADDRESS = re.compile(r"\w*://\S*|www\.\S*|[^\s@]{1,64}@\S*")
_CODES = {"no": "nb", "zh-hant": "zh", "zh-hans": "zh", "iw": "he", "in": "id"}
# A short line in one of these is easily taken for another of the same row, so that is no reason to doubt it.
_ALIKE = (
    frozenset({"nb", "nn", "da", "sv", "fo", "is"}), frozenset({"es", "ca", "gl", "pt", "it", "ast", "oc"}),
    frozenset({"de", "nl", "lb", "af", "fy", "yi"}), frozenset({"en", "sco"}), frozenset({"zh", "ja"}),
    frozenset({"ru", "be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "tt", "uk", "uz"}),
    frozenset({"fr", "co", "br", "oc", "ht", "wa"}), frozenset({"id", "ms"}), frozenset({"tr", "az"}),
    frozenset({"ar", "fa", "ur", "ps", "ckb"}), frozenset({"hr", "sr", "bs", "sl"}),
)  # fmt: skip
# Common words of near languages. A short text is easily taken for the wrong one of them: the words decide that the
# other does not have. What has no word of either standard of Norwegian alone is read as Bokmål.
_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "nb": "alle av bare bistand ble blir blitt de dem disse en et etter flere for fra før gir gjennom gjør han "
        "har helt hun hva hvem hver hvilke hvor hvordan hvorfor ikke jeg kommer mange mellom mer milliarder "
        "millioner mot mye noe noen norge nå når og også om oss samarbeid sammen se selv ser si sier skal "
        "skriver til uken uten utenriksminister var ved verden vil være vært år øker avholdt brussel dager dessuten "
        "etterfølgende europeiske fikk fått framtiden giverkonferanse hennes hjelp hjelpe innsats innsatsen kaller "
        "konferanse konferansen kvinner likevel møte møtet nødhjelp opplyser penger regjering regjeringen sa "
        "toppmøte uke utviklingsminister ytterligere",
        "nn": "alle auka aukar av berre bistand blei blir blitt dei desse dykk eg ein eit etter fekk fleire for frå "
        "fyrste før gir gje gjeld gjennom gjer gjev han har heilt hjå ho ikkje kjem kor korleis kva kvar kven "
        "kvifor laurdag leiar leiaren mange meir mellom milliardar millionar mot mykje måndag naudhjelp no "
        "noko nokon nokre noreg når og også om oss saman samarbeid seier sjå sjølv skal skriv skular til "
        "tysdag utan utanriksminister var vart ved veka verda vere vidare vil vore år òg",
        "da": "af alle bare bistand blev blevet bliver de dem disse efter en et flere for fra før gennem giver "
        "givet gør han har helt hjælp hun hvad hvem hver hvilke hvor hvordan hvorfor ikke jeg kommer mange "
        "meget mellem mere milliarder millioner mod noget nogle norge nu når nødhjælp og også om os "
        "samarbejde sammen se selv ser sige siger skal til ud uden udenrigsminister udvikling ugen var ved "
        "verden vil være været år øger afholdt bruges bruxelles dage desuden dog donorkonference efterfølgende "
        "europæiske fik fået fremtiden hendes hjælpe højere indsats indsatsen kalder konference konferencen kvinder "
        "lande ligesom møde mødet oplyser penge regering regeringen sagde topmøde uge udsending udviklingsminister "
        "vores yderligere",
        "id": "agustus bahwa desember inggris jepang juli jumat kamis kantor karena maret miliar milyar oktober "
        "perusahaan polisi prancis senin triliun usai wib yakni",
        "ms": "ahad bahawa bilion disember ekoran iaitu isnin jepun julai jumaat kerana khamis mahu manakala "
        "memaklumkan menerusi mesyuarat ogos polis syarikat trilion",
        "ru": "более был была будет для его из как которая которые который между под после сказал со сообщил также что "
        "чтобы это",
        "kk": "болып бұл бойынша деп екі және мен туралы үшін",
        "ky": "боюнча бул жана менен тууралуу үчүн",
        "tg": "аз аст ба барои бо ва дар ки шуд",
        "ar": "أن إلى التي الذي الذين بعد بين خلال ذلك على عن في قال قالت كان كانت كما مع من نحو هذا هذه وقال وقالت",
        "fa": "است از این آن با برای به تا در را شد شده که گفت می های هزار میلیون دلار کشور کرد کرده خواهد نیز بود",
        "ur": "اور ایک اس ان تھا تھی جو سے کا کو کی کے گا گئی گیا لیے میں نے نہیں ہے ہیں پر",
        "ps": "او په چې د دی ده دې سره شوي کې له نه وه ته",
        "ckb": "بۆ بە بوو دەکات ئەم ئەو لە لەگەڵ کە هەروەها",
        "tr": "ancak bir bin bu bunun çok da daha dedi değil diye dolar en etti gibi için ile kadar milyar milyon olan "
        "olarak oldu olduğunu sonra tarafından ve yapılan yeni yılında",
        "az": "amma bir bu çox da dedi deyil dollar edib ilə isə kimi manat milyard milyon olan olaraq olub onun sonra "
        "tərəfindən üçün və yeni ərzində",
        "uz": "билан бу бўйича ва ҳам томонидан учун эди",
    }.items()
}
# Languages that are taken for one another: words tell only those of one row apart.
_NEAR = (
    ("nb", "nn", "da"), ("id", "ms"), ("ru", "kk", "ky", "tg", "uz"), ("ar", "fa", "ur", "ps", "ckb"), ("tr", "az"),
)  # fmt: skip
_UNDECIDED = {"nn": "nb"}
_SURE_WIDTH = 25
_SURE_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_VOTE_WIDTH = 40
_SAMPLE = 2000
_VOTE_LIMIT = 200_000


def width(text: str) -> int:
    """Length of ``text`` as if written in Latin letters: a Chinese character counts three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def normal_code(code: str | None) -> str:
    """The primary code in our spelling: "en-US" is en, "no" is nb, "zh-Hant-TW" is zh; "" for none."""
    folded = (code or "").strip().replace("_", "-").lower()
    primary = folded.split("-")[0]
    primary = _CODES.get(folded, _CODES.get(primary, primary))
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else ""


def supported() -> tuple[str, ...]:
    """Codes of the languages that have a pack."""
    from kg.lang import codes

    return codes()


def _detect(text: str, *, best_effort: bool = False) -> tuple[bool, list[tuple[str, int]]]:
    """Whether the answer is reliable, and (code, percent) of up to three languages."""
    sample = text[:_SAMPLE]
    if "://" in sample or "www." in sample or "@" in sample:
        sample = _ADDRESS.sub(" ", sample)
    return _detect_sample(sample, best_effort)


@lru_cache(maxsize=2048)
def _detect_sample(sample: str, best_effort: bool) -> tuple[bool, list[tuple[str, int]]]:  # noqa: FBT001 - a cache key
    try:
        reliable, _, details = pycld2.detect(sample, isPlainText=True, bestEffort=best_effort)
    except pycld2.error:
        # It refuses text that is not valid for interchange; such text has no language we could name.
        return False, []
    return reliable, [(normal_code(code), percent) for _, code, percent, _ in details if code != "un"]


def vote(lines: Iterable[str]) -> Counter[str]:
    """Languages of the lines of 40 and more characters, each line weighing its width."""
    votes: Counter[str] = Counter()
    seen = 0
    for line in lines:
        weight = width(line)
        if weight < _VOTE_WIDTH:
            continue
        reliable, found = _detect(line)
        if reliable and found:
            votes[found[0][0]] += weight
        seen += weight
        if seen > _VOTE_LIMIT:
            break
    return votes


def identify(lines: Sequence[str], *, declared: str = "") -> str:
    """The language most of ``lines`` are in; ``declared`` decides where that is not clear; "" where unknown."""
    found = _identify(lines, declared)
    return found if found == declared or found not in _WORDS else _by_words(lines, found)


def _by_words(lines: Sequence[str], guess: str) -> str:
    """``guess``, or the near language of whose own words the lines have more than twice as many as of the guess's:
    Danish *vært*, a host, is also Norwegian for "been".
    """
    words = {word for line in lines[:200] for word in _WORD.findall(line[:_SAMPLE].lower())}
    sure = False
    for code in next(row for row in _NEAR if guess in row):
        if code == guess:
            continue
        mine, others = (len(words & (_WORDS[a] - _WORDS[b])) for a, b in ((guess, code), (code, guess)))
        if others > 2 * mine:
            return code
        sure = sure or mine > 0
    return guess if sure else _UNDECIDED.get(guess, guess)


def _told_by_words(lines: Sequence[str], guess: str) -> bool:
    """Whether the lines have several common words of a guess, and none that only a near language has."""
    words = {word for line in lines[:200] for word in _WORD.findall(line[:_SAMPLE].lower())}
    row = next((row for row in _NEAR if guess in row), ())
    return len(words & _WORDS.get(guess, frozenset())) >= _SURE_WORDS and not any(
        words & (_WORDS[code] - _WORDS[guess]) for code in row
    )


def _identify(lines: Sequence[str], declared: str) -> str:
    votes = vote(lines)
    if votes:
        best, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
        close = declared and any({declared, best} <= group for group in _ALIKE)
        return declared if declared and ((close and votes[declared] * 2 >= weight) or weight < 100) else best
    if declared:
        return declared
    whole = " ".join(lines[:200])
    reliable, found = _detect(whole)
    if not (reliable and found):
        # Short texts: name the language only if every letter speaks for it.
        _, found = _detect(whole, best_effort=True)
        if width(whole) < _SURE_WIDTH or not found or (found[0][1] < 90 and not _told_by_words(lines, found[0][0])):
            return ""
    return found[0][0]


def is_foreign(text: str, language: str) -> bool:
    """Whether a line is surely in another language than ``language``: no part of it in that or a like one, and no more
    small words of the one than of the other (words that many languages share mislead by their letters).
    """
    wide = width(text)
    # Names, places and dates in a short line look like any language: only words tell.
    if wide < _SURE_WIDTH or (wide < _VOTE_WIDTH and wide == len(text) and len(_WORD.findall(text)) < 5):
        return False
    reliable, found = _detect(text)
    if not (reliable and found) or found[0][1] < 80:
        return False
    like = _alike(language)
    if any(code in like for code, _ in found):
        return False
    words = set(_WORD.findall(plain_letters(text.lower())))
    return len(words & _small_words(language)) <= len(words & _small_words(found[0][0]))


@cache
def _small_words(code: str) -> frozenset[str]:
    """The small words that a language's pack holds; none where it has no pack."""
    from kg import lang

    return frozenset(lang.load(code).names.get("stop", ())) if code in supported() else frozenset()


@cache
def _alike(language: str) -> frozenset[str]:
    return frozenset({language}).union(*(group for group in _ALIKE if language in group))
