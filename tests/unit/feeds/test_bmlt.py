"""BMLT's answers: Sunday is 1, everything is text, and a format is known by its world-wide id."""

from typing import Any

import pytest

from groups_catalog.feeds.bmlt import read_bmlt
from groups_catalog.feeds.model import Meeting, Mode, Settings

FORMATS = [
    {"id": "17", "key_string": "Å", "world_id": "OPEN", "name_string": "Åben", "lang": "da"},
    {"id": "4", "key_string": "L", "world_id": "CLOSED", "name_string": "Lukket", "lang": "da"},
    {"id": "17", "key_string": "O", "world_id": "OPEN", "name_string": "Open", "lang": "en"},
    {"id": "32", "key_string": "K", "world_id": "W", "name_string": "Kvinder", "lang": "da"},
    {"id": "33", "key_string": "W", "world_id": "WCHR", "name_string": "Wheelchair", "lang": "en"},
    {"id": "49", "key_string": "L/R", "world_id": "LANG", "name_string": "Lithuanian/Russian", "lang": "en"},
    {"id": "50", "key_string": "WEB", "world_id": "", "name_string": "Online Meeting", "lang": "en"},
    {"id": "61", "key_string": "VM", "world_id": "VM", "name_string": "Virtual Meeting", "lang": "en"},
    {"id": "62", "key_string": "TC", "world_id": "TC", "name_string": "Temporarily Closed", "lang": "en"},
    {"id": "63", "key_string": "HY", "world_id": "HYBR", "name_string": "Hybrid", "lang": "en"},
]


def a_row(**fields: Any) -> dict[str, Any]:
    return {
        "id_bigint": "1452",
        "meeting_name": "Rett fram",
        "weekday_tinyint": "2",
        "start_time": "19:00:00",
        "duration_time": "01:30:00",
        "location_municipality": "Oslo",
        "location_street": "Storgata 1",
    } | fields


def one(server: object = None, /, **fields: Any) -> Meeting:
    """One row, and the answer of GetFormats on its server."""
    (meeting,) = read_bmlt([a_row(**fields)], Settings(organisation="na"), formats=server).meetings
    return meeting


def reasons(meeting: Meeting) -> list[str]:
    return [problem.reason for problem in meeting.problems]


def test_a_plain_row_is_read_without_a_problem() -> None:
    meeting = one(worldid_mixed="G00299489", location_text="Kirken", comments="Heis", published="1", time_zone="")
    assert meeting == Meeting(
        row=1,
        source_key="1452",
        name="Rett fram",
        organisation="na",
        group_key="G00299489",
        weekday=0,
        start="19:00",
        minutes=90,
        mode=Mode.IN_PERSON,
        place="Oslo",
        venue="Kirken, Storgata 1",
        note="Heis",
    )


@pytest.mark.parametrize(("day", "weekday"), [("1", 6), ("2", 0), ("7", 5), (3, 1)])
def test_sunday_is_one(day: object, weekday: int) -> None:
    assert one(weekday_tinyint=day).weekday == weekday


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"weekday_tinyint": "0"}, "day_unreadable"),
        ({"weekday_tinyint": "8"}, "day_unreadable"),
        ({"weekday_tinyint": ""}, "day_missing"),
        ({"start_time": ""}, "time_missing"),
        ({"start_time": "24:00:00"}, "time_unreadable"),
        ({"duration_time": "00:00:00"}, "duration_unlikely"),
        ({"duration_time": "24:00:00"}, "duration_unlikely"),
        ({"duration_time": "long"}, "duration_unreadable"),
        ({"time_zone": "Mars/Phobos"}, "zone_unknown"),
        ({"venue_type": "9"}, "attendance_unreadable"),
        ({"latitude": "0", "longitude": "0"}, "coordinates_zero"),
        ({"contact_name_1": "Ola"}, "contact_left_out"),
        ({"comments": "Ring 912 34 567"}, "contact_left_out"),
        ({"id_bigint": ""}, "key_missing"),
    ],
)
def test_a_bad_field_is_told_and_the_meeting_stays(fields: dict[str, Any], told: str) -> None:
    assert reasons(one(**fields)) == [told]


def test_a_length_that_cannot_be_is_unknown() -> None:
    assert one(duration_time="24:00:00").minutes is None
    assert one(duration_time="").minutes is None


def test_formats_are_known_by_their_shared_id_whatever_the_key() -> None:
    meeting = one(FORMATS, formats="Å,K,W", format_shared_id_list="17,32,33")
    assert (meeting.open, meeting.membership, meeting.step_free) == (True, "women", True)
    assert meeting.codes == ("Å", "K", "W")


def test_formats_are_known_by_key_where_the_ids_did_not_come_along() -> None:
    assert one(FORMATS, formats="L").open is False
    assert one(FORMATS, formats="W").step_free is True


def test_the_formats_inside_the_answer_are_used() -> None:
    answer = {"meetings": [a_row(formats="L", format_shared_id_list="4")], "formats": FORMATS}
    assert read_bmlt(answer, Settings()).meetings[0].open is False


def test_a_key_that_two_formats_share_stands_for_neither() -> None:
    shared = [
        *FORMATS,
        {"id": "99", "key_string": "L", "world_id": "LC", "name_string": "Living Clean", "lang": "en"},
    ]
    assert one(shared, formats="L").open is None


def test_english_keys_are_read_where_no_formats_came_along() -> None:
    meeting = one(formats="C,W,WC,ES", lang_enum="en")
    assert (meeting.open, meeting.membership, meeting.step_free, meeting.languages) == (False, "women", True, ("es",))


def test_the_keys_of_another_language_are_not_guessed() -> None:
    meeting = one(formats="C,W,VM", lang_enum="de")
    assert (meeting.open, meeting.membership, meeting.mode) == (None, "everyone", Mode.ONLINE)


def test_languages_come_from_formats_and_not_from_the_record() -> None:
    assert one(FORMATS, formats="L/R", format_shared_id_list="49", lang_enum="en").languages == ("lt", "ru")
    assert one(lang_enum="en").languages == ()


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        *(({"venue_type": "1"}, "in_person"), ({"venue_type": "2"}, "online"), ({"venue_type": "3"}, "hybrid")),
        ({"venue_type": "2", "formats": "TC"}, "online"),
        *(({"formats": "VM"}, "online"), ({"formats": "HY"}, "hybrid"), ({"formats": "TC"}, "paused")),
        *(({"formats": "VM,TC"}, "online"), ({"formats": "WEB", "format_shared_id_list": "50"}, "online")),
        # Links stand on rows of meetings in person too.
        ({"venue_type": "1", "virtual_meeting_link": "https://zoom.us/j/1"}, "in_person"),
        ({"virtual_meeting_link": "https://whereby.com/a"}, "hybrid"),
        ({"virtual_meeting_link": "https://whereby.com/a", "location_street": ""}, "online"),
        ({"phone_meeting_number": "+4722334455", "location_street": "", "formats": "TC"}, "online"),
        ({"location_municipality": "", "location_street": ""}, "unknown"),
    ],
)
def test_how_people_meet_is_read_off_venue_formats_and_links(fields: dict[str, Any], mode: str) -> None:
    meeting = one(FORMATS, **fields)
    assert meeting.mode == mode
    assert "attendance_contradicts" not in reasons(meeting)


@pytest.mark.parametrize(
    ("fields", "mode"),
    [
        ({"venue_type": "1", "formats": "TC"}, "paused"),
        ({"venue_type": "3", "formats": "TC"}, "online"),
        ({"venue_type": "1", "formats": "VM"}, "in_person"),
    ],
)
def test_a_venue_that_the_formats_contradict_is_told(fields: dict[str, Any], mode: str) -> None:
    meeting = one(**fields)
    assert (meeting.mode, reasons(meeting)) == (mode, ["attendance_contradicts"])


@pytest.mark.parametrize("published", ["0", 0, False])
def test_an_unpublished_row_is_dropped_by_name(published: object) -> None:
    reading = read_bmlt([a_row(published=published), a_row(id_bigint="2")], Settings())
    assert [meeting.source_key for meeting in reading.meetings] == ["2"]
    assert [(problem.row, problem.reason) for problem in reading.problems] == [(1, "dropped_unpublished")]


def test_the_area_that_publishes_a_meeting_is_named() -> None:
    bodies = [{"id": "1003", "name": "Oslo område"}, {"id": "1004", "name": "Ring 912 34 567"}]
    rows = [a_row(id_bigint=body, service_body_bigint=body) for body in ("1003", "1004", "1005")]
    named = read_bmlt(rows, Settings(), service_bodies=bodies).meetings
    assert [meeting.organisation for meeting in named] == ["Oslo område", "", ""]
    assert read_bmlt([a_row(service_body_name="Bergen")], Settings()).meetings[0].organisation == "Bergen"


def test_ids_from_several_servers_are_told_apart() -> None:
    rows = [a_row(root_server_id="1"), a_row(root_server_id="2")]
    assert [meeting.source_key for meeting in read_bmlt(rows, Settings()).meetings] == ["1-1452", "2-1452"]


def test_a_passcode_is_never_kept_and_an_own_field_loses_its_heading() -> None:
    meeting = one(
        virtual_meeting_link="https://zoom.us/j/1?pwd=abc",
        virtual_meeting_additional_info="Passcode: abc",
        bus_lines="Bus Lines#@-@#Buss 30 til Bygdøy",
    )
    assert (meeting.link, meeting.note) == ("https://zoom.us/j/1", "Buss 30 til Bygdøy")
    assert reasons(meeting) == ["contact_left_out", "passcode_left_out"]


def test_a_group_number_of_the_world_services_tells_that_the_list_is_of_na() -> None:
    record = {"id_bigint": "1", "weekday_tinyint": "2", "start_time": "19:00:00", "meeting_name": "Onsdag"}
    told = read_bmlt([{**record, "worldid_mixed": "G00299489"}], Settings())
    assert [meeting.organisation for meeting in told.meetings] == ["na"]
    assert [meeting.organisation for meeting in read_bmlt([record], Settings()).meetings] == [""]
    known = read_bmlt([{**record, "worldid_mixed": "G00299489"}], Settings(organisation="wfs"))
    assert [meeting.organisation for meeting in known.meetings] == ["wfs"]
