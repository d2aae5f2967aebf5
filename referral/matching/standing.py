"""Verdicts → where a group stands: band and share are read off the weighted verdicts, nothing else.

f = Σ weight·(fits 1, partly ½) · c = Σ weight of conflicts · W = Σ weight of what was judged · share = (f − c) ÷ W
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from referral.matching.model import BAND_ORDER, Band, Fact
from referral.matching.rules import Verdict
from referral.matching.wishes import Choices

FOR_A_SITUATION = {
    "young_adults": "young_adult",
    "lgbt": "lgbt",
    "parents_with_small_children": "small_children",
    "release_from_prison": "released_from_prison",
}
"""Attribute values that make a group one for a situation, and the option of q12_situation that asks for it."""

BAND_RANK = {band: rank for rank, band in enumerate(BAND_ORDER)}


class Weighed(NamedTuple):
    """One verdict as it enters the sums."""

    verdict: Verdict
    weight: int
    matters_most: bool


class Standing(NamedTuple):
    """Comparable: the smaller stands higher. `place` is the rank of this among all in the lane."""

    band_rank: int
    not_asked_for: bool
    share_down: Fraction
    """The share, negated so that the larger share sorts first."""
    unknowns: int

    @property
    def band(self) -> Band:
        return BAND_ORDER[self.band_rank]


def standing(weighed: Iterable[Weighed], *, not_asked_for: bool) -> Standing:
    """Where a group with these verdicts stands, exactly: halves are counted in whole numbers, no rounding."""
    fit, conflict, total, unknowns, hard_no = 0, 0, 0, 0, False
    for verdict, weight, matters_most in weighed:
        total += 2 * weight
        if verdict is Verdict.FITS:
            fit += 2 * weight
        elif verdict is Verdict.PARTLY:
            fit += weight
        elif verdict is Verdict.CONFLICTS:
            conflict += 2 * weight
            hard_no = hard_no or (matters_most and weight > 0)
        else:
            unknowns += weight > 0
    band = _band(fit, conflict, total, hard_no)
    share = Fraction(fit - conflict, total) if total else Fraction(0)
    return Standing(BAND_RANK[band], not_asked_for, -share, unknowns)


def _band(fit: int, conflict: int, total: int, hard_no: bool) -> Band:
    if total == 0:
        return Band.NOT_RANKED
    if 2 * (fit - conflict) > total and not hard_no:
        return Band.FITS_MOST
    if fit < conflict:
        return Band.FITS_FEW
    return Band.NOT_YET_KNOWN if 4 * fit < total else Band.FITS_SOME


def not_asked_for(facts: Mapping[str, Fact], said: Choices) -> bool:
    """Whether a group with these facts is for one gender or one situation that the answers do not ask for."""
    return _one_gender(facts, said) or _one_situation(facts, said)


def _one_gender(facts: Mapping[str, Fact], said: Choices) -> bool:
    genders = _values(facts, "gender_setting") & {"women", "men", "mixed"}
    return len(genders) == 1 and "mixed" not in genders and not genders & said.get("q12_gender", frozenset())


def _one_situation(facts: Mapping[str, Fact], said: Choices) -> bool:
    situations = (_values(facts, "gender_setting") & FOR_A_SITUATION.keys()) | (
        # A group about life after prison only; one that is about addiction too is for everybody.
        _values(facts, "problem_focus") if _values(facts, "problem_focus") == {"release_from_prison"} else frozenset()
    )
    asked = {FOR_A_SITUATION[situation] for situation in situations}
    return bool(asked) and not asked & said.get("q12_situation", frozenset())


def _values(facts: Mapping[str, Fact], attribute: str) -> frozenset[str]:
    fact = facts.get(attribute)
    return fact.values if fact else frozenset()
