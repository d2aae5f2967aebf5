"""Days, times, lengths and dates in ways of writing that lists nobody has seen may use."""

import pytest

from groups_catalog.feeds.times import SUNDAY_IS_0, parse_date, parse_minutes, parse_span, parse_time, read_days
from tests.unit.feeds.tables import one, reading, reasons


@pytest.mark.parametrize(
    ("written", "days"),
    [
        *(("hverdager", (0, 1, 2, 3, 4)), ("Alle hverdager", (0, 1, 2, 3, 4)), ("Weekdays", (0, 1, 2, 3, 4))),
        *(("helg", (5, 6)), ("Weekends", (5, 6)), ("Daglig", (0, 1, 2, 3, 4, 5, 6))),
        *(("Monday Wednesday", (0, 2)), ("man ons", (0, 2)), ("{1,3}", (0, 2)), ("MO", (0,)), ("WE,FR", (2, 4))),
        *(("FREQ=WEEKLY;BYDAY=MO,WE", (0, 2)), ("RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101", (1,))),
    ],
)
def test_parts_of_the_week_and_calendar_rules_are_days(written: str, days: tuple[int, ...]) -> None:
    assert read_days(written, SUNDAY_IS_0) == (days, ())


@pytest.mark.parametrize("written", ["mandag partall", "Monday maybe", "hverdager unntatt onsdag"])
def test_a_day_with_a_word_nobody_knows_is_not_read_in_part(written: str) -> None:
    assert read_days(written, SUNDAY_IS_0)[0] == ()


@pytest.mark.parametrize(
    "written", ["19:00Z", "19:00+01:00", "2026-05-01T17:00:00Z", "2026-05-01T17:00:00+00:00", "24:00"]
)
def test_an_hour_that_is_not_the_one_on_the_wall_is_not_guessed(written: str) -> None:
    assert parse_time(written) is None


def test_a_span_may_begin_with_from() -> None:
    assert parse_span("fra kl. 19 til 20.30") == ("19:00", "20:30")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *(("1,5 timer", 90), ("1.5 hours", 90), ("1 time", 60), ("2 t", 120), ("1t 30m", 90), ("1 hr 30 min", 90)),
        *(("1 time og 15 minutter", 75), ("PT1H30M", 90), ("01:30:00.000", 90)),
    ],
)
def test_a_length_may_be_told_in_hours(written: str, minutes: int) -> None:
    assert parse_minutes(written) == minutes


@pytest.mark.parametrize("written", ["1,5", "halvannen time", "1 time 90 min"])
def test_a_length_without_its_measure_is_not_guessed(written: str) -> None:
    assert parse_minutes(written) is None


def test_a_length_of_two_minutes_was_hours_to_whoever_wrote_it() -> None:
    meeting = one(Varighet="2", Day="Monday", Time="19")
    assert meeting.minutes is None
    assert ("minutes", "duration_unlikely") in reasons(meeting)


def test_a_year_of_two_figures_is_of_this_century() -> None:
    assert parse_date("1.5.26") == "2026-05-01"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Tirsdag kl. 19.00-20.30", (1, "19:00", 90, "week")),
        ("Mondays 7 pm", (0, "19:00", None, "week")),
        ("1. mandag i måneden kl 18", (0, "18:00", None, "first")),
    ],
)
def test_day_and_time_may_stand_in_one_cell(cell: str, told: tuple[object, ...]) -> None:
    for heading in ("Møtetid", "Dag", "Dag og tid"):
        (meeting,) = reading({"Navn": "A", heading: cell}).meetings
        assert (meeting.weekday, meeting.start, meeting.minutes, meeting.every) == told


def test_a_time_beside_the_day_gives_way_to_one_in_its_own_cell() -> None:
    meeting = one(Day="mandag kl 18", Time="19:00")
    assert (meeting.weekday, meeting.start) == (0, "19:00")


@pytest.mark.parametrize(
    ("cell", "mode"),
    [
        *(("Fysisk/digitalt", "hybrid"), ("på nett og fysisk", "hybrid"), ("In person and online", "hybrid")),
        *(("Teams", "online"), ("Telefonmøte", "online"), ("Physical", "in_person")),
    ],
)
def test_two_ways_of_meeting_are_both(cell: str, mode: str) -> None:
    assert one(Møteform=cell, By="Oslo").mode == mode
