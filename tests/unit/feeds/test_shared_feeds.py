"""The captured lists of the project's evidence, read whole; the numbers were counted by hand in the raw files."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from groups_catalog.feeds.model import Reading, Settings
from groups_catalog.feeds.reader import read_list
from groups_catalog.feeds.wording import LISTS, ROWS

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
BMLT = "bmlt_greater_new_york_1513_GetSearchResults"
DAYS = {0: 6, 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5}
"""Sunday as nought → Monday as nought."""

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="the project's shared evidence folder is not beside this one"),
]
GUIDE = {
    "airtable_feed_545.json": ({"online": 539, "hybrid": 6}, {True: 486, False: 51, None: 8}),
    "edge_appointment_2.json": ({"hybrid": 2}, {None: 2}),
    "edge_times_appointment_9.json": ({"hybrid": 8, "in_person": 1}, {True: 9}),
    "edge_timezones_2.json": ({"in_person": 2}, {None: 2}),
    "mg_feed_kansas_city_206_lowercase_types.json": (
        {"in_person": 116, "hybrid": 48, "online": 33, "paused": 9},
        {False: 142, True: 64},
    ),
    "mg_feed_northwest_texas_613_malformed_types.json": ({"in_person": 613}, {True: 407, False: 206}),
    "mg_old_46_types_as_string.json": ({"in_person": 46}, {False: 46}),
    "mg_sheet_san_jose_693.json": (
        {"online": 293, "in_person": 157, "hybrid": 122, "paused": 121},
        {True: 586, False: 100, None: 7},
    ),
    # Families and friends only (89) is not closed.
    "tsml_feed_alanon_360.json": (
        {"in_person": 156, "online": 113, "hybrid": 60, "paused": 31},
        {True: 271, None: 89},
    ),
    "tsml_feed_orange_county_1967.json": (
        {"in_person": 1432, "online": 385, "hybrid": 148, "paused": 2},
        {True: 1006, None: 602, False: 359},
    ),
    "tsml_feed_sussex_delaware_145.json": (
        {"in_person": 67, "paused": 40, "online": 35, "hybrid": 3},
        {True: 122, False: 21, None: 2},
    ),
}
OPTIONS = {"inactive": "paused"}


@cache
def raw(name: str) -> Any:
    return json.loads((FEEDS / name).read_text("utf-8"))


@cache
def read(name: str) -> Reading:
    return read_with(name)


def read_with(name: str, **options: Any) -> Reading:
    settings = Settings(organisation="alanon" if "alanon" in name else "aa" if name in GUIDE else "")
    return read_list((FEEDS / name).read_bytes(), settings, name=name, **options)


@pytest.mark.parametrize("name", GUIDE)
def test_every_row_of_a_meeting_guide_list_becomes_a_meeting(name: str) -> None:
    reading = read(name)
    modes, opens = GUIDE[name]
    assert reading.format == "meeting_guide"
    assert [meeting.row for meeting in reading.meetings] == list(range(1, len(raw(name)) + 1))
    assert Counter(meeting.mode.value for meeting in reading.meetings) == modes
    assert Counter(meeting.open for meeting in reading.meetings) == opens


@pytest.mark.parametrize("name", GUIDE)
def test_days_and_times_are_those_of_the_raw_rows(name: str) -> None:
    told = [
        (DAYS[int(row["day"])] if "day" in row else None, row["time"].rjust(5, "0") if "time" in row else "")
        for row in raw(name)
    ]
    assert [(meeting.weekday, meeting.start) for meeting in read(name).meetings] == told


@pytest.mark.parametrize("name", GUIDE)
def test_every_row_keeps_the_key_of_the_list(name: str) -> None:
    keys = [meeting.source_key for meeting in read(name).meetings]
    slugs = [str(row["slug"]) for row in raw(name)]
    assert len(set(keys)) == len(keys)
    assert sum(key != slug for key, slug in zip(keys, slugs, strict=True)) == (2 if "san_jose" in name else 0)


@pytest.mark.parametrize(
    "name", ["tsml_feed_alanon_360.json", "tsml_feed_orange_county_1967.json", "tsml_feed_sussex_delaware_145.json"]
)
def test_what_the_fields_tell_agrees_with_what_the_exporter_says(name: str) -> None:
    """Nothing contradicts, and the same comes out of the rows without the exporter's own field."""
    reading = read(name)
    without = [{key: value for key, value in row.items() if key != "attendance_option"} for row in raw(name)]
    derived = read_list(json.dumps(without).encode(), Settings()).meetings
    said = [OPTIONS.get(row["attendance_option"], row["attendance_option"]) for row in raw(name)]
    assert [meeting.mode.value for meeting in reading.meetings] == said
    assert "attendance_contradicts" not in {problem.reason for problem in reading.problems}
    differ = [mode for meeting, mode in zip(derived, said, strict=True) if meeting.mode != mode]
    # Two meetings of Orange County are inactive, and nothing but an approximate address hints at it.
    assert differ == (["paused", "paused"] if "orange" in name else [])


def test_two_meetings_of_san_jose_share_a_slug_and_are_both_kept() -> None:
    shared = [
        meeting for meeting in read("mg_sheet_san_jose_693.json").meetings if meeting.name == "Pass It On Group"
    ]
    assert sum(meeting.source_key.startswith("pass-it-on-group~") for meeting in shared) == 2


def test_the_66_rows_of_texas_with_a_coordinate_of_nought_have_none() -> None:
    reading = read("mg_feed_northwest_texas_613_malformed_types.json")
    assert sum(problem.reason == "coordinates_zero" for problem in reading.problems) == 66
    assert sum(meeting.latitude is None for meeting in reading.meetings) == 66


def test_the_one_meeting_by_appointment_of_orange_county_has_no_day() -> None:
    meetings = read("tsml_feed_orange_county_1967.json").meetings
    assert sum(meeting.weekday is None and not meeting.start for meeting in meetings) == 1


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_every_row_of_new_york_is_read_in_either_format(ending: str) -> None:
    reading = read(f"{BMLT}.{ending}")
    rows = raw(f"{BMLT}.json")
    assert reading.format == "bmlt"
    assert [meeting.source_key for meeting in reading.meetings] == [row["id_bigint"] for row in rows]
    assert [meeting.weekday for meeting in reading.meetings] == [
        (int(row["weekday_tinyint"]) + 5) % 7 for row in rows
    ]
    assert [meeting.start for meeting in reading.meetings] == [row["start_time"][:5] for row in rows]
    assert Counter(meeting.minutes for meeting in reading.meetings) == {
        **{90: 1216, 60: 207, 75: 48, 120: 22, 105: 11, 80: 4, 119: 1, 70: 1, 180: 1, 420: 1, 720: 1},
    }


def test_new_york_reads_alike_with_and_without_its_formats() -> None:
    formats, bodies = raw("bmlt_greater_new_york_GetFormats.json"), raw("bmlt_greater_new_york_GetServiceBodies.json")
    plain, whole = read(f"{BMLT}.json"), read_with(f"{BMLT}.json", formats=formats, service_bodies=bodies)
    assert Counter(meeting.open for meeting in whole.meetings) == {True: 859, None: 330, False: 324}
    assert [meeting.open for meeting in plain.meetings] == [meeting.open for meeting in whole.meetings]
    assert [meeting.facts for meeting in plain.meetings] == [meeting.facts for meeting in whole.meetings]
    assert sum(problem.reason == "open_and_closed" for problem in whole.problems) == 5
    assert {meeting.organisation for meeting in (*plain.meetings, *whole.meetings)} == {"na"}


def test_the_live_answer_with_its_formats_is_read() -> None:
    reading = read("bmlt_live_capture_meeting-search-42.867970-day2.json")
    assert len(reading.meetings) == 53
    assert {meeting.weekday for meeting in reading.meetings} == {0}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("invalid_json_trailing_text.json", "json_extra_text"),
        ("bmlt_live_capture_meeting-search-0-0.json", "empty_list"),
        ("bmlt_live_capture_server-info.json", "server_info_answer"),
        ("bmlt_live_capture_service-bodies.json", "service_bodies_answer"),
        ("bmlt_live_capture_formats.json", "formats_answer"),
        ("bmlt_greater_new_york_GetFormats.json", "formats_answer"),
        ("bmlt_greater_new_york_GetServiceBodies.json", "service_bodies_answer"),
        ("meeting_guide_types_9_languages.json", "type_names_answer"),
    ],
)
def test_what_is_no_list_of_meetings_is_refused_as_what_it_is(name: str, reason: str) -> None:
    reading = read(name)
    assert reading.refused is not None
    assert reading.refused.reason == reason
    assert reason in LISTS
    assert not reading.meetings


def test_no_file_is_left_out_of_these_tests_and_every_problem_has_words() -> None:
    names = [path.name for path in FEEDS.iterdir() if path.suffix in {".json", ".csv"}]
    readings = [read(name) for name in names]
    assert len(names) == 22
    assert sum(reading.refused is not None for reading in readings) == 8
    assert {problem.reason for reading in readings for problem in reading.problems} <= ROWS.keys()


def test_no_stand_in_for_an_address_or_a_number_is_left() -> None:
    """In these files every address was replaced by kontakt@example.org, every number by +4700000000 or the like."""
    for name in (*GUIDE, f"{BMLT}.json"):
        told = repr(read(name).meetings)
        assert "example.org" not in told
        assert "+4700000000" not in told
        assert "000-000-0000" not in told
        assert "00 00 00 00" not in told
