"""Two groups' documents become one: what is taken until somebody chooses, and what *Both* means."""

from typing import Any

import pytest

from groups_catalog.upkeep.documents import NEW_GROUP, NEW_MEETING, Document
from groups_catalog.upkeep.duplicates.merging import joined, merged, merged_away, to_choose, usual


def a_document(**fields: Any) -> Document:
    said = {"name": "Havna", "organisation": "na", "lane": "addiction", "mode": "in_person"}
    return {**NEW_GROUP, **said, **{name.replace("__", "."): value for name, value in fields.items()}}


def a_meeting(weekday: int, start: str, **fields: Any) -> Document:
    return {**NEW_MEETING, "weekday": weekday, "start": start, "minutes": 60, **fields}


def a_fact(source: str, **fields: Any) -> Document:
    return {"values": ["ask_first"], "basis": "stated", "source": source, "dated": "", "recorded_by": None, **fields}


@pytest.mark.parametrize(
    ("field", "ours", "theirs", "side"),
    [
        ("venue", "", "Torget 1", "theirs"),
        ("venue", "Torget 9", "Torget 1", "ours"),
        ("status", "draft", "published", "theirs"),
        ("status", "published", "draft", "ours"),
        ("checked_on", "2026-01-01", "2026-02-01", "theirs"),
        ("checked_on", "2026-02-01", None, "ours"),
        ("latitude", None, 59.9, "theirs"),
        ("access_hearing", False, True, "ours"),
    ],
)
def test_until_somebody_chooses_nothing_that_is_known_gets_lost(
    field: str, ours: Any, theirs: Any, side: str
) -> None:
    assert usual(field, a_document(**{field: ours}), a_document(**{field: theirs})) == side


def test_meetings_at_nearly_one_time_are_one_and_the_kept_groups_stands() -> None:
    ours = [a_meeting(0, "19:00"), a_meeting(3, "12:00")]
    theirs = [a_meeting(0, "19:10", minutes=90), a_meeting(5, "10:00"), a_meeting(3, "12:00", every="first")]
    both = joined("meetings", ours, theirs)
    assert [(one["weekday"], one["start"], one["every"]) for one in both] == [
        (0, "19:00", "week"),
        (3, "12:00", "week"),
        (5, "10:00", "week"),
        (3, "12:00", "first"),
    ]


def test_both_is_only_offered_first_where_it_adds_something() -> None:
    one, same = a_document(meetings=[a_meeting(0, "19:00")]), a_document(meetings=[a_meeting(0, "19:10")])
    more = a_document(meetings=[a_meeting(0, "19:00"), a_meeting(1, "19:00")])
    assert usual("meetings", one, same) == "ours"
    assert usual("meetings", one, more) == "both"


def test_facts_of_both_stand_beside_each_other_and_the_same_one_once() -> None:
    ours = a_document(facts__touch_custom=[a_fact("Leaflet", recorded_by=1)])
    theirs = a_document(facts__touch_custom=[a_fact("Leaflet", recorded_by=2), a_fact("Visit", basis="observed")])
    both = merged(ours, theirs, {"facts.touch_custom": "both"})
    assert [fact["source"] for fact in both["facts.touch_custom"]] == ["Visit", "Leaflet"]


def test_who_wrote_a_fact_down_is_nothing_to_choose() -> None:
    ours = a_document(facts__touch_custom=[a_fact("Leaflet", recorded_by=1)])
    theirs = a_document(facts__touch_custom=[a_fact("Leaflet", recorded_by=2)])
    assert to_choose(ours, theirs) == []


def test_a_pair_of_fields_is_chosen_as_one() -> None:
    ours, theirs = a_document(), a_document(latitude=59.9, longitude=10.7, checked_how="visit")
    assert to_choose(ours, theirs) == ["latitude", "checked_on"]
    chosen = merged(ours, theirs, {"latitude": "theirs", "checked_on": "ours"})
    assert (chosen["latitude"], chosen["longitude"], chosen["checked_how"]) == (59.9, 10.7, "")


def test_the_one_that_goes_is_closed_and_leads_on() -> None:
    gone = merged_away(a_document(status="published"), "havna")
    assert (gone["status"], gone["merged_into"]) == ("closed", "havna")
    assert merged(a_document(merged_into="old"), a_document(), {})["merged_into"] == ""
