"""What a cell says is read however people write it; what cannot be read is flagged, and the meeting stays."""

from typing import Any

import pytest

from groups_catalog.feeds.model import Mode
from groups_catalog.feeds.wording import problem_sentence
from tests.unit.feeds.tables import one, reading, reasons


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Monday, Thursday", [0, 3]),
        ("mandag og torsdag", [0, 3]),
        ("man-fre", [0, 1, 2, 3, 4]),
        ("hver onsdag", [2]),
        ("Søndag", [6]),
        ("lunes", [0]),
        ("", [None]),
    ],
)
def test_a_row_of_several_days_is_several_meetings(cell: str, days: list[int | None]) -> None:
    meetings = reading({"Name": "A", "ID": "1", "Day": cell, "Time": "19"}).meetings
    assert [meeting.weekday for meeting in meetings] == days
    assert {meeting.source_key for meeting in meetings} == {"1"}


@pytest.mark.parametrize(
    ("day", "every", "weeks"),
    [
        ("mandag", "", ["week"]),
        ("mandag", "Hver uke", ["week"]),
        ("mandag", "siste mandag i måneden", ["last"]),
        ("mandag", "2. og 4.", ["second", "fourth"]),
        ("første mandag i måneden", "", ["first"]),
        ("1st and 3rd Monday", "", ["first", "third"]),
        ("Monday", "every second week of the month", ["second"]),
    ],
)
def test_the_week_of_the_month_may_stand_in_either_cell(day: str, every: str, weeks: list[str]) -> None:
    meetings = reading({"Name": "A", "Day": day, "Time": "19", "How often": every}).meetings
    assert [(meeting.weekday, meeting.every) for meeting in meetings] == [(0, week) for week in weeks]


@pytest.mark.parametrize(
    "every", ["annenhver uke", "every second week", "every other week", "2", "hver 14. dag", "monthly"]
)
def test_an_interval_without_a_word_here_is_flagged_and_told_in_the_note(every: str) -> None:
    meeting = one(Day="mandag", Time="19", How_often=every)
    assert ("every", "every_unreadable") in reasons(meeting)
    assert (meeting.every, meeting.note) == ("week", every)


@pytest.mark.parametrize(
    ("cells", "expected", "flag"),
    [
        ({"Day": "3", "Time": "19"}, {"weekday": None}, ("weekday", "day_is_a_number")),
        ({"Day": "someday", "Time": "19"}, {"weekday": None, "start": "19:00"}, ("weekday", "day_unreadable")),
        ({"Day": "annenhver tirsdag", "Time": "19"}, {"weekday": None}, ("weekday", "day_unreadable")),
        ({"Day": "første mandag og siste tirsdag"}, {"weekday": None}, ("weekday", "day_unreadable")),
        ({"Day": "mandag", "Time": "evening"}, {"start": "", "minutes": None}, ("start", "time_unreadable")),
        ({"Day": "mandag", "Time": "#REF!"}, {"start": ""}, ("start", "cell_without_value")),
        ({"Day": "mandag", "Time": "#FORMULA!"}, {"start": ""}, ("start", "cell_without_value")),
        ({"Time": "19", "End_time": "late"}, {"minutes": None}, ("minutes", "end_unreadable")),
        ({"Time": "19", "Minutes": "long"}, {"minutes": None}, ("minutes", "duration_unreadable")),
        ({"Time": "19", "Minutes": "0"}, {"minutes": None}, ("minutes", "duration_unreadable")),
        ({"Time": "19", "Minutes": "5000"}, {"minutes": None}, ("minutes", "duration_unreadable")),
        ({"Day": "mandag", "Time_zone": "Mars"}, {"timezone": "Europe/Oslo"}, ("timezone", "zone_unknown")),
        ({"Way_of_meeting": "by letter"}, {"mode": Mode.BY_APPOINTMENT}, ("mode", "attendance_unreadable")),
        ({"Open_to_all": "perhaps"}, {"open": None}, ("open", "yes_or_no_unreadable")),
        ({"Open_to_all": "yes", "Types": "Closed"}, {"open": None}, ("open", "open_and_closed")),
        ({"Step-free": "?"}, {"step_free": None}, ("step_free", "yes_or_no_unreadable")),
        ({"Language": "norsk, klingon"}, {"languages": ("nb",)}, ("languages", "language_unknown")),
        (
            {"For_whom": "sjømenn"},
            {"membership": "everyone", "note": "sjømenn"},
            ("membership", "membership_unreadable"),
        ),
        ({"Status": "maybe"}, {"mode": Mode.BY_APPOINTMENT}, ("mode", "status_unreadable")),
        ({"Status": "closed"}, {"mode": Mode.PAUSED}, ("mode", "status_doubtful")),
        ({"Latitude": "0", "Longitude": "0"}, {"latitude": None}, ("coordinates", "coordinates_zero")),
        ({"Link": "http://zoom.us/j/1"}, {"link": ""}, ("link", "link_not_secure")),
        ({"Last_checked": "soon"}, {"updated": ""}, ("updated", "date_unreadable")),
    ],
)
def test_a_cell_that_cannot_be_read_is_flagged_and_the_meeting_stays(
    cells: dict[str, str], expected: dict[str, Any], flag: tuple[str, str]
) -> None:
    meeting = one(**cells)
    assert flag in reasons(meeting)
    assert {name: getattr(meeting, name) for name in expected} == expected
    assert all(problem_sentence(problem).count("{") == 0 for problem in meeting.problems)


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("7:00 PM", "19:00"),
        ("19.00", "19:00"),
        ("kl. 19", "19:00"),
        ("0,791667", "19:00"),
        ("0.5", ""),
        ("noon", "12:00"),
    ],
)
def test_times_are_read_as_they_are_written(cell: str, start: str) -> None:
    assert one(Day="mandag", Time=cell).start == start


def test_a_start_and_an_end_in_one_cell_give_the_length() -> None:
    meeting = one(Day="mandag", Time="kl. 23.30–00.30")
    assert (meeting.start, meeting.minutes) == ("23:30", 60)
    assert one(Time="19:00", Minutes="90").minutes == 90


@pytest.mark.parametrize(
    ("cells", "mode"),
    [
        ({}, Mode.UNKNOWN),
        ({"Town": "Oslo"}, Mode.IN_PERSON),
        ({"Address": "Storgata 1, 0155 Oslo"}, Mode.IN_PERSON),
        ({"Town": "Oslo", "Approximate": "yes"}, Mode.UNKNOWN),
        ({"Link": "https://whereby.com/x"}, Mode.ONLINE),
        ({"Link": "https://whereby.com/x", "Town": "Oslo"}, Mode.ONLINE),
        ({"Link": "https://whereby.com/x", "Address": "Storgata 1"}, Mode.HYBRID),
        ({"Building": "Online"}, Mode.ONLINE),
        ({"Conference_phone": "+47 00 00 00 00"}, Mode.ONLINE),
        ({"Town": "Oslo", "Types": "TC"}, Mode.PAUSED),
        ({"Town": "Oslo", "Way_of_meeting": "på nett"}, Mode.ONLINE),
        ({"Town": "Oslo", "Status": "sommerstengt"}, Mode.PAUSED),
        ({"Way_of_meeting": "etter avtale", "Town": "Oslo"}, Mode.BY_APPOINTMENT),
    ],
)
def test_how_people_meet_is_said_or_shown(cells: dict[str, str], mode: Mode) -> None:
    assert one(Day="mandag", Time="19", **cells).mode is mode


def test_a_row_without_day_and_time_is_by_appointment() -> None:
    assert one().mode is Mode.BY_APPOINTMENT


def test_a_town_may_stand_at_the_end_of_the_address_or_as_a_region() -> None:
    assert one(Address="Storgata 1, 0155 Oslo").place == "Oslo"
    assert one(Region="Vestland > Bergen").place == "Bergen"
    assert one(Address="Kirkeveien").place == ""
