"""Towns without an outside geocoder: 624 Norwegian places and the clinic's own. Pure: no Django.

The places are from GeoNames (CC BY 4.0); see fixtures/places_no.README.md.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Protocol

from groups_catalog.spelling import without_accents

PATH = Path(__file__).resolve().parent.parent / "fixtures" / "places_no.csv"
EARTH_KM = 6371.0
SAME_PLACE_KM = 0.15
"""Two points within 150 m may be one house: a pin in the street and one on the roof are that far apart."""
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n"})
"""All that the towns of Norway are spelled with, in Norwegian and Sámi."""
COUNTIES = {
    "01": "Akershus",
    "04": "Buskerud",
    "05": "Finnmark",
    "08": "Møre og Romsdal",
    "09": "Nordland",
    "12": "Oslo",
    "13": "Østfold",
    "14": "Rogaland",
    "17": "Telemark",
    "18": "Troms",
    "20": "Vestfold",
    "21": "Trøndelag",
    "34": "Innlandet",
    "42": "Agder",
    "46": "Vestland",
}
"""GeoNames' first-level codes for Norway."""


class Located(Protocol):
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    """As it is offered in a list: with the county where two places share a name."""
    latitude: float
    longitude: float


@cache
def norway() -> tuple[Place, ...]:
    """The known towns and villages, the most populous first."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    shared = Counter(row["name"] for row in rows)
    return tuple(_place(row, told_apart=shared[row["name"]] > 1) for row in rows)


def find(name: str, own: Iterable[Place] = ()) -> Place | None:
    """The place of that name, the clinic's own first. Letter case, accents and spaces do not matter.

    A name that two places share, written without the county, means the more populous one.
    """
    wanted = plain(name)
    return (_by_name(own).get(wanted) or _norway_by_name().get(wanted)) if wanted else None


def suggestions(own: Iterable[Place] = ()) -> tuple[str, ...]:
    """Names for a list of suggestions, the clinic's own first, each once."""
    return tuple(dict.fromkeys(place.name for place in (*own, *norway())))


def distance_km(a: Located, b: Located) -> float:
    """Great-circle distance in kilometres: an estimate, never a travel time."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    up, along = (lat_b - lat_a) / 2, radians(b.longitude - a.longitude) / 2
    half_chord = sqrt(sin(up) ** 2 + cos(lat_a) * cos(lat_b) * sin(along) ** 2)
    return 2 * EARTH_KM * asin(min(1.0, half_chord))


def plain(name: str) -> str:
    """Letters and digits only, without case or accents: «Bodø » → `bodo`."""
    return "".join(filter(str.isalnum, without_accents(name, LETTERS)))


def _place(row: dict[str, str], *, told_apart: bool) -> Place:
    name = f"{row['name']} ({COUNTIES[row['admin1']]})" if told_apart else row["name"]
    return Place(name, float(row["latitude"]), float(row["longitude"]))


@cache
def _norway_by_name() -> dict[str, Place]:
    return _by_name(norway())


def _by_name(places: Iterable[Place]) -> dict[str, Place]:
    """By the full name, and without the county where no other place before it has that name."""
    listed = tuple(places)
    short = {plain(place.name.partition(" (")[0]): place for place in reversed(listed)}
    return {**short, **{plain(place.name): place for place in reversed(listed)}}
