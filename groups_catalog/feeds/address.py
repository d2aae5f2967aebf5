"""Where a meeting is: the town, the building and street, and the coordinates, as far as a list tells. Pure.

How exact an address is has to be said by the list. Peers count commas, and lose every Norwegian address by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from groups_catalog.feeds.plain import plain
from groups_catalog.feeds.times import folded
from groups_catalog.places import COUNTIES, find

BOXES = {
    "NO": (57.0, 72.0, 4.0, 32.0),
    "SE": (55.0, 69.5, 10.5, 24.5),
    "DK": (54.4, 58.0, 7.9, 15.4),
    "FI": (59.4, 70.3, 19.0, 31.8),
    "IS": (63.0, 67.0, -25.0, -13.0),
    "GB": (49.0, 61.5, -9.0, 2.5),
    "US": (17.0, 72.0, -180.0, -64.0),
}
"""Latitude from and to, longitude from and to, with a little room."""
COUNTRIES = frozenset(
    (
        *("norge", "noreg", "norway", "no", "sverige", "sweden", "danmark", "denmark", "suomi", "finland", "island"),
        *("iceland", "usa", "us", "u.s.a", "u.s", "united states", "united states of america", "uk", "england"),
        *("united kingdom", "scotland", "wales", "ireland", "canada", "deutschland", "germany", "spain", "france"),
    )
)
NOWHERE = re.compile(
    r"(?:(?:online|virtual|remote|zoom|digital\w*|phone|telephone|telefon|video|nett?|på nett)[\s-]*"
    r"(?:meeting|møte|only|group|gruppe|conference)?|(?:nett|video|telefon|zoom)[\s-]?møte)\.?",
    re.IGNORECASE,
)
"""What stands for a place where there is none."""
_STATE = re.compile(r"\.?[A-Z]{2}\.?(?:\s+[A-Z\d][A-Z\d\s-]{2,9})?")
_POSTCODE_FIRST = re.compile(r"^(?:[A-Z]{1,3}[- ])?\d{3,6}(?:\s\d{2})?\s+(?=[^\W\d])")
_POSTCODE_LAST = re.compile(r"\s+(?:\d{4,6}|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})$")
_TOWN_AFTER_POSTCODE = re.compile(r"(?<=[^\s,-])\s+(\d{4})\s+([^\d,]+?)\s*(?=,|$)")
_LONE_POSTCODE = re.compile(r"\d{3,6}(?:-\d{4})?")
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,20})?")


@dataclass(frozen=True, slots=True)
class Spot:
    latitude: float | None = None
    longitude: float | None = None
    doubts: tuple[str, ...] = ()


def in_one_line(address: object) -> object:
    """An address on several lines with a comma for each break."""
    lines = plain(address).splitlines()
    return ", ".join(line.strip(" ,") for line in lines) if len(lines) > 1 else address


def town_of(address: str) -> str:
    """Of «Karl Johans gate 1, 0154 Oslo, Norge» or «1555 Oak Ave, Los Altos, CA 94024, USA»; empty where unsure."""
    parts = _without_country(address)
    if len(parts) > 1 and _STATE.fullmatch(parts[-1]):
        parts = parts[:-1]
    if not parts:
        return ""
    town = _POSTCODE_LAST.sub("", _POSTCODE_FIRST.sub("", parts[-1])).strip()
    return "" if any(character.isdigit() for character in town) else town


def street_of(address: str) -> str:
    """What stands before the town."""
    parts = _without_country(address)
    if len(parts) > 1 and _STATE.fullmatch(parts[-1]):
        parts = parts[:-1]
    before = parts[:-1] if town_of(address) else parts
    return ", ".join(before)


def joined(parts: Iterable[str]) -> str:
    """The parts that say something, each once."""
    kept: list[str] = []
    for part in parts:
        tidy = part.strip(" ,@")
        if tidy and not any(folded(tidy) in folded(known) for known in kept):
            kept.append(tidy)
    return ", ".join(kept)


def is_nowhere(location: str) -> bool:
    """Whether a place is only called «Online meeting» or the like."""
    return bool(NOWHERE.fullmatch(location.strip()))


def spot(latitude: object, longitude: object, country: str) -> Spot:
    """Numbers or texts; nought is no place; two that are swapped are put right; far away is kept and said."""
    if _is_absent(latitude) and _is_absent(longitude):
        return Spot()
    north, east = degrees(latitude), degrees(longitude)
    if north is None or east is None:
        missing = _is_absent(latitude) or _is_absent(longitude)
        return Spot(doubts=("coordinates_half" if missing else "coordinates_unreadable",))
    if 0 in {north, east}:
        return Spot(doubts=("coordinates_zero",))
    return _placed(north, east, country)


def degrees(value: object) -> float | None:
    """59.91, "59.91", "59,91"; None for anything else, for infinity and for what no angle can be."""
    if isinstance(value, str):
        written = value.strip()[:40]
        value = float(written.replace(",", ".")) if _DEGREES.fullmatch(written) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -(10**6) < value < 10**6 and isfinite(value) else None


def _placed(north: float, east: float, country: str) -> Spot:
    if _within(north, east, country):
        return Spot(north, east)
    if _within(east, north, country) and country in BOXES:
        return Spot(east, north, ("coordinates_swapped",))
    if abs(north) > 90 or abs(east) > 180:
        swapped = abs(east) <= 90 and abs(north) <= 180
        doubts = ("coordinates_swapped", *_placed(east, north, country).doubts) if swapped else ()
        return Spot(east, north, doubts) if swapped else Spot(doubts=("coordinates_unreadable",))
    return Spot(north, east, ("outside_country",))


def _within(north: float, east: float, country: str) -> bool:
    south, top, west, right = BOXES.get(country, (-90.0, 90.0, -180.0, 180.0))
    return south <= north <= top and west <= east <= right


def _is_absent(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _without_country(address: str) -> list[str]:
    parts = [part.strip() for part in _TOWN_AFTER_POSTCODE.sub(_apart, address).split(",") if part.strip()]
    parts = parts[:-1] if parts and folded(parts[-1]).strip(" .") in COUNTRIES else parts
    # A county may stand after the town, and an American postcode after the state.
    if len(parts) > 1 and (_is_county_after_town(*parts[-2:]) or _LONE_POSTCODE.fullmatch(parts[-1])):
        parts = parts[:-1]
    return parts


def _apart(found: re.Match[str]) -> str:
    """«Storgata 1 0184 Oslo» without a comma, where the last word is a Norwegian town."""
    return f", {found[1]} {found[2]}" if find(found[2]) else found[0]


def _is_county_after_town(town: str, county: str) -> bool:
    return bool(_POSTCODE_FIRST.match(town)) and folded(county) in {folded(name) for name in COUNTIES.values()}
