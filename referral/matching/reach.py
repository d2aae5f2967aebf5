"""Reach: the few hard practical facts that grey a group out, and how equals are ordered.

Only what is known counts: a group whose languages, access or times nobody has recorded stays in reach.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping

from referral.matching.model import Group, Meeting, OutOfReach

ACCESS_NEEDS = ("step_free", "hearing", "sight", "child_care")
EVENING_STARTS_AT = 16
KM_PER_MINUTE = 1.0
"""A bound, not an estimate: nobody travels faster than about 60 km/h in a straight line."""

Choices = Mapping[str, frozenset[str]]


def out_of_reach(group: Group, said: Choices) -> OutOfReach | None:
    """The first hard fact that stands in the way, or None."""
    for reason, check in CHECKS:
        detail = check(group, said)
        if detail:
            return OutOfReach(group.id, reason, detail)
    return None


def too_far(km_away: float | None, minutes: int | None) -> bool:
    """Whether the group lies surely farther off than the client wants to travel; said, never greyed out."""
    return minutes is not None and km_away is not None and km_away > minutes * KM_PER_MINUTE


ReachKey = tuple[bool, bool, float, bytes]


class ReachOrder:
    """Orders equals: a time that suits and a distance within reach first, then the nearest, then by the seed."""

    def __init__(self, said: Choices, seed: int) -> None:
        self._seed = seed
        self._times = said.get("q12_times", frozenset()) - {"any_time"}
        self._minutes = max((int(o) for o in said.get("q12_travel", frozenset()) if o.isdigit()), default=None)

    def key(self, group: Group, km_away: float | None) -> ReachKey:
        suits = not self._times or any(slot(meeting) in self._times for meeting in group.meetings)
        distance = km_away if km_away is not None else float("inf")
        return (not suits, too_far(km_away, self._minutes), distance, seeded(self._seed, group.id))


def seeded(seed: int, group_id: str) -> bytes:
    """A fixed shuffle: the same seed and id give the same bytes everywhere."""
    return hashlib.blake2b(f"{seed}:{group_id}".encode(), digest_size=8).digest()


def slot(meeting: Meeting) -> str:
    """`day`, `evening` or `weekend`, as the questionnaire names them."""
    if meeting.weekday >= 5:
        return "weekend"
    return "evening" if meeting.start.hour >= EVENING_STARTS_AT else "day"


def wanted_languages(said: Choices) -> frozenset[str]:
    """ISO codes; `other` stands for any language besides Norwegian and English until one is named."""
    spoken = said.get("q12_language", frozenset())
    named = said.get("q12_other_languages", frozenset()) - {"other_language"}
    return (spoken - {"other"}) | named if named else spoken


def _wrong_language(group: Group, said: Choices) -> tuple[str, ...]:
    wanted = wanted_languages(said)
    if not wanted or not group.languages or wanted & group.languages:
        return ()
    if "other" in wanted and group.languages - {"nb", "en"}:
        return ()
    if "other" in group.languages and wanted - {"nb", "en"}:
        return ()
    return tuple(sorted(group.languages))


def _wrong_membership(group: Group, said: Choices) -> tuple[str, ...]:
    wanted = said.get("q12_gender", frozenset()) & {"women", "men"}
    if group.members == "everyone" or not wanted or group.members in wanted:
        return ()
    return (group.members,)


def _no_access(group: Group, said: Choices) -> tuple[str, ...]:
    needs = said.get("q12_access", frozenset())
    return tuple(need for need in ACCESS_NEEDS if need in needs and group.access.get(need) is False)


def _no_time(group: Group, said: Choices) -> tuple[str, ...]:
    wanted = said.get("q12_times", frozenset())
    if not wanted or "any_time" in wanted or not group.meetings:
        return ()
    slots = {slot(meeting) for meeting in group.meetings}
    return () if slots & wanted else tuple(sorted(slots))


Check = Callable[[Group, Choices], tuple[str, ...]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("language", _wrong_language),
    ("membership", _wrong_membership),
    ("access", _no_access),
    ("time", _no_time),
)
"""Each reason with its check; of several the first is told."""

READS: Mapping[str, Callable[[Group], Hashable]] = {
    "language": lambda group: group.languages,
    "membership": lambda group: group.members,
    "access": lambda group: frozenset(group.access.items()),
    "time": lambda group: frozenset(map(slot, group.meetings)),
}
"""All that each check reads of a group: groups alike in it are checked once."""
