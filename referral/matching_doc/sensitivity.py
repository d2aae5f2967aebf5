"""How much each weight matters: doubled and taken away, does it change a band or the first place of a story?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from referral.matching.model import Answers, Band
from referral.matching.recommend import Recommendation
from referral.matching.rules import Criterion, RuleSet
from referral.matching.wishes import active_wishes
from referral.matching_doc.measured import Swing
from referral.matching_doc.stories import Stories

ANY_DAY = date(2020, 1, 1)
Result = tuple[Mapping[str, Band], frozenset[str]]
"""The band of every group, and the groups that stand first in their lane."""


def sensitivity(stories: Stories, rules: RuleSet) -> dict[str, Swing]:
    """Swings by criterion, in the order of the rules."""
    before = [_result(answers, stories, rules) for answers in stories.answers]
    switched_on = [{wish.criterion.id for wish in active_wishes(a, rules)} for a in stories.answers]
    swings = {}
    for criterion in rules.criteria:
        on = [number for number, ids in enumerate(switched_on) if criterion.id in ids]
        doubled, dropped = (
            sum(_result(stories.answers[n], stories, _weighing(rules, criterion, weight)) != before[n] for n in on)
            for weight in (2 * criterion.weight, 0)
        )
        swings[criterion.id] = Swing(len(on), doubled, dropped)
    return swings


def _weighing(rules: RuleSet, criterion: Criterion, weight: int) -> RuleSet:
    """The rules with another weight for one criterion."""
    criteria = (replace(c, weight=weight) if c.id == criterion.id else c for c in rules.criteria)
    return replace(rules, criteria=tuple(criteria))


def _result(answers: Answers, stories: Stories, rules: RuleSet) -> Result:
    entries = Recommendation(answers, stories.catalog, rules, seed=1).menu(ANY_DAY).entries
    bands = {group: entry.band for entry in entries for group in entry.groups}
    return bands, frozenset(group for entry in entries if entry.place == 1 for group in entry.groups)
