"""The map of Norway as the page draws it. Numbers are written out here: a page in Norwegian would write commas."""

from dataclasses import dataclass

from groups_catalog.upkeep.entries import norway
from groups_catalog.upkeep.entries.locating import Whereabouts


@dataclass(frozen=True, slots=True)
class Label:
    words: str
    x: str
    y: str


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
        labels=tuple(Label(town.name, f"{town.x:.1f}", f"{town.y:.1f}") for town in norway.town_names()),
        projection=" ".join(f"{number:.9g}" for number in (norway.CONE, norway.REACH, norway.APEX, 15.0)),
        spot=where.spot if where else None,
    )
