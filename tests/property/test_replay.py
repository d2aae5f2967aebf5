"""Promise 9: the same input gives the same menu, byte for byte, in whatever order it was written down."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from referral.knowledge import rules
from referral.matching import recommend
from referral.matching.catalog import Catalog
from referral.matching.model import Answers, Group
from referral.offline.output import as_data, as_json
from tests.engine_factories import TODAY, a_menu
from tests.property.menus import quick_menu
from tests.property.strategies import all_answers, catalogs

WORDED = {"text", "reason"}


@given(all_answers(), catalogs(), st.randoms(use_true_random=False))
def test_the_order_of_groups_facts_answers_and_options_never_matters(
    answers: Answers, groups: list[Group], mixed: random.Random
) -> None:
    turned = Answers({q: shuffled(answers.choices[q], mixed) for q in shuffled_keys(answers.choices, mixed)})
    marked = Answers(turned.choices, shuffled(answers.matters_most, mixed))
    other_way = mixed.sample(groups, len(groups))
    assert as_bytes(answers, groups) == as_bytes(marked, other_way)


@given(all_answers(), catalogs())
def test_the_same_input_gives_the_same_bytes(answers: Answers, groups: list[Group]) -> None:
    assert as_bytes(answers, groups) == as_bytes(answers, groups)


@given(all_answers(), catalogs(), st.integers(0, 99))
def test_the_menu_carries_what_it_takes_to_make_it_again(answers: Answers, groups: list[Group], seed: int) -> None:
    menu = quick_menu(answers, groups, seed)
    assert (menu.version, menu.fingerprint) == (rules().version, rules().fingerprint)
    assert (menu.seed, menu.today) == (seed, TODAY)


@given(all_answers(max_size=5), catalogs(max_size=4))
def test_a_catalog_made_once_gives_the_same_menu_as_its_groups(answers: Answers, groups: list[Group]) -> None:
    assert recommend(answers, Catalog(groups), rules(), today=TODAY, seed=1) == a_menu(answers, groups)


@given(all_answers(), catalogs())
def test_the_language_changes_words_only(answers: Answers, groups: list[Group]) -> None:
    menu = quick_menu(answers, groups)
    assert without_words(as_data(menu, rules(), "en")) == without_words(as_data(menu, rules(), "nb"))


@given(all_answers(), catalogs())
def test_marks_on_questions_that_were_not_answered_change_nothing(answers: Answers, groups: list[Group]) -> None:
    idle = frozenset(q for q in rules().questionnaire.questions if q not in answers.choices)
    assert quick_menu(answers, groups) == quick_menu(Answers(answers.choices, answers.matters_most | idle), groups)


def as_bytes(answers: Answers, groups: list[Group]) -> bytes:
    return as_json(quick_menu(answers, groups), rules(), "nb").encode()


def shuffled(options: frozenset[str], mixed: random.Random) -> frozenset[str]:
    return frozenset(mixed.sample(sorted(options), len(options)))


def shuffled_keys(choices: Any, mixed: random.Random) -> list[str]:
    return mixed.sample(sorted(choices), len(choices))


def without_words(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_words(value) for key, value in data.items() if key not in WORDED}
    return [without_words(value) for value in data] if isinstance(data, list) else data
