"""The set-up: what is locked, and that each dependency and each ignored rule says why."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kg import __version__

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SETTINGS_TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(SETTINGS_TEXT)
PINS = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)[^\n\\]*((?:\\\n[^\n\\]*)*)", LOCK, flags=re.MULTILINE)


def canonical(requirement: str) -> str:
    """The name in a requirement, as locks write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~\[;]", requirement, maxsplit=1)[0]).lower()


def test_the_lock_names_no_address() -> None:
    """It holds for whatever index the installer is set to."""
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links|--trusted-host|@ ", LOCK)


def test_every_pin_is_exact_and_hashed() -> None:
    """Nothing is installed that was not seen when the lock was made."""
    names = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(names) == len(PINS) > 30
    for name, _, hashes in PINS:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", hashes), name


def test_everything_asked_for_is_locked() -> None:
    """A dependency added to the settings is added to the lock: make lock."""
    extras = SETTINGS["project"]["optional-dependencies"]
    asked = {*SETTINGS["project"]["dependencies"], *extras["test"], *SETTINGS["build-system"]["requires"]}
    assert {canonical(item) for item in asked} <= {canonical(name) for name, _, _ in PINS}


def test_compiled_packages_are_locked_for_other_platforms_too() -> None:
    """Hashes of all files of a release: an engine with one hash would install on one machine only."""
    hashes = {name: rest.count("--hash") for name, _, rest in PINS}
    for name in ("pyoxigraph", "daachorse", "lxml", "pyyaml"):
        assert hashes[name] > 3, name


@pytest.mark.parametrize("table", ["dependencies = [", "test = ["])
def test_each_dependency_says_why(table: str) -> None:
    """A comment sentence stands above each."""
    lines = SETTINGS_TEXT.partition(f"\n{table}\n")[2].partition("\n]")[0].splitlines()
    for above, line in zip(["", *lines], lines, strict=False):
        if line.strip().startswith('"'):
            assert re.fullmatch(r"    # .{10,}\.", above), line


def test_each_ignored_rule_says_why() -> None:
    """No rule of the linter is off without a reason beside it."""
    ignored = SETTINGS["tool"]["ruff"]["lint"]["ignore"]
    for codes in (ignored, *SETTINGS["tool"]["ruff"]["lint"]["per-file-ignores"].values()):
        for code in codes:
            assert re.search(rf'^ *"{code}", +# .{{8,}}$', SETTINGS_TEXT, flags=re.MULTILINE), code


def test_types_are_checked_strictly_and_shipped() -> None:
    """A user's type checker sees our types."""
    assert SETTINGS["tool"]["mypy"]["strict"] is True
    assert (ROOT / "kg" / "py.typed").exists()


def test_all_settings_stand_in_one_file() -> None:
    """A second settings file would overrule the first unseen."""
    others = ("setup.py", "setup.cfg", "tox.ini", "pytest.ini", "mypy.ini", "ruff.toml", ".ruff.toml")
    assert not [name for name in others if (ROOT / name).exists()]


def test_the_licence_is_there() -> None:
    """Apache-2.0, in full."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert SETTINGS["project"]["license"] == "Apache-2.0"


def test_the_version_has_a_line_in_the_changelog() -> None:
    """A release says what changed."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {SETTINGS['project']['version']}" in changes


def test_the_package_says_its_version() -> None:
    """Looking it up among what is installed takes longer than all else a build does first."""
    assert __version__ == SETTINGS["project"]["version"]


@pytest.mark.parametrize("name", ["server", "browser"])
def test_ci_fails_on_a_skip_of_what_it_must_run(pytester: pytest.Pytester, name: str) -> None:
    """With CI=true a skipped test of a server or browser counts as failed; elsewhere, and other skips, do not."""
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml(f'[tool.pytest.ini_options]\nmarkers = ["{name}: x"]')
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.mark.{name}
        def test_marked():
            pytest.skip("not here")

        def test_other():
            pytest.skip("not now")
        """
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CI", "true")
        pytester.runpytest_inprocess().assert_outcomes(failed=1, skipped=1)
        patch.delenv("CI")
        pytester.runpytest_inprocess().assert_outcomes(skipped=2)
