"""The outline of Norway, and how a point on the map becomes latitude and longitude. Pure: no Django.

The outline is Natural Earth's (public domain), already drawn in a Lambert conformal conic projection: standard
parallels 60° N and 68.5° N, origin 64° N 15° E, one unit = 6.371 km, y pointing south. The parallels were measured
from the towns drawn with it; known towns fall within one unit of where they should be.
"""

import re
from dataclasses import dataclass
from functools import cache
from math import atan, atan2, cos, degrees, hypot, log, pi, radians, sin, tan
from pathlib import Path

from groups_catalog.places import Place, norway

OUTLINE = Path(__file__).with_name("norway_outline.txt")
UNITS = 1000.0
"""Units to one radius of the earth."""
VIEW = (-100.0, -142.0, 208.0, 254.0)
"""Left, top, width and height of the whole map."""
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = radians(64.0), radians(15.0)
SOUTH, NORTH = radians(60.0), radians(68.5)
LABELLED = 24
ROOM_BETWEEN_NAMES = 12.0
POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    x: float
    y: float


def _half_way(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


CONE = log(cos(SOUTH) / cos(NORTH)) / log(_half_way(NORTH) / _half_way(SOUTH))
REACH = UNITS * cos(SOUTH) * _half_way(SOUTH) ** CONE / CONE
APEX = REACH / _half_way(ORIGIN_LATITUDE) ** CONE
"""How far above the origin the cone's tip lies."""


def on_map(latitude: float, longitude: float) -> Spot:
    """Latitude and longitude in degrees → x to the east and y to the south of the origin."""
    away = REACH / _half_way(radians(latitude)) ** CONE
    turned = CONE * (radians(longitude) - ORIGIN_LONGITUDE)
    return away * sin(turned), away * cos(turned) - APEX


def from_map(x: float, y: float) -> Spot:
    """The other way round; static/veivalg/map.js does the same."""
    down = APEX + y
    latitude = 2 * atan((REACH / hypot(x, down)) ** (1 / CONE)) - pi / 2
    return degrees(latitude), degrees(atan2(x, down) / CONE + ORIGIN_LONGITUDE)


@cache
def outline() -> str:
    """The path of an SVG."""
    return OUTLINE.read_text("ascii").replace("\n", "")


def inside_outline(latitude: float, longitude: float) -> bool:
    """Whether a line from the point to the east crosses the shore an odd number of times."""
    if not (50 < latitude < 85 and -30 < longitude < 60):
        return False
    x, y = on_map(latitude, longitude)
    return sum(_crossed(x, y, *side) for side in _sides()) % 2 == 1


@cache
def towns_path() -> str:
    """Each known town as a dot: a line of no length with a round end."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in map(_spot, norway()))


@cache
def town_names() -> tuple[Named, ...]:
    """The largest towns whose names have room."""
    named: list[Named] = []
    for town in norway():
        x, y = _spot(town)
        if all(hypot(x - other.x, y - other.y) > ROOM_BETWEEN_NAMES for other in named):
            named.append(Named(town.name.partition(" (")[0], round(x, 1), round(y, 1)))
        if len(named) == LABELLED:
            break
    return tuple(named)


def _spot(place: Place) -> Spot:
    return on_map(place.latitude, place.longitude)


@cache
def _sides() -> tuple[tuple[Spot, Spot], ...]:
    """Every straight piece of the shore and the border."""
    found: list[tuple[Spot, Spot]] = []
    for ring in outline().split("M"):
        points = [(float(x), float(y)) for x, y in POINT.findall(ring)]
        found += zip(points, points[1:] + points[:1], strict=True)
    return tuple(found)


def _crossed(x: float, y: float, start: Spot, end: Spot) -> bool:
    (ax, ay), (bx, by) = start, end
    return (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
