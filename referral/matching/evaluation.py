"""One set of answers against facts: verdicts, sums and standings, and the places they give."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from referral.matching.catalog import Values
from referral.matching.ground import Alone, Column
from referral.matching.model import Answers, Fact, Finding
from referral.matching.rules import RuleSet, Verdict
from referral.matching.standing import Standing, standing, weighed
from referral.matching.verdicts import Heard, Outcome, finding, judge, of_case
from referral.matching.wishes import Wish, active_wishes, in_lane

Outcomes = tuple[Outcome | None, ...]
"""What each case of a wish hears."""
Sums = tuple[int, bool]
"""A packed Tally, and whether the group is for one gender or situation that nobody asked for."""


class Judged(NamedTuple):
    """A wish, what counts of what it hears, and what that adds to the sums (a packed Tally)."""

    wish: Wish
    heard: Heard
    sums: int


class Judge:
    """Judges each wish once for all groups that say the same to it."""

    def __init__(self) -> None:
        self._known: dict[Wish, dict[Outcomes, Judged | None]] = {}
        self._sums: dict[Wish, dict[Values, int]] = {}
        self._by_value: dict[Wish, dict[frozenset[str], int]] = {}

    def __call__(self, wish: Wish, outcomes: Outcomes) -> Judged | None:
        """`outcomes` are what each case of the wish hears."""
        known = self._known.get(wish)
        if known is None:
            known = self._known[wish] = {}
        if outcomes not in known:
            known[outcomes] = judged_by(wish, outcomes)
        return known[outcomes]

    def sums(self, wish: Wish, outcomes: Outcomes) -> int:
        """What these outcomes add to the sums."""
        judged = self(wish, outcomes)
        return judged.sums if judged else 0

    def sums_with(self, wish: Wish, values: Values) -> int:
        """What these values, on each of the wish's attributes, would add to the sums."""
        known = self._sums.get(wish)
        if known is None:
            known = self._sums[wish] = {}
        if values not in known:
            held = dict(zip(wish.attributes, values, strict=True))
            known[values] = self.sums(wish, tuple([of_case(case.reads, held) for case in wish.cases]))
        return known[values]

    def sums_by_value(self, wish: Wish, alone: Alone) -> dict[frozenset[str], int]:
        """What each value of the one attribute that the wish reads would add."""
        if wish not in self._by_value:
            heard = [alone.outcomes((wish.criterion.id, case.number)) for case in wish.cases]
            self._by_value[wish] = {
                value: self.sums(wish, tuple([outcomes[value] for outcomes in heard])) for value in heard[0]
            }
        return self._by_value[wish]

    def column(self, wish: Wish, columns: Sequence[Column]) -> list[int]:
        """What each profile adds to the sums."""
        if len(columns) == 1:  # as most wishes have it; told apart without a tuple for each profile
            alone = {outcome: self.sums(wish, (outcome,)) for outcome in set(columns[0])}
            return list(map(alone.__getitem__, columns[0]))
        heard = list(zip(*columns, strict=True))
        sums = {outcomes: self.sums(wish, outcomes) for outcomes in set(heard)}
        return list(map(sums.__getitem__, heard))


class Evaluation:
    """The wishes of some answers, ready to be held against facts."""

    def __init__(self, answers: Answers, rules: RuleSet) -> None:
        self.answers = answers
        self.rules = rules
        self.said = answers.informative()
        self.wishes = active_wishes(answers, rules)
        self.judge = Judge()
        self._by_criterion = {wish.criterion.id: wish for wish in self.wishes}
        self._by_lane: dict[str, tuple[Wish, ...]] = {}
        self._standings: dict[Sums, Standing] = {}

    def wish(self, criterion: str) -> Wish | None:
        return self._by_criterion.get(criterion)

    def in_lane(self, lane: str) -> tuple[Wish, ...]:
        """The wishes whose criteria speak in this lane, in the order of the criteria file."""
        if lane not in self._by_lane:
            self._by_lane[lane] = in_lane(self.wishes, lane)
        return self._by_lane[lane]

    def standing(self, *sums: *Sums) -> Standing:
        """Where somebody with these sums stands; many have the same."""
        if sums not in self._standings:
            self._standings[sums] = standing(sums[0], not_asked_for=sums[1])
        return self._standings[sums]


def read(attributes: Iterable[str], facts: Mapping[str, Fact]) -> Values:
    """What is known on each of these attributes."""
    return tuple([facts[name].values if name in facts else None for name in attributes])


def judged_by(wish: Wish, outcomes: Outcomes) -> Judged | None:
    heard = judge(wish, outcomes)
    if heard is None:
        return None
    tally = weighed(heard.outcome.verdict, heard.weight, matters_most=wish.matters_most)
    return Judged(wish, heard, tally.packed())


def findings(judged: Iterable[Judged], facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
    """The findings in the order a reader wants them: fits, partly, does not fit, not known; weightier first."""
    order = {Verdict.FITS: 0, Verdict.PARTLY: 1, Verdict.CONFLICTS: 2, Verdict.NOT_KNOWN: 3}
    found = (finding(one.wish, one.heard, facts) for one in judged)
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
