"""The command line as a whole: quick help, plain errors, exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from quads import dataset

from kg.cli import COMMANDS, LazyGroup, main
from kg.errors import KgError
from kg.store import write_store
from kg.vocab import BASE

ROOT = Path(__file__).parents[1]
HEAVY = (
    "rdflib",
    "pyshacl",
    "owlrl",
    "pyoxigraph",
    "oxrdflib",
    "trafilatura",
    "pycld2",
    "daachorse",
    "yaml",
    "kg.store",
)


def run(*args: str, **options: object) -> subprocess.CompletedProcess[str]:
    """``kg`` in a process of its own, as a shell would start it."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *args], cwd=ROOT, capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload, no-any-return]


def test_help_imports_nothing_heavy() -> None:
    """What takes a second to import is imported by the command that needs it."""
    program = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\ntry:\n    main()\nfinally:\n"
    program += f"    print([name for name in {HEAVY!r} if name in sys.modules])\n"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


def test_help_lists_every_command() -> None:
    """Names and summaries, in the order of the table."""
    output = CliRunner().invoke(main, ["-h"]).output
    assert re.findall(r"^  ([a-z]+)  ", output, flags=re.MULTILINE) == list(COMMANDS)
    for _, summary in COMMANDS.values():
        assert summary in output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_what_the_table_says(name: str) -> None:
    """The command exists, bears its name, gives the same summary, and has help that ends well."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=200).rstrip(".") == COMMANDS[name][1].rstrip(".")
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {name} ")


def test_version() -> None:
    """The installed one."""
    assert CliRunner().invoke(main, ["--version"]).output == f"kg, version {version('kg')}\n"


def test_a_mistyped_command_gets_the_nearest() -> None:
    """Wrong use is exit 2."""
    result = CliRunner().invoke(main, ["exprot"])
    assert (result.exit_code, "There is no command 'exprot'. Did you mean 'export'?" in result.stderr) == (2, True)


def test_an_unknown_command_gets_the_list() -> None:
    """Where nothing is near, all are named."""
    result = CliRunner().invoke(main, ["xyzzy"])
    assert result.exit_code == 2
    assert "Commands: build, " in result.stderr
    assert "Did you mean" not in result.stderr


def test_an_unknown_option_is_wrong_use() -> None:
    """Of the group and of a command."""
    for args in (["--nope"], ["export", "--nope"]):
        result = CliRunner().invoke(main, args)
        assert result.exit_code == 2
        assert "No such option" in result.stderr


def test_an_error_for_people_has_no_traceback() -> None:
    """Place, message and hint on standard error; exit 2."""

    @click.group(cls=LazyGroup, invoke_without_command=True)
    def failing() -> None:
        raise KgError("the ink is dry", where="pen.txt:3:1", hint="Buy more.")

    result = CliRunner().invoke(failing, [])
    assert result.exit_code == 2
    assert result.stderr == "Error: pen.txt:3:1: the ink is dry\n  Buy more.\n"
    assert result.stdout == ""


def test_a_reader_that_leaves_ends_the_run_quietly(tmp_path: Path) -> None:
    """``kg export | head`` prints no complaint."""
    write_store([quad for index in range(200) for quad in dataset(f"{BASE}{index}/")], base=BASE, path=tmp_path / "s")
    program = f"{sys.executable} -m kg export -f nquads --store {tmp_path / 's'} | head -n 1"
    done = subprocess.run(["bash", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_shells_can_complete_commands() -> None:
    """Click's completion is on: the shell asks kg itself."""
    environment = {**os.environ, "_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg ex", "COMP_CWORD": "1"}
    words = run(env=environment).stdout
    assert "plain,export" in words
    assert "plain,explain" in words
