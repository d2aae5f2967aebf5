"""The order of the entries: by lane, place, reach and seed; and a real choice among the first five."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby, islice
from typing import NamedTuple

from referral.matching.model import LANES, Group
from referral.matching.reach import ReachKey
from referral.matching.seats import Seat
from referral.matching.wishes import Choices

FIRST_ENTRIES = 5
TWELVE_STEP = "twelve_step_fellowship"

Kind = frozenset[str]


class Row(NamedTuple):
    """What will stand as one entry: the groups of a bundle, nearest first, and their seat."""

    seat: Seat
    groups: tuple[Group, ...]


def lane_order(said: Choices) -> tuple[str, ...]:
    """Addiction first; next of kin first when support as a relative is all that was asked for."""
    if said.get("q1_help_with", frozenset()) == {"someone_elses_use"}:
        return ("next_of_kin", "addiction", "in_addition")
    return LANES


class Tied:
    """Seats of one standing in one lane; their rows are put in order when somebody looks."""

    def __init__(self, seats: Iterable[Seat], reach: Callable[[Group], ReachKey]) -> None:
        self.seats = tuple(seats)
        self._reach = reach

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Equals: by reach, then by the seed."""
        rows = [Row(seat, self._nearest_first(bundle)) for seat in self.seats for bundle in seat.bundles]
        rows.sort(key=lambda row: self._reach(row.groups[0]))
        return tuple(rows)

    def _nearest_first(self, bundle: tuple[Group, ...]) -> tuple[Group, ...]:
        return tuple(sorted(bundle, key=self._reach)) if len(bundle) > 1 else bundle


class LineUp:
    """The rows in the menu's order, made only as far as somebody looks."""

    def __init__(self, seats: Iterable[Seat], lanes: Sequence[str], reach: Callable[[Group], ReachKey]) -> None:
        self.lanes = lanes
        ranked = sorted(seats, key=lambda seat: (lanes.index(seat.lane), seat.standing))
        self._tied = [Tied(alike, reach) for _, alike in groupby(ranked, key=lambda s: (s.lane, s.standing))]

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(tied.rows for tied in self._tied)

    def of_lane(self, lane: str, most: int) -> list[Row]:
        """The first rows of one lane."""
        of_lane = (tied.rows for tied in self._tied if tied.seats[0].lane == lane)
        return list(islice(chain.from_iterable(of_lane), most))

    def __len__(self) -> int:
        return sum(seat.entries for tied in self._tied for seat in tied.seats)

    def first_of(self, wanted: Callable[[Kind], bool]) -> Row | None:
        """The first row of a wanted kind of organisation."""
        for tied in self._tied:
            if any(wanted(seat.kind) for seat in tied.seats):
                return next(row for row in tied.rows if wanted(row.seat.kind))
        return None


class Variety(NamedTuple):
    """What the first five must hold, and why promise 5 cannot be kept where it cannot."""

    pinned: tuple[Row, ...]
    """A 12-step option and one of another kind, as far as they would not stand among the first five by themselves."""
    missing: str | None
    """`no_twelve_step`, `one_kind`, both joined by a space, or None."""


def variety(line_up: LineUp) -> Variety:
    """The first 12-step option, or the first of a known kind, and the first of another kind than that."""
    twelve_step = line_up.first_of(lambda kind: TWELVE_STEP in kind)
    one = twelve_step or line_up.first_of(bool)
    another = line_up.first_of(lambda kind: bool(kind) and kind != one.seat.kind) if one else None
    required = tuple(row for row in (one, another) if row)
    missing = [name for name, row in (("no_twelve_step", twelve_step), ("one_kind", another)) if row is None]
    return Variety(_pinned(required, list(islice(line_up, FIRST_ENTRIES))), " ".join(missing) or None)


def _pinned(required: tuple[Row, ...], first: list[Row]) -> tuple[Row, ...]:
    """Those that further rows would push out of the first five: making room for one may push out the other."""
    pinned = [row for row in required if row not in first]
    room = first[: FIRST_ENTRIES - len(pinned)] if pinned else first
    pushed_out = [row for row in required if row in first and row not in room]
    return (*pushed_out, *pinned)


def arranged(rows: Iterable[Row], choice: Variety) -> list[Row]:
    """The rows in their order, the pinned ones last among the first five. Pinning changes no band and no place."""
    others = [row for row in rows if row not in choice.pinned]
    room = FIRST_ENTRIES - len(choice.pinned)
    return [*others[:room], *choice.pinned, *others[room:]]
