"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester", "serving", "browsing"]

# How fast a machine is fails no test; in CI what is tried is the same every time.
settings.register_profile(
    "kg", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("kg")

# A store, an endpoint or a password that whoever runs the tests has set is not what they are about.
for name in [name for name in os.environ if name.startswith("KG_")]:
    del os.environ[name]


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
