"""The preview hides nothing that is written, says what is assumed, and every reading leads on."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import User
from groups_catalog.models import Run, Source
from tests.catalog_factories import an_organisation
from tests.factories import a_member, signed_in_client
from tests.sync_world import a_row, a_source, catalog, imported, read, rows, take_over

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
NOWHERE: dict[str, Any] = {"location": None, "address": None, "latitude": None, "longitude": None}


def shown(browser: Client, run: Run, **query: str) -> str:
    return browser.get(reverse("feed-run", args=[run.pk]), query).content.decode()


def test_the_coordinates_that_would_be_written_are_shown_in_words(
    browser: Client, kari: User, source: Source
) -> None:
    html = shown(browser, read(source, [a_row(0, latitude=60.7945, longitude=11.068)], kari))
    assert "<dt>Coordinates</dt>" in html
    assert "from Hamar" in html
    assert "outside Norway" not in html


def test_coordinates_outside_norway_are_kept_and_the_preview_says_so(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, [a_row(0, latitude=38.77, longitude=-75.14)], kari)
    assert "This is outside Norway. The coordinates are kept: check them." in shown(browser, run)
    take_over(run, kari)
    assert catalog(source.clinic)["gruppe-0"]["latitude"] == 38.77


def test_who_may_come_is_shown_only_where_the_list_says_so(browser: Client, kari: User, source: Source) -> None:
    silent = read(source, [a_row(0)], kari)
    assert "Who may come" not in shown(browser, silent)
    told = read(source, [a_row(0, types=["W"])], kari)
    assert "<dt>Who may come</dt>" in shown(browser, told)


def test_a_group_in_a_known_town_gets_its_coordinates_and_this_is_said(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, [a_row(0, **{**NOWHERE, "location": "Hus 1", "city": "Hamar"})], kari)
    assert "the coordinates are those of Hamar" in shown(browser, run).lower().replace("hamar", "Hamar")
    take_over(run, kari)
    group = catalog(source.clinic)["gruppe-0"]
    assert (round(group["latitude"], 1), round(group["longitude"], 1)) == (60.8, 11.1)
    assert read(source, [a_row(0, **{**NOWHERE, "location": "Hus 1", "city": "Hamar"})], kari).state == "unchanged"


def test_a_town_abroad_that_is_called_like_one_of_ours_gets_none(kari: User, source: Source) -> None:
    row = a_row(0, **{**NOWHERE, "location": "Hus 1", "city": "Hamar", "timezone": "America/Chicago"})
    imported(source, [row], kari)
    assert catalog(source.clinic)["gruppe-0"]["latitude"] is None


def test_coordinates_of_the_list_come_before_those_of_the_town(kari: User, source: Source) -> None:
    imported(source, [a_row(0, city="Hamar", latitude=60.5, longitude=11.5)], kari)
    assert catalog(source.clinic)["gruppe-0"]["latitude"] == 60.5


@pytest.mark.parametrize(
    "row",
    [
        {"day": 5, "time": "25:00", "end_time": None, "city": None, **NOWHERE},
        {"day": None, "time": None, "end_time": None, "city": None, **NOWHERE},
    ],
    ids=["unreadable", "empty"],
)
def test_a_row_without_day_time_and_place_is_a_draft_and_not_by_appointment(
    row: dict[str, Any], browser: Client, kari: User, source: Source
) -> None:
    run = read(source, [a_row(0, **row)], kari)
    html = shown(browser, run)
    assert "By appointment" not in html
    assert "How people meet: in person" in html
    assert "It cannot be published yet" in html
    take_over(run, kari)
    assert [group["status"] for group in catalog(source.clinic).values()] == ["draft"]


def test_what_is_assumed_is_said(browser: Client, kari: User, source: Source) -> None:
    html = shown(browser, read(source, [a_row(0, end_time=None)], kari))
    assert "A meeting lasts 60 minutes." in html
    assert "does not say all of this" not in html


def test_a_length_that_we_know_is_not_assumed(browser: Client, kari: User, source: Source) -> None:
    imported(source, [a_row(0)], kari)
    known = read(source, [a_row(0, end_time=None, types=["C"])], kari)
    assert "A meeting lasts 60 minutes." not in shown(browser, known)
    moved = read(source, [a_row(0, end_time=None, time="12:00")], kari)
    assert "A meeting lasts 60 minutes." in shown(browser, moved)


def test_equal_problems_are_told_once_with_their_rows(browser: Client, kari: User, source: Source) -> None:
    listed = [a_row(number, latitude=38.77, longitude=-75.14) for number in range(8)]
    html = shown(browser, read(source, [*listed, a_row(8, day="someday")], kari), show="problems")
    sentence = "The coordinates lie outside the country of the list."
    assert html.count(sentence) == 1
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "8 rows: 1, 2, 3, 4, 5 and 3 more 6, 7, 8" in words
    assert "9 Day This is not a day of the week" in words


def test_a_file_that_could_not_be_read_leads_to_another_and_to_the_settings(
    browser: Client, kari: User, source: Source
) -> None:
    html = shown(browser, read(source, b"<html></html>", kari))
    assert f'href="{reverse("feed", args=[source.pk])}">Upload another file</a>' in html
    assert f'href="{reverse("feed-settings", args=[source.pk])}">Settings</a>' in html
    assert "Try again" not in html


def test_an_address_that_could_not_be_read_is_tried_again_and_set_by_the_administrator_only(
    browser: Client, kari: User
) -> None:
    source = a_source(kari.membership.clinic, address="https://lists.example.org/na.json")
    with scope(clinic=source.clinic):
        run = Run.objects.create(source=source, state="failed", reason="timed_out")
    html = shown(browser, run)
    assert ("Try again" in html, "Upload another file" in html, ">Settings<" in html) == (True, False, False)
    admin = signed_in_client(a_member(source.clinic, "clinic_admin"))
    assert ">Settings<" in shown(admin, run)


def test_a_reading_that_waits_has_no_such_buttons(browser: Client, kari: User, source: Source) -> None:
    html = shown(browser, read(source, rows(1), kari))
    assert ("Upload another file" in html, "Try again" in html) == (False, False)


def test_a_reading_that_a_newer_one_has_replaced_asks_for_no_other_file(
    browser: Client, kari: User, source: Source
) -> None:
    older = read(source, rows(1), kari)
    read(source, rows(2), kari)
    html = shown(browser, older)
    assert "A newer reading has taken its place." in html
    assert "Upload another file" not in html


def test_the_same_list_leads_to_the_one_that_waits(browser: Client, kari: User, source: Source) -> None:
    waits = read(source, rows(2), kari)
    html = shown(browser, read(source, rows(2), kari))
    assert "The same list as the one that waits for your decisions." in html
    assert f'href="{reverse("feed-run", args=[waits.pk])}">To the one that waits</a>' in html


def test_who_may_not_give_an_address_is_told_who_may(browser: Client, kari: User) -> None:
    html = browser.get(reverse("feed-new")).content.decode()
    assert ("get_used_formats" in html, "added by the administrator of the clinic" in html) == (False, True)
    admin = signed_in_client(a_member(kari.membership.clinic, "clinic_admin"))
    html = admin.get(reverse("feed-new")).content.decode()
    assert ("get_used_formats" in html, "added by the administrator of the clinic" in html) == (True, False)


def test_organisations_stand_as_in_the_form_of_a_group(browser: Client, kari: User) -> None:
    for slug, name in (("rio", "RIO"), ("recovery", "Recovery"), ("prolar", "proLAR")):
        an_organisation(slug, name_en=name, name_nb=name)
    an_organisation("egen", name_en="Zetten", name_nb="Zetten", clinic=kari.membership.clinic)
    an_organisation("rio", name_en="RIO here", name_nb="RIO her", clinic=kari.membership.clinic)
    html = browser.get(reverse("feed-new")).content.decode()
    options = re.findall(r"<option[^>]*>([^<]*)</option>", html.partition('name="organisation"')[2])
    assert options[:5] == ["Choose", "RIO here", "Zetten", "proLAR", "Recovery"]
