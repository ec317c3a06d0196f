"""A headless Chromium for tests: what a reader sees and does, and what the browser asks for and complains of."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

WIDE = (1280, 900)
NARROW = (390, 800)
#: Seconds after which what should have appeared has not.
PATIENCE = 20


@dataclass
class Browser:
    """A window. ``requests`` and ``complaints`` gather from the last look on."""

    driver: Chrome

    def open(self, url: str) -> None:
        """Go there."""
        self.driver.get(url)

    def one(self, selector: str) -> WebElement:
        """The first element there is, waited for."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: self.all(selector))[0]

    def all(self, selector: str) -> list[WebElement]:
        """The elements there are."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

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
        """What the browser wrote on its console: refused scripts and styles, errors; the missing icon is no matter."""
        entries = (entry["message"] for entry in self.driver.get_log("browser"))
        return [message for message in entries if "favicon.ico" not in message]


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
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = Chrome(options=options, service=Service(steering))
    try:
        screen = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < WIDE[0] // 2}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        if dark:
            scheme = [{"name": "prefers-color-scheme", "value": "dark"}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        yield Browser(driver)
    finally:
        driver.quit()


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
