"""The map of Norway as the page draws it. Numbers are written out here: a page in Norwegian would write commas."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from groups_catalog import places
from groups_catalog.upkeep.entries import norway
from groups_catalog.upkeep.entries.locating import Whereabouts

FONT = 6.0
LETTER = 0.58 * FONT
"""A letter's width, rather too wide than too narrow."""
GAP = 2.5
"""From the middle of a town's dot to its name."""


class Box(NamedTuple):
    """What a name covers."""

    left: float
    right: float
    top: float
    bottom: float

    def covers(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom

    def touches(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True)
class Label:
    words: str
    x: str
    y: str
    anchor: str
    """`start` for a name to the right of its town, `end` for one to the left."""
    dx: str


@dataclass(frozen=True, slots=True)
class MapPicture:
    view: str
    outline: str
    towns: str
    labels: tuple[Label, ...]
    projection: str
    """For map.js: cone, reach, apex and the longitude of the middle."""
    spot: tuple[str, str] | None


def map_picture(where: Whereabouts | None) -> MapPicture:
    return MapPicture(
        view=" ".join(f"{number:g}" for number in norway.VIEW),
        outline=norway.outline(),
        towns=norway.towns_path(),
        labels=tuple(_label(town, box) for town, box in name_boxes()),
        projection=" ".join(f"{number:.9g}" for number in (norway.CONE, norway.REACH, norway.APEX, 15.0)),
        spot=where.spot if where else None,
    )


@cache
def name_boxes() -> tuple[tuple[norway.Named, Box], ...]:
    """The names for which there is room, each on the side of its town where it covers fewer dots: often the sea."""
    dots = [norway.on_map(town.latitude, town.longitude) for town in places.norway()]
    placed: list[tuple[norway.Named, Box]] = []
    for town in norway.town_names():
        free = [box for box in _sides(town) if not any(box.touches(other) for _town, other in placed)]
        if free:
            placed.append((town, min(free, key=lambda box: sum(box.covers(*dot) for dot in dots))))
    return tuple(placed)


def _sides(town: norway.Named) -> tuple[Box, Box]:
    width, top, bottom = LETTER * len(town.name), town.y - 0.6 * FONT, town.y + 0.4 * FONT
    near, far = GAP, GAP + width
    return Box(town.x + near, town.x + far, top, bottom), Box(town.x - far, town.x - near, top, bottom)


def _label(town: norway.Named, box: Box) -> Label:
    anchor, dx = ("start", GAP) if box.left > town.x else ("end", -GAP)
    return Label(town.name, f"{town.x:.1f}", f"{town.y:.1f}", anchor, f"{dx:g}")
