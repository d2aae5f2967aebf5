"""Promises 2, 6 and 10: what is said to everybody hangs on no answer, and what nobody knows is asked, not said."""

from hypothesis import given

from referral.knowledge import rules
from referral.matching.model import Answers, Fact, General, Group
from referral.matching.rules import Message, Role
from tests.property.menus import quick_menu
from tests.property.strategies import all_answers, answer_to, catalogs

SENSITIVE = ("q4_mental_health", "q5_safety_history", "q6_medicines", "b5_safe")

Answer = tuple[str, frozenset[str]]


@given(all_answers(), catalogs(), answer_to(*SENSITIVE))
def test_no_answer_about_health_changes_what_everybody_is_told(
    answers: Answers, groups: list[Group], sensitive: Answer
) -> None:
    silent = {question: chosen for question, chosen in answers.choices.items() if question not in SENSITIVE}
    told = Answers({**silent, **dict([sensitive])})
    assert for_everybody(quick_menu(told, groups).general) == for_everybody(
        quick_menu(Answers(silent), groups).general
    )


@given(all_answers(), catalogs())
def test_the_universal_safety_advice_is_always_there(answers: Answers, groups: list[Group]) -> None:
    safety = {message.id for message in rules().messages.values() if message.universal_safety}
    assert safety <= said(quick_menu(answers, groups).general)


@given(all_answers(), catalogs())
def test_a_message_reached_only_through_something_unknown_is_an_ask(answers: Answers, groups: list[Group]) -> None:
    known = {group.id: group for group in groups}
    for entry in quick_menu(answers, groups).entries:
        facts = known[entry.groups[0]].facts
        for asked in (ask for ask in entry.asks if ask.message):
            message = rules().messages[asked.message or ""]
            assert asked.attribute in message.unknown_counts
            assert asked.attribute not in facts
            assert message.id not in (*entry.cautions, *entry.benefits, *entry.shown)
            assert not speaks_of(message, facts)


@given(all_answers(), catalogs())
def test_a_caution_or_benefit_about_a_group_rests_on_a_known_fact(answers: Answers, groups: list[Group]) -> None:
    known = {group.id: group for group in groups}
    for entry in quick_menu(answers, groups).entries:
        for said_of_it in (*entry.cautions, *entry.benefits):
            message = rules().messages[said_of_it]
            assert message.shown == "group" or message.stands_in
            assert not message.applies_to or speaks_of(message, known[entry.groups[0]].facts)
            assert message.role is (Role.CAUTION if said_of_it in entry.cautions else Role.BENEFIT)


@given(all_answers(), catalogs())
def test_each_message_is_said_once_and_each_question_asked_once(answers: Answers, groups: list[Group]) -> None:
    menu = quick_menu(answers, groups)
    once = said(menu.general)
    for entry in menu.entries:
        of_it = (*entry.cautions, *entry.benefits)
        assert len(of_it) == len(set(of_it))
        assert not once & {m for m in of_it if not rules().messages[m].stands_in}
        assert len(entry.asks) == len(set(entry.asks))


@given(all_answers(), catalogs())
def test_the_answers_behind_a_message_were_given(answers: Answers, groups: list[Group]) -> None:
    pairs = {f"{q}.{option}" for q, chosen in answers.choices.items() for option in chosen}
    for entry in quick_menu(answers, groups).entries:
        for message, behind in entry.message_answers.items():
            assert set(behind) <= pairs
            assert bool(behind) == bool(rules().messages[message].triggers)


def speaks_of(message: Message, facts: dict[str, Fact]) -> bool:
    return any(attribute in facts and facts[attribute].values & vs for attribute, vs in message.applies_to.items())


def said(general: General) -> set[str]:
    return {*general.cautions, *general.benefits, *general.advice, *general.clinician}


def for_everybody(general: General) -> set[str]:
    return {message for message in said(general) if not rules().messages[message].triggers}
