"""Which groups of a catalog are in reach of these answers, and which are greyed out for which reason."""

from collections.abc import Iterator
from itertools import islice

from referral.matching.catalog import Bundle, Catalog, Profile
from referral.matching.model import Group, OutOfReach
from referral.matching.reach import CHECKS, out_of_reach
from referral.matching.wishes import Choices

IN_REACH, OUT_OF_REACH = "1", "0"


class HardFacts:
    """Each check looks once at groups alike in what it reads; whole sets of groups are then told apart at once."""

    def __init__(self, catalog: Catalog, said: Choices) -> None:
        self._catalog = catalog
        self._said = said
        size = len(catalog.groups)
        everybody = (1 << size) - 1
        left = everybody
        self.greyed_by_reason: dict[str, int] = {}
        """How many groups are out of reach; each is counted once, under the first reason."""
        for reason, check in CHECKS:
            stopped = 0
            for sample, groups in catalog.alike[reason]:
                if check(sample, said):
                    stopped |= groups
            self.greyed_by_reason[reason] = (left & stopped).bit_count()
            left &= ~stopped
        # One digit for each group, by its number.
        self._reach = f"{left:0{size}b}"[::-1] if size else ""

    @property
    def greyed(self) -> int:
        """How many groups are out of reach."""
        return sum(self.greyed_by_reason.values())

    def out_of_reach(self, part: slice) -> tuple[OutOfReach, ...]:
        """That part of the groups out of reach, by id, each with its reason."""
        return tuple(islice(self._greyed(), part.start, part.stop)) if self.greyed else ()

    def in_reach(self, profile: Profile) -> int:
        """How many groups of the profile are in reach."""
        return self._reach.count(IN_REACH, profile.start, profile.end)

    def entries(self, profile: Profile) -> int:
        """How many entries those groups make."""
        lone = self._reach.count(IN_REACH, profile.start, profile.lone_end)
        if profile.lone_end == profile.end:
            return lone
        several = profile.bundles[profile.lone_end - profile.start :]
        return lone + sum(self._reach.find(IN_REACH, bundle.start, bundle.end) >= 0 for bundle in several)

    def bundles(self, profile: Profile) -> Iterator[tuple[Group, ...]]:
        """The groups in reach, bundle by bundle."""
        for bundle in profile.bundles:
            groups = self._of(bundle)
            if groups:
                yield groups

    def _of(self, bundle: Bundle) -> tuple[Group, ...]:
        digits = self._reach[bundle.start : bundle.end]
        if OUT_OF_REACH not in digits:
            return bundle.groups
        return tuple([group for group, digit in zip(bundle.groups, digits, strict=True) if digit == IN_REACH])

    def _greyed(self) -> Iterator[OutOfReach]:
        for group, number in zip(self._catalog.groups, self._catalog.numbers, strict=True):
            if self._reach[number] != IN_REACH:
                hard = out_of_reach(group, self._said)
                if hard:
                    yield hard
