"""Menus of random answers, with and without the costly part, and pieces of them."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache

from referral.knowledge import rules
from referral.matching.model import Answers, Entry, Group, Menu
from referral.matching.recommend import Recommendation
from referral.matching.rules import RuleSet
from referral.offline.output import as_data
from tests.engine_factories import TODAY
from tests.property import sums


def quick_menu(answers: Answers, groups: Iterable[Group], seed: int = 1) -> Menu:
    """The whole menu but for *What would move this?*, which has its own properties."""
    return Recommendation(answers, groups, rules(), seed=seed).menu(TODAY)


def menu_without_weightless_criteria(answers: Answers, groups: Iterable[Group]) -> Menu:
    return Recommendation(answers, groups, _weighty_rules(), seed=1).menu(TODAY)


@cache
def _weighty_rules() -> RuleSet:
    return replace(rules(), criteria=tuple(c for c in rules().criteria if c.weight > 0))


def stripped(menu: Menu) -> list[Entry]:
    """The entries without what the seed decides: their order, which of them is pinned, which group is named first."""
    plain = (e._replace(pinned=False, groups=tuple(sorted(e.groups))) for e in menu.entries)
    return sorted(plain, key=lambda entry: entry.groups)


def stands(answers: Answers, groups: Iterable[Group]) -> dict[str, tuple[int, Fraction]]:
    """Group → band rank and share, reckoned from what the menu tells; every group is put in reach for it."""
    near = [replace(g, languages=frozenset(), access={}, meetings=(), members="everyone") for g in groups]
    entries = as_data(quick_menu(answers, near), rules(), "en")["entries"]
    return {
        group: (sums.BANDS.index(entry["band"]), sums.share(entry) or Fraction(0))
        for entry in entries
        for group in entry["groups"]
    }
