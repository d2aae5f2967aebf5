"""Towns are found however they are spelled, and distances are great-circle estimates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.places import Place, distance_km, find, norway, suggestions

OWN = (Place("Fjordlia", 62.2, 9.5), Place("Oslo", 62.0, 9.0))
places = st.builds(Place, st.just("Somewhere"), st.floats(-90, 90), st.floats(-180, 180))


def test_there_are_624_places_in_norway() -> None:
    assert len(norway()) == 624
    assert all(57 < place.latitude < 72 and 4 < place.longitude < 32 for place in norway())


@pytest.mark.parametrize("name", ["Tromsø", "tromsø", " TROMSO ", "Tromsø\u00a0"])
def test_case_accents_and_spaces_do_not_matter(name: str) -> None:
    found = find(name)
    assert found is not None
    assert found.name == "Tromsø"


@pytest.mark.parametrize("name", ["", "  ", "Atlantis", "0552"])
def test_what_is_no_place_is_not_found(name: str) -> None:
    assert find(name) is None


def test_the_clinics_own_places_come_first() -> None:
    assert find("oslo", OWN) == OWN[1]
    assert find("fjordlia", OWN) == OWN[0]
    assert suggestions(OWN)[:2] == ("Fjordlia", "Oslo")


def test_a_name_that_two_places_share_is_told_apart_by_county() -> None:
    rogaland, innlandet, plain = find("Sand (Rogaland)"), find("sand (innlandet)"), find("Sand")
    assert rogaland is not None
    assert innlandet is not None
    assert rogaland != innlandet
    assert plain == rogaland, "without a county the more populous one is meant"


def test_every_suggestion_leads_to_a_place() -> None:
    assert all(find(name, OWN) for name in suggestions(OWN))
    assert len(set(suggestions(OWN))) == len(suggestions(OWN))


def test_oslo_and_bergen_are_about_300_km_apart() -> None:
    oslo, bergen = find("Oslo"), find("Bergen")
    assert oslo is not None
    assert bergen is not None
    assert distance_km(oslo, bergen) == pytest.approx(305, abs=2)


@given(places, places)
def test_the_way_there_is_as_long_as_the_way_back(a: Place, b: Place) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) <= 20016


@given(places)
def test_a_place_is_no_distance_from_itself(a: Place) -> None:
    assert distance_km(a, a) == pytest.approx(0, abs=1e-6)
