"""A wish and a group's facts → a verdict with its because.

    reads of a case, in order:   known?  ── no ──►  next read … all unknown → *not known*
                                   │ yes
                                   ▼
                     silent → next read · not applicable → nothing · else the verdict (a stand-in: *partly* at most)

Of several cases the best verdict holds: *fits*, *partly*, *not known*, *conflicts*. A raise-only case beside a
plain one can only lift it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from referral.matching.model import Fact, Finding
from referral.matching.rules import Read, Verdict
from referral.matching.wishes import ActiveCase, Wish

BEST_FIRST = {Verdict.FITS: 0, Verdict.PARTLY: 1, Verdict.NOT_KNOWN: 2, Verdict.CONFLICTS: 3}
LIFTS = (Verdict.FITS, Verdict.PARTLY)

Facts = Mapping[str, Fact]


class Outcome(NamedTuple):
    """What one case says of one group; `weight` 0 where it enters no sum."""

    verdict: Verdict
    weight: int
    attribute: str
    stands_in: bool
    case: ActiveCase


def judge(wish: Wish, facts: Facts) -> Outcome | None:
    """The verdict of these facts on this wish; None where the wish does not apply or nothing is to be said."""
    plain = [_of_case(case, facts) for case in wish.cases if not case.raise_only]
    lifting = [_of_case(case, facts) for case in wish.cases if case.raise_only]
    if plain:
        heard = [o for o in plain if o] + [o for o in lifting if o and o.verdict in LIFTS]
        best = min(heard, key=_rank, default=None)
        return best._replace(weight=wish.weight) if best else None
    best = min((o for o in lifting if o), key=_rank, default=None)
    return best._replace(weight=wish.weight if _enters(best) else 0) if best else None


def finding(wish: Wish, outcome: Outcome, facts: Facts) -> Finding:
    """The outcome with everything a reader needs to check it."""
    fact = facts.get(outcome.attribute) if outcome.verdict is not Verdict.NOT_KNOWN else None
    return Finding(
        criterion=wish.criterion.id,
        verdict=outcome.verdict,
        answers=outcome.case.answers,
        attribute=outcome.attribute,
        values=tuple(sorted(fact.values)) if fact else (),
        basis=fact.basis if fact else None,
        reached=fact.reached if fact else None,
        source=fact.source if fact else "",
        observed_on=fact.observed_on if fact else None,
        weight=outcome.weight,
        matters_most=wish.matters_most,
        stands_in=outcome.stands_in,
        evidence=wish.criterion.evidence,
    )


def verdict_of(read: Read, values: frozenset[str]) -> Verdict | None:
    """What known values say: the best of them, or None where they say nothing."""
    if values & read.fits:
        return Verdict.PARTLY if read.stands_in else Verdict.FITS
    if values & read.partly:
        return Verdict.PARTLY
    if values & read.conflicts:
        return Verdict.CONFLICTS
    return None


def _of_case(case: ActiveCase, facts: Facts) -> Outcome | None:
    missing: list[str] = []
    for read in case.reads:
        fact = facts.get(read.attribute)
        if fact is None:
            missing.append(read.attribute)
            continue
        verdict = verdict_of(read, fact.values)
        if verdict is not None:
            return Outcome(verdict, 0, read.attribute, read.stands_in, case)
        if not fact.values & read.silent:
            return None
    # Asked is what nobody has recorded; where everything is known but silent, the first attribute once more.
    return Outcome(Verdict.NOT_KNOWN, 0, (missing or [case.reads[0].attribute])[0], False, case)


def _rank(outcome: Outcome) -> int:
    return BEST_FIRST[outcome.verdict]


def _enters(outcome: Outcome) -> bool:
    """A raise-only verdict counts where it fits, and where an observed conflict was said to count."""
    if outcome.verdict is Verdict.CONFLICTS:
        return outcome.case.conflicts_count
    return outcome.verdict is Verdict.FITS
