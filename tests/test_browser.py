"""The pages as readers meet them, in a real browser: the paths they take, in wide and narrow windows, by keyboard."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from browsing import NARROW, PATIENCE, Browser, browsing
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from serving import Served, serving

pytestmark = pytest.mark.browser

#: One page of each kind, of the seeds' graph; the last three by what a query finds.
PAGES = (
    "/", "/people", "/articles", "/search?q=vufo", "/search?q=zzzz", "/figures", "/differences", "/queries",
    "/queries/aid-by-donor", "/queries/person-posts", "/findings", "/api", "/sparql",
    "/kg-news/id/person/bui-thanh-son",
    "/kg-news/id/place/hanoi", "/kg-news/id/article/003_fee6e9a8cdfc04d7", "/nothing-here",
)  # fmt: skip


@pytest.fixture(scope="module")
def telephone() -> Iterator[Browser]:
    """A browser as narrow as a telephone, which likes it dark."""
    with browsing(NARROW, dark=True) as found:
        yield found


@pytest.fixture(scope="module")
def plain() -> Iterator[Browser]:
    """A browser that runs no scripts."""
    with browsing(scripts=False) as found:
        yield found


def test_from_a_chinese_name_to_the_vietnamese_article_and_back(browser: Browser, server: Served) -> None:
    """Search 裴青山, open the person, follow a quote into the Vietnamese article, see it marked, come back."""
    browser.open(server.url)
    browser.enter("#q", "裴青山")
    browser.follow(browser.link("Bui Thanh Son"))
    assert urlsplit(browser.driver.current_url).path == "/kg-news/id/person/bui-thanh-son"
    assert "裴青山" in browser.one("main").text
    person = browser.driver.current_url
    for closed in browser.all("main details:not([open]) > summary"):
        browser.driver.execute_script("arguments[0].parentElement.open = true", closed)
    vietnamese = next(
        link for link in browser.all("main a[href*='/article/']")
        if "003_fee6e9a8cdfc04d7" in (link.get_attribute("href") or "")
        and "#c" in (link.get_attribute("href") or "")
        and "Bùi Thanh Sơn" in link.text
    )  # fmt: skip
    quoted = vietnamese.text.strip("“”")
    browser.follow(vietnamese)
    mark = urlsplit(browser.driver.current_url).fragment
    text = browser.one("section.text")
    assert text.get_attribute("lang") == "vi"
    start = int(mark.removeprefix("c").split("-")[0])
    top = f"document.querySelector('[id^=c{start}]').getBoundingClientRect().top"
    browser.until(f"{top} >= 0 && {top} < window.innerHeight")
    assert any(" ".join(quoted.split()) in " ".join(each.text.split()) for each in browser.all("section.text p"))
    browser.driver.back()
    WebDriverWait(browser.driver, PATIENCE).until(lambda driver: driver.current_url == person)


def test_a_query_form_runs_and_its_csv_is_downloaded(browser: Browser, server: Served) -> None:
    """The form of a prepared query, its table, and the same rows as a file."""
    browser.open(f"{server.url}/queries")
    browser.follow(browser.one("main a[href*='queries/person-posts']"))
    browser.one("form.fields input, form.fields select").send_keys("裴青山")
    browser.follow(browser.one("form.fields button"))
    rows = browser.all("table.rows tbody tr")
    assert rows
    browser.one("p.downloads a[download$='.csv']").click()
    WebDriverWait(browser.driver, PATIENCE).until(lambda _: list(browser.downloads.glob("*.csv")))
    WebDriverWait(browser.driver, PATIENCE).until(lambda _: not list(browser.downloads.glob("*.crdownload")))
    written = list(csv.reader(next(browser.downloads.glob("*.csv")).read_text(encoding="utf-8").splitlines()))
    assert len(written) == len(rows) + 1


def test_the_language_is_switched_and_kept(browser: Browser, server: Served) -> None:
    """The switch at the foot changes the words; links keep the choice; another page is in it too."""
    browser.open(f"{server.url}/figures")
    browser.follow(browser.link("Français"))
    assert browser.one("html").get_attribute("lang") == "fr"
    browser.follow(browser.one("nav.pages a[href*='people']"))
    assert browser.one("html").get_attribute("lang") == "fr"
    browser.follow(browser.link("中文"))
    assert (browser.one("html").get_attribute("lang") or "").startswith("zh")


def test_a_reader_s_language_is_taken_from_the_browser(server: Served) -> None:
    """Accept-Language chooses among the interface's languages."""
    with browsing() as norwegian:
        norwegian.driver.execute_cdp_cmd(
            "Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": "nb-NO,nb;q=0.9,en;q=0.5"}}
        )
        norwegian.driver.execute_cdp_cmd("Network.enable", {})
        norwegian.open(server.url)
        assert norwegian.one("html").get_attribute("lang") == "nb"


def test_the_editor_asks_and_answers(browser: Browser, server: Served) -> None:
    """The editor completes a term of the ontology, runs the query, and shows rows."""
    browser.open(f"{server.url}/sparql")
    editor = browser.one(".CodeMirror")
    query = "PREFIX kg: <https://w3id.org/kg-news/ontology#>\nSELECT ?p { ?p a kg:Person } LIMIT 3"
    browser.driver.execute_script("arguments[0].CodeMirror.setValue(arguments[1])", editor, query)
    browser.one("main form button[type=submit], main button.yasqe_queryButton, main form button").click()
    WebDriverWait(browser.driver, PATIENCE).until(lambda _: len(browser.all("main table tbody tr")) == 3)
    assert not browser.complaints()


def test_a_row_leads_from_the_keyboard(browser: Browser, server: Served) -> None:
    """Tab reaches the skip link first, then the search; Enter follows; what has the focus is seen."""
    browser.open(server.url)
    body = browser.one("body")
    body.send_keys(Keys.TAB)
    first = browser.driver.switch_to.active_element
    assert "skip" in (first.get_attribute("class") or "")
    first.send_keys(Keys.ENTER)
    WebDriverWait(browser.driver, PATIENCE).until(lambda driver: urlsplit(driver.current_url).fragment == "main")
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    focused = browser.driver.switch_to.active_element
    assert focused.tag_name == "a"
    outline = browser.driver.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focused)
    assert outline != "none"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_for_those_who_see_or_hear_otherwise(path: str, browser: Browser, server: Served) -> None:
    """axe-core finds nothing serious or critical; no script fails; no other host is asked."""
    browser.open(server.url + path)
    assert browser.grave() == []
    assert browser.requests() <= {urlsplit(server.url).netloc}
    assert [each for each in browser.complaints() if "404 (Not Found)" not in each] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_telephone_shows_it_all(path: str, telephone: Browser, server: Served) -> None:
    """In a narrow dark window nothing sticks out at the side, and the contrast is still enough."""
    telephone.open(server.url + path)
    wider = telephone.driver.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 1, f"{wider} pixels wider than the window"
    assert telephone.grave() == []


@pytest.mark.parametrize("path", ["/", "/search?q=%E8%A3%B4%E9%9D%92%E5%B1%B1", "/queries/aid-by-donor", "/sparql"])
def test_pages_read_without_scripts(path: str, plain: Browser, server: Served) -> None:
    """What is there to read and to ask is there without a script."""
    plain.open(server.url + path)
    assert plain.one("main h1").text
    assert plain.all("form")


HOSTILE = """\
---
title: "</title><script>document.title='taken'</script>"
url: "javascript:document.title='taken'"
author: "<img src=x onerror=document.title='taken'>"
date: 2025-12-02
language: en
---
The Minister of <b>Health</b>, Alice "<script>document.title='taken'</script>" Brown, met donors in Oslo.

</textarea></p></main><script>document.title='taken'</script><svg onload="document.title='taken'">

Japan will give 95 million dollars to Laos for schools. \u202eReversed\u202c aid <a href="javascript:void(0)">here</a>.
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of one article that tries everything."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "articles").mkdir()
    (folder / "articles" / "evil.txt").write_text(HOSTILE, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(folder / "articles"), "--store", str(folder / "store")]
    subprocess.run(command, check=True, capture_output=True)
    with serving(folder / "store", log=folder / "log.txt") as served:
        yield served


@pytest.mark.parametrize(
    "path",
    ["/", "/articles", "/kg-news/id/article/evil", "/people", "/figures", "/search?q=", "/queries/person-posts?person=",
     "/queries?x=", "/nowhere/"],
)  # fmt: skip
def test_markup_of_others_is_text(path: str, hostile: Served, browser: Browser) -> None:
    """Scripts in an article, its front matter, a parameter or a path are shown and never run."""
    attack = quote("<script>document.title='taken'</script>\"'><img src=x onerror=document.title='taken'>")
    browser.open(hostile.url + path + (attack if path.endswith(("=", "/nowhere/")) else ""))
    assert browser.driver.title != "taken"
    foreign = browser.driver.execute_script(
        "return [...document.querySelectorAll('script:not([src]), img, svg[onload], a[href^=javascript]')].length"
    )
    assert foreign == 0
