"""Which questions stand open, on the page and in what the engine hears."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from referral.intake import branches, pages
from referral.intake.models import Consultation
from referral.intake.services import read_answers, to_engine
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
OWN_USE = {"q2_goal", "q3_stage", "q6_medicines"}
AFTER_A_PARENT = {"b3_after_use", "b5_safe", "b11_kind", "b11_reasons", "b11_leaving", "q12_other_languages"}


def chose(**choices: str) -> StoredAnswers:
    return StoredAnswers(choices={question: frozenset(said.split()) for question, said in choices.items()})


def asked(stored: StoredAnswers) -> set[str]:
    return set(branches.asked(rules().questionnaire, stored.choices, stored.opened))


def send(browser: Client, consultation: Consultation, page: str, **data: object) -> StoredAnswers:
    browser.post(reverse(page, args=[consultation.pk]), data)
    with scope(clinic=consultation.clinic):
        consultation.refresh_from_db()
        return read_answers(consultation)


def test_with_no_answers_every_question_but_the_branches_stands_open() -> None:
    every = set(rules().questionnaire.questions)
    assert every - asked(StoredAnswers()) == AFTER_A_PARENT


def test_a_branch_opens_right_after_its_parent() -> None:
    shown = branches.asked(rules().questionnaire, {"q3_stage": frozenset({"used_again_recently"})})
    assert shown[shown.index("q3_stage") + 1] == "b3_after_use"


@pytest.mark.parametrize(
    ("experience", "opens"),
    [
        ("none", set()),
        ("attend_happy", {"b11_kind"}),
        ("left_good", {"b11_kind"}),
        ("left_bad", {"b11_kind", "b11_reasons"}),
        ("attend_want_more", {"b11_kind", "b11_reasons"}),
        ("attend_thinking_of_leaving", {"b11_kind", "b11_reasons", "b11_leaving"}),
        ("pns", set()),
    ],
)
def test_experience_opens_its_branches(experience: str, opens: set[str]) -> None:
    assert asked(chose(q11_experience=experience)) & AFTER_A_PARENT == opens


def test_the_safety_branch_opens_by_its_answer_or_on_request() -> None:
    assert "b5_safe" in asked(chose(q5_safety_history="yes_take_into_account"))
    assert "b5_safe" not in asked(chose(q5_safety_history="no"))
    assert "b5_safe" in asked(StoredAnswers(opened=frozenset({"b5_safe"})))


def test_no_other_branch_opens_on_request() -> None:
    assert "b3_after_use" not in asked(StoredAnswers(opened=frozenset({"b3_after_use"})))


def test_questions_about_own_use_are_left_out_for_a_relative_only() -> None:
    assert not OWN_USE & asked(chose(q1_help_with="someone_elses_use"))
    assert asked(chose(q1_help_with="someone_elses_use alcohol")) >= OWN_USE
    assert asked(chose(q1_help_with="pns")) >= OWN_USE


def test_an_answer_to_a_question_left_out_opens_no_branch() -> None:
    relative = chose(q1_help_with="someone_elses_use", q3_stage="used_again_recently")
    assert "b3_after_use" not in asked(relative)


def test_the_engine_does_not_hear_answers_of_closed_branches() -> None:
    stored = chose(q3_stage="using_now", b3_after_use="encouragement")
    assert "b3_after_use" not in to_engine(stored).choices


def test_the_engine_does_not_hear_answers_of_questions_left_out() -> None:
    stored = chose(q1_help_with="someone_elses_use", q6_medicines="omt_now")
    assert set(to_engine(stored).choices) == {"q1_help_with"}


def test_the_engine_does_not_hear_a_mark_on_a_closed_question() -> None:
    stored = StoredAnswers(matters_most=frozenset({"b5_safe", "q9_avoid", "q7_format.dialogue"}))
    assert to_engine(stored).matters_most == {"q9_avoid", "q7_format.dialogue"}


def test_a_branch_is_on_the_page_only_when_open(browser: Client, consultation: Consultation) -> None:
    page = reverse("intake", args=[consultation.pk])
    assert 'name="b3_after_use"' not in browser.get(page).content.decode()
    send(browser, consultation, "intake-update", q3_stage="used_again_recently")
    assert 'name="b3_after_use"' in browser.get(page).content.decode()


def test_updating_without_script_opens_the_page_again(browser: Client, consultation: Consultation) -> None:
    response = browser.post(reverse("intake-update", args=[consultation.pk]), {"q11_experience": "left_bad"})
    assert response.url == reverse("intake", args=[consultation.pk])
    assert 'name="b11_reasons"' in browser.get(response.url).content.decode()


def test_a_branch_closed_by_mistake_comes_back_as_it_was(browser: Client, consultation: Consultation) -> None:
    send(browser, consultation, "intake-live", q3_stage="used_again_recently", b3_after_use="practical_plan")
    send(browser, consultation, "intake-live", q3_stage="unsure")
    stored = send(browser, consultation, "intake-live", q3_stage="used_again_recently")
    assert to_engine(stored).choices["b3_after_use"] == {"practical_plan"}


def test_an_open_branch_left_empty_is_kept_as_not_asked(browser: Client, consultation: Consultation) -> None:
    send(browser, consultation, "intake-live", q3_stage="used_again_recently", b3_after_use="practical_plan")
    stored = send(browser, consultation, "intake-live", q3_stage="used_again_recently", shown=["b3_after_use"])
    assert stored.choices["b3_after_use"] == {"not_asked"}


def test_the_safety_branch_can_be_asked_for_and_taken_back(browser: Client, consultation: Consultation) -> None:
    assert send(browser, consultation, "intake-update", open="b5_safe").opened == {"b5_safe"}
    page = browser.get(reverse("intake", args=[consultation.pk])).content.decode()
    assert 'name="b5_safe"' in page
    assert send(browser, consultation, "intake-update").opened == frozenset()


def test_the_offer_is_gone_once_the_answer_itself_opens_the_branch(
    browser: Client, consultation: Consultation
) -> None:
    page = reverse("intake", args=[consultation.pk])
    assert 'name="open"' in browser.get(page).content.decode()
    send(browser, consultation, "intake-update", q5_safety_history="yes_take_into_account")
    assert 'name="open"' not in browser.get(page).content.decode()


def live(browser: Client, consultation: Consultation, **data: object) -> str:
    address = reverse("intake-live", args=[consultation.pk])
    return browser.post(address, data, headers={"hx-request": "true"}).content.decode()


SHOWN_AT_FIRST = [*sorted(OWN_USE), "offer-b5_safe"]


def test_live_sends_only_the_places_that_changed(browser: Client, consultation: Consultation) -> None:
    nothing_new = live(browser, consultation, q2_goal="unsure", shown=SHOWN_AT_FIRST)
    assert 'id="slot-' not in nothing_new
    opened = live(browser, consultation, q3_stage="used_again_recently", shown=SHOWN_AT_FIRST)
    assert opened.count('id="slot-') == 1
    assert 'id="slot-b3_after_use" hx-swap-oob="true"' in opened


def test_live_closes_the_places_of_questions_left_out(browser: Client, consultation: Consultation) -> None:
    closed = live(browser, consultation, q1_help_with="someone_elses_use", shown=SHOWN_AT_FIRST)
    for question in OWN_USE:
        assert f'id="slot-{question}" hidden hx-swap-oob="true"' in closed


def test_progress_counts_the_twelve_and_the_parts_of_the_last() -> None:
    questions = rules().questionnaire.questions
    assert pages.progress(StoredAnswers(), questions["q2_goal"]).title == "Question 2 of 12"
    assert pages.progress(StoredAnswers(), questions["q12_mode"]).title == "Question 12 of 12, part 3 of 9"
    used_again = chose(q3_stage="used_again_recently")
    assert pages.progress(used_again, questions["b3_after_use"]).title == "Question 3 of 12, part 2 of 2"


def test_progress_counts_only_what_is_asked() -> None:
    relative = chose(q1_help_with="someone_elses_use")
    question = rules().questionnaire.questions["q4_mental_health"]
    assert pages.progress(relative, question).title == "Question 2 of 9"


def test_answered_counts_what_says_something() -> None:
    stored = chose(q1_help_with="alcohol", q2_goal="pns", q3_stage="not_asked", q12_mode="either", q12_times="day")
    assert pages.answered(stored) == (2, 12)
    assert pages.answered(StoredAnswers(place="Heivik")) == (1, 12)
