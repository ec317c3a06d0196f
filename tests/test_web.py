"""The scripts of the pages: what they are built from is locked, and what is built is the same every time."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "kg" / "_data" / "web"
LOCK = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
SETTINGS = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))


def test_the_lock_names_no_address() -> None:
    """It holds for whatever registry npm is set to; each package is pinned by version and content."""
    packages = {path: told for path, told in LOCK["packages"].items() if path}
    assert len(packages) > 10
    for path, told in packages.items():
        assert "resolved" not in told, path
        assert told["version"], path
        assert told["integrity"].startswith("sha512-"), path


def test_what_is_asked_for_is_exact() -> None:
    """No range of versions: a newer one is taken when somebody decides to."""
    asked = {**SETTINGS["dependencies"], **SETTINGS["devDependencies"]}
    assert all(version.replace(".", "").isdigit() for version in asked.values())
    assert asked == {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in asked}


def test_licences_are_permissive() -> None:
    """What is handed on inside the built files may be handed on so."""
    allowed = {"MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "(MPL-2.0 OR Apache-2.0)"}
    handed_on = {path: told for path, told in LOCK["packages"].items() if path and not told.get("dev")}
    assert {told["license"] for told in handed_on.values()} <= allowed


@pytest.mark.slow
def test_the_same_sources_give_the_same_files() -> None:
    """Built anew, every file has the bytes it had; and the stamp is what the wheel's build reckons."""
    if shutil.which("node") is None or not (BUILT / "sources.sha256").exists():
        pytest.skip("the scripts are not built: make web")

    def digests() -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(BUILT.iterdir())}

    subprocess.run(["make", "--silent", "web"], cwd=ROOT, check=True)
    before = digests()
    subprocess.run(["node", "build.mjs"], cwd=ROOT / "web", check=True)
    assert digests() == before
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    assert (BUILT / "sources.sha256").read_text(encoding="utf-8").strip() == hook.fingerprint(ROOT / "web")
