"""What a list would change, judged without a database."""

from collections.abc import Collection
from typing import Any

import pytest

from groups_catalog.feeds.columns import template_headings
from groups_catalog.feeds.model import Meeting, Mode
from groups_catalog.feeds.sync.comparing import Catalog, Compared, Known, Ours, compare, quarantined
from groups_catalog.feeds.sync.listings import Listed, kept_key, listings, onto
from groups_catalog.feeds.sync.new_entries import List, assumed, assumed_length, new_document
from groups_catalog.feeds.sync.notes import note_field
from groups_catalog.feeds.sync.sameness import alike, pairs
from groups_catalog.upkeep.documents import NEW_MEETING, Document

SOURCE = "NA Norge"
LIST = List("na", "addiction", SOURCE)


def a_meeting(**fields: Any) -> Meeting:
    valid = {"row": 1, "source_key": "a", "name": "Havna", "weekday": 1, "start": "18:30", "mode": Mode.IN_PERSON}
    return Meeting(**{**valid, "place": "Fjordvik", "venue": "Hus 1", **fields})


def a_listed(*meetings: Meeting) -> Listed:
    (listed,) = listings(meetings or [a_meeting()], source=SOURCE, today="2026-05-01")
    return listed


def ours(listed: Listed, **fields: Any) -> Document:
    return {**new_document(listed.said, LIST), **fields}


def compared(listed: list[Listed], known: dict[str, Listed], groups: dict[str, Document] | None = None) -> Compared:
    """`known`: by key what was seen before; group and listing have the number of its place."""
    rows = [Known(n, key, one.said, False, n) for n, (key, one) in enumerate(known.items())]
    documents = {n: (groups or {}).get(key) or ours(one) for n, (key, one) in enumerate(known.items())}

    def look_up(wanted: Collection[int]) -> dict[int, Ours]:
        return {number: Ours(documents[number], 1) for number in wanted}

    return compare(listed, rows, Catalog(look_up, dict, SOURCE))


@pytest.mark.parametrize(
    ("gone", "known", "held"),
    [
        (5, 10, False),
        (6, 10, True),
        (5, 100, False),
        (6, 100, True),
        (50, 1000, False),
        (51, 1000, True),
        (0, 0, False),
    ],
)
def test_more_than_five_and_more_than_five_per_cent_are_held_back(gone: int, known: int, held: bool) -> None:
    assert quarantined(gone, known) is held


def test_the_days_of_a_row_become_the_meetings_of_one_group() -> None:
    listed = a_listed(a_meeting(weekday=3), a_meeting(weekday=1))
    assert [meeting["weekday"] for meeting in listed.said["meetings"]] == [1, 3]


def test_what_the_list_does_not_say_is_absent() -> None:
    listed = a_listed(Meeting(row=1, source_key="a", name="Havna"))
    assert listed.said == {"name": "Havna", "status": "published"}


def test_a_paused_group_says_nothing_of_how_it_meets() -> None:
    said = a_listed(a_meeting(mode=Mode.PAUSED)).said
    assert (said["status"], "mode" in said) == ("paused", False)


def test_by_appointment_is_said_of_a_group_of_which_something_else_is_known() -> None:
    bare = {"weekday": None, "start": "", "mode": Mode.BY_APPOINTMENT, "venue": ""}
    assert a_listed(a_meeting(**bare)).said["mode"] == "by_appointment"
    nowhere = a_listed(a_meeting(**bare, place=""))
    assert "mode" not in nowhere.said
    assert assumed(nowhere.said, ours(nowhere)) == ("mode",)


def test_a_note_is_taken_in_only_where_it_has_a_field() -> None:
    meeting = a_meeting(note="Ta med kaffe.")
    assert not [key for key in a_listed(meeting).said if key.startswith("note")]
    (listed,) = listings([meeting], source=SOURCE, today="2026-05-01", note="note_nb")
    assert listed.said["note_nb"] == "Ta med kaffe."


def test_the_language_of_notes_is_stated_or_told_by_our_own_headings() -> None:
    norwegian = template_headings("nb")
    assert [note_field("", norwegian), note_field("", template_headings("en"))] == ["note_nb", "note_en"]
    assert note_field("en", norwegian) == "note_en"
    assert note_field("", ["Navn", "Dag", "Merknad"]) == ""
    assert note_field("xx", []) == ""


def test_an_unknown_length_stays_as_we_have_it_and_is_assumed_only_where_nobody_knows() -> None:
    listed = a_listed()
    meeting = {**NEW_MEETING, "weekday": 1, "start": "18:30", "minutes": 45, "except_on": ["2026-12-24"]}
    known = ours(listed, meetings=[meeting])
    (kept,) = onto(known, listed.said, source=SOURCE)["meetings"]
    assert (kept["minutes"], kept["except_on"]) == (45, ["2026-12-24"])
    assert ours(listed)["meetings"][0]["minutes"] == 60
    assert assumed(listed.said, ours(listed)) == ("meetings",)
    assert not assumed_length(listed.said, known)


def test_codes_that_contradict_each_other_say_nothing() -> None:
    one, other = a_meeting(facts={"meeting_format": ("a",)}), a_meeting(facts={"no_such_attribute": ("b",)})
    assert not [key for key in a_listed(one, other).said if key.startswith("facts.")]


def test_a_day_in_the_future_is_not_believed() -> None:
    assert "checked_on" not in a_listed(a_meeting(updated="2027-01-01")).said
    assert a_listed(a_meeting(updated="2026-01-01")).said["checked_on"] == "2026-01-01"


def test_keys_too_long_to_keep_stay_apart_and_stable() -> None:
    keys = [kept_key("a" * 300), kept_key("a" * 301), kept_key("b" * 300)]
    assert len(set(keys)) == 3
    assert all(len(key) <= 200 for key in keys)
    assert kept_key("a" * 300) == keys[0]


def test_a_pin_moved_by_a_hair_is_no_news() -> None:
    before = a_listed(a_meeting(latitude=60.0, longitude=10.0))
    now = a_listed(a_meeting(latitude=60.00003, longitude=10.00003))
    assert compared([now], {"a": before}).proposals == []
    moved = a_listed(a_meeting(latitude=60.01, longitude=10.0))
    (proposal,) = compared([moved], {"a": before}).proposals
    assert proposal.fields == ("latitude",)


def test_a_value_that_somebody_else_told_us_is_no_news() -> None:
    before, now = a_listed(), a_listed(a_meeting(facts={"gender_setting": ("women",)}))
    entry = {**now.said["facts.gender_setting"][0], "source": "A visit", "basis": "observed"}
    mine = ours(before, **{"facts.gender_setting": [entry]})
    assert compared([now], {"a": before}, {"a": mine}).proposals == []


def test_two_rows_of_one_group_close_it_only_when_both_are_gone() -> None:
    one, other = a_listed(), a_listed(a_meeting(source_key="b"))
    rows = [Known(1, "a", one.said, False, 7), Known(2, "b", other.said, False, 7)]
    catalog = Catalog(lambda wanted: {number: Ours(ours(one), 1) for number in wanted}, dict, SOURCE)
    assert compare([one], rows, catalog).quietly_gone == [2]
    both = compare([a_listed(a_meeting(source_key="c", name="Annet", start="10:00"))], rows, catalog)
    assert [proposal.kind for proposal in both.proposals] == ["new", "gone"]


def test_the_likest_meetings_are_brought_together_whatever_the_order() -> None:
    old = [a_listed(a_meeting(name=name)).said for name in ("Havna kvinner", "Havna", "Fjellet")]
    new = [old[2], old[0], {**old[1], "name": "Nye Havna"}]
    assert sorted(pairs(new, old)) == [(0, 2), (1, 0), (2, 1)]


def test_two_meetings_of_one_name_hour_and_house_find_themselves_again() -> None:
    old = [a_listed(a_meeting(membership=who)).said for who in ("women", "men")]
    assert sorted(pairs([old[1], old[0]], old)) == [(0, 1), (1, 0)]


ROOM = {"place": "", "venue": "", "link": "https://example.org/rom"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({"name": "Helt annet"}, {}, True),
        ({"start": "19:00"}, {}, False),
        ({"weekday": 2}, {}, False),
        ({"venue": "Hus 2"}, {"name": "Annet"}, False),
        ({"venue": "Hus 2", "latitude": 60.0, "longitude": 10.0}, {"latitude": 60.001, "longitude": 10.0}, True),
        ({"venue": "X", "latitude": 60.0, "longitude": 10.0}, {"latitude": 60.01, "longitude": 10.0}, False),
        (
            {"place": "", "venue": "", "link": "https://a.no/1"},
            {"place": "", "venue": "", "link": "https://a.no/1"},
            True,
        ),
        ({"place": "", "venue": ""}, {"place": "", "venue": ""}, True),
        ({"place": "", "venue": "", "name": "Annet"}, {"place": "", "venue": ""}, False),
        ({"place": "Byen", "venue": ""}, {"venue": ""}, False),
        ({"weekday": None, "start": ""}, {"weekday": None, "start": ""}, True),
    ],
)
def test_the_same_meeting_is_at_the_same_hour_and_place(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    first, second = a_listed(a_meeting(**one)).said, a_listed(a_meeting(**other)).said
    assert bool(alike(first, second)) is same
    assert bool(pairs([first], [second])) is same
