"""One set of answers against one catalog: every profile's verdicts and standing, and the places they give."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from referral.matching.model import Answers, Fact, Finding
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import Standing, Weighed, not_asked_for, standing
from referral.matching.verdicts import Outcome, finding, judge
from referral.matching.wishes import Wish, active_wishes, in_lane


class Judged(NamedTuple):
    """A wish and what the facts say of it."""

    wish: Wish
    outcome: Outcome


class Evaluation:
    """The wishes of some answers, ready to be held against facts."""

    def __init__(self, answers: Answers, rules: RuleSet) -> None:
        self.answers = answers
        self.rules = rules
        self.said = answers.informative()
        self.wishes = active_wishes(answers, rules)
        self._by_lane: dict[str, tuple[Wish, ...]] = {}

    def judged(self, lane: str, facts: Mapping[str, Fact]) -> list[Judged]:
        """The wishes that concern these facts, in the order of the criteria."""
        wishes = self._by_lane.get(lane)
        if wishes is None:
            wishes = self._by_lane[lane] = in_lane(self.wishes, lane)
        pairs = ((wish, judge(wish, facts)) for wish in wishes)
        return [Judged(wish, outcome) for wish, outcome in pairs if outcome]

    def standing(self, facts: Mapping[str, Fact], judged: Iterable[Judged]) -> Standing:
        weighed = (Weighed(j.outcome.verdict, j.outcome.weight, j.wish.matters_most) for j in judged)
        return standing(weighed, not_asked_for=not_asked_for(facts, self.said))

    def standing_of(self, lane: str, facts: Mapping[str, Fact]) -> Standing:
        return self.standing(facts, self.judged(lane, facts))


def findings(judged: Iterable[Judged], facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
    """The findings in the order a reader wants them: fits, partly, does not fit, not known; weightier first."""
    order = {Verdict.FITS: 0, Verdict.PARTLY: 1, Verdict.CONFLICTS: 2, Verdict.NOT_KNOWN: 3}
    found = (finding(j.wish, j.outcome, facts) for j in judged)
    return tuple(sorted(found, key=lambda f: (order[f.verdict], -f.weight, f.criterion)))


class Places:
    """Places within each lane: the rank of a standing among all different standings, equal for ties."""

    def __init__(self, standings: Iterable[tuple[str, Standing, int]]) -> None:
        """Takes (lane, standing, number of groups that stand there)."""
        self._count: dict[str, Counter[Standing]] = {}
        for lane, key, groups in standings:
            self._count.setdefault(lane, Counter())[key] += groups
        self._ranks = {lane: sorted(count) for lane, count in self._count.items()}

    def place(self, lane: str, key: Standing) -> int:
        return bisect_left(self._ranks[lane], key) + 1

    def alone(self, lane: str, key: Standing, groups: int) -> bool:
        """Whether these many groups are all that stand there."""
        return self._count[lane][key] == groups

    def place_after_leaving(self, lane: str, old: Standing, new: Standing, *, alone: bool) -> int:
        """The place of a group that moves from the old standing to the new one, all others staying."""
        emptied = alone and old < new
        return bisect_left(self._ranks[lane], new) + 1 - emptied
