"""The few hard facts that grey a group out, and everything that does not."""

import pytest

from referral.matching.model import OutOfReach
from tests.engine_factories import a_group, a_menu, the_answers

MONDAY_AT_TEN, TUESDAY_AT_SEVEN, SATURDAY_AT_NOON = (0, 10), (1, 19), (5, 12)


def greyed(answers: dict[str, list[str]], **group: object) -> OutOfReach | None:
    menu = a_menu(the_answers(**answers), [a_group(**group)])  # type: ignore[arg-type]
    return menu.out_of_reach[0] if menu.out_of_reach else None


@pytest.mark.parametrize(
    ("spoken", "named", "meets_in", "reason"),
    [
        (["nb"], [], ["nb"], None),
        (["nb"], [], ["en"], "language"),
        (["en"], [], ["nb", "en"], None),
        (["other"], ["pl"], ["pl"], None),
        (["other"], ["pl"], ["nb"], "language"),
        (["other"], ["pl"], ["ar"], "language"),
        (["other"], ["pl"], ["other"], None),
        (["other"], [], ["pl"], None),
        (["other"], [], ["nb"], "language"),
        (["other"], ["other_language"], ["so"], None),
        (["nb", "other"], ["ar"], ["nb"], None),
        (["other"], ["sign"], ["nb", "sign"], None),
        (["nb"], [], [], None),
        ([], [], ["en"], None),
    ],
)
def test_a_group_in_none_of_the_clients_languages_is_greyed_out(
    spoken: list[str], named: list[str], meets_in: list[str], reason: str | None
) -> None:
    answers = {"q12_language": spoken, "q12_other_languages": named}
    found = greyed({question: chosen for question, chosen in answers.items() if chosen}, languages=meets_in)
    assert (found.reason if found else None) == reason


@pytest.mark.parametrize(
    ("wanted", "meetings", "reason"),
    [
        (["evening"], [TUESDAY_AT_SEVEN], None),
        (["day"], [TUESDAY_AT_SEVEN], "time"),
        (["day", "weekend"], [TUESDAY_AT_SEVEN, SATURDAY_AT_NOON], None),
        (["weekend"], [MONDAY_AT_TEN, TUESDAY_AT_SEVEN], "time"),
        (["any_time"], [MONDAY_AT_TEN], None),
        (["pns"], [MONDAY_AT_TEN], None),
        (["weekend"], [], None),
    ],
)
def test_a_group_none_of_whose_meetings_can_be_reached_is_greyed_out(
    wanted: list[str], meetings: list[tuple[int, int]], reason: str | None
) -> None:
    found = greyed({"q12_times": wanted}, meetings=meetings)
    assert (found.reason if found else None) == reason


@pytest.mark.parametrize(
    ("wanted", "members", "reason"),
    [
        ("men", "women", "membership"),
        ("women", "men", "membership"),
        ("women", "women", None),
        ("men", "everyone", None),
        ("mixed", "women", None),
        ("pns", "women", None),
        ("no_preference", "men", None),
    ],
)
def test_a_membership_rule_greys_out_for_the_one_it_shuts_out(wanted: str, members: str, reason: str | None) -> None:
    found = greyed({"q12_gender": [wanted]}, members=members)
    assert (found.reason if found else None) == reason


@pytest.mark.parametrize("need", ["step_free", "hearing", "sight", "child_care"])
@pytest.mark.parametrize(("known", "reason"), [(False, "access"), (True, None), (None, None)])
def test_only_known_missing_access_greys_out(need: str, known: bool | None, reason: str | None) -> None:
    found = greyed({"q12_access": [need]}, access={} if known is None else {need: known})
    assert (found.reason if found else None) == reason


def test_access_that_was_not_asked_for_greys_nothing_out() -> None:
    assert greyed({"q12_access": ["hearing"]}, access={"step_free": False, "hearing": True}) is None


def test_the_reason_names_the_fact() -> None:
    found = greyed({"q12_access": ["step_free", "hearing"]}, access={"step_free": False, "hearing": False})
    assert found
    assert (found.reason, found.detail) == ("access", ("step_free", "hearing"))


@pytest.mark.parametrize("km_away", [None, 3.0, 900.0])
def test_distance_greys_nothing_out(km_away: float | None) -> None:
    assert greyed({"q12_travel": ["15"]}, km_away=km_away) is None


def test_equals_stand_by_time_then_distance() -> None:
    groups = [
        a_group("far", {"kind": "ngo"}, km_away=40, meetings=[TUESDAY_AT_SEVEN]),
        a_group("near", {"kind": "twelve_step_fellowship"}, km_away=2, meetings=[TUESDAY_AT_SEVEN]),
        a_group("no-time-known", {"kind": "user_organisation"}, km_away=1),
    ]
    menu = a_menu(the_answers(q12_times="evening"), groups)
    assert [entry.groups[0] for entry in menu.entries] == ["near", "far", "no-time-known"]
    assert {entry.place for entry in menu.entries} == {1}
