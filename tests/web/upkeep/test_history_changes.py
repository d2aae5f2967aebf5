"""All changes of a clinic, what one of them did, and taking one back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from groups_catalog.models import Change, ChangeKind
from groups_catalog.upkeep.changes import Act, Edit, record
from tests.catalog_factories import a_group
from tests.factories import signed_in_client
from tests.web.upkeep.history_world import Desk, a_curator, a_desk, changes, document, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
HISTORY = reverse("group-history", args=["havna"])


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def browser(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


def bulk(desk: Desk, count: int, kind: ChangeKind = ChangeKind.CHECKED) -> Change:
    groups = [a_group(desk.clinic, organisation=desk.group.organisation) for _number in range(count)]
    with scope(clinic=desk.clinic):
        edits = [Edit(group, {**document(group), "checked_on": "2026-05-17"}) for group in groups]
        return record(Act(desk.clinic, kind, desk.kari, "Called them"), edits)


def test_all_changes_stand_newest_first_with_the_first_entries_named(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, why="They moved", place="Bergen")
    bulk(desk, 5)
    html = html_of(browser, reverse("changes"))
    assert html.index("Found still correct</a>") < html.index("They moved")
    assert "and 2 more" in html
    assert "2 changes" in html


def test_changes_are_found_by_person_kind_and_day(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, why="Ola was here", place="Bergen")
    bulk(desk, 1)
    with scope(clinic=desk.clinic):
        Change.objects.filter(kind="checked").update(at=timezone.now() - timedelta(days=3))
    day = timezone.localdate() - timedelta(days=3)
    for query, found in [
        ({"person": desk.ola.pk}, "Ola was here"),
        ({"kind": "checked"}, "Called them"),
        ({"day": day.isoformat()}, "Called them"),
    ]:
        html = browser.get(reverse("changes"), query).content.decode()
        assert "1 change<" in html
        assert found in html
    assert (
        "No change fits."
        in browser.get(reverse("changes"), {"person": desk.kari.pk, "kind": "edited"}).content.decode()
    )


def test_a_filter_that_makes_no_sense_is_told_and_left_out(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    html = browser.get(reverse("changes"), {"day": "yesterday", "kind": "x", "person": "0"}).content.decode()
    assert "1 change<" in html
    assert "Enter a valid date." in html


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_changes_costs_the_same_however_much_was_changed(count: int, desk: Desk, browser: Client) -> None:
    for _number in range(min(count, 25)):
        bulk(desk, 1)
    bulk(desk, count)
    with CaptureQueriesContext(connection) as asked:
        html_of(browser, reverse("changes"))
    assert len(asked) == 10


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_of_one_change_costs_the_same_however_much_was_changed(
    count: int, desk: Desk, browser: Client
) -> None:
    change = bulk(desk, count)
    with CaptureQueriesContext(connection) as asked:
        html = html_of(browser, reverse("change", args=[change.pk]))
    assert "May" in html
    assert len(asked) == 12


def test_a_change_is_undone_on_its_page_and_says_what_was_left(desk: Desk, browser: Client) -> None:
    change = desk.edited(desk.ola, place="Bergen")
    desk.edited(desk.kari, venue="Huset")
    html = html_of(browser, reverse("change-undo", args=[change.pk]), sent="1")
    assert "Left as it is, because somebody has changed it since: Havna" in html
    assert desk.document()["place"] == "Bergen"


def test_a_bulk_change_is_undone_from_the_list(desk: Desk, browser: Client) -> None:
    change = bulk(desk, 4)
    html = html_of(browser, reverse("change-undo", args=[change.pk]), sent="1")
    assert "4 entries stand as they did before." in html
    again = html_of(browser, reverse("change-undo", args=[change.pk]), sent="1")
    assert "it was undone before" in again
    assert "Undone</span>" in html_of(browser, reverse("change", args=[change.pk]))


def test_undoing_leads_back_to_the_page_with_the_button(desk: Desk, browser: Client) -> None:
    change = desk.edited(desk.ola, place="Bergen")
    address = reverse("change-undo", args=[change.pk])
    assert (
        browser.post(address, headers={"Referer": f"http://testserver{HISTORY}"}).url == f"http://testserver{HISTORY}"
    )
    assert browser.post(address, headers={"Referer": "https://elsewhere.example/"}).url == reverse("changes")
    assert browser.post(address).url == reverse("changes")


def test_who_switched_four_eyes_and_when_stands_among_the_changes(desk: Desk) -> None:
    administrator = a_curator(desk.clinic, "Ada", "clinic_admin")
    admin = signed_in_client(administrator)
    for form in ({"sent": "1", "four_eyes": "on"}, {"sent": "1", "four_eyes": "on"}, {"sent": "1"}):
        admin.post(reverse("clinic-settings"), form)
    off, on = changes(desk.clinic)
    assert (on.why, off.why) == ("Settings: four eyes on", "Settings: four eyes off")
    assert on.by == off.by == administrator
    html = html_of(admin, reverse("changes"))
    assert "Settings: four eyes off" in html
    assert reverse("change-undo", args=[on.pk]) not in html
    assert "cannot be undone" in html_of(signed_in_client(desk.kari), reverse("change-undo", args=[on.pk]), sent="1")
    assert len(changes(desk.clinic)) == 2
