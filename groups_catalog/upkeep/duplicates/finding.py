"""Groups of one catalog that may be the same group twice. A suggestion only; a person decides. Pure.

Two groups are suggested when all of this holds:

    organisation   the same
    time           a meeting on the same weekday that starts within 15 minutes; or no times, and the same name
    place          within 150 m; without coordinates the same town, and no other venue; online: no other link
    name           alike, as `names.py` says
    membership     not women here and men there

Only groups that share a weekday, a quarter of an hour and a spot are compared at all, so the work grows with the
catalog and not with its square. Where more than CROWD share all that, only equal names are compared.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from groups_catalog.places import SAME_PLACE_KM, distance_km
from groups_catalog.upkeep.duplicates.names import Name, alike

MINUTES = 15
WEEK = 7 * 24 * 60
SLOTS = WEEK // MINUTES
CELL = 0.01
"""Degrees. North and south 1.1 km, east and west 190 m at 80° north: a neighbour within 150 m is in the next cell."""
CROWD = 50
"""Rather an overlooked pair among fifty groups at one time and spot than an hour of comparing."""
EXCLUSIVE = frozenset(("women", "men"))

Index = dict[Hashable, list[int]]


class Reason(StrEnum):
    SAME_NAME = "same_name"
    ALIKE_NAMES = "alike_names"
    SAME_TIMES = "same_times"
    SHARED_TIME = "shared_time"
    NO_TIMES = "no_times"
    SAME_SPOT = "same_spot"
    SAME_VENUE = "same_venue"
    SAME_TOWN = "same_town"
    SAME_LINK = "same_link"
    BOTH_ONLINE = "both_online"


WEIGHTS = {
    Reason.SAME_NAME: 3,
    Reason.ALIKE_NAMES: 1,
    Reason.SAME_TIMES: 2,
    Reason.SHARED_TIME: 1,
    Reason.NO_TIMES: 0,
    Reason.SAME_SPOT: 3,
    Reason.SAME_LINK: 3,
    Reason.SAME_VENUE: 2,
    Reason.SAME_TOWN: 1,
    Reason.BOTH_ONLINE: 1,
}
"""Only for the order of the list: the likeliest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is looked at of one group."""

    slug: str
    name: Name
    organisation: str
    membership: str
    online: bool
    """Whether one may come online."""
    place: str
    venue: str
    link: str
    coordinates: "Spot | None"
    times: frozenset[int]
    """Starts of its meetings, in minutes since Monday 00:00."""


@dataclass(frozen=True, slots=True)
class Spot:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    first: str
    second: str
    reasons: tuple[Reason, ...]

    @property
    def certainty(self) -> int:
        return sum(WEIGHTS[reason] for reason in self.reasons)


def find(entries: Sequence[Entry]) -> tuple[Suggestion, ...]:
    """Each pair once, the likeliest first; in a pair the one that comes first in `entries` stands first."""
    index = _index(entries)
    found: dict[tuple[int, int], Suggestion] = {}
    for number, entry in enumerate(entries):
        for other in _neighbours(entry, index):
            pair = (min(number, other), max(number, other))
            if number != other and pair not in found and (same := judge(entries[pair[0]], entries[pair[1]])):
                found[pair] = same
    in_order = sorted(found, key=lambda pair: (-found[pair].certainty, pair))
    return tuple(found[pair] for pair in in_order)


def judge(a: Entry, b: Entry) -> Suggestion | None:
    """Whether two entries of the catalog may be one group, and why."""
    if a.organisation != b.organisation or not alike(a.name, b.name):
        return None
    if a.membership != b.membership and {a.membership, b.membership} == EXCLUSIVE:
        return None
    name, time, place = _name(a, b), _time(a, b), _place(a, b)
    return Suggestion(a.slug, b.slug, (name, time, place)) if time and place else None


def near_in_time(one: int, other: int) -> bool:
    """Of two minutes of the week; Sunday midnight is near Monday."""
    apart = abs(one - other) % WEEK
    return min(apart, WEEK - apart) <= MINUTES


def _name(a: Entry, b: Entry) -> Reason:
    return Reason.SAME_NAME if a.name.whole == b.name.whole else Reason.ALIKE_NAMES


def _time(a: Entry, b: Entry) -> Reason | None:
    if not a.times or not b.times:
        return Reason.NO_TIMES if a.name.whole == b.name.whole else None
    if a.times == b.times:
        return Reason.SAME_TIMES
    return Reason.SHARED_TIME if any(near_in_time(one, other) for one in a.times for other in b.times) else None


def _place(a: Entry, b: Entry) -> Reason | None:
    if a.link and a.link == b.link:
        return Reason.SAME_LINK
    if a.coordinates and b.coordinates:
        return Reason.SAME_SPOT if distance_km(a.coordinates, b.coordinates) <= SAME_PLACE_KM else None
    if a.place and b.place:
        return _town(a, b)
    both_online = a.online and b.online and not (a.link and b.link)
    return Reason.BOTH_ONLINE if both_online else None


def _town(a: Entry, b: Entry) -> Reason | None:
    if a.place != b.place or (a.venue and b.venue and a.venue != b.venue):
        return None
    return Reason.SAME_VENUE if a.venue and a.venue == b.venue else Reason.SAME_TOWN


def _index(entries: Sequence[Entry]) -> Index:
    index: Index = defaultdict(list)
    for number, entry in enumerate(entries):
        for key in _filed(entry):
            index[key].append(number)
            index[key, entry.name.whole].append(number)
    return index


def _neighbours(entry: Entry, index: Index) -> set[int]:
    found: set[int] = set()
    for key in _looked_up(entry):
        near = index.get(key, [])
        found.update(near if len(near) <= CROWD else index[key, entry.name.whole][:CROWD])
    return found


def _filed(entry: Entry) -> Iterator[Hashable]:
    """Under every slot of its times, and in each under every way to find it."""
    ways: list[Hashable] = [_cell(entry), entry.place, _online(entry), entry.link and ("link", entry.link)]
    for slot in {time // MINUTES for time in entry.times}:
        yield from ((entry.organisation, slot, way) for way in ways if way)
    yield entry.organisation, entry.name.whole


def _looked_up(entry: Entry) -> Iterator[Hashable]:
    """What has no coordinates looks through its whole town, what has no link among all that is online."""
    spots: list[Hashable] = [*_cells_around(entry), *([("link", entry.link)] if entry.link else [])]
    if not entry.coordinates and entry.place:
        spots.append(entry.place)
    if entry.online and not entry.link:
        spots.append(_online(entry))
    for slot in {(time // MINUTES + step) % SLOTS for time in entry.times for step in (-1, 0, 1)}:
        yield from ((entry.organisation, slot, spot) for spot in spots)
    if not entry.times:
        yield entry.organisation, entry.name.whole


def _online(entry: Entry) -> Hashable:
    return ("online",) if entry.online else None


def _cell(entry: Entry) -> tuple[int, int] | None:
    spot = entry.coordinates
    return (int(spot.latitude // CELL), int(spot.longitude // CELL)) if spot else None


def _cells_around(entry: Entry) -> list[Hashable]:
    cell = _cell(entry)
    if cell is None:
        return []
    return [(cell[0] + up, cell[1] + along) for up in (-1, 0, 1) for along in (-1, 0, 1)]
