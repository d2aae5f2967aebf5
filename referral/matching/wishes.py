"""Answers → wishes: which criteria are switched on, by which answers, at which weight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from referral.matching.model import Answers
from referral.matching.rules import Case, Criterion, Read, RuleSet, Trigger

MATTERS_MOST = 3
"""How many times its weight a wish counts when the client marks it as mattering most (design §5)."""

Choices = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ActiveCase:
    """A case some answer has switched on."""

    number: int
    """Among the cases of its criterion."""
    reads: tuple[Read, ...]
    answers: tuple[str, ...]
    raise_only: bool
    conflicts_count: bool


# No two wishes are the same one: each is its own key to what was judged of it.
@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A criterion that some answer has switched on. It counts once, at `weight`."""

    criterion: Criterion
    cases: tuple[ActiveCase, ...]
    weight: int
    matters_most: bool
    attributes: tuple[str, ...]
    """Every attribute that some of its cases reads."""
    is_plain: bool
    """Some of its cases may lower as well as raise."""


def active_wishes(answers: Answers, rules: RuleSet) -> tuple[Wish, ...]:
    """Every wish the answers switch on, in the order of the criteria file."""
    said = answers.informative()
    wishes = (wish_of(criterion, said, answers) for criterion in rules.criteria)
    return tuple(wish for wish in wishes if wish)


def hangs_on(criterion: Criterion, question: str) -> bool:
    """Whether an answer to this question can switch the criterion on or off."""
    return any(
        trigger.question == question for case in criterion.cases for trigger in (*case.triggers, *case.only_if)
    )


def in_lane(wishes: Iterable[Wish], lane: str) -> tuple[Wish, ...]:
    """The wishes whose criteria speak in this lane."""
    return tuple(wish for wish in wishes if lane in wish.criterion.lanes)


def pulled(triggers: tuple[Trigger, ...], said: Choices) -> tuple[str, ...]:
    """The `question.option` pairs that pull any of these triggers, in a fixed order."""
    hits = [hit for trigger in triggers for hit in trigger.hits(said)]
    return tuple(sorted(set(hits))) if hits else ()


def wish_of(criterion: Criterion, said: Choices, answers: Answers) -> Wish | None:
    """The criterion as a wish, if some answer switches it on."""
    cases = tuple(active for number, case in enumerate(criterion.cases) if (active := _active(number, case, said)))
    if not cases:
        return None
    # Beside a plain case a raise-only one can only lift, so a mark on it must not make the plain wish heavier.
    plain = [case for case in cases if not case.raise_only]
    speaking = plain or cases
    matters = any(answers.matters(pair) for case in speaking for pair in case.answers)
    weight = criterion.weight * (MATTERS_MOST if matters else 1)
    attributes = tuple(dict.fromkeys(read.attribute for case in cases for read in case.reads))
    return Wish(criterion, cases, weight, matters, attributes, bool(plain))


def _active(number: int, case: Case, said: Choices) -> ActiveCase | None:
    hits = pulled(case.triggers, said)
    if not hits or not all(trigger.hits(said) for trigger in case.only_if):
        return None
    return ActiveCase(number, case.reads, hits, case.raise_only, case.conflicts_count)
