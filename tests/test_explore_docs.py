"""docs/explore.md: what it shows is there and works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "explore.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, flags=re.DOTALL)


def test_its_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the server, which would not end."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    lines = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
    assert len(lines) > 3
    for line in lines:
        arguments = shlex.split(line)[1:]
        if arguments[0] != "serve":
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, f"{line}\n{done.output}"
    assert (tmp_path / "dossier.html").exists()
    assert (tmp_path / "person.svg").exists()


def test_its_python_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """And each thing shows itself, as it says."""
    monkeypatch.chdir(ROOT)
    pytest.importorskip("pandas")
    (code,) = [block for kind, block in BLOCKS if kind == "python"]
    known: dict[str, object] = {}
    exec(code, known)  # it is our own
    assert "<table>" in known["graph"]._repr_html_()  # type: ignore[attr-defined]
    assert str(known["frame"]["amount"].dtype) in ("Int64", "Float64")  # type: ignore[index]


def test_its_addresses_are_served() -> None:
    """Every path of the table has a page or an endpoint."""
    from kg.pages import PAGES
    from kg.serve.app import ROUTES

    table = TEXT.partition("| address |")[2].partition("\n\n")[0]
    paths = {path for path in re.findall(r"`(/[a-z./]*)", table) if not path.startswith("/kg")}
    assert len(paths) > 10
    fixed = {re.sub(r"\{.*", "", path) for path, _, _ in ROUTES} - {"/"}
    for path in paths:
        assert path in fixed or any(form.fullmatch(path[1:]) for form, _ in PAGES if form.pattern != ".+"), path
