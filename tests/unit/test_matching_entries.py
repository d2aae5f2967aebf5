"""What stands as one entry, what the first five show, and what the page says when the catalog cannot show it."""

import pytest

from referral.matching.model import Group, Menu
from tests.engine_factories import TWELVE_STEP, a_group, a_menu, by_group, the_answers

ASKED_FOR_TALK = the_answers(q7_format="dialogue")


def talk(name: str, kind: str = "user_organisation") -> Group:
    return a_group(name, {"kind": kind, "meeting_format": "dialogue_feedback"}, organisation=name)


def turns(name: str, kind: str) -> Group:
    return a_group(name, {"kind": kind, "meeting_format": "narrative_turns_no_dialogue"}, organisation=name)


def first_five(menu: Menu) -> list[str]:
    return [entry.groups[0] for entry in menu.entries[:5]]


def test_groups_that_differ_only_in_their_meetings_are_one_entry_by_reach() -> None:
    facts = {"kind": TWELVE_STEP, "meeting_format": "mixed"}
    far = a_group("far", facts, organisation="na", meetings=[(1, 19)], km_away=30)
    near = a_group("near", facts, organisation="na", meetings=[(3, 19)], km_away=1)
    (entry,) = a_menu(ASKED_FOR_TALK, [far, near]).entries
    assert entry.groups == ("near", "far")


@pytest.mark.parametrize(
    "other",
    [
        {"organisation": "aa"},
        {"languages": ["en"]},
        {"members": "women"},
        {"venue": "the old school"},
        {"access": {"step_free": True}},
        {"lane": "in_addition"},
        {"facts": {"kind": TWELVE_STEP, "touch_custom": "ask_first"}},
        {"facts": {"kind": TWELVE_STEP, "mode": "online"}},
    ],
    ids=str,
)
def test_a_group_that_differs_in_anything_else_stands_on_its_own(other: dict[str, object]) -> None:
    common: dict[str, object] = {"facts": {"kind": TWELVE_STEP}, "organisation": "na"}
    one, two = a_group("one", **common), a_group("two", **{**common, **other})  # type: ignore[arg-type]
    entries = by_group(a_menu(the_answers(), [one, two]))
    assert entries["one"].groups == ("one",)
    assert entries["two"].groups == ("two",)


def test_a_twelve_step_option_further_down_is_pinned_among_the_first_five() -> None:
    menu = a_menu(ASKED_FOR_TALK, [*(talk(f"talk-{n}") for n in range(8)), turns("na", TWELVE_STEP)])
    assert first_five(menu)[4] == "na"
    assert [entry.groups[0] for entry in menu.entries if entry.pinned] == ["na"]
    assert by_group(menu)["na"].place == 2
    assert menu.variety is None


def test_another_kind_is_pinned_where_the_first_five_are_all_twelve_step() -> None:
    menu = a_menu(ASKED_FOR_TALK, [*(talk(f"aa-{n}", TWELVE_STEP) for n in range(8)), turns("ngo", "ngo")])
    assert "ngo" in first_five(menu)
    assert menu.variety is None


def test_one_that_is_pushed_out_by_making_room_for_another_is_pinned_with_it() -> None:
    unknown = [a_group(f"talk-{n}", {"meeting_format": "dialogue_feedback"}, organisation=f"{n}") for n in range(4)]
    na = a_group("na", {"kind": TWELVE_STEP, "meeting_format": "mixed"}, organisation="na")
    menu = a_menu(ASKED_FOR_TALK, [*unknown, na, turns("ngo", "ngo")])
    assert first_five(menu)[3:] == ["na", "ngo"]
    assert [entry.groups[0] for entry in menu.entries if entry.pinned] == ["na", "ngo"]
    assert [entry.place for entry in menu.entries if not entry.pinned] == [1, 1, 1, 1]


def test_what_stands_among_the_first_five_by_itself_is_not_pinned() -> None:
    menu = a_menu(ASKED_FOR_TALK, [talk("talk"), talk("na", TWELVE_STEP)])
    assert not any(entry.pinned for entry in menu.entries)


@pytest.mark.parametrize(
    ("kinds", "why"),
    [
        ([TWELVE_STEP, "ngo"], None),
        (["user_organisation", "ngo"], "no_twelve_step"),
        ([TWELVE_STEP, TWELVE_STEP], "one_kind"),
        (["ngo", "ngo"], "no_twelve_step one_kind"),
    ],
)
def test_the_menu_says_why_where_the_catalog_offers_no_choice(kinds: list[str], why: str | None) -> None:
    groups = [talk(f"group-{number}", kind) for number, kind in enumerate(kinds)]
    assert a_menu(ASKED_FOR_TALK, groups).variety == why


def test_an_empty_catalog_gives_an_empty_menu() -> None:
    menu = a_menu(ASKED_FOR_TALK, [])
    assert menu.entries == ()
    assert "unwanted-hugging" in menu.general.cautions


@pytest.mark.parametrize(
    ("support", "lanes"),
    [
        (["someone_elses_use"], ("next_of_kin", "addiction", "in_addition")),
        (["alcohol", "someone_elses_use"], ("addiction", "in_addition", "next_of_kin")),
        (["pns"], ("addiction", "in_addition", "next_of_kin")),
    ],
)
def test_relatives_come_first_when_that_is_what_was_asked_for(support: list[str], lanes: tuple[str, ...]) -> None:
    assert a_menu(the_answers(q1_help_with=support), [talk("talk")]).lanes == lanes
