"""Days, times, lengths, dates and zones are read as people and exporters write them, or not at all."""

import pytest

from groups_catalog.feeds.times import (
    SUNDAY_IS_0,
    SUNDAY_IS_1,
    minutes_between,
    parse_date,
    parse_days,
    parse_end,
    parse_minutes,
    parse_span,
    parse_time,
    parse_zone,
    read_days,
)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        *(("19:00", "19:00"), ("8:00", "08:00"), ("18:00:00", "18:00"), ("20.00", "20:00"), (" 7:05 ", "07:05")),
        *(("8:00 PM", "20:00"), ("8 pm", "20:00"), ("8:00 p.m.", "20:00"), ("7:00\u202fPM", "19:00")),
        *(
            ("12:00 AM", "00:00"),
            ("12:30 pm", "12:30"),
            ("noon", "12:00"),
            ("Midnight", "00:00"),
            ("midnatt", "00:00"),
        ),
        *(("kl 20", "20:00"), ("kl. 19.30", "19:30"), ("Kl.19", "19:00"), ("19h30", "19:30"), ("20.30 Uhr", "20:30")),
        *((1900, "19:00"), ("0930", "09:30"), ("2026-05-01T19:00:00", "19:00"), ("2026-05-01 19:00", "19:00")),
    ],
)
def test_a_time_is_read_however_it_is_written(written: object, clock: str) -> None:
    assert parse_time(written) == clock


@pytest.mark.parametrize(
    "written", ["", None, True, "24:00", "25:00", "7:60", "evening", "13:00 am", [], {}, 10**400, float("nan"), "-1"]
)
def test_what_is_no_time_is_not_guessed(written: object) -> None:
    assert parse_time(written) is None


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("19:00-20:30", ("19:00", "20:30")),
        ("kl. 19.00 – 20.30", ("19:00", "20:30")),
        ("18 til 20", ("18:00", "20:00")),
        ("7-8 pm", ("19:00", "20:00")),
        ("10-1 pm", ("10:00", "13:00")),
        ("22:00-24:00", ("22:00", "00:00")),
        ("19:00", ("19:00", None)),
        ("19:00-sent", (None, None)),
        ("2026-05-01", (None, None)),
    ],
)
def test_a_start_and_an_end_in_one_cell_are_told_apart(written: str, span: tuple[str | None, str | None]) -> None:
    assert parse_span(written) == span


def test_an_end_at_midnight_may_be_written_as_24() -> None:
    assert parse_end("24:00") == "00:00"
    assert parse_end("24.00") == "00:00"


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [("19:00", "20:30", 90), ("23:30", "00:30", 60), ("20:00", "00:00", 240), ("19:30", "19:30", 1440)],
)
def test_an_end_at_or_before_the_start_is_on_the_next_day(start: str, end: str, minutes: int) -> None:
    assert minutes_between(start, end) == minutes


@pytest.mark.parametrize(
    ("written", "days"),
    [
        *((0, (6,)), ("0", (6,)), (1, (0,)), (6, (5,)), (7, (6,)), ("7", (6,)), (3.0, (2,)), ("3.0", (2,))),
        *(
            ([3], (2,)),
            ([1, 1, 4], (0, 3)),
            ([0, 7], (6,)),
            (["1", "Thursday"], (0, 3)),
            ([], ()),
            (None, ()),
            ("", ()),
        ),
        *(("Sunday", (6,)), ("mondays", (0,)), ("Thurs", (3,)), ("sat.", (5,)), ("TUE", (1,))),
        *(("mandag", (0,)), ("Lørdager", (5,)), ("tirs", (1,)), ("laurdag", (5,)), ("måndag", (0,)), ("søn.", (6,))),
        *(("lunes", (0,)), ("miércoles", (2,)), ("vendredi", (4,)), ("Samstag", (5,)), ("Mi", (2,))),
        *(("segunda-feira", (0,)), ("zondag", (6,)), ("keskiviikko", (2,))),
        *(("Monday, Thursday", (0, 3)), ("mandag og torsdag", (0, 3)), ("Tue/Fri", (1, 4)), ("['1','2']", (0, 1))),
        *(("Mon-Fri", (0, 1, 2, 3, 4)), ("lørdag til mandag", (0, 5, 6)), ("every day", (0, 1, 2, 3, 4, 5, 6))),
    ],
)
def test_days_are_read_from_sunday_as_nought_or_from_words(written: object, days: tuple[int, ...]) -> None:
    assert parse_days(written, SUNDAY_IS_0) == days


@pytest.mark.parametrize(("written", "day"), [("1", 6), ("2", 0), (7, 5), ("torsdag", 3)])
def test_days_are_read_from_sunday_as_one(written: object, day: int) -> None:
    assert parse_days(written, SUNDAY_IS_1) == (day,)


@pytest.mark.parametrize("written", [8, -1, "9", "someday", True, {}, [[1]], 1.5, 10**400, "first Monday"])
def test_what_is_no_day_is_told(written: object) -> None:
    days, unread = read_days(written, SUNDAY_IS_0)
    assert days == ()
    assert len(unread) == 1


def test_the_days_that_can_be_read_are_kept_beside_one_that_cannot() -> None:
    assert read_days([1, 9], SUNDAY_IS_0) == ((0,), (9,))
    assert parse_days(0, SUNDAY_IS_1) == ()


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("01:30:00", 90), ("1:15", 75), ("24:00:00", 1440), ("00:00:00", 0), ("90", 90), (60, 60), ("45 min", 45)],
)
def test_a_length_is_read_in_hours_or_in_minutes(written: object, minutes: int) -> None:
    assert parse_minutes(written) == minutes


@pytest.mark.parametrize("written", ["", None, "long", "1:75", True, -5])
def test_what_is_no_length_is_not_guessed(written: object) -> None:
    assert parse_minutes(written) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-05-26 19:03:46", "2021-05-26"),
        ("2023-08-22T21:29:56Z", "2023-08-22"),
        ("8/25/2022 11:17:07 AM", "2022-08-25"),
        ("8/29/2021", "2021-08-29"),
        ("25/08/2022", "2022-08-25"),
        ("25.08.2022", "2022-08-25"),
        ("6. 9. 2021", "2021-09-06"),
    ],
)
def test_a_date_is_read_in_the_orders_that_are_met_with(written: str, day: str) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize("written", ["", None, "0000-00-00 00:00:00", "2021-13-45", "yesterday", 20210101, []])
def test_what_is_no_date_is_not_guessed(written: object) -> None:
    assert parse_date(written) == ""


def test_a_time_zone_is_one_of_the_worlds() -> None:
    assert parse_zone("Europe/Oslo") == "Europe/Oslo"
    assert parse_zone("america/new_york") == "America/New_York"
    assert parse_zone("Mars/Phobos") == ""
    assert parse_zone("W. Europe Standard Time") == ""
    assert parse_zone(None) == ""
