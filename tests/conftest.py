"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

pytest_plugins = ["pytester", "serving", "browsing"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, a test of a server or browser that is skipped has failed: what it needs was to be there."""
    report = yield
    needed = any(item.get_closest_marker(name) for name in ("server", "browser"))
    if report.skipped and not hasattr(report, "wasxfail") and needed and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {call.excinfo.value if call.excinfo else 'no reason given'}"
    return report
