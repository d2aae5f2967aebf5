"""Where a meeting is, in addresses of lists nobody has seen; and «Online» where a place should stand."""

from typing import Any

import pytest

from groups_catalog.feeds.address import street_of, town_of
from groups_catalog.feeds.bmlt import read_bmlt
from groups_catalog.feeds.meeting_guide import read_meeting_guide
from groups_catalog.feeds.model import Meeting, Settings
from tests.unit.feeds.tables import one


def guide(**fields: Any) -> Meeting:
    row = {"slug": "a", "name": "A", "day": 1, "time": "19:00", **fields}
    return read_meeting_guide([row], Settings()).meetings[0]


def bmlt(**fields: Any) -> Meeting:
    row = {"id_bigint": "1", "meeting_name": "A", "weekday_tinyint": "2", "start_time": "19:00:00", **fields}
    return read_bmlt([row], Settings()).meetings[0]


@pytest.mark.parametrize(
    ("address", "street", "town"),
    [
        ("Storgata 1 0184 Oslo", "Storgata 1", "Oslo"),
        ("Storgata 1 0184 Oslo, Norge", "Storgata 1", "Oslo"),
        ("Storgata 1, 7011 Trondheim, Trøndelag, Norge", "Storgata 1", "Trondheim"),
        ("Storgata 1, 0184 Oslo, Oslo, Norge", "Storgata 1", "Oslo"),
        ("Storgata 1, Oslo", "Storgata 1", "Oslo"),
        ("1 Main St, Anytown, OK, 12345, USA", "1 Main St", "Anytown"),
        ("100 Oak St, Suite 1200 North", "100 Oak St, Suite 1200 North", ""),
    ],
)
def test_a_town_is_found_without_commas_and_before_its_county(address: str, street: str, town: str) -> None:
    assert (street_of(address), town_of(address)) == (street, town)


def test_an_address_on_several_lines_has_a_town() -> None:
    assert guide(formatted_address="Storgata 1\n0184 Oslo\nNorge").place == "Oslo"
    assert one(Full_address="Storgata 1\n0184 Oslo").place == "Oslo"


@pytest.mark.parametrize("field", ["location", "formatted_address", "address", "city"])
def test_online_is_no_place_in_any_field_of_a_meeting_guide_row(field: str) -> None:
    meeting = guide(**{field: "Online"})
    assert (meeting.mode, meeting.place, meeting.venue) == ("online", "", "")


@pytest.mark.parametrize("field", ["location_text", "location_street", "location_municipality"])
def test_online_is_no_place_in_any_field_of_a_bmlt_row(field: str) -> None:
    meeting = bmlt(**{field: "Online"})
    assert (meeting.mode, meeting.place, meeting.venue) == ("online", "", "")


@pytest.mark.parametrize("heading", ["Town", "Building", "Address", "Full address"])
def test_online_is_no_place_in_any_cell_of_a_table(heading: str) -> None:
    meeting = one(**{heading.replace(" ", "_"): "På nett"})
    assert (meeting.mode, meeting.place, meeting.venue) == ("online", "", "")


@pytest.mark.parametrize(("more", "mode"), [({}, "unknown"), ({"conference_url": "https://a.no/x"}, "online")])
def test_a_country_alone_is_no_place_to_go(more: dict[str, str], mode: str) -> None:
    assert guide(formatted_address="Norge", **more).mode == mode


def test_a_town_alone_still_is() -> None:
    assert guide(formatted_address="Oslo, Norge").mode == "in_person"


def test_the_lists_own_number_stands_in_for_a_missing_slug() -> None:
    assert guide(slug=None, id=7).source_key == "7"


def test_the_ids_of_formats_may_come_as_a_list_or_with_spaces() -> None:
    formats = [{"id": "4", "key_string": "X", "world_id": "CLOSED", "lang": "en"}]
    for ids in ([4], " 4, 9", "4"):
        row = {"id_bigint": "1", "meeting_name": "A", "formats": "O", "format_shared_id_list": ids}
        assert read_bmlt([row], Settings(), formats=formats).meetings[0].open is False
