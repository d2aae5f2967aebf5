"""The sums of the menu once more, written from the design and not from the engine, over its JSON."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from referral.knowledge import rules
from referral.matching.model import Answers, Group

BANDS = ("fits_most", "fits_some", "not_yet_known", "not_ranked", "fits_few")
SITUATIONS = {
    "young_adults": "young_adult",
    "lgbt": "lgbt",
    "parents_with_small_children": "small_children",
    "release_from_prison": "released_from_prison",
}

Json = Mapping[str, Any]
Key = tuple[int, bool, Fraction, int]


def share(entry: Json) -> Fraction | None:
    """(f − c) ÷ W, or None where no wish is switched on."""
    whole = sum(found["weight"] for found in entry["findings"])
    return (_fits(entry) - _conflicts(entry)) / whole if whole else None


def band(entry: Json) -> str:
    """The band that the verdicts and weights give (design §6.4)."""
    part, whole = share(entry), sum(found["weight"] for found in entry["findings"])
    if part is None:
        return "not_ranked"
    if part > Fraction(1, 2) and not any(_is_hard_no(found) for found in entry["findings"]):
        return "fits_most"
    if part < 0:
        return "fits_few"
    return "not_yet_known" if _fits(entry) < Fraction(whole, 4) else "fits_some"


def standing_key(entry: Json, group: Group, answers: Answers) -> Key:
    """What the place within a lane is ranked by (design §6.5); all that is not ranked stands level (promise 2)."""
    if band(entry) == "not_ranked":
        return BANDS.index("not_ranked"), False, Fraction(0), 0
    unknowns = sum(found["verdict"] == "not_known" and found["weight"] > 0 for found in entry["findings"])
    return BANDS.index(band(entry)), for_others(group, answers), -(share(entry) or Fraction(0)), unknowns


def places(keys: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], int]:
    """(lane, key) → the dense rank within the lane."""
    lanes: dict[str, set[Key]] = {}
    for lane, key in keys:
        lanes.setdefault(lane, set()).add(key)
    return {(lane, key): rank for lane, known in lanes.items() for rank, key in enumerate(sorted(known), 1)}


def for_others(group: Group, answers: Answers) -> bool:
    """For one gender or situation that nobody asked for."""
    who, asked = group.values("gender_setting"), answers.informative()
    genders = who & {"women", "men", "mixed"}
    if genders in ({"women"}, {"men"}) and not genders & asked.get("q12_gender", frozenset()):
        return True
    situations = {SITUATIONS[value] for value in who & SITUATIONS.keys()}
    if group.values("problem_focus") == {"release_from_prison"}:
        situations.add("released_from_prison")
    return bool(situations) and not situations & asked.get("q12_situation", frozenset())


def _fits(entry: Json) -> Fraction:
    half = {"fits": Fraction(1), "partly": Fraction(1, 2)}
    return sum((found["weight"] * half.get(found["verdict"], 0) for found in entry["findings"]), Fraction(0))


def _conflicts(entry: Json) -> int:
    return sum(found["weight"] for found in entry["findings"] if found["verdict"] == "conflicts")


def _is_hard_no(found: Json) -> bool:
    """A conflict on what matters most; the weight tells, since a mark makes it three times the criterion's."""
    own = next(criterion.weight for criterion in rules().criteria if criterion.id == found["criterion"])
    return found["verdict"] == "conflicts" and found["weight"] > own
