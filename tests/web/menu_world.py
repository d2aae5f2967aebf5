"""Clinics, answers and pages for the tests of the menu."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, User
from groups_catalog.models import Group
from referral.intake.models import Consultation
from referral.intake.services import open_consultation, read_answers, save_answers
from referral.intake.stored import StoredAnswers
from tests.catalog_factories import a_fact, a_group, a_meeting

PAGES = ["menu", "menu-all", "menu-anyway"]
WISH = {"q7_format": "dialogue"}


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


def queries_of(browser: Client, consultation: Consultation, name: str) -> int:
    """Of a page that is opened again: the first time after a change the catalog is read anew."""
    shown(browser, consultation, name)
    with CaptureQueriesContext(connection) as queries:
        shown(browser, consultation, name)
    return len(queries)
