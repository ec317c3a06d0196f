"""The wheel: it holds its data, and works in a fresh environment elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "kg" / "_data" / "web"
ARTICLE = "Japan will provide 95 billion yen for health in Laos, Foreign Minister Hana Sato said on Monday in Tokyo.\n"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout, with the build backend that is locked. Skips where npm is missing."""
    if shutil.which("npm") is None and not (BUILT / "sources.sha256").exists():
        pytest.skip("a wheel holds scripts that npm builds")
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, ROOT], check=True, capture_output=True)
    return next(folder.glob("kg-*.whl"))


def test_it_holds_all_data(wheel: Path) -> None:
    """Every file of the ontology, shapes and queries, the language packs, and the marker of types."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "shapes", "queries"):
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file()]
        assert files, folder
        assert {f"kg/_data/{file.relative_to(ROOT).as_posix()}" for file in files} <= names
    modules = [file for file in (ROOT / "kg").rglob("*") if file.suffix in {".py", ".toml"} or file.name == "py.typed"]
    assert {file.relative_to(ROOT).as_posix() for file in modules} <= names


def test_it_holds_the_scripts_of_the_pages(wheel: Path) -> None:
    """The built files, each once, what is in them told; nothing that they are built from."""
    names = [name for name in zipfile.ZipFile(wheel).namelist() if "/web/" in name or "node_modules" in name]
    files = ("NOTICE.txt", "editor.css", "editor.js", "expanding.js", "explorer.css", "explorer.js", "sources.sha256")
    assert sorted(names) == [f"kg/_data/web/{name}" for name in files]
    told = zipfile.ZipFile(wheel).read("kg/_data/web/NOTICE.txt").decode()
    for package in ("@zazuko/yasqe 4.6.2 (MIT)", "codemirror 5", "cytoscape 3"):
        assert package in told


def test_without_npm_a_wheel_is_refused(tmp_path: Path) -> None:
    """One line says what is missing, and what needs neither npm nor Node."""
    for name in ("pyproject.toml", "README.md", "LICENSE", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("kg", "web", "ontology", "shapes", "queries"):
        ignored = shutil.ignore_patterns("_data", "node_modules", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    nothing = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=nothing, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "building them needs npm and Node 18 or later" in done.stderr
    assert "pip install --editable ." in done.stderr


def test_it_holds_nothing_else(wheel: Path) -> None:
    """No tests, no articles, nothing outside the package."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"kg", f"kg-{wheel.name.split('-')[1]}.dist-info"}


def test_it_builds_a_graph_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere, far from the checkout, ``kg build`` finds its data and writes a graph."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    packages = next((tmp_path / "env").glob("[Ll]ib*/**/site-packages"))
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target", packages]
    subprocess.run([sys.executable, "-m", "pip", *install, wheel], check=True, capture_output=True)
    # The locked dependencies are at hand in this environment; the package itself must come from the wheel alone.
    for entry in Path(pytest.__file__).parents[1].iterdir():
        if not re.match(r"_?kg\b", entry.name) and not (packages / entry.name).exists():
            (packages / entry.name).symlink_to(entry)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "aid.txt").write_text(ARTICLE * 3, encoding="utf-8")
    kg = [next((tmp_path / "env").glob("*/python")), "-I", "-m", "kg"]
    built = subprocess.run(
        [*kg, "build", "news", "--store", "graph"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    assert "Read 1 article: 1 en." in built.stdout
    written = subprocess.run(
        [*kg, "export", "--store", "graph"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "kg:Article" in written.stdout
    where = subprocess.run(
        [kg[0], "-I", "-c", "import kg.resources as r; print(r.data_folder('ontology'))"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()) == (packages / "kg" / "_data" / "ontology").resolve()
