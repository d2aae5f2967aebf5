"""Groups gathered by what is known of them: groups with the same facts share one evaluation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from referral.matching.model import Fact, Group
from referral.matching.reach import slot


@dataclass(frozen=True, slots=True)
class Bundle:
    """Groups that one entry may hold: they differ only in their meetings."""

    groups: tuple[Group, ...]
    reach: tuple[int, ...]
    """For each group the number of those alike in all that can put it out of reach."""


@dataclass(frozen=True, slots=True)
class Profile:
    """All groups of one lane with the same facts."""

    lane: str
    facts: Mapping[str, Fact]
    bundles: tuple[Bundle, ...]


class Catalog:
    """The profiles of a set of groups, in an order that does not depend on theirs. Made once, used for many menus."""

    __slots__ = ("_alike", "groups", "profiles", "reach_samples")

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(sorted(groups, key=lambda group: group.id))
        self.reach_samples: list[Group] = []
        """By number: one of the groups that are alike in reach."""
        self._alike: dict[tuple[object, ...], int] = {}
        self.profiles = tuple(
            Profile(members[0].lane, members[0].facts, tuple(map(self._bundle, bundles(members))))
            for members in _with_the_same_facts(self.groups)
        )

    def _bundle(self, groups: tuple[Group, ...]) -> Bundle:
        return Bundle(groups, tuple(map(self._reach_number, groups)))

    def _reach_number(self, group: Group) -> int:
        alike = (
            group.languages,
            group.members,
            frozenset(group.access.items()),
            frozenset(map(slot, group.meetings)),
        )
        if alike not in self._alike:
            self._alike[alike] = len(self.reach_samples)
            self.reach_samples.append(group)
        return self._alike[alike]

    @classmethod
    def of(cls, groups: "Iterable[Group] | Catalog") -> "Catalog":
        return groups if isinstance(groups, Catalog) else cls(groups)


def _with_the_same_facts(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """Groups of one lane with equal facts, in the order of their first.

    Whole facts are compared only where lane, organisation and values are the same: hashing them is costly, and
    the groups come by the ten thousand.
    """
    nearly: dict[tuple[object, ...], list[list[Group]]] = {}
    for group in groups:
        names = sorted(group.facts)
        key = (group.lane, group.organisation, *names, *[group.facts[name].values for name in names])
        for members in nearly.setdefault(key, []):
            if members[0].facts is group.facts or members[0].facts == group.facts:
                members.append(group)
                break
        else:
            nearly[key].append([group])
    found = (members for alike in nearly.values() for members in alike)
    yield from sorted(found, key=lambda members: members[0].id)


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
