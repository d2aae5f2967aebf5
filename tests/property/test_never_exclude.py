"""Promise 1: no answer about a person takes a group away, and no sensitive answer lowers one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from referral.matching.model import Answers, Group
from tests.property.menus import quick_menu, stands
from tests.property.strategies import all_answers, answer_to, catalogs

OF_THE_BODY_AND_SOUL = ("q4_mental_health", "q5_safety_history", "b5_safe")

Answer = tuple[str, frozenset[str]]


@given(all_answers(), catalogs())
def test_every_group_stands_on_the_menu_or_is_greyed_out_with_a_reason(answers: Answers, groups: list[Group]) -> None:
    menu = quick_menu(answers, groups)
    shown = [group for entry in menu.entries for group in entry.groups]
    greyed = [gone.group for gone in menu.out_of_reach]
    assert sorted(shown + greyed) == sorted(group.id for group in groups)
    assert {gone.reason for gone in menu.out_of_reach} <= {"language", "membership", "access", "time"}
    assert all(gone.detail for gone in menu.out_of_reach)


@given(all_answers(max_size=14), catalogs())
def test_no_answer_but_a_practical_one_puts_a_group_out_of_reach(answers: Answers, groups: list[Group]) -> None:
    practical = {q: chosen for q, chosen in answers.choices.items() if q.startswith("q12_")}
    only_practical = quick_menu(Answers(practical), groups)
    assert quick_menu(answers, groups).out_of_reach == only_practical.out_of_reach


@given(all_answers(), catalogs(), st.lists(answer_to(*OF_THE_BODY_AND_SOUL), min_size=1, max_size=3))
def test_an_answer_about_trauma_or_mental_health_lowers_no_group(
    answers: Answers, groups: list[Group], sensitive: list[Answer]
) -> None:
    silent = without(answers, OF_THE_BODY_AND_SOUL)
    told = replace(silent, choices={**silent.choices, **dict(sensitive)})
    assert_none_is_lower(silent, told, groups)


@given(all_answers(), catalogs(), answer_to("q6_medicines"))
def test_an_answer_about_medicine_lowers_a_group_only_where_the_reception_was_seen_to_be_unwelcoming(
    answers: Answers, groups: list[Group], sensitive: Answer
) -> None:
    silent = without(answers, ("q6_medicines",))
    told = replace(silent, choices={**silent.choices, **dict([sensitive])})
    elsewhere = [group for group in groups if "unwelcoming" not in group.values("omt_reception_observed")]
    assert_none_is_lower(silent, told, elsewhere)


@given(all_answers(), catalogs(), answer_to(*OF_THE_BODY_AND_SOUL, "q6_medicines"))
def test_a_sensitive_answer_reverses_no_verdict_but_on_opioid_treatment(
    answers: Answers, groups: list[Group], sensitive: Answer
) -> None:
    silent = without(answers, (sensitive[0],))
    told = replace(silent, choices={**silent.choices, **dict([sensitive])})
    before, after = verdicts(silent, groups), verdicts(told, groups)
    best_first = ("fits", "partly", "not_known", "conflicts")
    for key, was in before.items():
        if key[1] != "omt_reception":
            assert best_first.index(after[key]) <= best_first.index(was)


def without(answers: Answers, questions: tuple[str, ...]) -> Answers:
    """As if these had not been answered; what was marked as mattering most stays marked."""
    choices = {q: chosen for q, chosen in answers.choices.items() if q not in questions}
    return Answers(choices, answers.matters_most)


def assert_none_is_lower(silent: Answers, told: Answers, groups: list[Group]) -> None:
    before, after = stands(silent, groups), stands(told, groups)
    for group, (band, share) in before.items():
        band_told, share_told = after[group]
        assert band_told <= band, group
        assert share_told >= share, group


def verdicts(answers: Answers, groups: list[Group]) -> dict[tuple[str, str], str]:
    """(group, criterion) → verdict, for the verdicts that enter the sums."""
    entries = quick_menu(answers, groups).entries
    return {(g, f.criterion): f.verdict.value for e in entries for g in e.groups for f in e.findings if f.weight}
