"""The map: where a point falls, back again, and whether that is in Norway."""

from itertools import combinations
from math import hypot

import pytest
from django.utils import translation

from groups_catalog.places import Place, distance_km, norway
from groups_catalog.upkeep.entries.locating import located, whereabouts
from groups_catalog.upkeep.entries.map_picture import map_picture, name_boxes
from groups_catalog.upkeep.entries.norway import from_map, inside_outline, on_map, outline, town_names, towns_path
from tests.document_factories import BASE

DRAWN = {
    "Oslo": (-37.2, 70.0),
    "Bergen": (-83.1, 56.5),
    "Trondheim": (-35.8, 8.6),
    "Tromsø": (24.0, -99.2),
    "Kirkenes": (90.3, -110.6),
}
"""Where the towns stand in the drawing that the outline comes from."""
HAMAR = Place("Hamar", 60.7945, 11.06798)


@pytest.mark.parametrize("name", DRAWN)
def test_a_town_falls_where_the_drawing_has_it(name: str) -> None:
    town = next(place for place in norway() if place.name == name)
    x, y = on_map(town.latitude, town.longitude)
    assert hypot(x - DRAWN[name][0], y - DRAWN[name][1]) < 0.5


def test_every_town_comes_back_from_the_map() -> None:
    for town in norway():
        back = Place("", *from_map(*on_map(town.latitude, town.longitude)))
        assert distance_km(town, back) < 0.001


@pytest.mark.parametrize(("latitude", "longitude"), [(60.79, 11.07), (69.97, 23.27), (61.5, 9.0)])
def test_points_in_norway_are_inside(latitude: float, longitude: float) -> None:
    assert inside_outline(latitude, longitude)


@pytest.mark.parametrize(("latitude", "longitude"), [(59.33, 18.06), (58.94, 11.17), (0.0, 0.0), (-33.9, 151.2)])
def test_points_elsewhere_are_outside(latitude: float, longitude: float) -> None:
    assert not inside_outline(latitude, longitude)


def test_every_known_town_counts_as_norway() -> None:
    assert not any(found.outside for town in norway() if (found := whereabouts(town.latitude, town.longitude)))


def test_a_point_is_told_by_the_nearest_town() -> None:
    with translation.override("en"):
        near = whereabouts(60.82, 11.05)
    assert near is not None
    assert (near.words, near.outside) == ("about 3 km from Hamar", False)


def test_stockholm_is_outside() -> None:
    found = whereabouts(59.33, 18.06)
    assert found is not None
    assert found.outside


@pytest.mark.parametrize("point", [(None, None), (60.0, None), (91.0, 0.0), (0.0, 181.0)])
def test_what_is_no_point_has_no_words(point: tuple[float | None, float | None]) -> None:
    assert whereabouts(*point) is None


def test_even_the_south_pole_has_a_place_on_the_page() -> None:
    assert whereabouts(-90.0, 0.0) is not None


def test_a_town_gives_its_coordinates() -> None:
    found = located({**BASE, "place": "hamar"}, {}, ())
    assert (found["latitude"], found["longitude"]) == (HAMAR.latitude, HAMAR.longitude)


def test_typed_coordinates_stand() -> None:
    typed = {**BASE, "place": "Hamar", "latitude": 60.8, "longitude": 11.0}
    assert located(typed, BASE, ()) == typed


def test_a_new_town_does_not_keep_the_coordinates_of_the_old_one() -> None:
    before = {**BASE, "place": "Oslo", "latitude": 59.9, "longitude": 10.7}
    assert located({**before, "place": "Hamar"}, before, ())["latitude"] == HAMAR.latitude


def test_the_clinics_own_place_goes_before_a_town_of_that_name() -> None:
    own = [Place("Hamar", 62.0, 10.0)]
    assert located({**BASE, "place": "Hamar"}, {}, own)["latitude"] == 62.0


def test_an_unknown_place_gives_nothing() -> None:
    assert located({**BASE, "place": "Fjordlia"}, {}, ())["latitude"] is None


def test_the_picture_writes_numbers_with_points_in_norwegian_too() -> None:
    with translation.override("nb"):
        picture = map_picture(whereabouts(60.8, 11.1))
    assert "," not in picture.view + picture.projection + "".join(picture.spot or ())


def test_the_map_shows_all_towns_and_names_that_do_not_touch() -> None:
    assert towns_path().count("M") == len(norway())
    names = town_names()
    assert names[0].name == "Oslo"
    assert all(hypot(a.x - b.x, a.y - b.y) > 12 for a in names for b in names if a is not b)
    assert outline().startswith("M")


def test_no_name_on_the_map_lies_over_another() -> None:
    boxes = [box for _town, box in name_boxes()]
    assert len(boxes) > 15
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))


def test_names_at_the_coast_stand_out_at_sea_where_no_dots_are() -> None:
    sides = {label.words: (label.anchor, label.dx) for label in map_picture(None).labels}
    assert (sides["Bergen"], sides["Hamar"]) == (("end", "-2.5"), ("start", "2.5"))
