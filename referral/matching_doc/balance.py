"""How cautions, benefits and asks fall on the kinds of organisation, over many made-up sets of answers."""

import hashlib
from collections.abc import Iterator
from datetime import date
from statistics import median

from referral.intake import branches
from referral.matching.model import Answers, Entry
from referral.matching.recommend import Recommendation
from referral.matching.rules import UNINFORMATIVE, Question, RuleSet
from referral.matching_doc.measured import KindBalance
from referral.matching_doc.stories import Stories

SETS = 400
ANY_DAY = date(2020, 1, 1)
SEED = 2020
ANSWERED = 0.7
"""How often an open question is answered."""
TICKED = 0.25
"""How often an option of several is ticked."""


def balance(stories: Stories, rules: RuleSet) -> tuple[KindBalance, ...]:
    """The medians by kind, in the order of the vocabulary. Cautions and benefits are all that fired."""
    kinds = {group.id: group.values("kind") for group in stories.catalog.groups}
    seen: dict[str, list[tuple[int, int, int]]] = {kind: [] for kind in rules.attributes["kind"].values}
    for entry in _entries(stories, rules):
        counts = (len(entry.cautions), len(entry.benefits), len(entry.asks))
        for group in entry.groups:
            for kind in kinds[group]:
                seen[kind].append(counts)
    return tuple(KindBalance(kind, *_medians(counts)) for kind, counts in seen.items() if counts)


def made_up_answers(number: int, rules: RuleSet) -> Answers:
    """A valid set of answers, the same everywhere for the same number: branches open and close as in the intake."""
    choices: dict[str, frozenset[str]] = {}
    for question in branches.in_order(rules.questionnaire):
        is_open = question.id in branches.asked(rules.questionnaire, choices)
        if is_open and _chance(number, question.id) < ANSWERED:
            choices[question.id] = _chosen(number, question)
    return Answers({question: chosen for question, chosen in choices.items() if chosen})


def _entries(stories: Stories, rules: RuleSet) -> Iterator[Entry]:
    for number in range(SETS):
        run = Recommendation(made_up_answers(number, rules), stories.catalog, rules, seed=1)
        yield from run.menu(ANY_DAY).entries


def _chosen(number: int, question: Question) -> frozenset[str]:
    said = [option.id for option in question.options if option.id not in UNINFORMATIVE]
    by_chance = sorted(said, key=lambda option: _chance(number, question.id, option))
    if question.type != "multi":
        return frozenset(by_chance[:1])
    ticked = [o for o in by_chance if o not in question.exclusive and _chance(number, question.id, o) < TICKED]
    return frozenset(ticked[: question.max_choices])


def _chance(number: int, *names: str) -> float:
    """A fixed number from 0 to 1 for these names; a hash, so that every machine and Python draws the same."""
    written = f"{SEED}:{number}:{':'.join(names)}".encode()
    return int.from_bytes(hashlib.blake2b(written, digest_size=6).digest()) / 2**48


def _medians(counts: list[tuple[int, int, int]]) -> Iterator[float]:
    return (float(median(column)) for column in zip(*counts, strict=True))
