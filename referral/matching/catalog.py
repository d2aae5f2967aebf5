"""Groups gathered by what is known of them: groups with the same facts share one evaluation.

Nothing here knows an answer. A catalog is made once and serves every menu until the groups change.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from referral.matching.model import Fact, Group
from referral.matching.reach import READS

Values = tuple[frozenset[str] | None, ...]
"""What is known on each of some attributes; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Groups that one entry may hold: they differ only in their meetings. They are numbered from `start`."""

    start: int
    groups: tuple[Group, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.groups)


@dataclass(frozen=True, slots=True)
class Profile:
    """All groups of one lane with the same facts. Those that stand alone in their bundle come first."""

    lane: str
    facts: Mapping[str, Fact]
    bundles: tuple[Bundle, ...]
    start: int
    lone_end: int
    """Where the groups that stand alone end, and the bundles of several begin."""
    end: int


class Catalog:
    """The profiles of a set of groups, in an order that does not depend on theirs."""

    __slots__ = ("alike", "groups", "lanes", "numbers", "profiles")

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(sorted(groups, key=lambda group: group.id))
        profiles = list(_numbered(_with_the_same_facts(self.groups)))
        self.profiles = tuple(profiles)
        numbered = [group for profile in profiles for bundle in profile.bundles for group in bundle.groups]
        number_of = {id(group): number for number, group in enumerate(numbered)}
        self.numbers = tuple(number_of[id(group)] for group in self.groups)
        """The number of each group, in the order of `groups`."""
        self.alike = {reason: _alike(numbered, read) for reason, read in READS.items()}
        """For each reason that can put out of reach: one of the groups alike in what it reads, and who they are."""
        self.lanes = {lane: Held(p for p in profiles if p.lane == lane) for lane in {p.lane for p in profiles}}

    @classmethod
    def of(cls, groups: "Iterable[Group] | Catalog") -> "Catalog":
        return groups if isinstance(groups, Catalog) else cls(groups)


class Held:
    """What the profiles of one lane hold, attribute by attribute."""

    __slots__ = ("_nowhere", "_values", "profiles")

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = tuple(profiles)
        # The same values are one object, so that looking them up is quick.
        same: dict[frozenset[str], frozenset[str]] = {}
        self._values: dict[str, list[frozenset[str] | None]] = {
            name: [_values(profile.facts.get(name), same) for profile in self.profiles]
            for name in {name for profile in self.profiles for name in profile.facts}
        }
        self._nowhere: list[frozenset[str] | None] = [None] * len(self.profiles)

    def values(self, attributes: Sequence[str]) -> list[Values]:
        """What each profile holds on these attributes, in the order of the profiles."""
        return list(zip(*[self._values.get(name, self._nowhere) for name in attributes], strict=True))


def bundles(groups: Iterable[Group]) -> tuple[tuple[Group, ...], ...]:
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
    return tuple(tuple(members) for members in gathered.values())


def _with_the_same_facts(groups: Iterable[Group]) -> list[list[Group]]:
    """Groups of one lane and organisation with equal facts, in the order of their first."""
    found: dict[tuple[object, ...], list[Group]] = {}
    shared: dict[tuple[object, ...], list[Group]] = {}
    for group in groups:
        # Groups that hold the very same mapping need not be compared fact by fact.
        same = (id(group.facts), group.lane, group.organisation)
        if same not in shared:
            names = tuple(sorted(group.facts))
            known = (group.lane, group.organisation, names, tuple(map(group.facts.__getitem__, names)))
            shared[same] = found.setdefault(known, [])
        shared[same].append(group)
    return list(found.values())


def _numbered(found: Iterable[list[Group]]) -> Iterator[Profile]:
    """Profiles whose groups are numbered on and on, bundle by bundle."""
    start = 0
    for members in found:
        gathered = sorted(bundles(members), key=lambda bundle: len(bundle) > 1)
        ends = list(accumulate(map(len, gathered), initial=start))
        made = tuple(Bundle(first, groups) for first, groups in zip(ends, gathered, strict=False))
        lone_end = start + sum(len(groups) == 1 for groups in gathered)
        yield Profile(members[0].lane, members[0].facts, made, start, lone_end, ends[-1])
        start = ends[-1]


def _alike(numbered: Sequence[Group], read: Callable[[Group], Hashable]) -> tuple[tuple[Group, int], ...]:
    """One of the groups alike in what is read, and the numbers of them all as the bits of a whole number."""
    members: dict[Hashable, list[int]] = {}
    for number, group in enumerate(numbered):
        members.setdefault(read(group), []).append(number)
    return tuple((numbered[numbers[0]], _bits(numbers, len(numbered))) for numbers in members.values())


def _bits(numbers: Iterable[int], size: int) -> int:
    """Digit by digit: adding powers of two would copy the whole number each time."""
    digits = bytearray(b"0" * size)
    for number in numbers:
        digits[size - 1 - number] = ord("1")
    return int(digits, 2)


def _values(fact: Fact | None, same: dict[frozenset[str], frozenset[str]]) -> frozenset[str] | None:
    return same.setdefault(fact.values, fact.values) if fact else None
