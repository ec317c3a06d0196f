"""Whose money a currency is."""

from __future__ import annotations

import pytest

from kg import lang
from kg.recognise.sums.currencies import ISO_4217, SHARED, is_own, own_of


@pytest.mark.parametrize(
    ("currency", "country"),
    [("SEK", "SE"), ("EUR", "FR"), ("EUR", "BG"), ("XOF", "SN"), ("XAF", "CM"), ("USD", "US"), ("USD", "TL")],
)
def test_money_of_a_country(currency: str, country: str) -> None:
    """By the country's code, or by the list of those who share one."""
    assert is_own(currency, country)


@pytest.mark.parametrize(
    ("currency", "country"), [("SEK", "NO"), ("EUR", "SE"), ("XOF", "CM"), ("USD", "CA"), ("", "US"), ("EUR", "")]
)
def test_money_of_another(currency: str, country: str) -> None:
    """A country that has another currency, and no country or currency at all."""
    assert not is_own(currency, country)


def test_one_of_several() -> None:
    """A word that several countries use is the money of the one asked for, or of nobody."""
    assert own_of("DK", ["NOK", "SEK", "DKK"]) == "DKK"
    assert own_of("ML", ["XAF", "XOF"]) == "XOF"
    assert own_of("FI", ["NOK", "SEK", "DKK"]) == ""
    assert own_of("", ["NOK"]) == ""


def test_no_country_has_two_currencies_of_one_word() -> None:
    """Whatever word a pack leaves open: no country finds two of its currencies there."""
    countries = {code[:2] for code in ISO_4217} | set().union(*SHARED.values())
    for code in lang.codes():
        for word, currencies in lang.load(code).raw["money"].get("whose", {}).items():
            assert set(currencies) <= ISO_4217, (code, word)
            for country in countries:
                assert sum(is_own(currency, country) for currency in currencies) <= 1, (code, word, country)
