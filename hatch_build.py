"""Puts the built scripts of the pages into a wheel, so that what is installed needs no Node.

Runs when a wheel is built, not for an editable installation: a checkout reads well without them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUILT = "kg/_data/web"


class Scripts(BuildHookInterface):  # type: ignore[type-arg]
    """Builds ``web/`` unless what stands in ``kg/_data/web`` was built of the same sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it gathers files. Raises RuntimeError where they cannot be built."""
        if version == "editable":
            return
        root = Path(self.root)
        stamp = root / _BUILT / "sources.sha256"
        if not stamp.exists() or stamp.read_text(encoding="utf-8").strip() != fingerprint(root / "web"):
            _build(root / "web")
        build_data["force_include"][str(root / _BUILT)] = _BUILT


def fingerprint(folder: Path) -> str:
    """SHA-256 over the files of ``folder`` by name, as ``web/build.mjs`` reckons it."""
    found = hashlib.sha256()
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _build(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise RuntimeError(
            "a wheel of kg holds the built scripts of its pages, and building them needs npm and Node 18 or later, "
            "which are not on the PATH. Install them (or build the scripts elsewhere with 'make web' and copy "
            f"{_BUILT}), or install the checkout as it is with 'pip install --editable .', which needs neither."
        )
    for command in ([npm, "ci", "--silent"], [npm, "run", "--silent", "build"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"'{' '.join(['npm', *command[1:]])}' failed in {folder}:\n{done.stdout}{done.stderr}")
