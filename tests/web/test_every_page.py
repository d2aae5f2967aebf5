"""Every address of the site, as four people see it: the member whose it is, a colleague, a stranger, and nobody.

An address that is added without an entry here fails the first test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django_scopes import scope

from clinics.models import User
from referral.intake.models import Consultation
from referral.intake.services import open_consultation
from tests.catalog_factories import a_group, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.test_headers import assert_private

pytestmark = pytest.mark.django_db
PEOPLE = ("member", "colleague", "stranger", "nobody")
SHOWN, ELSEWHERE, HIDDEN, NOT_READ = 200, 302, 404, 405


# The group and its organisation answer to the same name.
SLUG = "torsdag"


@dataclass(frozen=True)
class World:
    """A clinic with a group of an organisation of its own, and a member's open consultation."""

    clients: dict[str, Client]
    consultation: Consultation

    def address(self, name: str) -> str:
        values = {"consultation": self.consultation.pk, "question_id": "q2_goal", "slug": SLUG}
        return reverse(name, kwargs={need: values[need] for need in PAGES[name].needs})


@dataclass(frozen=True)
class Page:
    """What each of PEOPLE gets by reading the address, and by posting `form` to it."""

    read: tuple[int, int, int, int]
    posted: tuple[int, int, int, int]
    needs: tuple[str, ...] = ()
    form: dict[str, str] = field(default_factory=dict)


FOR_ALL = (SHOWN, SHOWN, SHOWN, ELSEWHERE)
SENT_ON = (ELSEWHERE,) * 4
OWN = (SHOWN, HIDDEN, HIDDEN, ELSEWHERE)
OWN_SENT_ON = (ELSEWHERE, HIDDEN, HIDDEN, ELSEWHERE)
CLINICS_OWN = (SHOWN, SHOWN, HIDDEN, ELSEWHERE)
NEVER = (NOT_READ,) * 4
CONSULTATION = ("consultation",)
QUESTION = ("consultation", "question_id")
GROUP = {"group": SLUG}

PAGES = {
    "home": Page(SENT_ON, NEVER),
    "left": Page((ELSEWHERE, ELSEWHERE, ELSEWHERE, SHOWN), NEVER),
    "set_language": Page(SENT_ON, SENT_ON, form={"language": "nb"}),
    "account_login": Page((ELSEWHERE, ELSEWHERE, ELSEWHERE, SHOWN), (ELSEWHERE, ELSEWHERE, ELSEWHERE, SHOWN)),
    "account_change_password": Page(FOR_ALL, FOR_ALL),
    "password-changed": Page(FOR_ALL, NEVER),
    "groups": Page(FOR_ALL, NEVER),
    "group": Page(CLINICS_OWN, NEVER, ("slug",)),
    "organisation": Page(CLINICS_OWN, NEVER, ("slug",)),
    "intake-start": Page(FOR_ALL, SENT_ON),
    "intake": Page(OWN, OWN_SENT_ON, CONSULTATION),
    "intake-update": Page(NEVER, OWN_SENT_ON, CONSULTATION),
    "intake-hand-over": Page(NEVER, OWN_SENT_ON, CONSULTATION),
    "intake-live": Page(NEVER, OWN, CONSULTATION),
    "intake-language": Page(NEVER, OWN_SENT_ON, CONSULTATION, {"language": "nb"}),
    "intake-question": Page(OWN, OWN_SENT_ON, QUESTION),
    "intake-skip": Page(NEVER, OWN_SENT_ON, QUESTION),
    "intake-question-language": Page(NEVER, OWN_SENT_ON, QUESTION, {"language": "nb"}),
    "clear-and-leave": Page(NEVER, SENT_ON),
    "clear-next": Page(NEVER, SENT_ON),
    "sign-out": Page(NEVER, SENT_ON),
    "how": Page(FOR_ALL, NEVER),
    "menu": Page(OWN, NEVER, CONSULTATION),
    "menu-all": Page(OWN, NEVER, CONSULTATION),
    "menu-anyway": Page(OWN, NEVER, CONSULTATION),
    "menu-choose": Page(NEVER, OWN_SENT_ON, CONSULTATION, GROUP),
    "menu-put-back": Page(NEVER, OWN_SENT_ON, CONSULTATION, GROUP),
}
# Answers to script: a part of a page has no heading.
PARTS = {"intake-live"}


@pytest.fixture
def world() -> World:
    member = a_member()
    clinic = member.membership.clinic
    a_group(clinic, SLUG, organisation=an_organisation(SLUG, clinic=clinic))
    people: dict[str, User] = {
        "member": member,
        "colleague": a_member(clinic, "curator"),
        "stranger": a_member(a_clinic()),
    }
    with scope(clinic=clinic):
        consultation = open_consultation(clinic=clinic, user=member)
    clients = {who: signed_in_client(person) for who, person in people.items()}
    return World(clients | {"nobody": Client()}, consultation)


def routes(patterns: list[Any]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        else:
            yield one


def missing(patterns: list[Any]) -> list[str]:
    """The addresses that no entry here speaks of."""
    return [str(one.pattern) for one in routes(patterns) if one.name not in PAGES]


def assert_one_heading(answer: HttpResponse, language: str = "en") -> None:
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert f'<html lang="{language}">' in html


EVERYBODY = [(name, who) for name in PAGES for who in PEOPLE]


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    assert missing(get_resolver().url_patterns) == []
    assert set(PAGES) == {one.name for one in routes(get_resolver().url_patterns)}


def test_a_new_address_without_an_entry_is_found() -> None:
    planted = [*get_resolver().url_patterns, path("backdoor/", lambda request: HttpResponse(), name="backdoor")]
    assert missing(planted) == ["backdoor/"]
    assert missing([path("nameless/", lambda request: HttpResponse())]) == ["nameless/"]


@pytest.mark.parametrize(("name", "who"), EVERYBODY)
def test_everybody_reads_what_is_theirs_and_nothing_else(name: str, who: str, world: World) -> None:
    answer = world.clients[who].get(world.address(name))
    assert answer.status_code == PAGES[name].read[PEOPLE.index(who)]
    assert_private(answer)
    if answer.status_code in {SHOWN, HIDDEN}:
        assert_one_heading(answer)
    if who == "nobody" and answer.status_code == ELSEWHERE and name != "set_language":
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("name", "who"), EVERYBODY)
def test_everybody_changes_what_is_theirs_and_nothing_else(name: str, who: str, world: World) -> None:
    answer = world.clients[who].post(world.address(name), PAGES[name].form)
    assert answer.status_code == PAGES[name].posted[PEOPLE.index(who)]
    assert_private(answer)
    if answer.status_code in {SHOWN, HIDDEN} and (name not in PARTS or who != "member"):
        assert_one_heading(answer)


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.read[0] == SHOWN])
def test_a_members_pages_are_there_in_norwegian_too(name: str, world: World) -> None:
    client = world.clients["member"]
    client.cookies["django_language"] = "nb"
    assert_one_heading(client.get(world.address(name)), "nb")


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.posted != NEVER])
def test_nothing_is_changed_without_the_forms_own_token(name: str, world: World) -> None:
    browser = world.clients["member"]
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(world.address(name), PAGES[name].form)
    assert answer.status_code == 403
    assert_private(answer)


@pytest.mark.parametrize("name", list(PAGES))
def test_the_head_of_a_page_can_be_asked_for_where_the_page_can(name: str, world: World) -> None:
    answer = world.clients["member"].head(world.address(name))
    assert answer.status_code == PAGES[name].read[0]
    assert not answer.content
