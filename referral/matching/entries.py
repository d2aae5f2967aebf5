"""The order of the entries: by lane, place, reach and seed; and a real choice among the first five."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import NamedTuple

from referral.matching.evaluation import Places
from referral.matching.model import LANES, Group
from referral.matching.seats import Seat
from referral.matching.wishes import Choices

FIRST_ENTRIES = 5
TWELVE_STEP = "twelve_step_fellowship"

Kind = frozenset[str]
Wanted = Callable[[Kind, Sequence[Kind]], bool]
ReachKey = tuple[bool, bool, float, bytes]


class Row(NamedTuple):
    """What will stand as one entry: the groups of a bundle, nearest first, and their seat."""

    seat: Seat
    groups: tuple[Group, ...]


def lane_order(said: Choices) -> tuple[str, ...]:
    """Addiction first; next of kin first when support as a relative is all that was asked for."""
    if said.get("q1_help_with", frozenset()) == {"someone_elses_use"}:
        return ("next_of_kin", "addiction", "in_addition")
    return LANES


class LineUp:
    """The rows in the menu's order, made only as far as somebody looks."""

    def __init__(
        self, seats: Iterable[Seat], places: Places, lanes: Sequence[str], reach: Callable[[Group], ReachKey]
    ) -> None:
        self.lanes = lanes
        self._reach = reach
        ranked = sorted(((lanes.index(s.lane), places.place(s.lane, s.standing), n, s) for n, s in enumerate(seats)))
        self._tied = [[row[-1] for row in tied] for _, tied in groupby(ranked, key=lambda row: row[:2])]

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(self._rows, self._tied))

    def of_lane(self, lane: str, most: int) -> list[Row]:
        """The first rows of one lane."""
        tied = (seats for seats in self._tied if seats[0].lane == lane)
        return list(islice(chain.from_iterable(map(self._rows, tied)), most))

    def __len__(self) -> int:
        return sum(len(seat.bundles) for seats in self._tied for seat in seats)

    def first_of(self, wanted: Callable[[Kind], bool]) -> Row | None:
        """The first row of a wanted kind of organisation."""
        for seats in self._tied:
            of_kind = [seat for seat in seats if wanted(seat.kind)]
            if of_kind:
                return self._rows(of_kind)[0]
        return None

    def _rows(self, tied: Iterable[Seat]) -> list[Row]:
        """Equals: by reach, then by the seed."""
        rows = [Row(seat, self._nearest_first(bundle)) for seat in tied for bundle in seat.bundles]
        return sorted(rows, key=lambda row: self._reach(row.groups[0])) if len(rows) > 1 else rows

    def _nearest_first(self, bundle: tuple[Group, ...]) -> tuple[Group, ...]:
        return tuple(sorted(bundle, key=self._reach)) if len(bundle) > 1 else bundle


class Variety(NamedTuple):
    """The rows to pin, and why promise 5 cannot be kept: `no_twelve_step`, `one_kind`, both, or None."""

    pinned: tuple[Row, ...]
    missing: str | None


def variety(line_up: LineUp) -> Variety:
    """What must be brought among the first five so that they hold a 12-step option and two kinds."""
    first = list(islice(line_up, FIRST_ENTRIES))
    pinned: list[Row] = []
    missing = []
    for name, wanted in (("no_twelve_step", _is_twelve_step), ("one_kind", _is_another_kind)):
        kinds = [row.seat.kind for row in arranged(first, pinned)[:FIRST_ENTRIES]]
        if any(wanted(kind, kinds) for kind in kinds):
            continue
        found = line_up.first_of(lambda kind, wanted=wanted, kinds=kinds: wanted(kind, kinds))  # type: ignore[misc]
        if found:
            pinned.append(found)
        else:
            missing.append(name)
    return Variety(tuple(pinned), " ".join(missing) or None)


def arranged(rows: Iterable[Row], pinned: Sequence[Row]) -> list[Row]:
    """The rows in their order, the pinned ones last among the first five. Pinning changes no band and no place."""
    others = [row for row in rows if row not in pinned]
    kept = FIRST_ENTRIES - len(pinned)
    return [*others[:kept], *pinned, *others[kept:]]


def _is_twelve_step(kind: Kind, _first: Sequence[Kind]) -> bool:
    return TWELVE_STEP in kind


def _is_another_kind(kind: Kind, first: Sequence[Kind]) -> bool:
    return bool(kind) and any(other and other != kind for other in first)
