"""Meeting Guide lists: where a meeting is, and whether one comes in person, online or not at all just now."""

from typing import Any

import pytest

from groups_catalog.feeds.model import Mode
from tests.unit.feeds.guide_rows import one, reasons


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
