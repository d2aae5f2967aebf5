"""A wish and a group's facts → a verdict with its because.

    reads of a case, in order:   known?  ── no ──►  next read … all unknown → *not known*
                                   │ yes
                                   ▼
                     silent → next read · not applicable → nothing · else the verdict (a stand-in: *partly* at most)

Of several cases the best verdict holds: *fits*, *partly*, *not known*, *conflicts*. A raise-only case beside a
plain one can only lift it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from referral.matching.model import Fact, Finding
from referral.matching.rules import Read, Verdict
from referral.matching.wishes import ActiveCase, Wish

BEST_FIRST = {Verdict.FITS: 0, Verdict.PARTLY: 1, Verdict.NOT_KNOWN: 2, Verdict.CONFLICTS: 3}
LIFTS = (Verdict.FITS, Verdict.PARTLY)

Held = Mapping[str, frozenset[str] | None]
"""The values by attribute; None, or absent, where they are not known."""


# Told apart by being the same one: `_outcome` makes each but once.
@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the facts say to one case, whoever asks."""

    verdict: Verdict
    attribute: str
    stands_in: bool


class Heard(NamedTuple):
    """An outcome, the case that heard it, and its weight; 0 where it enters no sum."""

    outcome: Outcome
    case: ActiveCase
    weight: int


def judge(wish: Wish, outcomes: Sequence[Outcome | None]) -> Heard | None:
    """What counts of what the wish's cases hear; None where it does not apply or nothing is to be said."""
    heard = [(o, case) for o, case in zip(outcomes, wish.cases, strict=True) if o]
    plain = [one for one in heard if not one[1].raise_only]
    lifting = [one for one in heard if one[1].raise_only]
    if wish.is_plain:
        plain += [one for one in lifting if one[0].verdict in LIFTS]
        best = min(plain, key=_rank, default=None)
        return Heard(*best, wish.weight) if best else None
    best = min(lifting, key=_rank, default=None)
    return Heard(*best, wish.weight if _enters(*best) else 0) if best else None


def of_case(reads: Sequence[Read], held: Held) -> Outcome | None:
    """What these values say to a case that reads so; None where they say nothing."""
    missing: list[str] = []
    for read in reads:
        values = held.get(read.attribute)
        if values is None:
            missing.append(read.attribute)
            continue
        verdict = verdict_of(read, values)
        if verdict is not None:
            return _outcome(verdict, read.attribute, read.stands_in)
        if not values & read.silent:
            return None
    # Asked is what nobody has recorded; where everything is known but silent, the first attribute once more.
    return _outcome(Verdict.NOT_KNOWN, (missing or [reads[0].attribute])[0], False)


def verdict_of(read: Read, values: frozenset[str]) -> Verdict | None:
    """What known values say: the best of them, or None where they say nothing."""
    if values & read.fits:
        return Verdict.PARTLY if read.stands_in else Verdict.FITS
    if values & read.partly:
        return Verdict.PARTLY
    if values & read.conflicts:
        return Verdict.CONFLICTS
    return None


def finding(wish: Wish, heard: Heard, facts: Mapping[str, Fact]) -> Finding:
    """What was heard with everything a reader needs to check it."""
    outcome = heard.outcome
    fact = facts.get(outcome.attribute) if outcome.verdict is not Verdict.NOT_KNOWN else None
    return Finding(
        criterion=wish.criterion.id,
        verdict=outcome.verdict,
        answers=heard.case.answers,
        attribute=outcome.attribute,
        values=tuple(sorted(fact.values)) if fact else (),
        basis=fact.basis if fact else None,
        reached=fact.reached if fact else None,
        source=fact.source if fact else "",
        observed_on=fact.observed_on if fact else None,
        weight=heard.weight,
        matters_most=wish.matters_most,
        stands_in=outcome.stands_in,
        evidence=wish.criterion.evidence,
    )


@cache
def _outcome(verdict: Verdict, attribute: str, stands_in: bool) -> Outcome:
    return Outcome(verdict, attribute, stands_in)


def _rank(heard: tuple[Outcome, ActiveCase]) -> int:
    return BEST_FIRST[heard[0].verdict]


def _enters(outcome: Outcome, case: ActiveCase) -> bool:
    """A raise-only verdict counts where it fits, and where an observed conflict was said to count."""
    if outcome.verdict is Verdict.CONFLICTS:
        return case.conflicts_count
    return outcome.verdict is Verdict.FITS
