"""Whose menu it is, in which language, and what it costs the database."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from clinics.models import Clinic, User
from referral.intake.models import Consultation
from tests.catalog_factories import a_fact, a_group, a_meeting, a_text, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.menu_world import (
    PAGES,
    WISH,
    address,
    five_groups,
    order,
    queries_of,
    said,
    shown,
    three_groups,
)

# The catalog of a test has no version, so each request reads it anew; on a site that is one query instead of seven.
MOST_QUERIES = 15

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic(user: User) -> Clinic:
    return user.membership.clinic


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
