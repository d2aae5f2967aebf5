"""Groups gathered by what is known of them: groups with the same facts share one evaluation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.matching.model import Fact, Group


@dataclass(frozen=True, slots=True)
class Profile:
    """All groups of one lane with the same facts."""

    lane: str
    facts: Mapping[str, Fact]
    groups: tuple[Group, ...]

    @property
    def sample(self) -> Group:
        """Any of the groups; for what depends on the facts alone."""
        return self.groups[0]


class Catalog:
    """The profiles of a set of groups, in an order that does not depend on theirs."""

    __slots__ = ("groups", "profiles")

    def __init__(self, groups: Iterable[Group]) -> None:
        self.groups = tuple(sorted(groups, key=lambda group: group.id))
        gathered: dict[tuple[str, frozenset[tuple[str, Fact]]], list[Group]] = {}
        seen: dict[int, frozenset[tuple[str, Fact]]] = {}
        for group in self.groups:
            # Groups read from one snapshot often share the very same mapping: it is looked through once.
            facts = seen.get(id(group.facts))
            if facts is None:
                facts = seen[id(group.facts)] = frozenset(group.facts.items())
            gathered.setdefault((group.lane, facts), []).append(group)
        self.profiles = tuple(
            Profile(lane, members[0].facts, tuple(members)) for (lane, _), members in gathered.items()
        )

    @classmethod
    def of(cls, groups: "Iterable[Group] | Catalog") -> "Catalog":
        return groups if isinstance(groups, Catalog) else cls(groups)
