"""Whose list it is may be told by its addresses and names, and is guessed only where all of them point one way."""

import pytest

from groups_catalog.feeds.fellowship import with_fellowship
from groups_catalog.feeds.model import Settings


def guessed(*rows: object, organisation: str = "") -> str:
    return with_fellowship(Settings(organisation=organisation), rows).organisation


@pytest.mark.parametrize(
    ("row", "fellowship"),
    [
        ({"url": "https://oc-aa.org/meetings/1"}, "aa"),
        ({"url": "https://sussexaa.org/meetings/1"}, "aa"),
        ({"name": "Big Book study"}, "aa"),
        ({"url": "https://staging.alanonma.org/meetings/1"}, "alanon"),
        ({"name": "Al-Anon onsdag"}, "alanon"),
        ({"entity": "NA Norge"}, "na"),
        ({"url": "https://na.example.org/1"}, "na"),
        ({"name": "Onsdag i Hamar"}, ""),
        ({"name": "Tirsdag", "url": "https://example.org/aareise"}, ""),
        ({"name": 7, "url": None, "entity": ["AA"]}, ""),
        ({"url": "https://[broken"}, ""),
    ],
)
def test_a_name_or_an_address_points_at_a_fellowship(row: dict[str, object], fellowship: str) -> None:
    assert guessed(row) == fellowship


def test_what_the_clinic_knows_stands() -> None:
    assert guessed({"name": "Big Book study"}, organisation="alanon") == "alanon"


def test_a_list_of_two_fellowships_is_nobodys() -> None:
    assert guessed({"name": "AA Hamar"}, {"name": "NA Hamar"}) == ""


def test_a_single_name_among_many_of_another_fellowship_changes_nothing() -> None:
    assert guessed({"name": "AA Hamar"}, *({"name": f"Al-Anon {number}"} for number in range(10))) == "alanon"


def test_rows_that_are_no_records_point_at_nothing() -> None:
    assert guessed(None, "AA", ["AA"]) == ""
