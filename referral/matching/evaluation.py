"""One set of answers against facts: verdicts, sums and standings, and the places they give."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from referral.matching.model import Answers, Fact, Finding
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import Standing, Tally, weighed
from referral.matching.verdicts import Outcome, finding, judge
from referral.matching.wishes import Wish, active_wishes, in_lane


class Judged(NamedTuple):
    """A wish, what the facts say of it, and what that adds to the sums."""

    wish: Wish
    outcome: Outcome
    tally: Tally


class Judge:
    """Holds facts against wishes. Groups alike in what a wish reads are judged once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, tuple[frozenset[str] | None, ...]], Judged | None] = {}
        # Keeps the wishes alive, so that no two of them ever share an id.
        self._wishes: list[Wish] = []

    def __call__(self, wish: Wish, facts: Mapping[str, Fact]) -> Judged | None:
        read = (id(wish), tuple([facts[a].values if a in facts else None for a in wish.attributes]))
        if read not in self._known:
            self._wishes.append(wish)
            self._known[read] = judged_by(wish, facts)
        return self._known[read]


class Evaluation:
    """The wishes of some answers, ready to be held against facts."""

    def __init__(self, answers: Answers, rules: RuleSet) -> None:
        self.answers = answers
        self.rules = rules
        self.said = answers.informative()
        self.wishes = active_wishes(answers, rules)
        self.judge = Judge()
        self._by_lane: dict[str, tuple[Wish, ...]] = {}

    def in_lane(self, lane: str) -> tuple[Wish, ...]:
        """The wishes whose criteria speak in this lane, in the order of the criteria file."""
        if lane not in self._by_lane:
            self._by_lane[lane] = in_lane(self.wishes, lane)
        return self._by_lane[lane]

    def judged(self, lane: str, facts: Mapping[str, Fact]) -> dict[str, Judged]:
        """The wishes that concern these facts, by criterion."""
        return {
            wish.criterion.id: judged
            for wish in self.in_lane(lane)
            if (judged := self.judge(wish, facts)) is not None
        }


def judged_by(wish: Wish, facts: Mapping[str, Fact]) -> Judged | None:
    outcome = judge(wish, facts)
    if outcome is None:
        return None
    return Judged(wish, outcome, weighed(outcome.verdict, outcome.weight, matters_most=wish.matters_most))


def total(judged: Iterable[Judged | None]) -> Tally:
    """The sums of all that was judged."""
    fit = conflict = weight = unknowns = hard_noes = 0
    for one in judged:
        if one is not None:
            tally = one.tally
            fit += tally[0]
            conflict += tally[1]
            weight += tally[2]
            unknowns += tally[3]
            hard_noes += tally[4]
    return Tally(fit, conflict, weight, unknowns, hard_noes)


def findings(judged: Iterable[Judged], facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
    """The findings in the order a reader wants them: fits, partly, does not fit, not known; weightier first."""
    order = {Verdict.FITS: 0, Verdict.PARTLY: 1, Verdict.CONFLICTS: 2, Verdict.NOT_KNOWN: 3}
    found = (finding(one.wish, one.outcome, facts) for one in judged)
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
