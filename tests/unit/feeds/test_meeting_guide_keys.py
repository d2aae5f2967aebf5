"""Meeting Guide lists: what a row is known by when it comes again, and which rows are dropped."""

from typing import Any

import pytest

from groups_catalog.feeds.meeting_guide import read_meeting_guide
from tests.unit.feeds.guide_rows import AA, a_row, one, reasons


def test_a_missing_name_is_made_from_place_day_and_time() -> None:
    meeting = one(name=None, location="Kirken")
    assert meeting.name == "Kirken, Wednesday 19:00"
    assert reasons(meeting) == ["name_missing"]


def test_a_missing_key_is_made_and_stays_when_the_rest_changes() -> None:
    first, changed, other = one(slug=None), one(slug=None, notes="New"), one(slug=None, time="20:00")
    assert first.source_key == changed.source_key
    assert first.source_key != other.source_key
    assert reasons(first) == ["key_missing"]


@pytest.mark.parametrize(
    ("slug", "key"), [(5202, "5202"), (254.0, "254"), (" a ", "a"), ("30818592-afg", "30818592-afg")]
)
def test_a_key_is_kept_as_text(slug: object, key: str) -> None:
    assert one(slug=slug).source_key == key


def test_a_key_that_holds_somebodys_number_is_not_shown_but_lasts() -> None:
    first, again = one(slug="ring-ola-912-34-567"), one(slug="ring-ola-912-34-567", name="Changed")
    assert first.source_key == again.source_key
    assert "912" not in first.source_key


def test_a_row_that_repeats_another_is_dropped() -> None:
    reading = read_meeting_guide([a_row(), a_row(), a_row(id=7)], AA)
    assert [meeting.row for meeting in reading.meetings] == [1]
    assert [(problem.row, problem.reason) for problem in reading.problems] == [
        *((2, "dropped_repeated"), (3, "dropped_repeated"))
    ]


def test_different_meetings_with_one_key_are_kept_apart_in_any_order() -> None:
    rows = [a_row(), a_row(day=5), a_row(slug="other")]
    there, back = (read_meeting_guide(listed, AA).meetings for listed in (rows, rows[::-1]))
    keys = {(meeting.weekday, meeting.source_key) for meeting in there}
    assert keys == {(meeting.weekday, meeting.source_key) for meeting in back}
    assert len({key for _day, key in keys}) == 3
    assert sum("key_shared" in reasons(meeting) for meeting in there) == 2


def test_a_note_that_changes_does_not_change_a_shared_key() -> None:
    before, after = ([a_row(), a_row(day=5, notes=note)] for note in ("a", "b"))
    assert [m.source_key for m in read_meeting_guide(before, AA).meetings] == [
        m.source_key for m in read_meeting_guide(after, AA).meetings
    ]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (None, "dropped_not_a_record"),
        ("text", "dropped_not_a_record"),
        ([1], "dropped_not_a_record"),
        ({}, "dropped_empty"),
        ({"slug": "a", "types": ["O"]}, "dropped_empty"),
    ],
)
def test_a_row_of_which_nothing_can_be_known_is_dropped_by_name(raw: object, told: str) -> None:
    reading = read_meeting_guide([a_row(), raw], AA)
    assert len(reading.meetings) == 1
    assert [(problem.row, problem.field, problem.reason) for problem in reading.problems] == [(2, "row", told)]


@pytest.mark.parametrize(
    "known", [{"name": "A"}, {"day": 1}, {"time": "19:00"}, {"city": "Oslo"}, {"location": "Kirken"}]
)
def test_a_row_of_which_anything_can_be_known_stays(known: dict[str, Any]) -> None:
    assert len(read_meeting_guide([known], AA).meetings) == 1
