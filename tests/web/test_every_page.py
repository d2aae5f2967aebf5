"""Every address of the site, as four people see it: the member whose it is, a colleague, a stranger, and nobody.

An address that is added without an entry here fails the first test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

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
SHOWN, ELSEWHERE, FORBIDDEN, HIDDEN, NOT_READ = 200, 302, 403, 404, 405


# The group and its organisation answer to the same name.
SLUG = "torsdag"
NO_CODE = "abcdefghjk"


@dataclass(frozen=True)
class World:
    """A clinic with a group of an organisation of its own, and a member's open consultation."""

    clients: dict[str, Client]
    consultation: Consultation

    def address(self, name: str) -> str:
        values = {"consultation": self.consultation.pk, "question_id": "q2_goal", "slug": SLUG}
        values |= {"attribute": "touch_custom", "pk": NO_RUN if name in RUNS else 0, "call": 0}
        values |= {"number": 1, "kind": "xlsx", "first": SLUG, "second": SLUG, "code": NO_CODE}
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
CURATORS = (FORBIDDEN, SHOWN, FORBIDDEN, ELSEWHERE)
CURATORS_SENT_ON = (FORBIDDEN, ELSEWHERE, FORBIDDEN, ELSEWHERE)
CURATORS_MISSING = (FORBIDDEN, HIDDEN, FORBIDDEN, ELSEWHERE)
ADMINISTRATORS = (FORBIDDEN, FORBIDDEN, FORBIDDEN, ELSEWHERE)
CONSULTATION = ("consultation",)
QUESTION = ("consultation", "question_id")
GROUP = {"group": SLUG}
# A reading of a list answers to a number of another kind.
RUNS = {f"feed-run{step}" for step in ("", "-decide", "-apply", "-cancel", "-release", "-again", "-undo")}
RUNS |= {"feed-columns"} | {"sheet", "sheet-apply"}
NO_RUN = UUID(int=0)
ENTRIES = ("group", "organisation")

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
    "group-new": Page(CURATORS, CURATORS),
    "group-edit": Page(CURATORS, CURATORS, ("slug",)),
    "group-status": Page(NEVER, CURATORS_SENT_ON, ("slug",), {"status": "paused"}),
    "group-copy": Page(NEVER, CURATORS_SENT_ON, ("slug",)),
    "group-facts": Page(CURATORS, NEVER, ("slug",)),
    "group-fact": Page(CURATORS, CURATORS, ("slug", "attribute")),
    "own-organisations": Page(CURATORS, NEVER),
    "organisation-new": Page(CURATORS, CURATORS),
    "organisation-edit": Page(CURATORS, CURATORS, ("slug",)),
    "organisation-facts": Page(CURATORS, NEVER, ("slug",)),
    "organisation-fact": Page(CURATORS, CURATORS, ("slug", "attribute")),
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
    **{f"{entry}-history": Page(CURATORS, NEVER, ("slug",)) for entry in ENTRIES},
    **{f"{entry}-version": Page(CURATORS_MISSING, NEVER, ("slug", "number")) for entry in ENTRIES},
    **{f"{entry}-restore": Page(NEVER, CURATORS_MISSING, ("slug", "number")) for entry in ENTRIES},
    **{f"{entry}-conflict": Page(NEVER, CURATORS_SENT_ON, ("slug",)) for entry in ENTRIES},
    "changes": Page(CURATORS, NEVER),
    "change": Page(CURATORS_MISSING, NEVER, ("pk",)),
    "change-undo": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "drafts": Page(CURATORS, NEVER),
    "draft": Page(CURATORS_MISSING, NEVER, ("pk",)),
    "draft-decide": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "clinic-settings": Page(ADMINISTRATORS, ADMINISTRATORS),
    "upkeep": Page(CURATORS, NEVER),
    "upkeep-check": Page(NEVER, CURATORS),
    "samples": Page(CURATORS, NEVER),
    "sample-draw": Page(NEVER, CURATORS_SENT_ON),
    "sample": Page(CURATORS_MISSING, NEVER, ("pk",)),
    "sample-call": Page(NEVER, CURATORS_MISSING, ("pk", "call")),
    "group-report": Page(CLINICS_OWN, CLINICS_OWN, ("slug",)),
    "reports": Page(CURATORS, NEVER),
    "reports-let-through": Page(NEVER, CURATORS_SENT_ON),
    "report-decide": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "public-report": Page((HIDDEN,) * 4, (HIDDEN,) * 4, ("code",)),
    "public-report-thanks": Page((SHOWN,) * 4, NEVER),
    "feeds": Page(CURATORS, NEVER),
    "feed-new": Page(CURATORS, CURATORS),
    "feed-template": Page(CURATORS, NEVER),
    "feed": Page(CURATORS_MISSING, CURATORS_MISSING, ("pk",)),
    "feed-settings": Page(CURATORS_MISSING, CURATORS_MISSING, ("pk",)),
    "feed-ask-again": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run": Page(CURATORS_MISSING, NEVER, ("pk",)),
    "feed-columns": Page(CURATORS_MISSING, CURATORS_MISSING, ("pk",)),
    "feed-run-decide": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run-apply": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run-cancel": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run-release": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run-again": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "feed-run-undo": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "duplicates": Page(CURATORS, NEVER),
    "merge": Page(CURATORS_MISSING, CURATORS_MISSING, ("first", "second")),
    "merge-choose": Page(CURATORS, NEVER, ("slug",)),
    "not-duplicates": Page(NEVER, CURATORS_MISSING),
    "maybe-duplicates": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "unmerge": Page(NEVER, CURATORS_MISSING, ("pk",)),
    "catalog-export": Page(CURATORS, NEVER, ("kind",)),
    "sheet-import": Page(CURATORS, CURATORS),
    "sheet": Page(CURATORS_MISSING, NEVER, ("pk",)),
    "sheet-apply": Page(NEVER, CURATORS_MISSING, ("pk",)),
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
    """Of a page; a file to take away has none."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return
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
