"""Every button may be pressed twice: the second press changes nothing, and says nothing that is not so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from groups_catalog.models import Change, Draft, Group, Report, ReportKind
from groups_catalog.upkeep.reports.services import tell
from tests.catalog_factories import a_group
from tests.factories import signed_in_client
from tests.sent_forms import sent
from tests.web.upkeep.history_world import Desk, a_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def two_pairs_of_eyes() -> Desk:
    return a_desk(four_eyes=True)


@pytest.fixture
def kari(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


def twice(browser: Client, address: str, form: dict[str, Any]) -> str:
    """What one sees in the end."""
    browser.post(address, form)
    answer = browser.post(address, form, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def the_form(browser: Client, address: str, **changes: Any) -> dict[str, Any]:
    return sent(browser.get(address).content.decode(), **changes)


def kept(desk: Desk, model: Any) -> int:
    with scope(clinic=desk.clinic):
        return int(model.objects.count())


def test_an_edit_saved_twice_is_no_conflict_with_oneself(desk: Desk, kari: Client) -> None:
    address = reverse("group-edit", args=["havna"])
    html = twice(kari, address, the_form(kari, address, venue="Huset"))
    assert "The entry stands as you chose." in html
    assert "Save both together" not in html
    assert kept(desk, Change) == 1


def test_a_fact_saved_twice_is_no_conflict_with_oneself(desk: Desk, kari: Client) -> None:
    address = reverse("group-fact", args=["havna", "cost"])
    form = the_form(kari, address, answer="free", basis="stated", source="A leaflet")
    assert "The entry stands as you chose." in twice(kari, address, form)
    assert kept(desk, Change) == 1


def test_a_version_restored_twice_stands_again_once(desk: Desk, kari: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    html = twice(kari, reverse("group-restore", args=["havna", 1]), {"why": "A mistake", "seen": "2"})
    assert "Version 1 stands again." in html
    assert "Somebody changed the entry" not in html
    assert kept(desk, Change) == 2


def test_a_colleagues_change_is_still_a_conflict(desk: Desk, kari: Client) -> None:
    address = reverse("group-edit", args=["havna"])
    form = the_form(kari, address, venue="Huset")
    desk.edited(desk.ola, venue="Havnegata 1")
    assert kari.post(address, form).status_code == 409


@pytest.mark.parametrize(("page", "form"), [("group-edit", {"venue": "Huset"}), ("group-status", None)])
def test_a_draft_sent_twice_waits_once(page: str, form: Any, two_pairs_of_eyes: Desk) -> None:
    desk = two_pairs_of_eyes
    kari = signed_in_client(desk.kari)
    address = reverse(page, args=["havna"])
    html = twice(kari, address, the_form(kari, address, **form) if form else {"status": "paused"})
    assert "It waits as a draft" in html
    assert kept(desk, Draft) == 1


def test_a_merge_sent_twice_waits_once_with_both_halves(two_pairs_of_eyes: Desk) -> None:
    desk = two_pairs_of_eyes
    a_group(desk.clinic, "odden", name="Havna", organisation=desk.group.organisation)
    kari = signed_in_client(desk.kari)
    address = reverse("merge", args=["havna", "odden"])
    twice(kari, address, the_form(kari, address))
    assert kept(desk, Draft) == 2


def test_another_draft_of_the_same_entry_or_of_a_colleague_waits_beside_it(two_pairs_of_eyes: Desk) -> None:
    desk = two_pairs_of_eyes
    kari, ola = signed_in_client(desk.kari), signed_in_client(desk.ola)
    address = reverse("group-status", args=["havna"])
    for browser, status in [(kari, "paused"), (kari, "closed"), (ola, "paused")]:
        browser.post(address, {"status": status})
    assert kept(desk, Draft) == 3


def test_a_report_decided_twice_keeps_the_first_word_and_says_so(desk: Desk, kari: Client) -> None:
    with scope(clinic=desk.clinic):
        report = tell(group=desk.group, kind=ReportKind.MOVED)
    address = reverse("report-decide", args=[report.pk])
    kari.post(address, {"outcome": "resolved"})
    answer = signed_in_client(desk.ola).post(address, {"outcome": "dismissed"}, follow=True)
    assert "This report was dealt with already." in answer.content.decode()
    with scope(clinic=desk.clinic):
        assert Report.objects.values_list("state", "decided_by").get() == ("resolved", desk.kari.pk)


@pytest.mark.parametrize("status", ["published", "paused"])
def test_a_group_that_leads_on_to_another_stays_closed(status: str, desk: Desk, kari: Client) -> None:
    """By whichever way: a form, an old version, a draft and a sheet all ask the same."""
    a_group(desk.clinic, "odden", name="Odden", organisation=desk.group.organisation)
    desk.edited(desk.ola, status=status, merged_into="odden")
    desk.edited(desk.ola, status="closed", merged_into="odden")
    answer = kari.post(reverse("group-restore", args=["havna", 2]), {"why": "A mistake", "seen": "3"})
    assert "Only a closed group can be the same as another one." in answer.content.decode()
    form = the_form(kari, reverse("group-edit", args=["havna"]), publish="1")
    kari.post(reverse("group-edit", args=["havna"]), form)
    with scope(clinic=desk.clinic):
        assert Group.objects.get(slug="havna").status == "closed"
