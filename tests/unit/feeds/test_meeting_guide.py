"""Meeting Guide lists: what the peers' importers get wrong is read right, and what cannot be read is told."""

from typing import Any

import pytest

from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Mode, Settings

AA = Settings(organisation="aa")


def a_row(**fields: Any) -> dict[str, Any]:
    return {"slug": "onsdag", "name": "Onsdagsgruppa", "day": 3, "time": "19:00", "city": "Oslo"} | fields


def one(settings: Settings = AA, **fields: Any) -> Meeting:
    (meeting,) = read_meeting_guide([a_row(**fields)], settings).meetings
    return meeting


def reasons(meeting: Meeting) -> list[str]:
    return [problem.reason for problem in meeting.problems]


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


# --- where and how ---


@pytest.mark.parametrize(
    ("address", "town", "street"),
    [
        ("Karl Johans gate 1, 0154 Oslo, Norge", "Oslo", "Karl Johans gate 1"),
        ("Storgata 1, Bergen", "Bergen", "Storgata 1"),
        ("Oslo, Norge", "Oslo", ""),
        ("1555 Oak Ave, Los Altos, CA 94024, USA", "Los Altos", "1555 Oak Ave"),
        ("10 High St, London SW1A 1AA, UK", "London", "10 High St"),
        ("Storgata 5", "", "Storgata 5"),
    ],
)
def test_an_address_with_few_commas_is_still_a_place_to_go(address: str, town: str, street: str) -> None:
    meeting = one(city=None, formatted_address=address)
    assert (meeting.place, meeting.venue, meeting.mode) == (town, street, Mode.IN_PERSON)


@pytest.mark.parametrize(
    ("written", "mode"), [("yes", "unknown"), (True, "unknown"), ("no", "in_person"), (False, "in_person")]
)
def test_only_the_list_itself_says_that_an_address_is_approximate(written: object, mode: str) -> None:
    meeting = one(formatted_address="Storgata 1, 0184 Oslo", approximate=written)
    assert meeting.mode == mode
    assert reasons(meeting) == (["address_approximate"] if mode == "unknown" else [])


def test_a_town_among_the_regions_is_the_place() -> None:
    assert one(city="", regions=["Norge", "Tromsø"]).place == "Tromsø"
    assert one(city="", region="District 25").place == ""


@pytest.mark.parametrize("url", ["https://whereby.com/onsdag", "https://video.example.no/rom", "zoom.us/j/1"])
def test_any_video_service_is_online(url: str) -> None:
    assert one(conference_url=url, location="Kirken").mode == Mode.HYBRID
    assert one(conference_url=url, approximate="yes").mode == Mode.ONLINE
    assert one(conference_url=url, city="", types=["TC"]).mode == Mode.ONLINE


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"types": ["TC"]}, Mode.PAUSED),
        ({"types": ["TC", "ONL"]}, Mode.ONLINE),
        ({"types": ["TC"], "conference_phone": "+4722334455"}, Mode.ONLINE),
        ({"conference_phone": "+4722334455", "address": "Storgata 1"}, Mode.HYBRID),
        (
            {"location": "Online Meeting", "formatted_address": "San Jose, CA, USA", "conference_url": "a.no/1"},
            Mode.ONLINE,
        ),
        ({"city": "", "location": "Nettmøte"}, Mode.ONLINE),
        ({"attendance_option": "inactive"}, Mode.PAUSED),
        ({"attendance_option": "online", "address": "Storgata 1"}, Mode.ONLINE),
        ({"attendance_option": "In-Person"}, Mode.IN_PERSON),
        ({"city": ""}, Mode.UNKNOWN),
    ],
)
def test_how_people_meet_is_read_off_all_that_tells_it(fields: dict[str, Any], mode: Mode) -> None:
    meeting = one(**fields)
    assert meeting.mode == mode
    assert not {"attendance_contradicts", "attendance_unreadable"} & set(reasons(meeting))


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"attendance_option": "in_person", "types": ["TC"]}, Mode.PAUSED),
        ({"attendance_option": "hybrid", "types": ["TC"], "conference_url": "https://a.no/1"}, Mode.ONLINE),
        ({"attendance_option": "in_person", "approximate": "yes"}, Mode.UNKNOWN),
        ({"attendance_option": "in_person", "address": "A 1", "conference_url": "https://a.no/1"}, Mode.IN_PERSON),
        ({"attendance_option": "hybrid", "address": "A 1"}, Mode.HYBRID),
    ],
)
def test_a_list_that_contradicts_itself_is_told_and_sends_nobody_to_a_closed_door(
    fields: dict[str, Any], mode: Mode
) -> None:
    meeting = one(**fields)
    assert meeting.mode == mode
    assert "attendance_contradicts" in reasons(meeting)


@pytest.mark.parametrize(
    ("latitude", "longitude", "read", "told"),
    [
        (59.91, 10.75, (59.91, 10.75), []),
        ("59,91", "10.75", (59.91, 10.75), []),
        (10.75, 59.91, (59.91, 10.75), ["coordinates_swapped"]),
        (33.57, -101.8, (33.57, -101.8), ["outside_country"]),
        (0, 0, (None, None), ["coordinates_zero"]),
        (0.0, -101.8, (None, None), ["coordinates_zero"]),
        (59.91, None, (None, None), ["coordinates_half"]),
        ("north", "east", (None, None), ["coordinates_unreadable"]),
        (float("nan"), 10.75, (None, None), ["coordinates_unreadable"]),
        (None, "", (None, None), []),
    ],
)
def test_coordinates_are_read_mended_or_told(
    latitude: object, longitude: object, read: tuple[float | None, float | None], told: list[str]
) -> None:
    meeting = one(latitude=latitude, longitude=longitude)
    assert (meeting.latitude, meeting.longitude) == read
    assert reasons(meeting) == told


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


# --- names and keys ---


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
