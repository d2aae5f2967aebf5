"""Two documents side by side: what differs, where, and what two people's work becomes together."""

import pytest

from groups_catalog.upkeep.comparison import Line, compare, decided, marked_lines, three_way
from tests.document_factories import BASE, FACT, MONDAY


def drawn(lines: tuple[Line, ...]) -> list[str]:
    """What is marked stands in brackets."""
    return ["".join(f"[{piece.text}]" if piece.changed else piece.text for piece in line) for line in lines]


def marked(ours: str, theirs: str) -> tuple[str, str]:
    left, right = marked_lines([ours], [theirs])
    return drawn(left)[0], drawn(right)[0]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("Harbour Street 12", "Harbour Street 21", ("Harbour Street [12]", "Harbour Street [21]")),
        ("19:00", "18:30", ("[19:00]", "[18:30]")),
        ("18:30", "18:45", ("[18:30]", "[18:45]")),
        ("Open to all", "Open to all women", ("Open to all", "Open to all[ women]")),
        ("same", "same", ("same", "same")),
        ("abc", "xyz", ("[abc]", "[xyz]")),
    ],
)
def test_the_characters_that_differ_are_marked_and_numbers_whole(
    ours: str, theirs: str, expected: tuple[str, str]
) -> None:
    assert marked(ours, theirs) == expected


def test_a_long_text_is_compared_word_by_word() -> None:
    long = "word " * 200
    assert marked(f"{long}house", f"{long}horse") == (f"{long}[house]", f"{long}[horse]")


def test_a_line_that_only_one_side_has_is_marked_whole() -> None:
    left, right = marked_lines(["Monday", "Tuesday"], ["Monday"])
    assert drawn(left) == ["Monday", "[Tuesday]"]
    assert drawn(right) == ["Monday"]


def test_equal_documents_have_no_differences() -> None:
    assert compare(BASE, dict(BASE)) == []


def test_only_what_differs_is_told_in_the_order_in_which_an_entry_is_read() -> None:
    changed = {**BASE, "meetings": [MONDAY], "name": "Havnen"}
    assert [found.field for found in compare(BASE, changed)] == ["name", "meetings"]
    assert [found.field for found in compare(BASE, changed, ["name", "place"])] == ["name"]


def test_a_side_that_says_nothing_is_not_marked_and_says_so_in_words() -> None:
    (found,) = compare(BASE, {**BASE, "facts.touch_custom": [FACT]})
    assert (found.ours, found.nothing, found.marked) == ((), "Not known", False)


def test_coordinates_are_one_thing() -> None:
    here, there = {**BASE, "latitude": 60.1, "longitude": 5.1}, {**BASE, "latitude": 60.1, "longitude": 5.2}
    (found,) = compare(here, there)
    assert (found.field, found.name) == ("latitude", "Coordinates")
    assert decided(here, there, {"latitude": "theirs"}) == there


def test_the_partner_of_a_field_may_be_chosen_by_itself() -> None:
    there = {**BASE, "latitude": 60.1, "longitude": 5.2}
    assert decided(BASE, there, {"latitude": "theirs", "longitude": "ours"})["longitude"] is None


def test_what_one_side_changed_is_taken_from_that_side() -> None:
    outcome = three_way(BASE, {**BASE, "name": "Havnen"}, {**BASE, "venue": "Huset"})
    assert outcome.merged == {**BASE, "name": "Havnen", "venue": "Huset"}
    assert (outcome.conflicts, outcome.ours_only, outcome.theirs_only) == ((), ("name",), ("venue",))


def test_the_same_change_made_twice_is_no_conflict() -> None:
    same = {**BASE, "name": "Havnen"}
    assert three_way(BASE, same, dict(same)).conflicts == ()


def test_a_field_that_both_changed_differently_is_a_conflict_and_ours_stands_meanwhile() -> None:
    outcome = three_way(BASE, {**BASE, "name": "A"}, {**BASE, "name": "B"})
    assert outcome.conflicts == ("name",)
    assert outcome.merged["name"] == "A"


def test_one_half_of_a_place_from_each_side_is_a_conflict() -> None:
    base = {**BASE, "latitude": 60.0, "longitude": 5.0}
    outcome = three_way(base, {**base, "latitude": 61.0}, {**base, "longitude": 6.0})
    assert outcome.conflicts == ("latitude",)
    assert (outcome.merged["latitude"], outcome.merged["longitude"]) == (61.0, 5.0)


def test_a_fact_that_one_side_took_out_goes_out() -> None:
    base = {**BASE, "facts.touch_custom": [FACT]}
    assert three_way(base, dict(base), dict(BASE)).merged == BASE
    assert three_way(base, dict(BASE), dict(base)).merged == BASE


def test_a_fact_taken_out_here_and_changed_there_is_a_conflict() -> None:
    base = {**BASE, "facts.touch_custom": [FACT]}
    other = {**BASE, "facts.touch_custom": [{**FACT, "values": ["no_touch"]}]}
    assert three_way(base, dict(BASE), other).conflicts == ("facts.touch_custom",)


MON, THU = MONDAY, {**MONDAY, "weekday": 3, "start": "19:00"}
WEEK = {**BASE, "meetings": [MON, THU]}


def test_two_times_that_two_people_moved_are_both_moved() -> None:
    ours = {**WEEK, "meetings": [{**MON, "start": "17:15"}, THU]}
    theirs = {**WEEK, "meetings": [MON, {**THU, "start": "19:45"}]}
    outcome = three_way(WEEK, ours, theirs)
    assert outcome.conflicts == ()
    assert [meeting["start"] for meeting in outcome.merged["meetings"]] == ["17:15", "19:45"]
    assert outcome.joined["meetings"].by_us() == ([MON], [{**MON, "start": "17:15"}])
    assert outcome.joined["meetings"].by_them() == ([THU], [{**THU, "start": "19:45"}])


def test_what_one_added_and_what_the_other_took_out_go_together() -> None:
    friday = {**MON, "weekday": 4, "minutes": 30}
    outcome = three_way(WEEK, {**WEEK, "meetings": [MON, THU, friday]}, {**WEEK, "meetings": [MON]})
    assert (outcome.conflicts, outcome.merged["meetings"]) == ((), [MON, friday])


@pytest.mark.parametrize(("side", "starts"), [("ours", ["17:15", "19:45"]), ("theirs", ["17:30", "19:45"])])
def test_to_choose_a_side_of_one_time_leaves_the_other_times_alone(side: str, starts: list[str]) -> None:
    ours = {**WEEK, "meetings": [{**MON, "start": "17:15"}, THU]}
    theirs = {**WEEK, "meetings": [{**MON, "start": "17:30"}, {**THU, "start": "19:45"}]}
    outcome = three_way(WEEK, ours, theirs)
    assert outcome.conflicts == ("meetings",)
    assert outcome.joined["meetings"].asked() == ([{**MON, "start": "17:15"}], [{**MON, "start": "17:30"}])
    assert [meeting["start"] for meeting in outcome.decided({"meetings": side})["meetings"]] == starts


def test_a_time_taken_out_here_and_changed_there_is_asked_about() -> None:
    ours = {**WEEK, "meetings": [THU]}
    theirs = {**WEEK, "meetings": [{**MON, "minutes": 60}, THU]}
    assert three_way(WEEK, ours, theirs).joined["meetings"].asked() == ([], [{**MON, "minutes": 60}])


def test_two_that_both_added_at_one_time_are_asked_about_and_two_alike_are_one() -> None:
    friday = {**MON, "weekday": 4}
    ours, theirs = ({**WEEK, "meetings": [MON, THU, {**friday, "minutes": length}]} for length in (60, 90))
    assert three_way(WEEK, ours, theirs).conflicts == ("meetings",)
    assert three_way(WEEK, {**ours, "name": "A"}, {**ours, "place": "B"}).conflicts == ()


def test_where_the_base_is_not_known_the_whole_list_is_asked_about() -> None:
    outcome = three_way({}, {**BASE, "meetings": [MON]}, {**BASE, "meetings": [THU]}, by_row=False)
    assert (outcome.conflicts, outcome.merged["meetings"]) == (("meetings",), [MON])


def test_what_was_stated_to_one_and_seen_by_another_stand_beside_each_other() -> None:
    seen = {**FACT, "basis": "observed", "values": ["no_touch"]}
    outcome = three_way(BASE, {**BASE, "facts.touch_custom": [FACT]}, {**BASE, "facts.touch_custom": [seen]})
    assert (outcome.conflicts, outcome.merged["facts.touch_custom"]) == ((), [seen, FACT])
