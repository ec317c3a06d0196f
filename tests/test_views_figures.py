from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kg import Graph, build
from kg.pages import LANGUAGES, Asked, page
from kg.pages.links import ServerLinks
from kg.pages.scale import scale
from kg.store import Store
from kg.views.figures import BY, Chosen, Figures, Group, figures
from kg.vocab import BASE, KG

SEEDS = Path(__file__).parents[1] / "seeds"

Made = Callable[..., Store]


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The seeds, built."""
    return build([SEEDS]).store


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Builds a graph of articles, each one text, named ``a``, ``b`` and so on."""

    def of(*texts: str) -> Store:
        for name, text in zip("abcdefgh", texts, strict=False):
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        graph: Graph = build([tmp_path])
        return graph.store

    return of


def sums(shown: Figures) -> list[tuple[str, str, int]]:
    """Currency, amount and number of articles of every bar, in order."""
    return [
        (chart.currency, str(one.first.amount), len(one.articles))
        for chart in shown.charts
        for group in chart.groups
        for one in group.sums
    ]


def test_what_five_articles_tell_is_one_bar(seeds: Store) -> None:
    """The seeds tell one sum: nearly 1.14 billion dollars for 2020 to 2024."""
    shown = figures(seeds, Chosen())
    assert sums(shown) == [("USD", "1140000000", 5)]
    group = shown.charts[0].groups[0]
    assert (group.start, group.end, shown.unsaid) == ("2020-01-01", "2024-12-31", 0)
    assert [node.value.removeprefix(KG) for node in group.sums[0].qualifiers] == ["nearly"]
    assert {quote.language for quote in group.sums[0].quotes} == {"en", "fr", "nb", "vi", "zh"}
    assert not group.sums[0].assumed, "four articles say which dollar it is"


def test_by_sector_only_articles_that_name_it_count(seeds: Store) -> None:
    """Two seeds say what the sum was for, one of them more: the others do not vouch for that; nothing is left over."""
    shown = figures(seeds, Chosen(by="sector"))
    assert sorted(sums(shown)) == [("USD", "1140000000", 1)] * 2 + [("USD", "1140000000", 2)] * 5
    assert shown.unsaid == 0


def test_what_no_article_says_is_counted_and_not_shown(seeds: Store) -> None:
    """No seed names a giver."""
    shown = figures(seeds, Chosen(by="donor"))
    assert not shown.charts
    assert shown.unsaid == 1


def test_each_currency_has_its_chart(made: Made) -> None:
    """Sums of two currencies stand on two scales."""
    store = made("Japan pledged 300 million yen to Laos.", "Norway pledged 50 million euros to Laos.")
    assert sums(figures(store, Chosen(by="recipient"))) == [("EUR", "50000000", 1), ("JPY", "300000000", 1)]


def test_sums_of_other_parties_are_other_sums(made: Made) -> None:
    """Two givers of the same amount are two bars; the same giver told twice is one."""
    store = made(
        "Japan pledged 20 million euros to Laos.",
        "Norway pledged 20 million euros to Laos.",
        "Norway said it would pledge 20 million euros to Laos.",
    )
    shown = figures(store, Chosen(by="recipient"))
    assert sums(shown) == [("EUR", "20000000", 1), ("EUR", "20000000", 2)]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(by="donor", currency="EUR"), ["20000000"]),
        (Chosen(by="donor", currency="USD"), []),
        (Chosen(by="donor", status=f"{KG}pledged"), ["20000000", "300000000"]),
        (Chosen(by="donor", status=f"{KG}disbursed"), []),
        (Chosen(by="donor", donor="https://w3id.org/kg-news/id/place/japan"), ["300000000"]),
        (Chosen(by="donor", donor="https://w3id.org/kg-news/id/place/nowhere"), []),
        (Chosen(by="donor", first=2020), []),
        (Chosen(by="donor", last=2030), []),
    ],
)
def test_filters(made: Made, chosen: Chosen, expected: list[str]) -> None:
    """A filter keeps the sums that state what it asks for; a sum without a period is in no years."""
    store = made("Japan pledged 300 million yen to Laos.", "Norway pledged 20 million euros to Laos.")
    assert [amount for _, amount, _ in sums(figures(store, chosen))] == expected


@pytest.mark.parametrize(
    ("first", "last", "count"), [(2024, None, 1), (2025, None, 0), (None, 2020, 1), (None, 2019, 0), (2022, 2023, 1)]
)
def test_years_touch_a_period(seeds: Store, first: int | None, last: int | None, count: int) -> None:
    """A period is in the years that it has a day in."""
    assert len(sums(figures(seeds, Chosen(first=first, last=last)))) == count


def test_ticks_are_round() -> None:
    """Few ticks, at numbers a reader knows; a bar fills what leaves room for an arrow."""
    drawn = scale(Decimal(1_140_000_000))
    assert [int(tick) for tick in drawn.ticks] == [0, 500_000_000, 1_000_000_000]
    assert (drawn.at(Decimal(1_140_000_000)), drawn.at(Decimal(0))) == ("96.00%", "0.00%")
    assert scale(Decimal(0)).at(Decimal(0)) == "0.00%"
    assert drawn.between(Decimal(0), Decimal(1)) == "0.30%", "what is little is seen"
    assert drawn.between(Decimal(5), Decimal(5)) == "0.00%"


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bar_leads_to_its_quotes(seeds: Store, by: str, language: str) -> None:
    """A bar's link stands at a row of the table on the same page; nothing needs a script or a style of its own."""
    asked = Asked(path="figures", parameters=(("by", by),), language=language, links=ServerLinks("", BASE, language))
    made = page(seeds, asked)
    assert made.status == 200
    to = re.findall(r'<a href="#(sum-[^"]+)"', made.html)
    assert to == re.findall(r'<tr id="(sum-[^"]+)"', made.html)
    assert len(to) == made.html.count('<svg class="bar"') == sum(len(g.sums) for g in shown_groups(seeds, by))
    assert " style=" not in made.html


def shown_groups(store: Store, by: str) -> list[Group]:
    """The groups of all charts."""
    return [group for chart in figures(store, Chosen(by=by)).charts for group in chart.groups]
