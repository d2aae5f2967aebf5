"""Meeting Guide lists: what the peers' importers get wrong is read right, and what cannot be read is told."""

from typing import Any

import pytest

from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Mode, Settings
from tests.unit.feeds.guide_rows import AA, a_row, one, reasons


def test_a_plain_row_is_read_without_a_problem() -> None:
    meeting = one(
        end_time="20:30", types=["O"], location="Kirken", address="Storgata 1", updated="2026-05-01 10:00:00"
    )
    assert meeting == Meeting(
        row=1,
        source_key="onsdag",
        name="Onsdagsgruppa",
        organisation="aa",
        weekday=2,
        start="19:00",
        minutes=90,
        mode=Mode.IN_PERSON,
        open=True,
        place="Oslo",
        venue="Kirken, Storgata 1",
        updated="2026-05-01",
        codes=("O",),
    )


# --- days and times ---


def test_a_row_of_several_days_is_a_meeting_on_each_under_one_key() -> None:
    meetings = read_meeting_guide([a_row(day=[1, 3, 3, 1])], AA).meetings
    assert [(meeting.source_key, meeting.weekday) for meeting in meetings] == [("onsdag", 0), ("onsdag", 2)]


def test_a_bad_day_is_told_and_the_good_one_stays() -> None:
    meeting = one(day=[3, 9])
    assert meeting.weekday == 2
    assert [(problem.reason, problem.given) for problem in meeting.problems] == [("day_unreadable", "9")]


def test_pm_is_read_before_the_colon() -> None:
    assert one(time="8:00 PM").start == "20:00"


def test_a_meeting_past_midnight_lasts_into_the_next_day() -> None:
    assert one(time="23:30", end_time="00:30").minutes == 60


def test_a_meeting_that_ends_when_it_starts_is_told() -> None:
    meeting = one(end_time="19:00")
    assert meeting.minutes == 1440
    assert reasons(meeting) == ["lasts_a_day"]


def test_without_day_and_time_it_is_by_appointment() -> None:
    (meeting,) = read_meeting_guide([{"slug": "a", "name": "A"}], AA).meetings
    assert (meeting.weekday, meeting.start, meeting.mode) == (None, "", Mode.BY_APPOINTMENT)
    assert meeting.problems == ()


def test_a_meeting_by_appointment_keeps_how_people_meet() -> None:
    (meeting,) = read_meeting_guide(
        [{"slug": "a", "name": "A", "conference_url": "https://whereby.com/a"}], AA
    ).meetings
    assert (meeting.weekday, meeting.mode) == (None, Mode.ONLINE)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"day": None}, "day_missing"),
        ({"time": ""}, "time_missing"),
        ({"day": "someday"}, "day_unreadable"),
        ({"time": "in the evening"}, "time_unreadable"),
        ({"time": "00:00"}, "midnight_doubtful"),
        ({"end_time": "late"}, "end_unreadable"),
        ({"timezone": "Mars/Phobos"}, "zone_unknown"),
        ({"updated": "recently"}, "date_unreadable"),
        ({"attendance_option": "maybe"}, "attendance_unreadable"),
        ({"types": [{}]}, "code_unreadable"),
        ({"notes": {"a": 1}}, "text_unreadable"),
        ({"conference_url": "n/a"}, "link_unreadable"),
        ({"name": "x" * 200}, "shortened"),
    ],
)
def test_a_bad_field_is_told_and_the_meeting_stays(fields: dict[str, Any], told: str) -> None:
    assert reasons(one(**fields)) == [told]


def test_an_unknown_zone_falls_back_on_that_of_the_list() -> None:
    settings = Settings(timezone="America/New_York")
    assert one(settings, timezone="Mars/Phobos").timezone == "America/New_York"
    assert one(settings, timezone="Europe/Oslo").timezone == "Europe/Oslo"


# --- who and what ---


def test_codes_are_read_by_the_fellowship_of_the_list() -> None:
    meeting = one(types=["C", "w", "X", "S", "DD"])
    assert (meeting.open, meeting.membership, meeting.step_free, meeting.languages) == (False, "women", True, ("es",))
    assert meeting.codes == ("C", "W", "X", "S", "DD")
    assert meeting.facts == {"problem_focus": ("alcohol", "dual_diagnosis"), "gender_setting": ("women",)}
    assert one(Settings(organisation="alanon"), types=["C"]).open is None
    assert one(Settings(), types=["C"]).open is None


def test_open_and_closed_at_once_is_neither() -> None:
    meeting = one(types="O,C")
    assert meeting.open is None
    assert reasons(meeting) == ["open_and_closed"]


def test_the_newest_date_tells_when_the_row_was_last_looked_at() -> None:
    assert one(updated="2021-05-26 19:03:46", last_contact="2023-08-28").updated == "2023-08-28"
    assert one(updated="8/25/2022 11:17:07 AM").updated == "2022-08-25"
    assert one().updated == ""


def test_the_publisher_is_the_organisation_unless_the_clinic_knows_it() -> None:
    assert one(Settings(), entity="Selvhjelp Oslo").organisation == "Selvhjelp Oslo"
    assert one(AA, entity="Selvhjelp Oslo").organisation == "aa"


def test_rows_of_one_group_share_its_key() -> None:
    assert one(group_id=148539, group="District 25").group_key == "148539"
    assert one(group="Onsdag").group_key == "Onsdag"


def test_markup_and_entities_are_read_as_text() -> None:
    meeting = one(name="Men&#8217;s &amp; women&#8217;s", notes="<p>Heis<br>til 3. etasje</p>")
    assert (meeting.name, meeting.note) == ("Men’s & women’s", "Heis\ntil 3. etasje")


# --- persons ---


def test_contacts_are_left_out_and_told_once() -> None:
    meeting = one(
        contact_1_name="Ola", contact_1_phone="912 34 567", author="kari@example.org", email="a@example.org"
    )
    assert [(problem.field, problem.reason, problem.given) for problem in meeting.problems] == [
        ("contact", "contact_left_out", "")
    ]
    assert "Ola" not in repr(meeting)


def test_an_empty_contact_is_nothing_to_tell() -> None:
    assert reasons(one(contact_1_name="", email=None, phone=" ")) == []


def test_a_curator_may_keep_numbers_and_passcodes_but_not_names() -> None:
    meeting = one(
        Settings(keep_contacts=True),
        notes="Ring 912 34 567.",
        conference_url="https://zoom.us/j/1?pwd=abc",
        conference_url_notes="Passcode 1234",
        contact_1_name="Ola Nordmann",
    )
    assert meeting.link.endswith("?pwd=abc")
    assert meeting.note == "Ring 912 34 567.\nPasscode 1234"
    assert "Nordmann" not in repr(meeting)
