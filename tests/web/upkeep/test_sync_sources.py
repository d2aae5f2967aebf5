"""The lists that a clinic reads: adding one, another file, its settings, its columns, and what the pages cost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds.sheets import read_back
from groups_catalog.models import Group, Run, Source
from tests.catalog_factories import an_organisation
from tests.factories import a_member, signed_in_client
from tests.feed_server import FeedServer
from tests.sync_world import a_source, as_json, catalog, fresh, imported, read, rows, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


def a_file(listed: list[dict[str, object]] | bytes, name: str = "list.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, listed if isinstance(listed, bytes) else as_json(listed))


def test_a_list_is_added_with_its_first_file_and_read(kari: User, browser: Client) -> None:
    organisation = an_organisation("na")
    form = {"name": "NA", "organisation": organisation.pk, "timezone": "europe/oslo", "upload": a_file(rows(3))}
    answer = browser.post(reverse("feed-new"), form, follow=True)
    assert answer.status_code == 200
    assert "3 differences to decide." in answer.content.decode()
    with scope(clinic=kari.membership.clinic):
        source = Source.objects.get()
        assert (source.name, source.address, source.timezone) == ("NA", "", "Europe/Oslo")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"upload": ""}, "Choose a file."),
        ({"name": ""}, "Write a name."),
        ({"name": "Områdets liste"}, "There is a list of this name already."),
        ({"timezone": "Mars"}, "This is not a time zone."),
        ({"organisation": "999"}, "Select a valid choice"),
    ],
)
def test_a_list_that_is_not_filled_in_right_is_not_added(
    wrong: dict[str, str], says: str, browser: Client, source: Source
) -> None:
    form = {"name": "NA", "organisation": source.organisation.pk, "timezone": "Europe/Oslo"}
    form["upload"] = a_file(rows(1))
    answer = browser.post(reverse("feed-new"), {**form, **wrong})
    html = answer.content.decode()
    assert (answer.status_code, says in html, "<title>Error:" in html) == (200, True, True)
    with scope(clinic=source.clinic):
        assert Source.objects.count() == 1


def test_only_an_administrator_gives_an_address(kari: User, browser: Client) -> None:
    admin = signed_in_client(a_member(kari.membership.clinic, "clinic_admin"))
    organisation = an_organisation("na")
    with FeedServer() as server:
        form = {"name": "A", "organisation": organisation.pk, "timezone": "Europe/Oslo"}
        form["address"] = server.url("json")
        refused = browser.post(reverse("feed-new"), form)
        assert "Choose a file." in refused.content.decode()
        answer = admin.post(reverse("feed-new"), form, follow=True)
        assert "1 difference to decide." in answer.content.decode()
    with scope(clinic=kari.membership.clinic):
        source = Source.objects.get()
    assert browser.get(reverse("feed-settings", args=[source.pk])).status_code == 404
    assert admin.get(reverse("feed-settings", args=[source.pk])).status_code == 200


def test_an_address_without_https_is_refused(kari: User, settings: object) -> None:
    settings.FEEDS_ALLOW_LOOPBACK = False  # type: ignore[attr-defined]
    admin = signed_in_client(a_member(kari.membership.clinic, "clinic_admin"))
    form = {"name": "A", "organisation": an_organisation("na").pk, "timezone": "Europe/Oslo"}
    for address in ("http://example.org/list.json", "https://me:secret@example.org/list.json"):
        answer = admin.post(reverse("feed-new"), {**form, "address": address})
        assert "must begin with https" in answer.content.decode()


def test_another_file_is_read_and_a_wrong_one_is_refused(browser: Client, kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    before = catalog(source.clinic)
    answer = browser.post(reverse("feed", args=[source.pk]), {"upload": a_file(b"<html>")}, follow=True)
    assert "This is a web page, not a list of meetings." in answer.content.decode()
    assert catalog(source.clinic) == before
    answer = browser.post(reverse("feed", args=[source.pk]), {})
    assert "Choose a file." in answer.content.decode()


def test_settings_are_kept(browser: Client, source: Source) -> None:
    form = {"timezone": "Europe/London", "format": "csv", "keep_contacts": "on"}
    assert browser.post(reverse("feed-settings", args=[source.pk]), form).status_code == 302
    with scope(clinic=source.clinic):
        kept = Source.objects.get()
    assert (kept.timezone, kept.format, kept.keep_contacts, kept.columns) == ("Europe/London", "csv", True, {})


def test_columns_that_were_matched_wrongly_can_be_forgotten(browser: Client, source: Source) -> None:
    settings = reverse("feed-settings", args=[source.pk])
    assert "Forget which columns hold what" not in browser.get(settings).content.decode()
    with scope(clinic=source.clinic):
        Source.objects.update(columns={"name": "Hva", "note_language": "nb"})
    assert "Forget which columns hold what" in browser.get(settings).content.decode()
    browser.post(settings, {"timezone": "Europe/Oslo", "note_language": "nb", "forget_columns": "on"})
    with scope(clinic=source.clinic):
        assert Source.objects.get().columns == {"note_language": "nb"}


def test_a_table_with_other_headings_has_its_columns_matched(browser: Client, kari: User, source: Source) -> None:
    table = b"Hva;Hvilken;Kl;By\nOnsdagsgruppa;onsdag;19:00;Fjordvik\n".replace(b"Kl;", b"Naar?;")
    answer = browser.post(reverse("feed", args=[source.pk]), {"upload": a_file(table, "t.csv")}, follow=True)
    html = answer.content.decode()
    with scope(clinic=source.clinic):
        run = Run.objects.get()
    assert (run.state, run.reason) == ("refused", "headings_unknown")
    assert "Match the columns" in html
    asked = browser.get(reverse("feed-columns", args=[run.pk])).content.decode()
    assert "Hvilken – onsdag" in asked
    wrong = browser.post(reverse("feed-columns", args=[run.pk]), {"name": "Hva", "day": "Hva"})
    assert "Choose the column that holds “Time”." in wrong.content.decode()
    assert "Choose the column that holds “Name”." not in wrong.content.decode()
    form = {"name": "Hva", "day": "Hvilken", "start": "Naar?", "place": "By"}
    answer = browser.post(reverse("feed-columns", args=[run.pk]), form, follow=True)
    assert "1 difference to decide." in answer.content.decode()
    run = take_over(fresh(run), kari)
    (group,) = catalog(source.clinic).values()
    assert (group["name"], group["meetings"][0]["weekday"], group["place"]) == ("Onsdagsgruppa", 2, "Fjordvik")


def test_the_examples_beside_the_columns_name_nobody(browser: Client, source: Source) -> None:
    table = b"Hva;Kontaktperson;Beskjed\nOnsdagsgruppa;Kari Nordmann;Ring 99 88 77 66\n"
    browser.post(reverse("feed", args=[source.pk]), {"upload": a_file(table, "t.csv")})
    with scope(clinic=source.clinic):
        run = Run.objects.get()
    asked = browser.get(reverse("feed-columns", args=[run.pk])).content.decode()
    assert "Hva – Onsdagsgruppa" in asked
    assert "Kari Nordmann" not in asked
    assert "99 88 77 66" not in asked


def test_our_table_can_be_filled_in_and_read_back(browser: Client, source: Source) -> None:
    data = browser.get(reverse("feed-template")).content
    meetings, how = read_back(data)
    assert {"Name", "Day", "Time"} <= set(meetings.headings)
    assert len(how.rows) == len(meetings.headings)


def test_what_was_left_out_can_be_proposed_again(browser: Client, kari: User, source: Source) -> None:
    take_over(read(source, rows(2), kari), kari, {"new": "leave"})
    assert "2 meetings of the list were left out." in browser.get(reverse("feed", args=[source.pk])).content.decode()
    answer = browser.post(reverse("feed-ask-again", args=[source.pk]), follow=True)
    assert "2 meetings are proposed again" in answer.content.decode()


def test_the_lists_cost_the_same_for_one_and_for_fifty(
    browser: Client, kari: User, source: Source, django_assert_num_queries: Callable[[int], object]
) -> None:
    read(source, rows(1), kari)
    with django_assert_num_queries(10):
        browser.get(reverse("feeds"))
    for number in range(50):
        read(a_source(source.clinic, organisation=source.organisation, name=f"Liste {number}"), rows(1), kari)
    with django_assert_num_queries(10):
        browser.get(reverse("feeds"))
    with scope(clinic=source.clinic):
        assert Group.objects.count() == 0
