"""Values that nothing in the graph has: said beside the answer, which stays what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import wells
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import KgError
from kg.query import named, queries
from kg.query.absent import VOCABULARIES, absent, absent_value, nearest, unlabelled, vocabulary
from kg.query.parameters import TYPES


def test_a_value_that_nothing_has_is_named_with_those_there_are() -> None:
    """In other capitals it is not the same, and most likely what was meant."""
    found = absent(wells.store(), named("aid-figures"), {"currency": "usd", "min": "1"})
    assert {name: str(each) for name, each in found.items()} == {
        "currency": "no figure has currency 'usd'; there are: EUR, USD. Did you mean 'USD'?"
    }
    (found_language,) = absent(wells.store(), named("posts"), {"language": "xx"}).values()
    assert str(found_language) == "no article has language 'xx'; there are: en, fr, vi"


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_values_that_occur_are_not_named(kind: str) -> None:
    """Each that the vocabulary has; and the check of its type accepts it."""
    known = vocabulary(wells.store(), kind)
    assert known == tuple(sorted(set(known)))
    for value in known:
        assert TYPES[kind](value, wells.store(), "")
        assert absent_value(wells.store(), kind, value) is None


def test_parameters_of_other_types_have_no_vocabulary_here() -> None:
    """Numbers fit or do not; a name that nothing has is an error already."""
    assert absent(wells.store(), named("sectors"), {"min": "999"}) == {}
    assert absent(wells.store(), named("posts"), {}) == {}


def test_no_parameter_with_a_vocabulary_is_a_mere_text() -> None:
    """A query that asks for a currency or a language says so."""
    kinds = {(each.name, each.type) for query in queries() for each in query.parameters}
    assert {kind for name, kind in kinds if name in VOCABULARIES} == set(VOCABULARIES)
    assert "string" not in {kind for _, kind in kinds}


def test_what_no_language_is_written_like_is_refused() -> None:
    """Before anything is looked up."""
    with pytest.raises(KgError, match="not the code of a language"):
        absent_value(wells.store(), "language", "vi!")


@pytest.mark.parametrize(("value", "near"), [
    ("usd", ("USD",)), (" Eur ", ("EUR",)), ("USDD", ("USD",)), ("xyz", ()), ("", ()),
])  # fmt: skip
def test_what_may_be_meant(value: str, near: tuple[str, ...]) -> None:
    """The same but for capitals and blanks, else nearly the same letters, else nothing."""
    assert nearest(value, ("EUR", "NOK", "USD")) == near


def test_languages_without_labels() -> None:
    """Those in which nothing is called anything."""
    assert unlabelled(wells.store(), ("fr", "vi")) == ()
    (found,) = unlabelled(wells.store(), ("fr", "qq"))
    assert found.value == "qq"
    assert {"en", "fr"} <= set(found.known)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little graph on disk."""
    return wells.on_disk(tmp_path_factory.mktemp("absent") / "store")


def run(store: Path, *args: str) -> Result:
    """``kg`` with these arguments on that store."""
    return CliRunner(env={"KG_STORE": str(store)}).invoke(main, args)


@pytest.mark.parametrize(("args", "said"), [
    (("query", "aid-by-donor", "--currency", "usd", "-f", "csv"), "Note: no figure has currency 'usd'; there are: "),
    (("query", "posts", "--language", "xx", "-f", "csv"), "Note: no article has language 'xx'; there are: en, fr, vi"),
    (("query", "mentions", "--lang", "qq", "-f", "table"), "Note: no label has language 'qq'; there are: "),
    (("sparql", "-e", "ASK {}", "--lang", "qq"), "Note: no label has language 'qq'; there are: "),
    (("query", "--lang", "qq"), "Note: no question has language 'qq'; there are: en, fr, nb, vi, zh"),
    (("explain", "Ana Ruiz", "--lang", "qq"), "Note: no label has language 'qq'; there are: "),
])  # fmt: skip
def test_the_command_line_says_so_beside_the_answer(store: Path, args: tuple[str, ...], said: str) -> None:
    """On standard error, with exit 0; what programs read is what it was."""
    result = run(store, *args)
    assert result.exit_code == 0
    assert result.stderr.startswith(said)
    assert "Note" not in result.stdout
    assert result.stdout


@pytest.mark.parametrize("args", [
    ("query", "aid-by-donor", "--currency", "USD"),
    ("query", "posts", "--language", "EN"),
    ("query", "mentions", "--lang", "fr,en"),
    ("query", "--lang", "fr"),
    ("explain", "Ana Ruiz", "--lang", "vi"),
])  # fmt: skip
def test_the_command_line_says_nothing_of_what_there_is(store: Path, args: tuple[str, ...]) -> None:
    """Rows or none."""
    result = run(store, *args)
    assert (result.exit_code, result.stderr) == (0, "")
