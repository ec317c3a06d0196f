"""The SPARQL page in a browser: the editor, what it offers, and answers."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from browsing import Browser, browsing
from selenium.webdriver.common.keys import Keys
from serving import Served

from kg.resources import web_folder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(web_folder() is None, reason="the scripts are not built: make web"),
]

RUN = "form.sparql .controls button"


def write(browser: Browser, text: str, *, then: str = "") -> None:
    """Put a text into the editor with the cursor where ``|`` stands, and type ``then``."""
    before = text.partition("|")[0].split("\n")
    browser.one(".CodeMirror")
    place = {"line": len(before) - 1, "ch": len(before[-1])}
    script = "const e = document.querySelector('.CodeMirror').CodeMirror;"
    browser.run(
        f"{script} e.setValue(arguments[0]); e.focus(); e.setCursor(arguments[1]);", text.replace("|", ""), place
    )
    if then:
        browser.driver.switch_to.active_element.send_keys(then)


def written(browser: Browser) -> str:
    """What stands in the editor."""
    return str(browser.run("return document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def test_the_example_is_answered_under_the_editor(server: Served, browser: Browser) -> None:
    """As a table with links to our pages; no other host is asked, the policy is kept, nothing is remembered."""
    browser.open(f"{server.url}/sparql?lang=fr")
    browser.one(".CodeMirror")
    browser.one(RUN).click()
    link = browser.one("#answers td a")
    assert link.get_attribute("href") == f"{server.url}/kg-news/id/person/bui-thanh-son?lang=fr"
    assert len(browser.all("#answers tbody tr")) > 10
    browser.one("#answers th:nth-child(3) button").click()
    assert browser.one("#answers th:nth-child(3)").get_attribute("aria-sort") == "ascending"
    assert browser.requests() == {urlsplit(server.url).netloc}
    assert browser.complaints() == []
    assert browser.run("return [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize(
    ("text", "typed", "whole"),
    [
        ("SELECT * {\n  ?x kg:don|\n}", "o", "kg:donor"),
        ("SELECT * {\n  ?x recip|\n}", "i", "kg:recipient"),
        ("SELECT * {\n  ?x a |\n}", "kg:Confer", "kg:Conference"),
    ],
)
def test_terms_of_the_ontology_are_completed(
    server: Served, browser: Browser, text: str, typed: str, whole: str
) -> None:
    """By prefix or by a word of the label; the prefix is declared along with it."""
    browser.open(f"{server.url}/sparql")
    write(browser, text, then=typed)
    # A list of what fitted the first letters may stand there for a moment.
    browser.until(f"document.querySelector('.CodeMirror-hint-active')?.textContent.includes('{whole}')")
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    browser.until("document.querySelector('.CodeMirror').CodeMirror.getValue().includes('PREFIX kg:')")
    assert f"{whole}\n" in written(browser)


def test_a_mistake_is_told_with_its_place(server: Served, browser: Browser) -> None:
    """Line and column, as an alert, and the cursor is there."""
    browser.open(f"{server.url}/sparql")
    write(browser, "SELECT * {\n  ?x ?y\n}|")
    browser.driver.switch_to.active_element.send_keys(Keys.CONTROL, Keys.ENTER)
    assert "3:2: " in browser.one("#answers [role=alert]").text
    place = browser.run("const c = document.querySelector('.CodeMirror').CodeMirror.getCursor(); return [c.line, c.ch]")
    assert place == [2, 1]


def test_what_an_answer_holds_is_text(server: Served, browser: Browser) -> None:
    """Markup in a literal and in a name, and an IRI that is a script."""
    query = 'SELECT * { VALUES (?text ?iri) { ("<img src=x onerror=window.hit=1>" <javascript:window.hit=1>) } }'
    browser.open(f"{server.url}/sparql#query={quote(query)}")
    browser.one(".CodeMirror")
    assert written(browser) == query
    browser.one(RUN).click()
    assert "<img" in browser.one("#answers tbody").text
    assert not browser.all("#answers img, #answers a")
    assert browser.run("return window.hit === undefined")


def test_triples_are_shown_as_they_are(server: Served, browser: Browser) -> None:
    """A line for each."""
    browser.open(f"{server.url}/sparql")
    write(browser, "CONSTRUCT { ?x a kg:Person } { ?x a kg:Person }|")
    browser.one(RUN).click()
    assert "bui-thanh-son> <http" in browser.one("#answers pre").text


def test_without_scripts_the_form_is_there(server: Served) -> None:
    """A text area, and formats that a browser gets as files."""
    with browsing(scripts=False) as browser:
        browser.open(f"{server.url}/sparql?example=organizers")
        assert browser.one("textarea").is_displayed()
        assert "kg:organizer" in str(browser.one("textarea").get_attribute("value"))
        assert not browser.all(".CodeMirror")
