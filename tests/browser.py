"""A real Chromium without a window, for tests that read the pages as a person does."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

#: Windows of a desk and of a telephone, in CSS pixels.
WIDE, NARROW = (1280, 900), (390, 844)
#: Seconds until something must have shown itself.
PATIENCE = 20

_AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"


class Reader:
    """A person at a browser: goes to pages, clicks, types, reads; ``downloads`` is where files go."""

    def __init__(self, driver: webdriver.Chrome, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads

    def go(self, address: str) -> None:
        """Open an address."""
        self.driver.get(address)

    def find(self, css: str) -> WebElement:
        """The first element that a selector finds, waited for."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_element(By.CSS_SELECTOR, css))

    def all(self, css: str) -> list[WebElement]:
        """What a selector finds now."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def link(self, text: str) -> WebElement:
        """The link of this text, waited for."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.find_element(By.LINK_TEXT, text))

    def follow(self, element: WebElement) -> None:
        """Click a link, and wait until another address is shown."""
        before = self.driver.current_url
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.current_url != before)

    def requests(self) -> list[str]:
        """The addresses asked for since the last time, those of ``data:`` and the browser's own left out."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return [each for each in found if urlsplit(each).scheme in {"http", "https", "ws", "wss"}]

    def complaints(self) -> list[str]:
        """What the browser's console has to say since the last time: errors of scripts, what the policy refused."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def axe(self) -> list[str]:
        """What axe-core finds serious or critical on the page that is open, rule and elements."""
        self.driver.execute_script(_AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then("
            "found => done(found.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.target.join(' '))])))"
        )
        return [f"{rule} ({impact}): {nodes}" for rule, impact, nodes in found if impact in {"serious", "critical"}]


@contextmanager
def chromium(
    downloads: Path, *, size: tuple[int, int] = WIDE, script: bool = True, dark: bool = False
) -> Iterator[Reader]:
    """A browser with a profile of its own that reaches nothing but this machine. Skips the test without one."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("chromium and chromium-driver are not installed")
    options = Options()
    options.binary_location = program
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--window-size={size[0]},{size[1]}", f"--user-data-dir={downloads / 'profile'}", "--lang=en",
    ):  # fmt: skip
        options.add_argument(argument)
    settings = {"download.default_directory": str(downloads), "intl.accept_languages": "en"}
    if not script:
        settings["profile.managed_default_content_settings.javascript"] = "2"
    options.add_experimental_option("prefs", settings)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.set_page_load_timeout(PATIENCE * 2)
        browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]},
        )
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < WIDE[0]},
        )
        yield Reader(browser, downloads)
    finally:
        browser.quit()
