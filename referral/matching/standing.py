"""Verdicts → where a group stands: band and share are read off the weighted verdicts, nothing else.

f = Σ weight·(fits 1, partly ½) · c = Σ weight of conflicts · W = Σ weight of what was judged · share = (f − c) ÷ W
"""

from collections.abc import Mapping
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

SETTING_ATTRIBUTES = ("gender_setting", "problem_focus")
SETTING_QUESTIONS = frozenset({"q12_gender", "q12_situation"})
"""What `not_asked_for` rests on."""

BAND_RANK = {band: rank for rank, band in enumerate(BAND_ORDER)}
FITS_MOST, FITS_SOME, NOT_YET_KNOWN, FITS_FEW = (
    BAND_RANK[band] for band in (Band.FITS_MOST, Band.FITS_SOME, Band.NOT_YET_KNOWN, Band.FITS_FEW)
)
SHARE_SCALE = 10**12
"""Shares are compared as whole numbers: exact as long as the weights add up to less than a million."""
FIELD_BITS = 24
"""Each of the sums of a packed Tally has room for far more than such weights can give."""
FIELD = (1 << FIELD_BITS) - 1


class Tally(NamedTuple):
    """The sums of some verdicts. Halves are counted whole, so `fit`, `conflict` and `total` are doubled."""

    fit: int = 0
    conflict: int = 0
    total: int = 0
    unknowns: int = 0
    hard_noes: int = 0
    """Conflicts on an answer marked as mattering most."""

    def packed(self) -> int:
        """The five sums in one number, each in a field of its own, so that adding up wishes is adding numbers."""
        fit, conflict, total, unknowns, hard_noes = self
        above = hard_noes << FIELD_BITS | unknowns
        return ((above << FIELD_BITS | total) << FIELD_BITS | conflict) << FIELD_BITS | fit


NOTHING = Tally()


def weighed(verdict: Verdict, weight: int, *, matters_most: bool) -> Tally:
    """What one verdict adds to the sums."""
    if not weight:
        return NOTHING
    if verdict is Verdict.FITS:
        return Tally(fit=2 * weight, total=2 * weight)
    if verdict is Verdict.PARTLY:
        return Tally(fit=weight, total=2 * weight)
    if verdict is Verdict.CONFLICTS:
        return Tally(conflict=2 * weight, total=2 * weight, hard_noes=int(matters_most))
    return Tally(total=2 * weight, unknowns=1)


class Standing(NamedTuple):
    """Comparable: the smaller stands higher. A place is the rank of this among all in the lane."""

    band_rank: int
    not_asked_for: bool
    share_down: int
    """The share in units of 1 / SHARE_SCALE, negated so that the larger share sorts first."""
    unknowns: int

    @property
    def band(self) -> Band:
        return BAND_ORDER[self.band_rank]


def standing(sums: int, *, not_asked_for: bool) -> Standing:
    """Where a packed Tally puts a group. Where nothing was judged, nothing stands above anything."""
    total = sums >> 2 * FIELD_BITS & FIELD
    if total == 0:
        return Standing(BAND_RANK[Band.NOT_RANKED], False, 0, 0)
    fit, conflict = sums & FIELD, sums >> FIELD_BITS & FIELD
    unknowns, hard_noes = sums >> 3 * FIELD_BITS & FIELD, sums >> 4 * FIELD_BITS
    share = (fit - conflict) * SHARE_SCALE // total
    return Standing(_band(fit, conflict, total, hard_noes), not_asked_for, -share, unknowns)


def _band(fit: int, conflict: int, total: int, hard_noes: int) -> int:
    """Its place in the order of the bands."""
    if 2 * (fit - conflict) > total and not hard_noes:
        return FITS_MOST
    if fit < conflict:
        return FITS_FEW
    return NOT_YET_KNOWN if 4 * fit < total else FITS_SOME


def not_asked_for(facts: Mapping[str, Fact], said: Choices) -> bool:
    """Whether a group with these facts is for one gender or one situation that the answers do not ask for."""
    return _one_gender(facts, said) or _one_situation(facts, said)


def _one_gender(facts: Mapping[str, Fact], said: Choices) -> bool:
    genders = _values(facts, "gender_setting") & {"women", "men", "mixed"}
    return len(genders) == 1 and "mixed" not in genders and not genders & said.get("q12_gender", frozenset())


def _one_situation(facts: Mapping[str, Fact], said: Choices) -> bool:
    situations = _values(facts, "gender_setting") & FOR_A_SITUATION.keys()
    if _values(facts, "problem_focus") == {"release_from_prison"}:
        # A group about life after prison only; one that is about addiction too is for everybody.
        situations |= {"release_from_prison"}
    asked = {FOR_A_SITUATION[situation] for situation in situations}
    return bool(asked) and not asked & said.get("q12_situation", frozenset())


def _values(facts: Mapping[str, Fact], attribute: str) -> frozenset[str]:
    fact = facts.get(attribute)
    return fact.values if fact else frozenset()
