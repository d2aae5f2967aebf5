"""Whatever a list holds, it is read without raising, and no row is lost, doubled or moved to another day."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.feeds.bmlt import read_bmlt
from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Reading, Settings
from groups_catalog.feeds.reader import FORMATS, read_list, recognised
from tests.property.feed_lists import DAY_WORDS, Rows, bmlt_lists, bmlt_rows, formats, guide_lists, guide_rows, junk

SETTINGS = st.builds(Settings, organisation=st.sampled_from(["", "aa", "na", "alanon", "smart"]))
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\u200b\ud800-\udfff]")


@given(guide_lists, SETTINGS)
def test_a_meeting_guide_list_is_read_whole(rows: Rows, settings: Settings) -> None:
    assert_whole(read_meeting_guide(rows, settings), len(rows))


@given(bmlt_lists, SETTINGS, formats | junk, formats | junk)
def test_a_bmlt_list_is_read_whole(rows: Rows, settings: Settings, formats: Any, bodies: Any) -> None:
    reading = read_bmlt(rows, settings, formats=formats, service_bodies=bodies)
    assert_whole(reading, len(rows))
    assert reading == read_bmlt({"meetings": rows, "formats": []}, settings, formats=formats, service_bodies=bodies)


@given(junk)
def test_what_is_no_list_never_raises(content: Any) -> None:
    read_meeting_guide(content, Settings())
    read_bmlt(content, Settings(), formats=content, service_bodies=content)
    recognised(content)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reading = read_list(data, Settings())
    assert reading.refused is None or not reading.meetings


@given(guide_lists | bmlt_lists, st.sampled_from([None, *FORMATS]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_the_bytes_of_a_list_are_read_as_the_list_is(rows: Rows, format: str | None, encoding: str) -> None:
    reading = read_list(json.dumps(rows).encode(encoding, "replace"), Settings(), format=format)
    if reading.refused is None:
        assert_whole(reading, len(rows))


@given(st.data())
def test_the_order_of_the_rows_changes_nothing_but_their_numbers(data: st.DataObject) -> None:
    read, rows = data.draw(
        st.tuples(st.just(read_meeting_guide), st.lists(guide_rows, max_size=6))
        | st.tuples(st.just(read_bmlt), st.lists(bmlt_rows, max_size=6))
    )
    mixed = data.draw(st.permutations(rows))
    assert without_rows(read(rows, Settings()).meetings) == without_rows(read(mixed, Settings()).meetings)


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["int", "str", "list", "word"])), max_size=8))
def test_a_meeting_guide_day_counts_from_sunday(drawn: list[tuple[int, str]]) -> None:
    written = {"int": lambda day: day, "str": str, "list": lambda day: [day], "word": DAY_WORDS.__getitem__}
    rows = [{"slug": n, "name": "A", "day": written[how](day), "time": "19:00"} for n, (day, how) in enumerate(drawn)]
    from_sunday = [6, 0, 1, 2, 3, 4, 5]
    found = [meeting.weekday for meeting in read_meeting_guide(rows, Settings()).meetings]
    assert found == [from_sunday[day] for day, _how in drawn]


@given(st.lists(st.integers(1, 7), max_size=8))
def test_a_bmlt_day_counts_from_sunday_as_one(drawn: list[int]) -> None:
    rows = [{"id_bigint": n, "meeting_name": "A", "weekday_tinyint": str(day)} for n, day in enumerate(drawn)]
    oracle = {1: 6, 2: 0, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5}
    assert [meeting.weekday for meeting in read_bmlt(rows, Settings()).meetings] == [oracle[day] for day in drawn]


@given(st.lists(st.integers(0, 7), min_size=1, max_size=6))
def test_a_row_of_several_days_is_one_meeting_for_each(days: list[int]) -> None:
    meetings = read_meeting_guide([{"slug": "a", "name": "A", "day": days, "time": "19:00"}], Settings()).meetings
    assert sorted(meeting.weekday for meeting in meetings if meeting.weekday is not None) == sorted(
        {(day + 6) % 7 for day in days}
    )
    assert {meeting.source_key for meeting in meetings} == {"a"}


def test_a_number_too_long_to_write_is_read() -> None:
    row = dict.fromkeys(("slug", "name", "day", "time", "types", "latitude", "longitude", "updated"), 10**5000)
    assert len(read_meeting_guide([row | {"city": "Oslo"}], Settings()).meetings) == 1


def test_a_row_nested_very_deep_is_read() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    assert (
        len(read_meeting_guide([{"name": "A", "notes": deep, "day": deep, "types": deep}], Settings()).meetings) == 1
    )


@pytest.mark.parametrize("count", [1000])
def test_four_times_the_rows_take_about_four_times_the_work(count: int) -> None:
    """Counted in calls, which no busy machine disturbs."""
    few, many = (calls_for(number) for number in (count, 4 * count))
    assert many < 4.5 * few


def calls_for(count: int) -> int:
    import sys

    calls = 0

    def counted(*_: Any) -> None:
        nonlocal calls
        calls += 1

    rows = [{"slug": n % 50, "name": f"A {n}", "day": n % 7, "time": "19:00", "types": ["O"]} for n in range(count)]
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_meeting_guide(rows, Settings())
    finally:
        sys.setprofile(before)
    return calls


def assert_whole(reading: Reading, rows: int) -> None:
    """Every row is in the meetings or named as dropped, never both; and each meeting holds together."""
    kept = {meeting.row for meeting in reading.meetings}
    dropped = [problem.row for problem in reading.problems if problem.reason.startswith("dropped_")]
    assert kept.isdisjoint(dropped)
    assert sorted([*kept, *dropped]) == list(range(1, rows + 1))
    once = Counter((meeting.source_key, meeting.weekday, meeting.start) for meeting in reading.meetings)
    assert not once or max(once.values()) == 1
    assert len({(meeting.source_key, meeting.row) for meeting in reading.meetings}) == len(kept)
    for meeting in reading.meetings:
        assert_sound(meeting)


def assert_sound(meeting: Meeting) -> None:
    assert meeting.source_key
    assert meeting.name
    assert meeting.weekday in {None, *range(7)}
    assert re.fullmatch(r"|([01]\d|2[0-3]):[0-5]\d", meeting.start)
    assert meeting.minutes is None or 1 <= meeting.minutes <= 1440
    assert (meeting.latitude is None) == (meeting.longitude is None)
    assert all(math.isfinite(number) for number in (meeting.latitude, meeting.longitude) if number is not None)
    assert re.fullmatch(r"|\d{4}-\d\d-\d\d", meeting.updated)
    assert meeting.link == "" or meeting.link.startswith("https://")
    texts = (meeting.name, meeting.place, meeting.venue, meeting.note, meeting.organisation, meeting.group_key)
    assert not any(UNSEEN.search(text) for text in (*texts, *meeting.codes))
    assert {problem.row for problem in meeting.problems} <= {meeting.row}


def without_rows(meetings: Iterable[Meeting]) -> Counter[str]:
    return Counter(
        repr(replace(meeting, row=0, problems=tuple(replace(problem, row=0) for problem in meeting.problems)))
        for meeting in meetings
    )
