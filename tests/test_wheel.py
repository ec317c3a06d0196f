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
from serving import CLIENT, PATIENCE

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "kg" / "_data" / "web"
#: What the package is made of, beside its data.
PARTS = {".py", ".toml", ".html", ".css", ".svg"}
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
    ours = (file for file in (ROOT / "kg").rglob("*") if "_data" not in file.parts)
    modules = [file for file in ours if file.suffix in PARTS or file.name == "py.typed"]
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


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment, far from the checkout, with the wheel and the locked dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("[Ll]ib*/**/site-packages"))
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target", packages]
    subprocess.run([sys.executable, "-m", "pip", *install, wheel], check=True, capture_output=True)
    # The locked dependencies are at hand in this environment; the package itself must come from the wheel alone.
    for entry in Path(pytest.__file__).parents[1].iterdir():
        if not re.match(r"_?kg\b", entry.name) and not (packages / entry.name).exists():
            (packages / entry.name).symlink_to(entry)
    return next(folder.glob("*/python"))


@pytest.fixture(scope="module")
def graph(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that the installed package built of one article."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "news").mkdir()
    (folder / "news" / "aid.txt").write_text(ARTICLE * 3, encoding="utf-8")
    command = [installed, "-I", "-m", "kg", "build", "news", "--store", "graph"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert "Read 1 article: 1 en." in built.stdout
    return folder / "graph"


def test_it_builds_a_graph_in_a_fresh_environment(installed: Path, graph: Path) -> None:
    """Installed elsewhere, ``kg build`` finds its data and writes a graph."""
    written = subprocess.run(
        [installed, "-I", "-m", "kg", "export", "--store", graph], capture_output=True, text=True, check=True
    )
    assert "kg:Article" in written.stdout
    where = subprocess.run(
        [installed, "-I", "-c", "import kg.resources as r; print(r.data_folder('ontology'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    packages = next(installed.parents[1].glob("[Ll]ib*/**/site-packages"))
    assert Path(where.stdout.strip()) == (packages / "kg" / "_data" / "ontology").resolve()


def test_it_serves_pages_and_their_scripts_without_node(installed: Path, graph: Path, tmp_path: Path) -> None:
    """With no program on the path, pages, style, scripts and the editor come out of the wheel."""
    command = [installed, "-I", "-m", "kg", "serve", "--store", graph, "--port", "0"]
    with (tmp_path / "log.txt").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env={"PATH": str(tmp_path)})
    try:
        assert process.stdout is not None
        address = re.search(r"http://\S+(?=/ )", process.stdout.readline())
        assert address, (tmp_path / "log.txt").read_text()
        asked = (
            "/",
            "/sparql",
            "/static/style.css",
            "/static/editor.js",
            "/static/explorer.js",
            "/static/expanding.js",
        )
        for path in asked:
            found = CLIENT.get(address[0] + path, headers={"Accept": "text/html, */*;q=0.5"})
            assert found.status_code == 200, path
        assert "editor.js" in CLIENT.get(f"{address[0]}/sparql", headers={"Accept": "text/html"}).text
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()  # type: ignore[union-attr]
