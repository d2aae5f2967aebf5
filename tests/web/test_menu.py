"""The menu's pages: what stands there, for whom, and what becomes of a choice."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, User
from groups_catalog.models import Group
from referral.intake.models import Consultation
from referral.intake.services import open_consultation, read_answers, save_answers
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from tests.catalog_factories import a_fact, a_group, a_meeting, a_text, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14
PAGES = ["menu", "menu-all", "menu-anyway"]
WISH = {"q7_format": "dialogue"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def user() -> User:
    return a_member()


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


@pytest.fixture
def browser(user: User) -> Client:
    return signed_in_client(user)


def said(user: User, *, matters: str = "", place: str = "", **choices: str) -> Consultation:
    """A consultation in which this was answered; several options of a question stand apart by a space."""
    answers = StoredAnswers(
        choices={question: frozenset(options.split()) for question, options in choices.items()},
        matters_most=frozenset(matters.split()),
        place=place,
    )
    with scope(clinic=user.membership.clinic):
        consultation = open_consultation(clinic=user.membership.clinic, user=user)
        save_answers(consultation=consultation, answers=answers)
    return consultation


def address(consultation: Consultation, name: str = "menu") -> str:
    return reverse(name, args=[consultation.pk])


def shown(browser: Client, consultation: Consultation, name: str = "menu") -> str:
    answer = browser.get(address(consultation, name))
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def order(page: str) -> list[str]:
    return re.findall(r'<article class="item[^>]* id="group-([\w-]+)"', page)


def entry(page: str, group: str) -> str:
    """What stands on the card of this group."""
    found = re.search(rf'<article class="item[^>]* id="group-{group}".*?</article>', page)
    assert found
    return found[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def group_named(slug: str) -> Group:
    with scopes_disabled():
        return Group.objects.get(slug=slug)


def three_groups(clinic: Clinic) -> None:
    """For the wish to talk together: one that fits, one nobody has asked, one that does the opposite."""
    for slug, values in {"talks": "dialogue_feedback", "unasked": "", "turns": "narrative_turns_no_dialogue"}.items():
        group = a_group(clinic, slug)
        a_meeting(group)
        if values:
            a_fact(group, "meeting_format", values, basis="observed", source="Two visits")


# --- order, bands and reasons ------------------------------------------------------------------------------


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


# --- what was said -----------------------------------------------------------------------------------------


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


# --- how much is shown -------------------------------------------------------------------------------------


def test_twelve_entries_stand_first_then_all_of_them(browser: Client, user: User, clinic: Clinic) -> None:
    for number in range(15):
        a_group(clinic, f"group-{number}")
    consultation = said(user, **WISH)
    page = shown(browser, consultation)
    assert len(order(page)) == 12
    assert "Show all: 3 more" in page
    everything = shown(browser, consultation, "menu-all")
    assert len(order(everything)) == 15
    assert order(everything)[:12] == order(page)
    assert "Show all:" not in everything


def test_a_practical_fact_greys_a_group_out_with_its_reason_and_a_way_back(
    browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    a_group(clinic, "polsk", name="Polska", languages=["pl"])
    consultation = said(user, q12_language="nb", **WISH)
    page = shown(browser, consultation)
    assert "polsk" not in order(page)
    assert "Polska – The language: it meets in Polish." in words(page)
    assert address(consultation, "menu-anyway") in page
    again = shown(browser, consultation, "menu-anyway")
    assert "polsk" in order(again)
    assert set(order(page)) < set(order(again))


@pytest.mark.parametrize(
    "answer",
    [
        {"q4_mental_health": "yes_hard_in_groups"},
        {"q5_safety_history": "yes_want_group_for_it"},
        {"q6_medicines": "omt_now"},
        {"q3_stage": "using_now"},
        {"q10_belief": "secular_required"},
        {"q12_place": "Fjordlia", "q12_travel": "15"},
    ],
    ids=str,
)
def test_no_answer_about_the_person_takes_a_group_away(
    answer: dict[str, str], browser: Client, user: User, clinic: Clinic
) -> None:
    three_groups(clinic)
    a_fact(group_named("turns"), "spiritual_frame", "christian")
    page = shown(browser, said(user, **answer), "menu-all")
    assert sorted(order(page)) == ["talks", "turns", "unasked"]
    assert "Out of reach" not in page


def test_a_clinic_without_groups_is_told_so(browser: Client, user: User) -> None:
    for name in PAGES:
        assert "no published groups in the catalog within reach" in shown(browser, said(user, **WISH), name)


# --- the tray ----------------------------------------------------------------------------------------------


def choose(browser: Client, consultation: Consultation, group: str, *, by_script: bool = False) -> str:
    headers = {"hx-request": "true"} if by_script else {}
    answer = browser.post(address(consultation, "menu-choose"), {"group": group}, headers=headers, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def in_tray(consultation: Consultation) -> tuple[str, ...]:
    with scope(clinic=consultation.clinic):
        consultation.refresh_from_db()
        return read_answers(consultation).chosen


def five_groups(clinic: Clinic) -> list[str]:
    return [a_group(clinic, f"group-{number}").slug for number in range(5)]


@pytest.mark.parametrize("by_script", [False, True])
def test_the_tray_holds_four_and_a_fifth_is_refused_with_a_reason(
    by_script: bool, browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    for group in groups[:4]:
        assert "Four groups at most" not in choose(browser, consultation, group, by_script=by_script)
    assert "Four groups at most" in choose(browser, consultation, groups[4], by_script=by_script)
    assert in_tray(consultation) == tuple(groups[:4])


def test_choosing_twice_changes_nothing_the_second_time(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    choose(browser, consultation, groups[0])
    choose(browser, consultation, groups[0])
    assert in_tray(consultation) == (groups[0],)


def test_a_group_that_is_put_back_makes_room_for_another(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    for group in groups[:4]:
        choose(browser, consultation, group)
    for _twice in range(2):
        browser.post(address(consultation, "menu-put-back"), {"group": groups[1]})
    choose(browser, consultation, groups[4])
    assert in_tray(consultation) == (groups[0], groups[2], groups[3], groups[4])


def test_choosing_keeps_the_answers(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, matters="q7_format", **WISH)
    choose(browser, consultation, groups[0])
    assert "To talk together and get answers" in shown(browser, consultation)
    assert 'aria-pressed="true"' in entry(shown(browser, consultation), groups[0])


def test_with_script_only_the_button_and_the_tray_come_back(browser: Client, user: User, clinic: Clinic) -> None:
    groups = five_groups(clinic)
    part = choose(browser, said(user, **WISH), groups[0], by_script=True)
    assert "<h1" not in part
    assert f'id="pick-{groups[0]}"' in part
    assert 'hx-swap-oob="true"' in part


@pytest.mark.parametrize("name", ["menu-choose", "menu-put-back"])
@pytest.mark.parametrize("group", ["", "no-such-group", "draft", "theirs", "x" * 500, "æøå"])
def test_only_a_published_group_of_the_clinic_can_be_chosen(
    name: str, group: str, browser: Client, user: User, clinic: Clinic
) -> None:
    a_group(clinic, "draft", status="draft")
    a_group(a_clinic(), "theirs")
    consultation = said(user, **WISH)
    assert browser.post(address(consultation, name), {"group": group}).status_code == 404
    assert in_tray(consultation) == ()


def test_a_chosen_group_that_is_closed_meanwhile_leaves_the_tray(browser: Client, user: User, clinic: Clinic) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    choose(browser, consultation, groups[0])
    with scope(clinic=clinic):
        Group.objects.filter(slug=groups[0]).update(status="closed")
    assert "0 chosen" in words(shown(browser, consultation))


# --- whose it is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_finds_the_menu(name: str, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    consultation = said(user, **WISH)
    for other in (a_member(clinic), a_member(clinic, "clinic_admin"), a_member()):
        assert signed_in_client(other).get(address(consultation, name)).status_code == 404


def test_a_neighbours_groups_never_stand_on_the_menu(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    a_group(a_clinic(), "theirs")
    assert "theirs" not in shown(browser, said(user, **WISH), "menu-all")


@pytest.mark.parametrize("name", PAGES)
def test_a_menu_left_idle_is_wiped_and_says_so(name: str, browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    consultation = said(user, **WISH)
    past = timezone.now() - timedelta(hours=1)
    with scopes_disabled():
        Consultation.objects.filter(pk=consultation.pk).update(opened_at=past, touched_at=past)
    answer = browser.get(address(consultation, name))
    assert answer.status_code == 410
    assert "The answers were wiped" in answer.content.decode()
    assert "To talk together" not in answer.content.decode()


@pytest.mark.parametrize("name", ["menu-choose", "menu-put-back"])
def test_nothing_is_chosen_in_a_consultation_that_was_cleared(
    name: str, browser: Client, user: User, clinic: Clinic
) -> None:
    groups, consultation = five_groups(clinic), said(user, **WISH)
    browser.post(reverse("clear-next"))
    assert browser.post(address(consultation, name), {"group": groups[0]}).status_code == 410
    with scopes_disabled():
        assert bytes(Consultation.objects.get(pk=consultation.pk).sealed) == b""


def test_no_answer_reaches_an_address_a_log_or_the_session(
    browser: Client, user: User, clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    groups = five_groups(clinic)
    consultation = said(user, place="Canaryby", q5_safety_history="yes_want_group_for_it", **WISH)
    with caplog.at_level(logging.DEBUG):
        pages = [shown(browser, consultation, name) for name in PAGES]
        answer = browser.post(address(consultation, "menu-choose"), {"group": groups[0]})
    addresses = re.findall(r'(?:href|action|src|hx-post)="([^"]*)"', "".join(pages))
    told = "".join(addresses) + caplog.text + str(answer.headers) + str(dict(browser.session)) + str(browser.cookies)
    for canary in ("Canaryby", "yes_want_group_for_it", "q5_safety_history", groups[0] + "&"):
        assert canary not in told


# --- language and cost -------------------------------------------------------------------------------------


def test_the_content_stands_in_the_language_of_the_page(browser: Client, user: User, clinic: Clinic) -> None:
    three_groups(clinic)
    consultation = said(user, matters="q7_format", **WISH)
    english = shown(browser, consultation)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "nb"
    norwegian = shown(browser, consultation)
    assert order(norwegian) == order(english)
    assert "People talk together and answer each other." in english
    assert "Folk snakker sammen og svarer hverandre." in norwegian
    assert "Å snakke sammen og få svar" in norwegian
    for sentence in ("People talk together and answer each other.", "What happens in an ordinary meeting?"):
        assert sentence not in norwegian


def test_the_number_of_queries_does_not_grow_with_the_groups(browser: Client, user: User, clinic: Clinic) -> None:
    def add(number: int) -> None:
        group = a_group(clinic, f"group-{number}", organisation=an_organisation(f"organisation-{number}"))
        a_meeting(group)
        a_fact(group, "meeting_format", "dialogue_feedback", source=f"Leaflet {number}")
        a_text(group.organisation)

    consultation = said(user, **WISH)
    add(0)
    alone = [queries_of(browser, consultation, name) for name in PAGES]
    for number in range(1, 50):
        add(number)
    assert [queries_of(browser, consultation, name) for name in PAGES] == alone
    assert max(alone) <= MOST_QUERIES


def queries_of(browser: Client, consultation: Consultation, name: str) -> int:
    """Of a page that is opened again: the first time after a change the catalog is read anew."""
    shown(browser, consultation, name)
    with CaptureQueriesContext(connection) as queries:
        shown(browser, consultation, name)
    return len(queries)
