"""What the facts of a catalog say to every case of every criterion, before anybody has answered anything.

It knows no answer. So it can be made whole once, kept beside its catalog, and serve every menu.
"""

from collections.abc import Iterable, Mapping, Sequence

from referral.matching.catalog import Catalog, Held
from referral.matching.model import Group
from referral.matching.rules import Read, RuleSet, Verdict
from referral.matching.verdicts import Outcome, of_case, verdict_of
from referral.matching.wishes import Wish, hangs_on

Column = Sequence[Outcome | None]
"""What one case hears from each profile of a lane."""
CaseId = tuple[str, int]
"""A criterion, and the number of its case."""


class LaneGround:
    """One lane: a column for each case of each criterion."""

    def __init__(self, held: Held, cases: dict[CaseId, tuple[Read, ...]]) -> None:
        self.held = held
        self._cases = cases
        self._columns: dict[CaseId, Column] = {}

    def columns(self, wish: Wish) -> list[Column]:
        """One for each case that the answers switched on."""
        return [self.column((wish.criterion.id, case.number)) for case in wish.cases]

    def column(self, case: CaseId) -> Column:
        if case not in self._columns:
            self._columns[case] = _column(self._cases[case], self.held)
        return self._columns[case]

    def complete(self) -> None:
        for case in self._cases:
            self.column(case)


class Alone:
    """What each value of an attribute, known all by itself, says to each case that reads it."""

    def __init__(self, rules: RuleSet) -> None:
        self._cases = _cases(rules)
        self._attributes = rules.attributes
        self._outcomes: dict[CaseId, dict[frozenset[str], Outcome | None]] = {}
        self._telling: dict[CaseId, frozenset[tuple[str, str]]] = {}

    def outcomes(self, case: CaseId) -> Mapping[frozenset[str], Outcome | None]:
        """By value, for a case that reads one attribute."""
        if case not in self._outcomes:
            reads = self._cases[case]
            values = self._attributes[reads[0].attribute].values
            alone = [frozenset((value,)) for value in values]
            self._outcomes[case] = {one: of_case(reads, {reads[0].attribute: one}) for one in alone}
        return self._outcomes[case]

    def telling(self, case: CaseId) -> frozenset[tuple[str, str]]:
        """Attributes, each with its first value of each verdict."""
        if case not in self._telling:
            told: dict[tuple[int, Verdict | None], tuple[str, str]] = {}
            for number, read in enumerate(self._cases[case]):
                for value in self._attributes[read.attribute].values:
                    told.setdefault((number, verdict_of(read, frozenset((value,)))), (read.attribute, value))
            self._telling[case] = frozenset(one for (_, verdict), one in told.items() if verdict is not None)
        return self._telling[case]

    def complete(self) -> None:
        for case in self._cases:
            self.outcomes(case)
            self.telling(case)


class Ground:
    """Columns are made when they are asked for; `complete` makes them all, as a ground that is kept must be.

    What is kept may not tell which cases somebody's answers have switched on.
    """

    def __init__(self, catalog: Catalog, rules: RuleSet) -> None:
        self.catalog = catalog
        self.lanes = {lane: LaneGround(held, _cases(rules)) for lane, held in catalog.lanes.items()}
        self.alone = Alone(rules)
        self.hanging = {
            question: tuple(criterion for criterion in rules.criteria if hangs_on(criterion, question))
            for question in rules.move_questions
        }
        """The criteria that an answer to the question can switch on or off."""

    @classmethod
    def of(cls, groups: "Iterable[Group] | Catalog | Ground", rules: RuleSet) -> "Ground":
        return groups if isinstance(groups, Ground) else cls(Catalog.of(groups), rules)

    def complete(self) -> "Ground":
        for lane in self.lanes.values():
            lane.complete()
        self.alone.complete()
        return self


def _cases(rules: RuleSet) -> dict[CaseId, tuple[Read, ...]]:
    return {
        (criterion.id, number): case.reads
        for criterion in rules.criteria
        for number, case in enumerate(criterion.cases)
    }


def _column(reads: tuple[Read, ...], held: Held) -> Column:
    """Profiles alike in what is read are looked at once."""
    attributes = tuple(dict.fromkeys(read.attribute for read in reads))
    values = held.values(attributes)
    heard = {one: of_case(reads, dict(zip(attributes, one, strict=True))) for one in set(values)}
    return [heard[one] for one in values]
