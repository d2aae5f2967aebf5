"""A code says what the fellowship that publishes the list means by it, and no more."""

from pathlib import Path

import pytest

from groups_catalog.feeds.codes import CodesError, codes, load_codes, split_codes
from groups_catalog.vocabulary import vocabulary

NEVER_FROM_CODES = {attribute.id for attribute in vocabulary().attributes.values() if attribute.inherit == "never"}


@pytest.mark.parametrize(
    ("value", "listed"),
    [
        (["O", "C"], ("O", "C")),
        ("[open]", ("OPEN",)),
        ("O,C", ("O", "C")),
        ('["O", "W"]', ("O", "W")),
        ("Closed, Women", ("CLOSED", "WOMEN")),
        (["onl", "onl", "O"], ("ONL", "O")),
        ([1, None, "12x12"], ("1", "12X12")),
        (11, ("11",)),
        ("", ()),
        (None, ()),
        ([], ()),
    ],
)
def test_codes_are_read_from_lists_and_texts(value: object, listed: tuple[str, ...]) -> None:
    assert split_codes(value) == (listed, False)


@pytest.mark.parametrize("value", [[True], [{}], [["O"]], {"O": 1}, ["x" * 100], ["ring 912 34 567"]])
def test_what_is_no_code_is_told(value: object) -> None:
    assert split_codes(value) == ((), True)


@pytest.mark.parametrize(
    ("fellowship", "code", "is_open"),
    [
        *(("aa", "O", True), ("aa", "C", False), ("na", "C", False), ("aca", "C", False)),
        # Families and friends only.
        ("alanon", "C", None),
        *(("alanon", "O", True), ("", "O", True), ("", "C", None), ("smart", "C", None)),
        *(("", "CLOSED", False), ("alanon", "ÅPENT", True), ("aa", "Lukket møte", False)),
    ],
)
def test_open_and_closed_are_read_by_fellowship(fellowship: str, code: str, is_open: bool | None) -> None:
    assert codes().said((code.upper(),), fellowship).open is is_open


@pytest.mark.parametrize("fellowship", ["", "aa", "na", "alanon", "aca"])
def test_a_womens_meeting_is_for_women_everywhere(fellowship: str) -> None:
    said = codes().said(("W",), fellowship)
    assert said.membership == "women"
    assert said.facts == {"gender_setting": ("women",)}


@pytest.mark.parametrize(
    ("fellowship", "code", "facts"),
    [
        ("aa", "Y", {"gender_setting": ("young_adults",)}),
        ("na", "Y", {"gender_setting": ("young_adults",)}),
        # Alateen, the yellow workbook, and nobody knows.
        *(("alanon", "Y", {}), ("aca", "Y", {}), ("", "Y", {})),
        ("aa", "T", {"gender_setting": ("lgbt",)}),
        *(("aca", "T", {}), ("", "T", {})),
        ("aa", "A", {"spirituality": ("secular",)}),
        *(("aca", "A", {}), ("", "A", {})),
        ("aa", "DD", {"problem_focus": ("alcohol", "dual_diagnosis")}),
        ("na", "DD", {}),
        # Both that have it mean the same.
        ("", "DD", {}),
        *(("aa", "SP", {}), ("aa", "BE", {}), ("aa", "XT", {}), ("aa", "D", {})),
    ],
)
def test_a_code_with_two_meanings_counts_only_by_fellowship(fellowship: str, code: str, facts: object) -> None:
    assert codes().said((code,), fellowship).facts == facts


def test_spanish_is_a_language_except_where_s_is_a_speaker() -> None:
    assert codes().said(("S",), "aa").languages == ("es",)
    assert codes().said(("S",), "aca").languages == ()
    assert codes().said(("NO", "EN"), "").languages == ("nb", "en")
    assert codes().language("Lithuanian/Russian") == ("lt", "ru")
    assert codes().language("English speaking") == ("en",)


def test_contradictions_say_nothing_and_are_told() -> None:
    said = codes().said(("O", "C", "W", "M"), "")
    assert (said.open, said.membership, said.facts) == (None, "everyone", {})
    assert said.doubts == ("open_and_closed", "women_and_men")


def test_a_place_that_is_closed_and_steps_are_told() -> None:
    said = codes().said(("TC", "X", "ONL"), "")
    assert said.away
    assert said.online
    assert said.step_free is True
    assert codes().said((), "").step_free is None
    assert codes().said(("LOCATION TEMPORARILY CLOSED",), "").open is None


def test_how_a_group_behaves_is_never_read_off_a_code() -> None:
    known = codes()
    tables = [known.common, known.world, known.keys, known.words, *known.fellowships.values()]
    stated = {attribute for table in tables for meaning in table.values() for attribute, _values in meaning.facts}
    assert stated.isdisjoint(NEVER_FROM_CODES | {"meeting_format"})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("common: {O: {opn: true}}", "common.O: opn is not one of"),
        ("common: {O: {facts: {no_such: [a]}}}", "no_such is not in the vocabulary"),
        ("common: {O: {facts: {gender_setting: [cats]}}}", "'cats' is not one of"),
        ("common: {O: {membership: cats}}", "'cats' is not one of women, men"),
    ],
)
def test_a_wrong_file_of_codes_is_told_with_its_place(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "codes.yaml"
    path.write_text(f"{wrong}\nfellowships: {{}}\nworld: {{}}\nkeys: {{}}\nwords: []\nlanguages: {{}}\n", "utf-8")
    with pytest.raises(CodesError, match=told):
        load_codes(path, vocabulary())
