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
    """What the first five must hold, and why promise 5 cannot be kept where it cannot."""

    required: tuple[Row, ...]
    """A 12-step option and one of another kind, or two of different kinds; fewer where the catalog has no more."""
    pinned: tuple[Row, ...]
    """Those of them that stand further down by themselves."""
    missing: str | None
    """`no_twelve_step`, `one_kind`, both joined by a space, or None."""


def variety(line_up: LineUp) -> Variety:
    """The first 12-step option, or the first of a known kind, and the first of another kind than that."""
    twelve_step = line_up.first_of(lambda kind: TWELVE_STEP in kind)
    one = twelve_step or line_up.first_of(bool)
    another = line_up.first_of(lambda kind: bool(kind) and kind != one.seat.kind) if one else None
    required = tuple(row for row in (one, another) if row)
    first = list(islice(line_up, FIRST_ENTRIES))
    missing = [name for name, row in (("no_twelve_step", twelve_step), ("one_kind", another)) if row is None]
    return Variety(required, tuple(row for row in required if row not in first), " ".join(missing) or None)


def arranged(rows: Iterable[Row], choice: Variety) -> list[Row]:
    """The rows in their order, the pinned ones last among the first five.

    They take the places of the last of the five that are not required themselves. Pinning changes no band and
    no place.
    """
    others = [row for row in rows if row not in choice.pinned]
    first, rest = others[:FIRST_ENTRIES], others[FIRST_ENTRIES:]
    surplus = max(0, len(first) + len(choice.pinned) - FIRST_ENTRIES)
    free = [row for row in first if row not in choice.required]
    displaced = free[len(free) - surplus :]
    return [*(row for row in first if row not in displaced), *choice.pinned, *displaced, *rest]
