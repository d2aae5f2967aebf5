"""Entries: groups that differ only in their meetings stand as one, and the first five show a real choice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from referral.matching.model import LANES, Entry, Group
from referral.matching.wishes import Choices

FIRST_ENTRIES = 5
TWELVE_STEP = "twelve_step_fellowship"

Kind = frozenset[str]
Wanted = Callable[[Kind, Sequence[Kind]], bool]


def bundles(groups: Iterable[Group]) -> list[tuple[Group, ...]]:
    """Groups with the same facts, gathered by everything else that one entry must share (design §6.6).

    Two groups whose organisation nobody has recorded are never taken to be the same.
    """
    gathered: dict[tuple[object, ...], list[Group]] = {}
    for group in groups:
        shared = (
            group.organisation or ("not known", group.id),
            group.languages,
            group.members,
            group.venue,
            frozenset(group.access.items()),
        )
        gathered.setdefault(shared, []).append(group)
    return [tuple(members) for members in gathered.values()]


def lane_order(said: Choices) -> tuple[str, ...]:
    """Addiction first; next of kin first when support as a relative is all that was asked for."""
    if said.get("q1_help_with", frozenset()) == {"someone_elses_use"}:
        return ("next_of_kin", "addiction", "in_addition")
    return LANES


def with_variety(entries: Sequence[Entry], kinds: Sequence[Kind]) -> tuple[tuple[Entry, ...], str | None]:
    """The first five show a 12-step option and two kinds of organisation, by pinning if need be (promise 5).

    Pinning only shows an entry earlier; its band and place stay as they are. Returns the entries and, where the
    catalog cannot do this, why: `no_twelve_step`, `one_kind`, or both.
    """
    order, pinned, missing = list(range(len(entries))), list[int](), []
    for name, wanted in (("no_twelve_step", _is_twelve_step), ("one_kind", _is_another_kind)):
        first = [kinds[index] for index in order[:FIRST_ENTRIES]]
        if any(wanted(kind, first) for kind in first):
            continue
        found = next((index for index in order[FIRST_ENTRIES:] if wanted(kinds[index], first)), None)
        if found is None:
            missing.append(name)
        else:
            pinned.append(found)
            order = _brought_forward(len(entries), pinned)
    shown = tuple(replace(entries[i], pinned=True) if i in pinned else entries[i] for i in order)
    return shown, " ".join(missing) or None


def _brought_forward(size: int, pinned: list[int]) -> list[int]:
    """The pinned ones last among the first five, all others in their order."""
    others = [index for index in range(size) if index not in pinned]
    kept = FIRST_ENTRIES - len(pinned)
    return others[:kept] + pinned + others[kept:]


def _is_twelve_step(kind: Kind, _first: Sequence[Kind]) -> bool:
    return TWELVE_STEP in kind


def _is_another_kind(kind: Kind, first: Sequence[Kind]) -> bool:
    return bool(kind) and any(other and other != kind for other in first)
