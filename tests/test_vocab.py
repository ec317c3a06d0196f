"""Namespaces, slugs, and the one way each kind of literal is written."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import vocab
from kg.model import MonthDay

FINITE = st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1E20"), max_value=Decimal("1E20"))


def read_back(literal: Literal) -> Literal:
    """A literal as the store gives it back."""
    store = Store()
    node = NamedNode("urn:x")
    store.add(Quad(node, node, literal))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Bùi Thanh Sơn", "bui-thanh-son"),
        ("Đường Østfold Łódź", "duong-ostfold-lodz"),
        ("Straße, Ærø; Œuvre", "strasse-aero-oeuvre"),
        ("İstanbul ısı", "istanbul-isi"),
        ("CARE/Hoa Kỳ", "care-hoa-ky"),
        ("  O'Neil—Smith ", "o-neil-smith"),
        ("ＡＢＣ１", "abc1"),
        ("裴青山", ""),
        ("منظمة", ""),
        ("", ""),
    ],
)
def test_slug(text: str, slug: str) -> None:
    """Letters lose their diacritics; scripts without a Latin form give nothing."""
    assert vocab.slugify(text) == slug


@given(st.text())
def test_slug_is_plain_and_stable(text: str) -> None:
    """A slug is lower-case ASCII without a dash at either end, the same for every normal form, and its own slug."""
    slug = vocab.slugify(text)
    assert slug.isascii()
    assert slug == slug.lower().strip("-")
    assert vocab.slugify(unicodedata.normalize("NFD", text)) == vocab.slugify(unicodedata.normalize("NFC", text))
    assert vocab.slugify(slug) == slug


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_segment_makes_valid_iris_that_do_not_collide(one: str, other: str) -> None:
    """Any article id can stand in an IRI, and two ids share one only if they are one text."""
    NamedNode(vocab.article_iri(one))
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (vocab.segment(one) == vocab.segment(other)) is same


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1.140E+9", "1140000000"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("0.00", "0"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("1E-7", "0.0000001"),
    ],
)
def test_decimal(value: str, written: str) -> None:
    """Decimals have no exponent, trailing zeros or negative zero."""
    assert vocab.decimal(Decimal(value)).value == written


@given(FINITE)
def test_decimal_is_exact_and_kept(value: Decimal) -> None:
    """No digit is lost, and the store gives back what was written."""
    literal = vocab.decimal(value)
    assert Decimal(literal.value) == value
    assert read_back(literal) == literal


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_decimal_refuses_what_is_no_number(value: str) -> None:
    """NaN and infinities are no sums of money."""
    with pytest.raises(ValueError, match="not a number"):
        vocab.decimal(Decimal(value))


@given(st.integers())
def test_integer_is_kept(value: int) -> None:
    """The store gives back the integer that was written."""
    assert read_back(vocab.integer(value)) == vocab.integer(value)


@given(st.dates(), st.dates())
def test_days_are_kept(one: date, other: date) -> None:
    """The store gives back dates and days of a month as they were written, and 29 February too."""
    assert read_back(vocab.day(one)) == vocab.day(one)
    month_day = vocab.month_day(MonthDay(other.month, other.day))
    assert read_back(month_day) == month_day


def test_month_day() -> None:
    """A day without a year is an xsd:gMonthDay."""
    literal = vocab.month_day(MonthDay(2, 29))
    assert (literal.value, literal.datatype.value) == ("--02-29", vocab.XSD + "gMonthDay")


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "en", "zh-Hans", "NB"]))
def test_text_is_kept(value: str, language: str) -> None:
    """Text is NFC and language tags are lower case, so the store gives back what was written."""
    literal = vocab.text(value, language)
    assert literal.value == unicodedata.normalize("NFC", value)
    assert (literal.language or "") == language.lower()
    assert read_back(literal) == literal


def test_text_refuses_a_malformed_language() -> None:
    """A language tag with a blank in it is refused."""
    with pytest.raises(ValueError, match="subtag"):
        vocab.text("x", "not a tag")


def test_terms() -> None:
    """A CURIE stands for the term; an unknown prefix is refused."""
    assert vocab.term("schema:headline").value == "https://schema.org/headline"
    assert vocab.kg("more-than").value == vocab.KG + "more-than"
    with pytest.raises(KeyError):
        vocab.term("dc:title")


def test_graphs() -> None:
    """Graph names hang under the base."""
    base = "https://example.org/x/"
    assert vocab.facts_graph("a b", base=base).value == "https://example.org/x/article/a%20b/facts"
    assert vocab.body_graph("a", base=base).value == "https://example.org/x/article/a/body"
    assert vocab.shared_graph("names", base=base).value == "https://example.org/x/graph/names"
