"""What pages can do beside being read: pictures that grow, marks that tell what they mean, tables that sort."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from browsing import Browser, browsing
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from serving import CLIENT, Served

from kg.resources import web_folder

pytestmark = [pytest.mark.browser, pytest.mark.slow]
scripted = pytest.mark.skipif(web_folder() is None, reason="the scripts are not built: make web")

PERSON = "/kg-news/id/person/phan-anh-son"
ARTICLE = "/kg-news/id/article/003_fee6e9a8cdfc04d7"


@scripted
def test_a_neighbourhood_grows(server: Served, browser: Browser) -> None:
    """By the keyboard; each thing that is chosen adds what stands around it, and is told with its quotes."""
    browser.open(f"{server.url}{PERSON}?lang=nb")
    assert browser.all(".around svg")
    browser.one(".around > button").send_keys(Keys.ENTER)
    names = [chip.text for chip in (browser.one(".chip"), *browser.all(".chip")[1:])]
    browser.all(".chip")[1].send_keys(Keys.ENTER)
    browser.until(f"document.querySelectorAll('.chip').length > {len(names)}")
    assert browser.one(".about-node h3").text == names[1]
    assert str(browser.one(".about-node a.button").get_attribute("href")).endswith("?lang=nb")
    assert browser.all(".about-node q")
    assert browser.requests() == {urlsplit(server.url).netloc}
    assert browser.complaints() == []


def test_without_scripts_the_picture_stands_still(server: Served) -> None:
    """And the list under it says the same."""
    with browsing(scripts=False) as browser:
        browser.open(f"{server.url}{PERSON}")
        assert browser.one(".around svg a").get_attribute("href")
        assert not browser.all(".around > button")
        assert browser.all(".around details li")


@scripted
def test_a_mark_tells_what_it_means(server: Served, browser: Browser) -> None:
    """Under the pointer and with the focus; Escape puts the panel away; who listens has it as a description."""
    browser.open(f"{server.url}{ARTICLE}")
    mark = browser.one(".text .mark a")
    panel = browser.one(".panel")
    assert not panel.is_displayed()
    ActionChains(browser.driver).move_to_element(mark).perform()
    browser.until("!document.querySelector('.panel').hidden")
    assert panel.text == str(mark.get_attribute("aria-description")).strip()
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.until("document.querySelector('.panel').hidden")
    browser.run("arguments[0].focus()", mark)
    browser.until("!document.querySelector('.panel').hidden")
    assert browser.complaints() == []


@scripted
def test_tables_sort(server: Served, browser: Browser) -> None:
    """By the column whose head is pressed, up and then down."""
    browser.open(f"{server.url}/figures?by=sector")
    head = ".wide table th:nth-child(1)"
    names = ".wide tbody tr > :first-child"
    browser.one(f"{head} button").click()
    up = [cell.text for cell in browser.all(names)]
    assert browser.one(head).get_attribute("aria-sort") == "ascending"
    browser.one(f"{head} button").click()
    assert [cell.text for cell in browser.all(names)] == up[::-1]


def test_neighbourhoods_are_had_as_json(server: Served) -> None:
    """Nodes and edges with labels in the language asked for; what is no node is refused."""
    about = f"https://w3id.org{PERSON}"
    answer = CLIENT.get(f"{server.url}/graph", params={"about": about, "lang": "fr"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert told["about"] == about
    assert told["elements"]["nodes"][0]["data"]["href"] == f"{PERSON}?lang=fr"
    assert told["elements"]["edges"][0]["data"]["quotes"]
    wrong = {"": 400, "not an IRI": 400, "https://example.org/": 404, "https://w3id.org/kg-news/id/person/nobody": 404}
    for value, status in wrong.items():
        assert CLIENT.get(f"{server.url}/graph", params={"about": value}).status_code == status
