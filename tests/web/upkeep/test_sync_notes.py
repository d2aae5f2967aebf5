"""The note of a list reaches the group in the language it is in, and never overwrites what our own people wrote."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds.columns import template_headings
from groups_catalog.feeds.sync import sources
from groups_catalog.models import Group, Source
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.faults import Fault
from tests.sync_world import a_row, a_source, catalog, fresh, imported, proposed, read, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def source(kari: User) -> Source:
    return a_source(kari.membership.clinic, columns={"note_language": "nb"})


def our_table(language: str, **cells: str) -> bytes:
    """The template with one row; `cells`: by the English heading."""
    told = {"Name": "Havna", "Day": "mandag", "Time": "19:00", "Town": "Hamar", "Note": "Ta med kaffe."} | cells
    row = [told.get(heading, "") for heading in template_headings("en")]
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows([template_headings(language), row])
    return kept.getvalue().encode()


def notes(source: Source) -> list[tuple[str, str]]:
    return [(group["note_nb"], group["note_en"]) for group in catalog(source.clinic).values()]


@pytest.mark.parametrize(("language", "expected"), [("nb", ("Ta med kaffe.", "")), ("en", ("", "Ta med kaffe."))])
def test_the_note_of_our_own_table_arrives_in_the_language_of_its_headings(
    language: str, expected: tuple[str, str], kari: User
) -> None:
    source = a_source(kari.membership.clinic)
    imported(source, our_table(language), kari)
    assert notes(source) == [expected]


def test_a_note_whose_language_nobody_has_said_is_left_out_and_this_is_told(browser: Client, kari: User) -> None:
    source = a_source(kari.membership.clinic)
    run = read(source, [a_row(0, notes="Ta med kaffe.")], kari)
    html = browser.get(reverse("feed-run", args=[run.pk])).content.decode()
    assert "The note of 1 row is left out: nobody has said which language it is in." in html
    assert reverse("feed-settings", args=[source.pk]) in html
    take_over(run, kari)
    assert notes(source) == [("", "")]


def test_the_preview_of_a_new_group_shows_its_note(browser: Client, kari: User, source: Source) -> None:
    run = read(source, [a_row(0, notes="Ta med kaffe.")], kari)
    html = browser.get(reverse("feed-run", args=[run.pk])).content.decode()
    assert "<dt>Note, in Norwegian</dt>" in html
    assert "is left out" not in html


def test_a_stated_language_is_kept_and_brings_the_notes_of_the_same_list(browser: Client, kari: User) -> None:
    source = a_source(kari.membership.clinic, columns={"name": "Hva"})
    listed = [a_row(0, notes="Ta med kaffe.")]
    imported(source, listed, kari)
    settings = reverse("feed-settings", args=[source.pk])
    assert "A note is taken in only when its language is known." in browser.get(settings).content.decode()
    browser.post(settings, {"timezone": "Europe/Oslo", "note_language": "nb"})
    with scope(clinic=source.clinic):
        source.refresh_from_db()
        assert source.columns == {"name": "Hva", "note_language": "nb"}
    assert '<option value="nb" selected' in browser.get(settings).content.decode()
    run = read(source, listed, kari)
    assert proposed(run) == {"changed": 1}
    take_over(run, kari)
    assert notes(source) == [("Ta med kaffe.", "")]
    browser.post(settings, {"timezone": "Europe/Oslo", "note_language": ""})
    with scope(clinic=source.clinic):
        source.refresh_from_db()
        assert source.columns == {"name": "Hva"}


def test_matching_the_columns_forgets_no_language(kari: User, source: Source) -> None:
    run = read(source, b"Hva;Hvilken;Naar?;Annet om gruppa\nOnsdagsgruppa;onsdag;19:00;Ta med kaffe.\n", kari)
    columns = {"name": "Hva", "day": "Hvilken", "start": "Naar?", "note": "Annet om gruppa"}
    with scope(clinic=source.clinic):
        assert sources.match_columns(run=run, columns=columns)
        assert fresh(run).source.columns == {**columns, "note_language": "nb"}


def test_a_note_that_our_people_wrote_is_never_overwritten(kari: User, source: Source) -> None:
    imported(source, [a_row(0)], kari)
    with scope(clinic=source.clinic):
        Group.objects.update(note_nb="Ring på porttelefonen.")
    run = read(source, [a_row(0, notes="Ta med kaffe.", name="Nytt navn")], kari)
    with scope(clinic=source.clinic):
        assert run.proposals.get().fields == ["name"]
    take_over(run, kari)
    assert notes(source) == [("Ring på porttelefonen.", "")]


def test_a_note_of_the_list_follows_the_list_and_stays_when_the_list_falls_silent(kari: User, source: Source) -> None:
    imported(source, [a_row(0, notes="Ta med kaffe.")], kari)
    imported(source, [a_row(0, notes="Ta med te.")], kari)
    assert notes(source) == [("Ta med te.", "")]
    assert read(source, [a_row(0)], kari).state == "unchanged"
    assert notes(source) == [("Ta med te.", "")]


def test_contacts_come_along_only_where_a_curator_asks_and_only_in_the_note(kari: User) -> None:
    row = a_row(0, notes="Ring 99 88 77 66 først.", email="gruppa@example.org", contact_1_name="Kari Nordmann")
    kept = a_source(kari.membership.clinic, keep_contacts=True, columns={"note_language": "nb"})
    imported(kept, [row], kari)
    (group,) = catalog(kept.clinic).values()
    assert ("99 88 77 66" in group["note_nb"], "gruppa@example.org" in group["note_nb"]) == (True, True)
    assert (group["contact_role_nb"], group["status"]) == ("", "published")
    assert "Nordmann" not in str(group)


@pytest.mark.parametrize(("keep", "status"), [(True, "published"), (False, "")])
def test_a_contact_in_the_note_is_no_fault_where_a_curator_asked_for_it(
    keep: bool, status: str, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the forms refuse it: see `upkeep/faults.py`."""
    fault = Fault("note_nb", "Write a role, not a phone number.")

    def faults(document: Document, *, before: Document, **_: object) -> list[Fault]:
        return [] if before.get("note_nb") == document["note_nb"] else [fault]

    monkeypatch.setattr("groups_catalog.feeds.sync.holding.faults", faults)
    source = a_source(kari.membership.clinic, keep_contacts=keep, columns={"note_language": "nb"})
    run = imported(source, [a_row(0, notes="Ring 99 88 77 66 først.")], kari)
    assert "".join(group["status"] for group in catalog(source.clinic).values()) == status
    assert run.state == ("done" if keep else "ready")


def test_without_that_wish_no_contact_comes_along(kari: User, source: Source) -> None:
    imported(source, [a_row(0, notes="Ta med kaffe. Ring 99 88 77 66 først.", email="gruppa@example.org")], kari)
    assert notes(source) == [("Ta med kaffe.", "")]


def test_a_note_longer_than_a_group_can_hold_is_shortened(kari: User, source: Source) -> None:
    imported(source, [a_row(0, notes="kaffe " * 100)], kari)
    ((note, _en),) = notes(source)
    assert 250 < len(note) <= 300


@pytest.mark.parametrize(("language", "name"), [("nb", "Fredag"), ("en", "Friday")])
def test_a_name_that_has_to_be_made_is_in_the_language_of_the_list(language: str, name: str, kari: User) -> None:
    source = a_source(kari.membership.clinic, columns={"note_language": language})
    row = a_row(0, name=None, day=5, time="25:00", location=None, address=None, city=None, latitude=None)
    with override("en"):
        run = read(source, [row], kari)
    with scope(clinic=source.clinic):
        assert run.proposals.get().name.capitalize() == name
