"""The questionnaire as a form: nothing is required, and every mistake has a clear message."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_scopes import scope

from clinics.models import User
from groups_catalog.services import catalog_changed
from referral.intake import pages
from referral.intake.forms import IntakeForm
from referral.intake.models import Consultation
from referral.intake.services import read_answers, save_answers, to_engine
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from tests.catalog_factories import a_group
from tests.factories import a_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
MOST_QUERIES = 20


def kept(consultation: Consultation) -> StoredAnswers:
    with scope(clinic=consultation.clinic):
        consultation.refresh_from_db()
        return read_answers(consultation)


def keep(consultation: Consultation, answers: StoredAnswers) -> None:
    with scope(clinic=consultation.clinic):
        save_answers(consultation=consultation, answers=answers)


def address(name: str, consultation: Consultation, *more: str) -> str:
    return reverse(name, args=[consultation.pk, *more])


def filled(**data: Any) -> IntakeForm:
    return pages.whole_form(StoredAnswers(), data)


def messages(form: IntakeForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


def test_there_is_one_field_for_every_question() -> None:
    fields = set(filled().fields) - {"matters"}
    assert fields == set(rules().questionnaire.questions)


def test_nothing_is_required() -> None:
    form = filled()
    assert form.is_valid()
    assert not any(field.required for field in form.fields.values())


def test_an_untouched_question_is_kept_as_not_asked() -> None:
    answers = filled().answers()
    assert set(answers.choices) == set(rules().questionnaire.questions)
    assert set(answers.choices.values()) == {frozenset({"not_asked"})}


def test_prefer_not_to_say_and_not_asked_are_kept_apart() -> None:
    answers = filled(q2_goal="pns", q3_stage="not_asked", q9_avoid=["pns"]).answers()
    assert answers.choices["q2_goal"] == {"pns"}
    assert answers.choices["q3_stage"] == {"not_asked"}
    assert answers.choices["q9_avoid"] == {"pns"}


def test_neither_of_them_tells_the_engine_anything() -> None:
    assert not to_engine(filled(q2_goal="pns", q9_avoid="pns").answers()).informative()


def test_several_options_are_kept_together() -> None:
    answers = filled(q1_help_with=["alcohol", "cannabis"]).answers()
    assert answers.choices["q1_help_with"] == {"alcohol", "cannabis"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"q2_goal": "fly"}, "Own goal: choose among the answers shown."),
        ({"q1_help_with": ["alcohol", "fly"]}, "Support with: choose among the answers shown."),
        ({"q2_goal": ["unsure", "abstain_all"]}, "Own goal: choose one answer only."),
        (
            {"q1_help_with": ["alcohol", "pns"]},
            "Support with: “Prefer not to say” cannot stand together with another answer.",
        ),
        (
            {"q1_help_with": ["not_asked", "pns"]},
            "Support with: “Prefer not to say” cannot stand together with another answer.",
        ),
        (
            {"matters": ["q2_goal", "q7_format", "q9_avoid", "q10_belief"]},
            "Mark 3 answers at most with “This matters most”.",
        ),
        ({"matters": ["q5_safety_history"]}, "Choose among the marks shown."),
    ],
)
def test_a_mistake_has_a_clear_message(data: dict[str, Any], message: str) -> None:
    assert messages(filled(**data)) == [message]


def test_more_than_two_wishes_for_the_form_of_a_meeting_are_too_many() -> None:
    (message,) = messages(filled(q7_format=["dialogue", "course", "activity"]))
    assert message.endswith("choose 2 at most.")


def test_a_place_stands_alone() -> None:
    (message,) = messages(filled(q12_place=["Oslo", "pns"]))
    assert message.endswith("write one place, or choose one of the other answers.")


def test_a_message_never_repeats_what_was_sent() -> None:
    assert "canary" not in str(messages(filled(q2_goal="canary", q12_place="canary" * 20, matters="canary")))


def test_messages_are_in_the_language_of_the_page() -> None:
    with translation.override("nb"):
        (message,) = messages(filled(q2_goal="fly"))
    assert message.startswith("Eget mål: ")


def test_what_is_valid_is_kept_beside_a_mistake() -> None:
    answers = filled(q2_goal="unsure", q7_format=["pns", "dialogue"]).answers()
    assert answers.choices["q2_goal"] == {"unsure"}
    assert answers.choices["q7_format"] == {"not_asked"}


def test_three_marks_are_kept() -> None:
    marked = ["q2_goal", "q9_avoid", "q12_gender"]
    assert filled(matters=marked).answers().matters_most == set(marked)


def test_a_place_is_kept_by_its_name() -> None:
    answers = filled(q12_place="  Oslo ").answers()
    assert answers.place == "Oslo"
    assert "q12_place" not in answers.choices


def test_a_place_can_be_taken_back() -> None:
    oslo = filled(q12_place="Oslo").answers()
    assert pages.whole_form(oslo, {"q12_place": ""}).answers().place == ""
    assert pages.whole_form(oslo, {"q12_place": "pns"}).answers().choices["q12_place"] == {"pns"}


def test_the_tray_is_left_alone_by_the_form() -> None:
    stored = StoredAnswers(chosen=("a-group",))
    assert pages.whole_form(stored, {"q2_goal": "unsure"}).answers().chosen == ("a-group",)


def test_saving_goes_on_to_the_menu(browser: Client, consultation: Consultation) -> None:
    response = browser.post(address("intake", consultation), {"q1_help_with": ["alcohol"]})
    assert response.url == address("menu", consultation)
    assert kept(consultation).choices["q1_help_with"] == {"alcohol"}


def test_a_mistake_opens_the_page_again_and_says_so(browser: Client, consultation: Consultation) -> None:
    data = {"q2_goal": ["unsure", "abstain_all"]}
    page = browser.post(address("intake", consultation), data).content.decode()
    assert "<title>Error:" in page
    assert 'href="#id_q2_goal_0"' in page
    assert page.count("Own goal: choose one answer only.") == 2


def test_every_question_says_why_it_is_asked(browser: Client, consultation: Consultation) -> None:
    everything = StoredAnswers(
        choices={
            "q3_stage": frozenset({"used_again_recently"}),
            "q5_safety_history": frozenset({"yes_take_into_account"}),
            "q11_experience": frozenset({"attend_thinking_of_leaving"}),
            "q12_language": frozenset({"other"}),
        }
    )
    keep(consultation, everything)
    page = browser.get(address("intake", consultation)).content.decode()
    assert page.count("Why we ask:") == len(rules().questionnaire.questions)


def test_both_ways_not_to_answer_stand_on_every_question(browser: Client, consultation: Consultation) -> None:
    page = browser.get(address("intake", consultation)).content.decode()
    shown = len(pages.open_now(StoredAnswers()))
    assert page.count('value="pns"') == page.count('value="not_asked"') == shown


def test_the_distress_line_stands_at_the_top_and_at_the_bottom(browser: Client, consultation: Consultation) -> None:
    for page in (address("intake", consultation), address("intake-question", consultation, "q1_help_with")):
        assert browser.get(page).content.decode().count("116\u00a0123") == 2


def test_an_untouched_question_comes_back_without_a_mark(browser: Client, consultation: Consultation) -> None:
    browser.post(address("intake-update", consultation), {"q2_goal": "unsure", "q3_stage": "not_asked"})
    page = browser.get(address("intake", consultation)).content.decode()
    assert page.count(" checked") == 2


@pytest.mark.parametrize("name", ["Atlantis", "0552"])
def test_an_unknown_place_is_a_note_and_never_an_error(
    browser: Client, consultation: Consultation, name: str
) -> None:
    response = browser.post(address("intake", consultation), {"q12_place": name})
    assert response.url == address("menu", consultation)
    assert "We do not know this place" in browser.get(address("intake", consultation)).content.decode()


def test_a_known_place_has_no_note(browser: Client, consultation: Consultation) -> None:
    keep(consultation, StoredAnswers(place="oslo"))
    assert "We do not know this place" not in browser.get(address("intake", consultation)).content.decode()


def test_a_word_to_the_professional_stands_by_the_option_it_is_for(
    browser: Client, consultation: Consultation
) -> None:
    release = rules().questionnaire.questions["q12_access"].option("release_terms")
    assert release.prompt
    assert release.prompt.en not in browser.get(address("intake", consultation)).content.decode()
    keep(consultation, StoredAnswers(choices={"q12_access": frozenset({"release_terms"})}))
    assert release.prompt.en in browser.get(address("intake", consultation)).content.decode()


def test_the_browser_is_asked_to_remember_nothing(browser: Client, consultation: Consultation) -> None:
    response = browser.get(address("intake", consultation))
    page = response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert page.count('autocomplete="off"') == 2


def test_the_counts_never_shrink_in_total(browser: Client, consultation: Consultation) -> None:
    def total(**data: Any) -> str:
        page = browser.post(address("intake-live", consultation), data, headers={"hx-request": "true"})
        return page.content.decode().split('class="big num">')[-1].split("<")[0]

    assert total() == total(q10_belief="secular_required", q9_avoid=["touch", "speaking"], q12_mode="online_only")


def test_live_saves_and_counts_the_answered(browser: Client, consultation: Consultation) -> None:
    data = {"q1_help_with": ["alcohol"], "q2_goal": "unsure"}
    page = browser.post(address("intake-live", consultation), data, headers={"hx-request": "true"})
    assert "2 of 12" in page.content.decode()
    assert kept(consultation).choices["q2_goal"] == {"unsure"}


def test_live_says_what_is_wrong_and_keeps_the_rest(browser: Client, consultation: Consultation) -> None:
    data = {"q2_goal": "unsure", "q7_format": ["dialogue", "course", "activity"]}
    page = browser.post(address("intake-live", consultation), data, headers={"hx-request": "true"})
    assert "choose 2 at most." in page.content.decode()
    assert kept(consultation).choices["q2_goal"] == {"unsure"}


def test_switching_language_loses_nothing(browser: Client, consultation: Consultation) -> None:
    data = {"q2_goal": "unsure", "q12_place": "Oslo", "language": "nb"}
    response = browser.post(address("intake-language", consultation), data)
    assert response.cookies["django_language"].value == "nb"
    assert response.cookies["django_language"]["httponly"]
    page = browser.get(response.url).content.decode()
    assert '<html lang="nb"' in page
    assert 'value="Oslo"' in page
    assert 'value="unsure" id="id_q2_goal_4" checked' in page


def test_switching_language_beside_a_mistake_keeps_it_on_the_page(
    browser: Client, consultation: Consultation
) -> None:
    data = {"q7_format": ["dialogue", "course", "activity"], "language": "nb"}
    page = browser.post(address("intake-language", consultation), data).content.decode()
    assert page.count(" checked") == 3
    assert '<html lang="nb"' in page


def test_a_language_we_do_not_have_changes_nothing(browser: Client, consultation: Consultation) -> None:
    response = browser.post(address("intake-language", consultation), {"language": "xx"})
    assert response.cookies["django_language"].value == "en"


def test_one_question_saves_that_question_only(browser: Client, consultation: Consultation) -> None:
    keep(consultation, StoredAnswers(choices={"q1_help_with": frozenset({"alcohol"})}, place="Oslo"))
    browser.post(
        address("intake-question", consultation, "q2_goal"), {"q2_goal": "unsure", "q8_structure": "own_way"}
    )
    answers = kept(consultation)
    assert answers.choices == {"q1_help_with": {"alcohol"}, "q2_goal": {"unsure"}}
    assert answers.place == "Oslo"


def test_one_question_leads_to_the_branch_it_opens(browser: Client, consultation: Consultation) -> None:
    response = browser.post(address("intake-question", consultation, "q3_stage"), {"q3_stage": "used_again_recently"})
    assert response.url == address("intake-question", consultation, "b3_after_use")


def test_the_last_question_leads_to_the_menu(browser: Client, consultation: Consultation) -> None:
    response = browser.post(address("intake-question", consultation, "q12_access"), {"q12_access": "none"})
    assert response.url == address("menu", consultation)


def test_skipping_takes_the_answer_back(browser: Client, consultation: Consultation) -> None:
    keep(consultation, StoredAnswers(choices={"q2_goal": frozenset({"unsure"})}, matters_most=frozenset({"q2_goal"})))
    response = browser.post(address("intake-skip", consultation, "q2_goal"), {"q2_goal": "unsure"})
    assert response.url == address("intake-question", consultation, "q3_stage")
    assert kept(consultation).choices["q2_goal"] == {"not_asked"}
    assert not kept(consultation).matters_most


def test_a_question_that_is_not_open_leads_onwards(browser: Client, consultation: Consultation) -> None:
    response = browser.get(address("intake-question", consultation, "b3_after_use"))
    assert response.url == address("intake-question", consultation, "q4_mental_health")


def test_a_question_that_does_not_exist_is_not_found(browser: Client, consultation: Consultation) -> None:
    assert browser.get(address("intake-question", consultation, "q99")).status_code == 404


def test_the_clients_screen_leaves_not_asked_to_the_professional(browser: Client, consultation: Consultation) -> None:
    page = browser.get(address("intake-question", consultation, "q9_avoid")).content.decode()
    assert 'value="pns"' in page
    assert 'value="not_asked"' not in page


def test_every_question_can_be_walked_one_at_a_time(browser: Client, consultation: Consultation) -> None:
    here, seen = browser.post(address("intake-hand-over", consultation)).url, 0
    while here != address("menu", consultation):
        page = browser.get(here)
        assert page.content.decode().count("<h1") == 1
        here, seen = browser.post(here).url, seen + 1
    assert seen == len(pages.open_now(StoredAnswers()))


def test_a_fourth_mark_on_the_clients_screen_is_one_too_many(browser: Client, consultation: Consultation) -> None:
    keep(consultation, StoredAnswers(matters_most=frozenset({"q2_goal", "q7_format", "q8_structure"})))
    question = address("intake-question", consultation, "q9_avoid")
    page = browser.post(question, {"q9_avoid": "touch", "matters": "q9_avoid"}).content.decode()
    assert "Mark 3 answers at most" in page
    assert kept(consultation).matters_most == {"q2_goal", "q7_format", "q8_structure"}


def test_switching_language_on_one_question_keeps_its_answer(browser: Client, consultation: Consultation) -> None:
    switch = address("intake-question-language", consultation, "q2_goal")
    response = browser.post(switch, {"q2_goal": "unsure", "language": "nb"})
    assert response.url == address("intake-question", consultation, "q2_goal")
    assert kept(consultation).choices["q2_goal"] == {"unsure"}


def test_every_page_of_the_intake_has_one_heading(browser: Client, consultation: Consultation) -> None:
    for page in (reverse("intake-start"), address("intake", consultation)):
        assert browser.get(page).content.decode().count("<h1") == 1


def test_the_clinics_own_places_are_known_and_suggested(
    user: User, browser: Client, consultation: Consultation
) -> None:
    a_group(user.membership.clinic, place="Fjordlia", latitude=62.2, longitude=9.5)
    keep(consultation, StoredAnswers(place="fjordlia"))
    page = browser.get(address("intake", consultation)).content.decode()
    assert '<option value="Fjordlia">' in page
    assert "We do not know this place" not in page


def test_a_place_of_another_clinic_is_not_suggested(browser: Client, consultation: Consultation) -> None:
    a_group(a_clinic(), place="Elsewhereby", latitude=62.2, longitude=9.5)
    assert "Elsewhereby" not in browser.get(address("intake", consultation)).content.decode()


def test_the_sensitive_questions_have_a_lead_in_on_the_clients_screen_too(
    browser: Client, consultation: Consultation
) -> None:
    lead = next(section.lead for section in rules().questionnaire.sections if section.id == "health_and_safety")
    assert lead
    page = browser.get(address("intake-question", consultation, "q4_mental_health")).content.decode()
    assert lead.en in page


def test_the_page_costs_the_same_however_many_groups(user: User, browser: Client, consultation: Consultation) -> None:
    def queries() -> int:
        catalog_changed(clinic=user.membership.clinic)
        browser.get(address("intake", consultation))
        with CaptureQueriesContext(connection) as captured:
            browser.get(address("intake", consultation))
        return len(captured)

    a_group(user.membership.clinic)
    with_one = queries()
    for _ in range(49):
        a_group(user.membership.clinic)
    assert queries() == with_one <= MOST_QUERIES
