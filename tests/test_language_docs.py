"""``docs/language.md`` explains every key of a pack, and none that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kg import lang
from kg.lang.keys import FAMILIES, KEYS, WORDS

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
#: Keys as code asks for them: ``pack.names.get("stop")``, ``bodies["right"]``, ``_preceded(found, span, "dative")``.
ASKED = re.compile(r"\b(names|bodies|numbers)(?:\.get\(|\[)\"([a-z_]+)\"")
RAW = re.compile(r"raw\[\"([a-z]+)\"\](?:\.get\(|\[)\"([a-z_]+)\"")
KNOWN = {
    *(f"{section}.{key}" for section, keys in KEYS.items() for key in keys),
    *(f"words.{name}" for name in WORDS),
    *(f"patterns.{family}" for family in FAMILIES),
    *(f"periods.{key}" for key in ("name", "pattern", "means")),
}


def documented() -> set[str]:
    """The keys that stand, with their section, in code marks."""
    return set(re.findall(rf"`((?:{'|'.join({key.split('.')[0] for key in KNOWN})})\.[a-z_-]+)`", DOCS))


def test_every_key_is_explained() -> None:
    """And no other is."""
    assert documented() == KNOWN


def test_every_key_that_code_asks_for_is_known() -> None:
    """Recognisers and extractors read no key that packs are not checked for."""
    for module in sorted([*(ROOT / "kg" / "recognise").rglob("*.py"), *(ROOT / "kg" / "extract").rglob("*.py")]):
        text = module.read_text(encoding="utf-8")
        asked = {f"{section}.{key}" for section, key in (*ASKED.findall(text), *RAW.findall(text))}
        assert asked <= KNOWN, module


def test_every_list_of_words_that_code_asks_for_is_known() -> None:
    """A kind of span is a kind of the frame, a label's kind or a list of words."""
    of = re.compile(r"\.of\(([^()]*)\)")
    lists = {name for code in lang.codes() for name in tomllib.loads(lang.source(code))["words"]}
    for module in sorted((ROOT / "kg" / "extract").rglob("*.py")):
        kinds = {
            kind for call in of.findall(module.read_text(encoding="utf-8")) for kind in re.findall(r'"(\w+)"', call)
        }
        assert kinds & lists <= WORDS.keys(), module


def test_every_key_of_a_pack_is_explained() -> None:
    """Keys of packs are known ones; macros and lists of words for a pack's own patterns are its own affair."""
    for code in lang.codes():
        data = tomllib.loads(lang.source(code))
        used = {f"{section}.{key}" for section in KEYS for key in data.get(section, {})}
        used |= {f"patterns.{family}" for family in data.get("patterns", {})}
        assert used <= KNOWN, code


def test_every_meaning_of_a_period_is_explained() -> None:
    """The words of ``means`` stand in the table."""
    for code in lang.codes():
        for row in lang.load(code).periods:
            assert f"`{row.means.split()[0]}" in DOCS, row
