"""No address, telephone number or passcode of a list is left anywhere in what was read of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.feeds.bmlt import read_bmlt
from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Settings
from groups_catalog.feeds.privacy import clean_row

PLANTED = (
    *("ola.nordmann@example.org", "kari+na@post.example.no", "ola (at) example.org"),
    *("+47 912 34 567", "91 23 45 67", "912 34 567", "22334455", "004722334455", "+4791234567", "tlf. 41 00 00 00"),
    *("(555) 123-4567", "555-123-4567", "555.123.4567", "555-0199", "+1 555 123 4567", "22\u00a033\u00a044\u00a055"),
    *("passcode: hemmelig7", "Passord: hemmelig7", "pwd=hemmelig7", "Meeting ID: 912 3456 7890", "kode 4711"),
)
AROUND = (
    "",
    "Ring Ola på ",
    "Contact Peter ",
    "Vi møtes i kjelleren. ",
    "<p>",
    "Meet at 19:00 - ",
    "Hall,\n",
    "a;b ",
)
AFTER = ("", ".", " etter kl. 18", "</p>", "\nVelkommen!", " (helst SMS)", ", takk")
GUIDE = (
    *("name", "day", "time", "end_time", "timezone", "types", "location", "location_notes", "formatted_address"),
    *("address", "city", "region", "regions", "latitude", "attendance_option", "conference_url", "conference_phone"),
    *(
        "conference_url_notes",
        "conference_phone_notes",
        "notes",
        "group_notes",
        "group",
        "group_id",
        "entity",
        "updated",
    ),
    *(
        "email",
        "phone",
        "contact_1_name",
        "contact_1_phone",
        "author",
        "edit_url",
        "district",
        "unknown_field",
        "slug",
    ),
)
BMLT = (
    *(
        "meeting_name",
        "weekday_tinyint",
        "start_time",
        "duration_time",
        "time_zone",
        "venue_type",
        "formats",
        "comments",
    ),
    *("location_text", "location_info", "location_street", "location_municipality", "worldid_mixed", "bus_lines"),
    *(
        "virtual_meeting_link",
        "virtual_meeting_additional_info",
        "phone_meeting_number",
        "contact_name_1",
        "id_bigint",
    ),
    *("contact_phone_1", "email_contact", "service_body_name", "root_server_id", "published", "unknown_field"),
)
IDS = {"slug", "group_id", "id_bigint", "worldid_mixed", "root_server_id", "types", "formats"}
"""A bare number in one of these is the list's own, and is kept as it stands."""
planted = st.builds(
    lambda before, secret, after: (before + secret + after, secret), *map(st.sampled_from, (AROUND, PLANTED, AFTER))
)


@given(planted, st.lists(st.sampled_from(GUIDE), min_size=1, unique=True))
def test_nothing_planted_in_a_meeting_guide_list_is_left(told: tuple[str, str], fields: list[str]) -> None:
    row: dict[str, Any] = {"slug": "a", "name": "Onsdagsgruppa", "day": 3, "time": "19:00", "city": "Oslo"}
    row |= dict.fromkeys(set(fields) - IDS if told[1].isdigit() else fields, told[0])
    assert_gone(told[1], read_meeting_guide([row, "junk"], Settings(organisation="aa")), row)


@given(planted, st.lists(st.sampled_from(BMLT), min_size=1, unique=True))
def test_nothing_planted_in_a_bmlt_list_is_left(told: tuple[str, str], fields: list[str]) -> None:
    row: dict[str, Any] = {"id_bigint": "1", "meeting_name": "Onsdagsgruppa", "weekday_tinyint": "4"}
    row |= dict.fromkeys(set(fields) - IDS if told[1].isdigit() else fields, told[0])
    bodies = [{"id": "1", "name": told[0]}]
    formats = [{"id": "1", "key_string": told[0], "name_string": told[0], "world_id": told[0]}]
    assert_gone(told[1], read_bmlt([row], Settings(), formats=formats, service_bodies=bodies), row)


@given(planted)
def test_nothing_planted_in_a_raw_record_is_kept_with_it(told: tuple[str, str]) -> None:
    text, secret = told
    row = {"a": text, "b": [text, {"c": text, text: 1}], "contact_2_name": "Ola", "url": f"https://a.no/?x={text}"}
    assert_gone(secret, clean_row(row), {})
    assert "Ola" not in repr(
        clean_row({"contact_2_name": "Ola", "author": ["Ola"], "Kontaktperson": {"navn": "Ola"}})
    )


def assert_gone(secret: str, told: object, row: dict[str, Any]) -> None:
    for shown in (repr(told), repr(clean_row(row))):
        assert secret not in shown
        assert "hemmelig7" not in shown
        assert "4711" not in shown
        assert "example" not in shown
