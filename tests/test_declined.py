"""Tables of declension: forms of labels, and the way back to the nominative."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lang.faults import problems
from kg.recognise.words.declined import Tables, Undone, acronym_forms, closest, forms, read, undone

TABLES = {
    "cases": {"g": "of", "d": "to", "a": ""},
    "nouns": {"a": "f1 y e u", "k|t|n": "m0 a u =|a", "stvo": "n1 a u =", "y": "p1 ov|_ am ="},
    "adjectives": {"yj": "m2 ogo omu =|ogo", "aja": "f3 oj oj uju", "oje": "n3 ogo omu ="},
    "names": {"k|t|n": "m0 a u a", "a": "f1 y e u"},
    "genders": {"yj": "aja oje"},
    "undeclined": ["peron"],
    "lists": [],
}


@pytest.fixture(name="told")
def _told() -> Tables:
    return read(TABLES)


def by_case(label: str, told: Tables) -> dict[str, set[str]]:
    """The forms of a label by case."""
    found: dict[str, set[str]] = {}
    for form, case in forms(label, told):
        found.setdefault(case, set()).add(form)
    return found


def test_a_noun_is_declined_by_the_longest_ending(told: Tables) -> None:
    """What is cut off and what is put on follow the row of the ending."""
    assert by_case("Lima", told) == {"g": {"Limy"}, "d": {"Lime"}, "a": {"Limu"}}
    assert by_case("agentstvo", told)["g"] == {"agentstva"}
    assert by_case("sudy", told)["g"] == {"sudov", "sud"}


def test_adjectives_agree_with_their_noun_and_the_rest_stays(told: Tables) -> None:
    """A label is declined up to its first noun."""
    assert by_case("novyj bank truda", told)["d"] == {"novomu banku truda"}
    assert by_case("novaja komanda", told)["a"] == {"novuju komandu"}
    assert by_case("novoje agentstvo", told)["g"] == {"novogo agentstva"}


def test_adjectives_behind_their_noun_agree_where_the_language_has_them_there(told: Tables) -> None:
    """What agrees in no gender is no adjective of that noun, and without the key nothing behind a noun changes."""
    behind = read({**TABLES, "behind": True})
    assert by_case("Banka novaja mira", behind)["a"] == {"Banku novuju mira"}
    assert by_case("bank novaja", behind)["g"] == {"banka novaja"}
    assert by_case("Banka novaja", told)["a"] == {"Banku novaja"}


def test_the_last_word_is_declined_where_it_is_the_noun(told: Tables) -> None:
    """With the adjectives right before it; what stands before them stays, as in Suomen Punaisen Ristin."""
    last = read({**TABLES, "last": True})
    assert by_case("truda novyj bank", last)["d"] == {"truda novomu banku"}
    assert by_case("Anna Lima", last)["g"] == {"Anna Limy"}
    assert by_case("Bosna i Lima", last)["a"] == {"Bosna i Limu"}


def test_of_two_nominatives_the_one_of_the_longer_ending_is_meant(told: Tables) -> None:
    """And none where both endings are as long."""
    one, other = Undone("agentstvo", "n", "g"), Undone("agentstva", "f", "g")
    assert closest([other, one], told.nouns) == one
    assert closest([Undone("Marta", "f", "g"), Undone("Martk", "m", "g")], told.names) is None
    assert closest([], told.names) is None


def test_acronyms_bear_endings(told: Tables) -> None:
    """Each with the cases that it tells; none where the pack lists none."""
    ends = read({**TABLES, "acronyms": {":u": "gd", "-om": "a"}})
    assert list(acronym_forms("UN", ends)) == [("UN:u", "g"), ("UN:u", "d"), ("UN-om", "a")]
    assert not list(acronym_forms("UN", told))


def test_an_adjective_alone_has_all_genders(told: Tables) -> None:
    """As nationalities have."""
    told_forms = by_case("kubanyj", told)
    assert told_forms["n"] == {"kubanaja", "kubanoje"}
    assert {"kubanogo", "kubanoj"} <= told_forms["g"]


def test_two_heads_are_declined_together(told: Tables) -> None:
    """The second may stay, as it does where it is no head of its own."""
    assert "Bosny i Gercegoviny" in by_case("Bosna i Gercegovina", told)["g"]


@pytest.mark.parametrize("label", ["peron", "UN", "Oslo"])
def test_what_has_no_row_never_changes(label: str, told: Tables) -> None:
    """Words that the pack lists, capitals, and endings that it does not know."""
    assert not list(forms(label, told))


def test_a_form_is_led_back(told: Tables) -> None:
    """To each nominative whose row has it in one of the cases asked for."""
    assert [(u.word, u.gender) for u in undone("Martina", told.names, told, "g")] == [("Martin", "m")]
    assert [(u.word, u.gender) for u in undone("Anny", told.names, told, "g")] == [("Anna", "f")]
    assert not list(undone("Anny", told.names, told, "d"))
    assert not list(undone("peron", told.names, told, "gda"))


@given(stem=st.from_regex("[A-Z][b-z]{2,8}", fullmatch=True), ending=st.sampled_from(["a", "k", "t", "n"]))
def test_every_form_of_a_name_leads_back_to_it(stem: str, ending: str) -> None:
    """Whatever the word."""
    told = read(TABLES)
    name = stem + ending
    for row in told.names[ending]:
        for case, cell in zip(told.cases, row.forms(name), strict=True):
            for form in cell:
                assert name in {u.word for u in undone(form, told.names, told, case)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"nouns": {"a": "f1 y e u"}},
        {"cases": {"g": "of"}, "nouns": {"a": "f1 y e"}},
        {"cases": {"g": "of"}, "nouns": {"a": "y"}},
        {"cases": {"g": "of"}, "nouns": {"a": 1}},
        {"cases": {"g": "of"}, "nouns": {}, "verbs": {}},
        {"cases": {"g": "of"}, "nouns": {}, "acronyms": {"-u": "d"}},
        {"cases": {"g": "of"}, "nouns": {}, "beside": {"word": "d"}},
        ["a"],
    ],
)
def test_wrong_tables_are_named(wrong: object) -> None:
    """A row needs a gender, the letters cut off and an ending for each case."""
    assert any(p.key == "language.declension" for p in problems({"language": {"declension": wrong}}))


def test_right_tables_pass() -> None:
    """The tables of these tests are a pack's."""
    assert not any(p.key == "language.declension" for p in problems({"language": {"declension": TABLES}}))
