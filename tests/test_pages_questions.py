"""Pages of the prepared queries and of findings: forms, answers, charts, and what strangers type into fields."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import wells
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pages
from kg.pages import LANGUAGES, Asked, Page, page
from kg.pages.links import ServerLinks
from kg.pages.words import interface
from kg.query import queries, run
from kg.store import Store, open_store
from kg.tables import EVIDENCE, Rows
from kg.validate import validate_store
from kg.views.findings import findings
from kg.views.questions import Line, Shown, _charts, groups, question
from kg.vocab import BASE

NAMES = [query.name for query in queries()]


#: A script that is not one of our own files.
_STRANGE = re.compile(r'<script(?! type="module" src="/static/[a-z]+\.js">)')


def shown(url: str, *, language: str = "en", store: Store | None = None) -> Page:
    """The page at a path with its query."""
    parts = urlsplit(url)
    parameters = tuple(parse_qsl(parts.query, keep_blank_values=True))
    links = ServerLinks("", BASE, "" if language == "en" else language)
    return page(store or wells.store(), Asked(path=parts.path, parameters=parameters, language=language, links=links))


def test_every_query_is_listed_once() -> None:
    """Under what it is about."""
    assert sorted(query.name for found in groups().values() for query in found) == NAMES
    html = shown("queries").html
    assert all(f'href="/queries/{name}"' in html for name in NAMES)
    assert "Secteurs par nombre d&#39;articles" in shown("queries", language="fr").html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_query_has_a_page(name: str, language: str) -> None:
    """With a field for each parameter, and its answer as a table and, where it counts, as a chart."""
    for view in ("table", "chart") if language == "zh" else ("table",):
        found = shown(f"queries/{name}?as={view}", language=language)
        assert found.status == 200
        query = next(each for each in queries() if each.name == name)
        for parameter in query.parameters:
            assert f'<label for="f-{parameter.name}">' in found.html
            assert f'id="f-{parameter.name}" name="{parameter.name}"' in found.html
        assert ' style="' not in found.html
        assert not _STRANGE.search(found.html)


def test_every_column_and_parameter_has_a_word() -> None:
    """In the words of the interface; none that no query has."""
    words = tomllib.loads((Path(pages.__file__).parent / "words" / "en.toml").read_text(encoding="utf-8"))
    used = {parameter.name for query in queries() for parameter in query.parameters}
    for name in NAMES:
        answer = run(wells.store(), name)
        used |= set(answer.columns) - {EVIDENCE} if isinstance(answer, Rows) else set()
    assert {key.removeprefix("column.") for key in words if key.startswith("column.")} == used
    assert {key.removeprefix("tag.") for key in words if key.startswith("tag.")} == set(groups())


def test_there_is_no_page_of_what_is_no_query() -> None:
    """404, with the name as text."""
    found = shown("queries/<script>x")
    assert found.status == 404
    assert not _STRANGE.search(found.html)


def test_a_field_keeps_what_was_typed() -> None:
    """And narrows the answer."""
    found = shown("queries/sectors?min=2")
    assert found.status == 200
    assert 'value="2"' in found.html
    assert "health" in found.html
    assert "education" not in found.html


def test_a_field_left_empty_is_none() -> None:
    """A form sends all of its fields."""
    assert shown("queries/posts?position=&body=+&person=&language=").status == 200


def test_a_wrong_value_is_told_at_its_field() -> None:
    """Each by itself, and the page has status 400; what was typed stays."""
    found = question(wells.store(), "posts", {"person": "Ana Ruis", "position": "kink"}, language="en")
    assert found is not None
    assert not found.accepted
    assert {field.parameter.name: (field.wrong, field.near) for field in found.fields if field.wrong} == {
        "person": ("unknown", ("Ana Ruiz",)),
        "position": ("unknown", ("king",)),
    }
    html = shown("queries/posts?person=Ana+Ruis&position=kink").html
    assert "Nothing that fits here is called “Ana Ruis”." in html
    assert 'href="/queries/posts?position=kink&amp;person=Ana+Ruiz"><bdi>Ana Ruiz</bdi></a>' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'aria-describedby="d-person e-person"' in html
    assert 'value="Ana Ruis"' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("url", "wrong"), [
    ("sectors?min=many", "integer"), ("aid-figures?min=many", "decimal"), ("aid-by-period?year=20x", "gYear"),
    ("posts?language=vi!", "language"), ("evidence?of=Nobody", "unknown"),
    ("counts?article=nope", "unknown"), ("mentions?entity=Nobody+at+all", "unknown"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_the_reader_s_language(url: str, wrong: str, language: str) -> None:
    """In words of the interface: nothing of options or commands, of which readers of pages know nothing."""
    found = shown(f"queries/{url}", language=language)
    assert found.status == 400
    (told,) = re.findall(r'<p class="error" id="e-\w+">(.*?)</p>', found.html, re.DOTALL)
    value = parse_qsl(url.partition("?")[2])[0][1]
    assert interface(language)(f"query.wrong.{wrong}", value=value) in told
    assert "--" not in told
    assert "kg " not in told


def test_a_value_that_nothing_has_is_told_at_its_field() -> None:
    """It is accepted, the answer is empty, and a link leads to what may be meant."""
    found = shown("queries/aid-by-donor?currency=usd")
    assert found.status == 200
    assert "Nothing in the graph has the value “usd” here." in found.html
    assert 'href="/queries/aid-by-donor?currency=USD"><bdi>USD</bdi></a>' in found.html
    assert 'aria-describedby="d-currency e-currency"' in found.html
    assert "No rows." in found.html
    assert 'class="error"' not in shown("queries/aid-by-donor?currency=USD").html


HOSTILE = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "{{ 7 * 7 }}",
    "\u202eabc",
    "a\0b",
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["posts", "aid-figures", "evidence"])
def test_what_strangers_type_is_text(name: str, value: str) -> None:
    """In every field, in the address too."""
    query = next(each for each in queries() if each.name == name)
    links = ServerLinks("", BASE)
    for parameter in query.parameters:
        parameters = ((parameter.name, value), ("as", value), ("offset", value))
        found = page(wells.store(), Asked(path=f"queries/{name}", parameters=parameters, links=links))
        assert found.status in (200, 400)
        assert not _STRANGE.search(found.html)
        assert "<img" not in found.html
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', found.html))


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=30))
def test_any_text_gets_a_page(value: str) -> None:
    """An answer, or an error at the field."""
    found = question(wells.store(), "counts", {"article": value, "counts": value}, language="en")
    assert found is not None
    assert found.accepted or all(field.wrong for field in found.fields if field.value)


def test_names_are_offered() -> None:
    """Of the kind a field takes, in the reader's language; concepts by their labels."""
    found = question(wells.store(), "posts", {}, language="fr")
    assert found is not None
    position, body, person, language = found.fields
    assert ("minister", "ministre") in [(choice.value, choice.label) for choice in position.choices]
    assert position.closed
    assert [choice.value for choice in person.choices] == ["Ana Ruiz"]
    assert "Freedonia" in {choice.value for choice in body.choices}
    assert {choice.value for choice in language.choices} == {"en", "fr", "vi"}
    assert "<option" in shown("queries/posts").html


def test_every_offered_value_is_accepted() -> None:
    """Whoever picks one gets an answer."""
    for name in ("posts", "evidence", "conferences", "counts", "aid-by-donor"):
        found = question(wells.store(), name, {}, language="vi")
        assert found is not None
        for field in found.fields:
            for choice in field.choices:
                asked = question(wells.store(), name, {field.parameter.name: choice.value}, language="vi")
                assert asked is not None
                assert asked.accepted, choice


def test_rows_lead_on_and_show_their_quotes() -> None:
    """Entities to their pages, quotes to their articles, foreign words in their language."""
    html = shown("queries/sectors", language="nb").html
    assert '<a href="/kg-news/sector/health?lang=nb" lang="nb" dir="auto">helse</a>' in html
    assert '<q lang="fr" dir="auto">santé</q>' in html
    assert re.search(r'href="/kg-news/id/article/b-fr\?lang=nb#c\d+"', html)


def test_downloads_ask_the_same_of_the_api() -> None:
    """With the fields as they are."""
    html = shown("queries/sectors?min=2").html
    assert 'href="/api/sectors?min=2&amp;format=csv" download="sectors.csv"' in html
    assert 'href="/api/conference-schema?format=turtle"' in shown("queries/conference-schema").html


def test_bars_of_different_currencies_are_in_different_charts() -> None:
    """Each with its own scale, and nothing is added up."""
    found = question(wells.store(), "aid-figures", {}, language="en")
    assert found is not None
    assert {chart.unit.text: [str(bar.value) for bar in chart.bars] for chart in found.charts} == {
        "EUR": ["5500000", "5500000"],
        "USD": ["2100000", "2000000"],
    }
    assert "<rect" in shown("queries/aid-figures?as=chart").html
    evidence = question(wells.store(), "evidence", {}, language="en")
    assert evidence is not None
    assert not evidence.charts


def test_a_range_and_a_period_are_told_at_their_bar() -> None:
    """What is no bar by itself is not left out: the upper end, and which of two days is the first and the last."""
    lines = [
        Line((*_amount(value), Shown("number", upper) if upper else Shown("none"), *map(_day, days)), ())
        for value, upper, days in (("30", "35", ("2024-01-01", "2024-12-31")), ("5", "", ("", "2028-12-31")))
    ]
    (chart,) = _charts(("donor", "currency", "amount", "upper", "start", "end"), lines)
    assert chart.most == 35
    first, second = chart.bars
    assert (first.value, first.upper, first.start, first.end) == (30, 35, "2024-01-01", "2024-12-31")
    assert (second.value, second.upper, second.start, second.end) == (5, None, "", "2028-12-31")
    assert [cell.text for cell in first.cells] == ["Bank"]


def _amount(value: str) -> tuple[Shown, ...]:
    return Shown("node", "Bank", iri="urn:bank"), Shown("text", "USD"), Shown("number", value)


def _day(written: str) -> Shown:
    return Shown("day", written) if written else Shown("none")


def test_findings_before_any_check() -> None:
    """What to run."""
    html = shown("findings").html
    assert "has not been checked yet" in html
    assert "kg validate" in html


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was checked."""
    path = wells.on_disk(tmp_path_factory.mktemp("findings") / "store")
    validate_store(open_store(path))
    return path


def test_findings_are_shown_with_their_sentences(checked: Path) -> None:
    """In the reader's language, and those of one severity if that is asked for."""
    store = open_store(checked)
    found = findings(store, language="fr")
    assert found is not None
    report = validate_store(store)
    assert [one.rule for one in found.found] == [finding.name for finding in report.findings]
    assert dict(found.counts) == report.counts()
    assert not found.outdated
    assert any(one.quotes for one in found.found)
    html = shown("findings", language="fr", store=store).html
    assert report.findings[0].message("fr").replace("'", "&#39;") in html
    some = findings(store, language="fr", severity=report.findings[0].severity)
    assert some is not None
    assert {one.severity for one in some.found} == {report.findings[0].severity}


def test_findings_of_an_earlier_graph_say_so(checked: Path) -> None:
    """Until it is checked again."""
    store = open_store(checked)
    later = Store(store.db, store.base, store.path, "data-99")
    assert "kg validate" in shown("findings", store=later).html
    assert "kg validate" not in shown("findings", store=store).html


def test_a_severity_that_is_none_is_all(checked: Path) -> None:
    """And a page far away is empty."""
    store = open_store(checked)
    assert shown("findings?severity=<b>&offset=x", store=store).status == 200
    far = findings(store, language="en", offset=9999)
    assert far is not None
    assert not far.found
