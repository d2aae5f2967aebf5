"""The pages of an entry's history, all changes, and the way back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from groups_catalog.models import Change, ChangeKind, Version
from tests.catalog_factories import a_text, an_organisation
from tests.factories import signed_in_client
from tests.web.upkeep.history_world import (
    Desk,
    a_curator,
    a_desk,
    a_said_fact,
    html_of,
    organisation_edited,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
HISTORY = reverse("group-history", args=["havna"])


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def browser(desk: Desk) -> Client:
    return signed_in_client(desk.kari)


def version(number: int) -> str:
    return reverse("group-version", args=["havna", number])


def restored(browser: Client, number: int, **form: Any) -> str:
    address = reverse("group-restore", args=["havna", number])
    return html_of(browser, address, **{"why": "A mistake", "seen": "2", **form})


def many_versions(desk: Desk, count: int) -> None:
    now = desk.document()
    with scope(clinic=desk.clinic):
        changes = Change.objects.bulk_create(
            Change(clinic=desk.clinic, kind=ChangeKind.EDITED, by=desk.ola, why=f"Round {number}")
            for number in range(count)
        )
        Version.objects.bulk_create(
            Version(
                clinic=desk.clinic,
                change=change,
                group=desk.group,
                number=number,
                document={**now, "venue": str(number)},
            )
            for number, change in enumerate(changes, start=1)
        )


def test_the_history_says_who_did_what_when_and_why_and_what_changed(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, why="They moved to the harbour", place="Bergen")
    html = html_of(browser, HISTORY)
    for words in (
        "Version 2",
        "Stands now",
        "Ola",
        "They moved to the harbour",
        "1 field changed",
        "Bergen",
        "Version 1",
    ):
        assert words in html
    assert "As it stood before anybody edited it here." in html
    assert f"{timezone.localtime():%Y}" in html


def test_an_entry_that_nobody_has_edited_says_so(browser: Client) -> None:
    assert "Nobody has edited this entry yet." in html_of(browser, HISTORY)


def test_a_save_that_changed_nothing_says_so(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola)
    assert "Nothing in it changed." in html_of(browser, HISTORY)


def test_a_history_of_five_hundred_versions_comes_in_pages(desk: Desk, browser: Client) -> None:
    many_versions(desk, 500)
    html = html_of(browser, HISTORY)
    assert "Version 500" in html
    assert "Version 480<" not in html
    assert "Page 1 of 25" in html
    last = html_of(browser, f"{HISTORY}?page=25")
    assert "Version 1<" in last
    assert last.count("1 field changed") == 19


@pytest.mark.parametrize("versions", [1, 50, 500])
def test_the_history_costs_the_same_however_long_it_is(versions: int, desk: Desk, browser: Client) -> None:
    many_versions(desk, versions)
    with CaptureQueriesContext(connection) as asked:
        html_of(browser, HISTORY)
    assert len(asked) == 10


def test_any_version_is_shown_whole_with_what_restoring_it_would_change(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, place="Bergen", facts__touch_custom=None)
    html = html_of(browser, version(1))
    assert "People ask before they hug" in html
    assert "<mark>Fjordlia</mark>" in html
    assert "Monday 18:30–19:30, each week" in html
    assert "The entry says this now" in html_of(browser, version(2))


def test_a_version_that_never_was_is_not_found(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    assert browser.get(version(3)).status_code == 404


def test_a_version_is_restored_with_a_reason(desk: Desk, browser: Client) -> None:
    before = desk.document()
    desk.edited(desk.ola, place="Bergen")
    assert "Version 1 stands again." in restored(browser, 1)
    assert desk.document() == before
    newest = desk.versions()[-1].change
    assert newest
    assert (newest.kind, newest.by, newest.why) == ("restored", desk.kari, "A mistake")


@pytest.mark.parametrize(
    ("form", "words"),
    [({"why": " "}, "Say why, in a few words."), ({"why": "x" * 201}, "Why: use at most 200 characters.")],
)
def test_a_restoration_without_a_fit_reason_changes_nothing(
    form: dict[str, str], words: str, desk: Desk, browser: Client
) -> None:
    desk.edited(desk.ola, place="Bergen")
    html = restored(browser, 1, **form)
    assert words in html
    assert "<title>Error:" in html
    assert len(desk.versions()) == 2


@pytest.mark.parametrize("seen", ["1", "", "x", "²", "9" * 30])
def test_a_restoration_of_what_changed_meanwhile_asks_again(seen: str, desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    assert "Somebody changed the entry while you looked at it." in restored(browser, 1, seen=seen)
    assert len(desk.versions()) == 2


def test_a_version_that_would_be_wrong_today_says_why(desk: Desk, browser: Client) -> None:
    desk.edited(desk.ola, place="Bergen")
    first = desk.versions()[0]
    first.document |= {
        "organisation": "gone",
        "facts.gone": [a_said_fact("x")],
        "meetings": [{**first.document["meetings"][0], "minutes": 0}],
    }
    first.save()
    html = restored(browser, 1)
    assert "Its organisation is no longer in the catalog: gone." in html
    assert "“gone” is not in the vocabulary." in html
    assert "Meetings: A meeting lasts from one minute to a whole day." in html
    assert len(desk.versions()) == 2


def test_an_organisation_has_the_same_pages(desk: Desk, browser: Client) -> None:
    own = an_organisation("hus", clinic=desk.clinic)
    a_text(own, source="A leaflet")
    organisation_edited(own, desk.clinic, desk.ola, name_en="House")
    assert "House" in html_of(browser, reverse("organisation-history", args=["hus"]))
    assert "You are met at the door." in html_of(browser, reverse("organisation-version", args=["hus", 1]))
    html = html_of(browser, reverse("organisation-restore", args=["hus", 1]), why="A mistake", seen="2")
    assert "Version 1 stands again." in html
    own.refresh_from_db()
    assert own.name_en == "Hus"


def addresses(desk: Desk) -> list[tuple[str, dict[str, str] | None]]:
    """Each address of the room that is about something of this clinic; with a form where it is posted to."""
    organisation = an_organisation("hus", clinic=desk.clinic)
    change = desk.edited(desk.kari, place="Bergen")
    organisation_edited(organisation, desk.clinic, desk.kari, name_en="House")
    read = [HISTORY, version(1), reverse("change", args=[change.pk])]
    read += [reverse("organisation-history", args=["hus"]), reverse("organisation-version", args=["hus", 1])]
    why = {"why": "A mistake", "seen": "2"}
    posted = [reverse("group-restore", args=["havna", 1]), reverse("organisation-restore", args=["hus", 1])]
    posted += [reverse("group-conflict", args=["havna"]), reverse("change-undo", args=[change.pk])]
    return [*((address, None) for address in read), *((address, why) for address in posted)]


def test_a_stranger_finds_nothing_and_a_clinician_may_not(desk: Desk) -> None:
    stranger = signed_in_client(a_desk().kari)
    clinician = signed_in_client(a_curator(desk.clinic, "Per", "clinician"))
    for address, form in addresses(desk):
        before = desk.document()
        for client, status in [(stranger, 404 if "havna" not in address else None), (clinician, 403)]:
            answer = client.get(address) if form is None else client.post(address, form)
            assert status is None or answer.status_code == status, address
        assert desk.document() == before


def test_another_clinics_history_is_not_seen_under_the_same_address(desk: Desk) -> None:
    desk.edited(desk.kari, why="Only ours", place="Bergen")
    elsewhere = a_desk()
    assert "Nobody has edited this entry yet." in html_of(signed_in_client(elsewhere.kari), HISTORY)
    assert signed_in_client(elsewhere.kari).get(version(1)).status_code == 404
    assert "Only ours" not in html_of(signed_in_client(elsewhere.kari), reverse("changes"))


def test_what_a_shared_organisation_is_called_here_is_seen_here_only(desk: Desk) -> None:
    shared = an_organisation("wfs")
    organisation_edited(shared, desk.clinic, desk.kari, facts__touch_custom=[a_said_fact("ask_first")])
    elsewhere = signed_in_client(a_desk().kari)
    assert "Nobody has edited" in html_of(elsewhere, reverse("organisation-history", args=["wfs"]))
    assert elsewhere.get(reverse("organisation-version", args=["wfs", 1])).status_code == 404
