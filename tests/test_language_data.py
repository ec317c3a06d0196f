"""A language is data: no code knows one by name, and no script moves an offset."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import daachorse
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import lang
from kg.extract import read_facts
from kg.lang.letters import plain_letters
from kg.read import read_text
from kg.read.clean import clean
from kg.read.language import identify
from kg.recognise import recognise
from kg.recognise.fold import fold
from kg.recognise.people.worded import beside_posts
from kg.recognise.sentences import LONGEST_SENTENCE, sentences
from kg.recognise.spans import Span
from kg.recognise.sums.numbers import numbers
from kg.recognise.words.entries import CONTRACTED, Entry
from kg.recognise.words.lexicon import Lexicon, Row

PACKAGE = Path(__file__).parents[1] / "kg"
CODES = frozenset(lang.codes())
#: Where a language may be compared by its code, and why.
EXCEPTIONS = {
    "read/dates.py": "dates in digits alone are ambiguous in English only: 04/05 is read both ways",
    "recognise/words/entries.py": "a body that has no name in a language goes by its English one there",
    "resolve/bags.py": "names are compared as each writing system spells them: tones, elisions, possessives",
    "resolve/entities.py": "an entity's label is shown in English where it has one",
    "resolve/editions.py": "likewise",
}
ARABIC = (
    "أعلن وزير الصحة في القاهرة يوم الخميس عن مساعدات بقيمة ٥٠٠ مليون دولار للتعليم في السودان. "
    "The United Nations said that Japan pledged \u2067٢٥\u2069 million dollars to Kenya for education and health. "
    "وقالت المنظمة إن ٣٧٩ منظمة غير حكومية تعمل في البلاد.\n\n"
    "Finland announced aid of ١٢٫٥ million euros for refugees in Jordan on 4 December 2025."
)


@pytest.mark.parametrize("room", ["recognise", "extract", "read", "resolve", "mappers"])
def test_no_code_asks_for_a_language_by_name(room: str) -> None:
    """What differs between languages stands in packs; each exception has its reason."""
    for module in sorted((PACKAGE / room).rglob("*.py")):
        compared = [
            (node.lineno, part.value)
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.Compare)
            for side in (node.left, *node.comparators)
            for part in ast.walk(side)
            if isinstance(part, ast.Constant) and part.value in CODES
        ]
        assert not compared or module.relative_to(PACKAGE).as_posix() in EXCEPTIONS, (module, compared)


def test_right_to_left_text_moves_no_offset() -> None:
    """Arabic letters, digits and marks of direction: every span and every quote stands where it says."""
    article = read_text(ARABIC, id="rtl", language="en", published=date(2025, 12, 5))
    found = recognise(article)
    assert len(found.folded) == len(article.text)
    for sentence in found.sentences:
        for span in sentence.spans:
            assert sentence.start <= span.start < span.end <= sentence.end
    names = [article.text[s.start : s.end] for sentence in found.sentences for s in sentence.of("place")]
    assert {"Japan", "Kenya", "Finland", "Jordan"} <= set(names)
    for fact in read_facts(article).facts:
        for evidence in fact.evidence:
            assert article.text[evidence.start : evidence.end].strip()


def test_digits_of_other_scripts_are_numbers() -> None:
    """٥٠٠ is 500 wherever it stands, and its span is just these characters."""
    article = read_text(ARABIC, id="rtl", language="en")
    spans = [s for sentence in recognise(article).sentences for s in sentence.of("number", "money")]
    values = {article.text[s.start : s.end]: s.value for s in spans}
    assert values["٥٠٠"].value == Decimal(500)
    assert values["٣٧٩"].value == Decimal(379)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الإغاثة", "الاغاثه"),
        ("الأردن", "الاردن"),
        ("مصطفى", "مصطفي"),
        ("KIZILAY", "Kızılay"),
        ("İstanbul", "istanbul"),
    ],
)
def test_letters_of_several_forms_are_one(one: str, other: str) -> None:
    """Hamza, final yeh and heh, and the Turkish letters i are compared as one, character by character."""
    assert fold(one) == fold(other)
    assert len(fold(one)) == len(one)


@pytest.mark.parametrize(
    ("one", "other"), [("سلام", "سلم"), ("قلب", "كلب"), ("año", "ano"), ("bà", "bá"), ("عمان", "عمون")]
)
def test_letters_that_tell_words_apart_stay(one: str, other: str) -> None:
    """No other letter is taken for another."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("की", "कई"), ("मंत्री", "मंत्र"), ("को", "के"), ("दिन", "दान")],
)
def test_vowel_signs_tell_words_apart_and_end_none(one: str, other: str) -> None:
    """A sign of Devanagari is folded to a letter of its own, so that a word stays one."""
    assert fold(one) != fold(other)
    assert re.fullmatch(r"\w+", fold(one))
    assert fold(one).isalpha()
    assert len(fold(one)) == len(one)


def test_nasal_signs_are_one_and_the_dot_of_loans_is_left_out() -> None:
    """पाँच is पांच; फ़्रांस is read as फ्रांस while the dot of सड़क stays."""
    assert fold("पाँच") == fold("पांच")
    assert clean("फ़्रांस की सड़क") == "फ्रांस की सड़क"


def test_digits_behind_letters_are_part_of_a_name() -> None:
    """Where nothing is written together with the word behind it, and no capital tells a name."""
    assert [n.value.value for n in numbers("ब30", (), "ar")] == [30]
    plain = replace(lang.load("ar"), code="x1", proclitics={})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lang, "load", lambda _: plain)
        assert not numbers("ब30", (), "x1")


def test_initials_open_a_name() -> None:
    """A short form with a full stop behind a post is part of the name; alone it is none."""
    pack = replace(lang.load("ar"), names={**lang.load("ar").names, "abbreviations": ("k.", "l.")})
    text = "minister k.l. moe said"
    post = Span(0, 8, "post", "minister")
    named = beside_posts(text, text, 0, len(text), [post, Span(18, 22, "say", "")], [post], pack)
    assert [text[n.start : n.end] for n in named] == ["k.l. moe"]
    alone = "minister k. said"
    assert not [*beside_posts(alone, alone, 0, len(alone), [post, Span(12, 16, "say", "")], [post], pack)]


def test_a_danda_ends_a_sentence_and_an_abbreviation_none() -> None:
    """डॉ. is met though its vowel is a sign."""
    text = "यह पहला है। यह दूसरा है। Dr. Moe came. Ann left."
    pack = replace(lang.load("en"), names={**lang.load("en").names, "abbreviations": (plain_letters("डॉ."),)})
    assert [text[s:e].strip() for s, e in sentences(text, 0, 25, pack)] == ["यह पहला है।", "यह दूसरा है।"]
    titled = "कल डॉ. मोहन आए"
    assert list(sentences(titled, 0, len(titled), pack)) == [(0, len(titled))]


def test_marks_of_another_script_are_those_of_ours() -> None:
    """Arabic commas, question marks and decimal marks stand for ours, each in its place."""
    assert fold("١٬٢٥٠٫٥، لماذا؟ ٪") == "1,250.5, لماذا? %"


def test_vowels_over_letters_are_left_out() -> None:
    """What some write over or between letters, and most do not, goes when an article is read."""
    assert read_text("قدَّمَت مليـــونًا\u200f.", id="v", language="en").text.strip() == "قدمت مليونا."


def _joined(word: str, **keys: object) -> list[str]:
    """The places met in ``word`` by a lexicon of two labels, with what may be written together with them."""
    rows = tuple(
        Row((Entry(label, "place", label, case),), compound=False, currency=False, plain=case == 0)
        for label, case in (("اليابان", 0), ("ليابان", CONTRACTED), ("تشاد", 0))
    )
    labels = {row.entries[0].label: index for index, row in enumerate(rows)}
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(labels))
    patterns = {"any": re.compile("[وف]?[بكل]?"), "contracted": re.compile("[وف]?ل")}
    known = Lexicon(automaton, rows, labels, True, False, frozenset(), {}, {}, proclitics=keys.get("by", patterns))  # type: ignore[arg-type]
    return [word[s.start : s.end] for s in known.spans(word, fold(word))]


@pytest.mark.parametrize(
    ("word", "met"),
    [
        ("واليابان", ["اليابان"]),
        ("باليابان", ["اليابان"]),
        ("لليابان", ["ليابان"]),
        ("وتشاد", ["تشاد"]),
        ("لتشاد", ["تشاد"]),
        ("التشاد", []),
        ("ليابان", []),
        ("سليابان", []),
        ("مرشتشاد", []),
    ],
)
def test_small_words_are_written_together_with_a_name(word: str, met: list[str]) -> None:
    """What the pack lists may stand before a label in one word, and nothing else may."""
    assert _joined(word) == met


def test_a_language_without_proclitics_meets_whole_words() -> None:
    """A label inside a word is none where the pack does not say so."""
    assert _joined("واليابان", by={}) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وزير| سعيد كريم إن", "سعيد كريم"),
        ("وزير| عبد الله الحسن أهمية", "عبد الله الحسن"),
        ("وزير| سعيد بن كريم أن", "سعيد بن كريم"),
        ("وزير| كارل فون بيرغ إن", "كارل فون بيرغ"),
        ("وزير| على سعيد", ""),
        ("وزير| علي سعيد إن", "علي سعيد"),
        ("وزير، سعيد كريم، إن", ""),
        ("وزير|، سعيد كريم، إن", "سعيد كريم"),
        ("وزير|، سعيد كريم إن", ""),
        ("وزير| إن سعيد كريم", ""),
        ("وزير| أهمية الأمر", ""),
        ("وزير| سعيد", ""),
    ],
)
def test_names_without_capitals_are_told_by_a_post(text: str, name: str) -> None:
    """A name stands behind a post, up to a listed word or a surname with the article; no other word is one."""
    post, _, rest = text.partition("|")
    pack = replace(
        lang.load("en"),
        capitals=False,
        contracted={"ال": "ل"},
        proclitics={"any": "[وف]?"},
        names={"particles": ("بن", "عبد", "فون"), "joins_post": " "},
        written={"names": {"not_names": ["أن", "إن", "أهمية", "الأمر", "على"]}},
    )
    text = post + rest
    span = Span(0, len(post), "post")
    found = [s.value.text for s in beside_posts(text, fold(text), 0, len(text), [span], [span], pack)]
    assert found == ([name] if name else [])


@pytest.mark.parametrize(
    ("before", "name"),
    [("مع سعيد كريم ", "سعيد كريم"), ("سعيد كريم، ", "سعيد كريم"), ("عند سعيد كريم ", ""), ("مع سعيد ", "")],
)
def test_names_without_capitals_stand_before_a_post(before: str, name: str) -> None:
    """A comma parts a name from the post behind it, or a word of the pack stands before both."""
    told = {"names": {"not_names": ["مع", "عند"]}}
    pack = replace(lang.load("en"), capitals=False, names={"before_name": ("مع",)}, written=told)
    text = before + "وزير"
    span = Span(len(before), len(text), "post")
    found = [s.value.text for s in beside_posts(text, fold(text), 0, len(text), [span], [span], pack)]
    assert found == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("أعلنت الحكومة أمس عن تقديم مساعدات إلى الذين فقدوا بيوتهم في الفيضانات", "ar"),
        ("دولت دیروز اعلام کرد که به کسانی که خانه خود را از دست داده‌اند کمک می‌کند", "fa"),
        ("حکومت نے سیلاب میں اپنے گھر کھونے والوں کے لیے امداد کا اعلان کیا ہے", "ur"),
        ("Hükümet, selde evini kaybedenler için yeni bir yardım yapılacağını söyledi", "tr"),
        ("Hökumət daşqında evini itirənlər üçün yeni yardım ediləcəyini dedi", "az"),
    ],
)
def test_near_languages_are_told_apart(text: str, code: str) -> None:
    """Persian and Urdu are not Arabic, Azerbaijani is not Turkish."""
    assert identify([text]) == code


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    """One character becomes one character in every script."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("text", ["a" * 9000, "word " * 2000, "字" * 9000, "A. " * 3000, "字，" * 4000, "x"])
def test_long_lines_are_cut_without_a_gap(code: str, text: str) -> None:
    """Pieces follow each other, none is longer than a sentence can be, and none is empty."""
    pieces = list(sentences(text, 0, len(text), lang.load(code)))
    assert pieces[0][0] == 0
    assert pieces[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(pieces))
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in pieces)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "a hundred and three", 103),
        ("fr", "vingt et un", 21),
        ("nb", "hundre og tre", 103),
        ("es", "treinta y dos", 32),
    ],
)
def test_number_words_are_joined_by_the_words_of_their_language(code: str, text: str, value: int) -> None:
    """The words that join parts of a name join number words too; no language's are written in code."""
    article = read_text(f"x {text} x", id="n", language=code)
    found = [s.value.value for sentence in recognise(article).sentences for s in sentence.of("number")]
    assert found == [Decimal(value)]


def test_a_word_of_both_does_not_outweigh_many() -> None:
    """Danish *vært*, a host, is Norwegian for "been": the many words that only Danish has decide."""
    lines = [
        "FN, der sammen med Norge er vært for donorkonferencen, kalder resultatet fint.",
        "Desuden er der blevet givet tilsagn om yderligere 20 milliarder de efterfølgende dage, sagde ministeren.",
    ]
    assert identify(lines) == "da"
