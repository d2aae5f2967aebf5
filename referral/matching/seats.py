"""Seats: where each profile stands, with the groups of it that are in reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from referral.matching.catalog import Bundle, Catalog, Profile
from referral.matching.evaluation import Evaluation, Judged, findings, total
from referral.matching.messages import Attached, Heard, attach
from referral.matching.model import Fact, Finding, Group, OutOfReach
from referral.matching.reach import out_of_reach
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import Standing, Tally, not_asked_for, standing
from referral.matching.wishes import Choices


@dataclass(frozen=True, eq=False)
class Seat:
    """One profile's standing. What only a shown entry needs is worked out when it is asked for."""

    lane: str
    facts: Mapping[str, Fact]
    bundles: tuple[tuple[Group, ...], ...]
    """Only the groups in reach."""
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
    hard_facts = HardFacts(catalog, evaluation.said)
    taken = []
    for profile in catalog.profiles:
        rows = tuple(groups for bundle in profile.bundles if (groups := hard_facts.in_reach(bundle)))
        if rows:
            taken.append(_seat(profile, rows, evaluation, heard))
    return taken, sorted(hard_facts.greyed, key=lambda one: one.group)


def _seat(
    profile: Profile, rows: tuple[tuple[Group, ...], ...], evaluation: Evaluation, heard: tuple[Heard, ...]
) -> Seat:
    judged = evaluation.judged(profile.lane, profile.facts)
    tally = total(judged.values())
    unasked = not_asked_for(profile.facts, evaluation.said)
    return Seat(
        lane=profile.lane,
        facts=profile.facts,
        bundles=rows,
        judged=judged,
        tally=tally,
        not_asked_for=unasked,
        standing=standing(tally, not_asked_for=unasked),
        heard=heard,
        rules=evaluation.rules,
    )


class HardFacts:
    """Tells the groups in reach from those that are not; groups alike in reach are looked at once."""

    def __init__(self, catalog: Catalog, said: Choices) -> None:
        found = (out_of_reach(sample, said) for sample in catalog.reach_samples)
        self.greyed: list[OutOfReach] = []
        self._hard = {number: one for number, one in enumerate(found) if one is not None}

    def in_reach(self, bundle: Bundle) -> tuple[Group, ...]:
        if self._hard.keys().isdisjoint(bundle.reach):
            return bundle.groups
        pairs = list(zip(bundle.groups, map(self._hard.get, bundle.reach), strict=True))
        self.greyed += [OutOfReach(group.id, hard.reason, hard.detail) for group, hard in pairs if hard]
        return tuple(group for group, hard in pairs if hard is None)
