"""A headless Chromium for tests: what a reader sees and does, and what the browser asks for and complains of."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WIDE = (1280, 900)
NARROW = (390, 800)
#: A checker of accessibility, which ``make web`` fetches.
AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
#: Seconds after which what should have appeared has not.
PATIENCE = 90


@dataclass
class Browser:
    """A window. ``requests`` and ``complaints`` gather from the last look on; ``downloads`` is where files go."""

    driver: Chrome
    downloads: Path

    def open(self, url: str) -> None:
        """Go there."""
        self.driver.get(url)

    def one(self, selector: str) -> WebElement:
        """The first element there is, waited for."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: self.all(selector))[0]

    def all(self, selector: str) -> list[WebElement]:
        """The elements there are."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def link(self, text: str) -> WebElement:
        """The link of this text, waited for."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_element(By.LINK_TEXT, text))

    def follow(self, element: WebElement) -> None:
        """Click, and wait until another address is shown."""
        before = self.driver.current_url
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.current_url != before)

    def enter(self, selector: str, text: str) -> None:
        """Write into a field, press Enter, and wait until another address is shown."""
        before = self.driver.current_url
        self.one(selector).send_keys(text, Keys.ENTER)
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.current_url != before)

    def grave(self) -> list[str]:
        """What axe-core finds serious or critical on the page that is open: rule, and elements."""
        if not AXE.exists():
            pytest.skip("axe-core is not here: make web")
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then("
            "found => done(found.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.target.join(' '))])))"
        )
        return [f"{rule} ({impact}): {nodes}" for rule, impact, nodes in found if impact in {"serious", "critical"}]

    def until(self, script: str) -> None:
        """Wait until an expression in JavaScript is true."""
        WebDriverWait(self.driver, PATIENCE).until(lambda _: self.run(f"return Boolean({script})"))

    def run(self, script: str, *values: object) -> object:
        """What a script in the page returns."""
        return self.driver.execute_script(script, *values)

    def requests(self) -> set[str]:
        """Hosts (with ports) of which anything was asked, and schemes without a host."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        sent = (each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent")
        return {urlsplit(url).netloc or urlsplit(url).scheme for url in sent}

    def complaints(self) -> list[str]:
        """What the browser wrote on its console: refused scripts and styles, errors."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@contextmanager
def browsing(size: tuple[int, int] = WIDE, *, dark: bool = False, scripts: bool = True) -> Iterator[Browser]:
    """A window of its own, closed whatever happens. Skips the test where there is no Chromium."""
    program, steering = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or steering is None:
        pytest.skip("Chromium and its driver are not on this machine")
    options = Options()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"):
        options.add_argument(argument)
    options.add_argument(f"--window-size={size[0]},{size[1]}")
    downloads = tempfile.TemporaryDirectory()
    settings: dict[str, object] = {"download.default_directory": downloads.name, "intl.accept_languages": "en"}
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not scripts:
        settings["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", settings)
    driver = Chrome(options=options, service=Service(steering))
    try:
        driver.set_script_timeout(PATIENCE)
        screen = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < WIDE[0] // 2}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        # Without motion nothing is still on its way when a test looks or clicks.
        liked = {"prefers-reduced-motion": "reduce", **({"prefers-color-scheme": "dark"} if dark else {})}
        features = [{"name": name, "value": value} for name, value in liked.items()]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        yield Browser(driver, Path(downloads.name))
    finally:
        driver.quit()
        downloads.cleanup()


@pytest.fixture(scope="session")
def shared_browser() -> Iterator[Browser]:
    """A wide window that tests share: starting one takes seconds."""
    with browsing() as window:
        yield window


@pytest.fixture
def browser(shared_browser: Browser) -> Browser:
    """The shared window, with nothing in it and nothing of what went before in its logs."""
    shared_browser.open("about:blank")
    shared_browser.requests()
    shared_browser.complaints()
    return shared_browser
