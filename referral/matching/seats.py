"""Seats: where each profile stands, with the groups of it that are in reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from referral.matching.catalog import Catalog, Profile
from referral.matching.evaluation import Evaluation, Judged, findings, total
from referral.matching.messages import Attached, Heard, attach
from referral.matching.model import Fact, Finding, Group, OutOfReach
from referral.matching.reach import out_of_reach, slot
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import Standing, Tally, not_asked_for, standing
from referral.matching.wishes import Choices

Bundle = tuple[Group, ...]


@dataclass(frozen=True, eq=False)
class Seat:
    """One profile's standing. What only a shown entry needs is worked out when it is asked for."""

    lane: str
    facts: Mapping[str, Fact]
    bundles: tuple[Bundle, ...]
    judged: Mapping[str, Judged]
    tally: Tally
    not_asked_for: bool
    standing: Standing
    heard: tuple[Heard, ...] = field(repr=False)
    rules: RuleSet = field(repr=False)

    @cached_property
    def size(self) -> int:
        """How many groups sit here."""
        return sum(len(bundle) for bundle in self.bundles)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.judged.values(), self.facts)

    @cached_property
    def attached(self) -> Attached:
        has_fit = any(finding.verdict is Verdict.FITS for finding in self.findings)
        return attach(self.heard, self.facts, self.rules, has_fit=has_fit)

    @property
    def kind(self) -> frozenset[str]:
        return self.facts["kind"].values if "kind" in self.facts else frozenset()


def seats(catalog: Catalog, evaluation: Evaluation, heard: tuple[Heard, ...]) -> tuple[list[Seat], list[OutOfReach]]:
    """A seat for each profile with groups in reach, and the groups that are not."""
    hard_facts = HardFacts(evaluation.said)
    taken = []
    for profile in catalog.profiles:
        bundles = hard_facts.in_reach(profile.bundles)
        if bundles:
            taken.append(_seat(profile, bundles, evaluation, heard))
    return taken, sorted(hard_facts.greyed, key=lambda one: one.group)


def _seat(profile: Profile, bundles: tuple[Bundle, ...], evaluation: Evaluation, heard: tuple[Heard, ...]) -> Seat:
    judged = evaluation.judged(profile.lane, profile.facts)
    tally = total(judged.values())
    unasked = not_asked_for(profile.facts, evaluation.said)
    return Seat(
        lane=profile.lane,
        facts=profile.facts,
        bundles=bundles,
        judged=judged,
        tally=tally,
        not_asked_for=unasked,
        standing=standing(tally, not_asked_for=unasked),
        heard=heard,
        rules=evaluation.rules,
    )


class HardFacts:
    """Tells the groups in reach from those that are not; groups alike in reach are looked at once."""

    def __init__(self, said: Choices) -> None:
        self.greyed: list[OutOfReach] = []
        self._said = said
        self._known: dict[tuple[object, ...], OutOfReach | None] = {}

    def in_reach(self, bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
        kept = (tuple(group for group in bundle if self._reaches(group)) for bundle in bundles)
        return tuple(bundle for bundle in kept if bundle)

    def _reaches(self, group: Group) -> bool:
        alike = (
            group.languages,
            group.members,
            tuple(sorted(group.access.items())),
            frozenset(map(slot, group.meetings)),
        )
        if alike not in self._known:
            self._known[alike] = out_of_reach(group, self._said)
        found = self._known[alike]
        if found is not None:
            self.greyed.append(OutOfReach(group.id, found.reason, found.detail))
        return found is None
