"""What stands on the menu: order, bands, reasons, and what was said."""

import re

import pytest
from django.test import Client

from clinics.models import Clinic, User
from referral.knowledge import rules
from tests.catalog_factories import a_fact, a_group, a_meeting, a_text, an_organisation
from tests.web.menu_world import (
    WISH,
    entry,
    order,
    said,
    shown,
    three_groups,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


def test_groups_stand_by_band_and_what_is_not_known_stands_before_what_does_not_fit(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    page = shown(browser, said(user, **WISH))
    assert order(page) == ["talks", "unasked", "turns"]
    bands = re.findall(r'<h3 id="tier-[\w-]+">([^<]+)</h3>', page)
    assert bands == ["Fits most of what was said", "Not yet known", "Fits few of what was said"]


def test_a_reason_names_the_answer_the_value_and_where_it_comes_from(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    page = shown(browser, said(user, **WISH))
    fits, not_fits = words(entry(page, "talks")), words(entry(page, "turns"))
    for text in (fits, not_fits):
        assert "You said: To talk together and get answers" in text
        assert "Observed, about this group, 1 October 2025" in text
        assert "Two visits" in text
    assert "People talk together and answer each other." in fits
    assert "People speak in turn, and nobody comments." in not_fits
    assert 'aria-label="Fits:"' in entry(page, "talks")
    assert 'aria-label="Does not fit:"' in entry(page, "turns")


def test_what_is_not_known_is_marked_apart_and_becomes_a_question(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    card = entry(shown(browser, said(user, **WISH)), "unasked")
    assert 'aria-label="Not known:"' in card
    assert 'aria-label="Does not fit:"' not in card
    assert "What happens in an ordinary meeting?" in words(card)
    assert "The answer could move it to another band." in words(card)


def test_what_would_move_an_entry_is_told(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    card = words(entry(shown(browser, said(user, **WISH)), "turns"))
    assert "What would move this?" in card
    assert "If it turned out: “People talk together and answer each other.”" in card


def test_no_percentage_or_score_stands_on_the_menu(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    text = words(shown(browser, said(user, matters="q7_format", **WISH)))
    assert not re.search(r"\d\s?%|\bscore\b|\bpoints\b|out of \d", text)


def test_a_caution_never_stands_without_a_benefit_beside_it(browser: Client, user: User, clinic: Clinic) -> None:
    group = a_group(clinic, "steps", organisation=an_organisation("na", kind="twelve_step_fellowship"))
    a_fact(group.organisation, "organisation_kind", "twelve_step_fellowship")
    a_fact(group, "meeting_format", "narrative_turns_no_dialogue", basis="observed")
    a_fact(group, "touch_custom", "hugging_common", basis="observed")
    consultation = said(user, q7_format="dialogue", q9_avoid="touch speaking", q4_mental_health="yes_hard_in_groups")
    card = entry(shown(browser, consultation), "steps")
    cautions = re.search(r'<div class="care">.*?</div>', card)
    assert cautions
    assert 1 <= cautions[0].count("<li>") <= 3
    assert '<div class="good">' in card
    assert cautions[0].count("#message-") == cautions[0].count("<li>")


def test_where_nothing_was_studied_the_entry_says_so(browser: Client, user: User, clinic: Clinic) -> None:
    for kind in ("ngo", "twelve_step_fellowship"):
        a_group(clinic, kind.replace("_", "-"), organisation=an_organisation(kind=kind))
    page = shown(browser, said(user, **WISH))
    assert "Not studied:" in entry(page, "ngo")
    assert "Not studied:" not in entry(page, "twelve-step-fellowship")


def test_every_entry_tells_when_where_and_what_a_first_meeting_is_like(
    browser: Client, user: User, clinic: Clinic
) -> None:
    group = a_group(clinic, "talks", venue="Torget")
    a_meeting(group, 0)
    a_text(group.organisation)
    card = words(entry(shown(browser, said(user, place="Fjordlia", **WISH)), "talks"))
    for told in ("Mondays 18:30", "Torget, Fjordlia", "The first meeting", "You are met at the door."):
        assert told in card
    assert "in a straight line, an estimate" in card


def test_other_lanes_stand_beside_and_never_instead(browser: Client, user: User, clinic: Clinic) -> None:
    for lane in ("addiction", "in_addition", "next_of_kin"):
        a_group(clinic, lane, lane=lane)
    page = shown(browser, said(user, **WISH))
    assert re.findall(r'<h2 id="lane-(\w+)">', page) == ["addiction", "in_addition", "next_of_kin"]
    relatives = shown(browser, said(user, q1_help_with="someone_elses_use"))
    assert re.findall(r'<h2 id="lane-(\w+)">', relatives)[0] == "next_of_kin"


def test_the_answers_stand_above_the_menu_with_what_matters_most(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    page = shown(browser, said(user, matters="q7_format", q7_format="dialogue course", q10_belief="pns"))
    chips = [words(chip) for chip in re.findall(r'<span class="ans">.*?</span>.*?</span>', page)]
    assert chips == [
        "Suits best To talk together and get answers; To learn skills, a course",
        "Faith Prefer not to say",
    ]
    assert page.count('aria-label="Matters most"') == 1


def test_when_nothing_was_said_nothing_stands_above_anything(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    consultation = said(user, q7_format="pns", q10_belief="not_asked")
    page = shown(browser, consultation)
    assert "Nothing was answered, so no group stands above another." in page
    assert re.findall(r'<h3 id="tier-[\w-]+">([^<]+)</h3>', page) == ["Not ranked"]
    assert sorted(order(page)) == ["talks", "turns", "unasked"]


def test_equals_stand_in_an_order_that_the_printed_number_gives(browser: Client, user: User, clinic: Clinic) -> None:
    for number in range(8):
        a_fact(a_group(clinic, f"group-{number}"), "cost", "free", source=f"Leaflet {number}")
    menus = [said(user) for _ in range(4)]
    orders = {tuple(order(shown(browser, menu))) for menu in menus}
    assert len(orders) > 1
    for menu in menus:
        assert f"number {menu.seed}" in shown(browser, menu)
        assert order(shown(browser, menu)) == order(shown(browser, menu))


def test_the_rule_set_that_made_the_menu_is_named(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    assert rules().fingerprint in shown(browser, said(user, **WISH))


def test_everyone_gets_the_same_advice_whatever_the_trauma_answer(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    advice = {
        tuple(re.findall(r'<ul class="advice">(.*?)</ul>', shown(browser, said(user, **answer)))[:1])
        for answer in ({}, {"q5_safety_history": "yes_want_group_for_it"}, {"q5_safety_history": "no"})
    }
    assert len(advice) == 1


def test_three_notes_for_professionals_at_most_and_a_way_to_the_rest(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    page = shown(browser, said(user, q4_mental_health="yes_hard_in_groups", q6_medicines="omt_now", **WISH))
    staff = re.search(r'<details class="staff">.*?</details>', page)
    assert staff
    assert staff[0].count("<li>") == 3
    assert "on How the menu is made" in words(staff[0])
