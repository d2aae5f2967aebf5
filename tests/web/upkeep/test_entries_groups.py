"""A new group by hand, who may, and what each mistake is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Change, Group
from tests.catalog_factories import a_group, a_meeting, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.sent_forms import sent
from tests.web.upkeep.entries_world import counts, errors, meetings, now, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english", "na")]
NEW = "/upkeep/groups/new/"
EDIT = "/groups/havna/edit/"
VALID: dict[str, Any] = {
    "name": "Havna",
    "organisation": "na",
    "lane": "addiction",
    "membership": "everyone",
    "mode": "in_person",
    "place": "Hamar",
    "meetings__0__days": ["0", "2", "4"],
    "meetings__0__start": "18:30",
    "meetings__0__ends": "19:30",
}


# --- new --------------------------------------------------------------------------------------------------


def test_a_new_group_is_a_draft_with_its_meetings_and_the_towns_coordinates(browser: Client, clinic: Clinic) -> None:
    answer = browser.post(NEW, opened(browser, NEW, **VALID))
    assert answer.url == "/groups/havna/"
    group = now(clinic)
    assert (group.status, group.place, round(group.latitude or 0, 1)) == ("draft", "Hamar", 60.8)
    assert meetings(group) == [(0, "18:30", 60), (2, "18:30", 60), (4, "18:30", 60)]


def test_a_new_group_can_be_published_at_once(browser: Client, clinic: Clinic) -> None:
    browser.post(NEW, {**opened(browser, NEW, **VALID), "publish": ["1"]})
    assert now(clinic).status == "published"


def test_a_second_press_of_save_finds_the_first(browser: Client) -> None:
    page = opened(browser, NEW, **VALID)
    first, second = browser.post(NEW, page), browser.post(NEW, page)
    assert first.url == second.url == "/groups/havna/"
    assert counts()["Group"] == 1


def test_a_press_that_was_refused_does_not_count(browser: Client) -> None:
    page = opened(browser, NEW, **VALID)
    errors(browser.post(NEW, {**page, "name": [""]}))
    browser.post(NEW, page)
    assert counts()["Group"] == 1


def test_the_history_says_who_made_it_and_why(browser: Client, clinic: Clinic) -> None:
    browser.post(NEW, opened(browser, NEW, **VALID, why="Opened last week"))
    with scope(clinic=clinic):
        change = Change.objects.get()
    assert (change.kind, change.why) == ("added", "Opened last week")


def test_where_two_people_are_asked_for_it_waits(browser: Client, clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    answer = browser.post(NEW, opened(browser, NEW, **VALID))
    assert answer.url == reverse("drafts")
    assert (counts()["Group"], counts()["Draft"]) == (0, 1)


def test_a_page_of_an_organisation_begins_with_it(browser: Client) -> None:
    page = opened(browser, f"{NEW}?organisation=na")
    assert (page["organisation"], page["lane"]) == (["na"], ["addiction"])


def test_an_organisation_of_another_clinic_cannot_be_chosen(browser: Client) -> None:
    an_organisation("theirs", clinic=a_clinic())
    said = errors(browser.post(NEW, opened(browser, NEW, **{**VALID, "organisation": "theirs"})))
    assert "theirs" in said
    assert counts()["Group"] == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "Write a name."),
        ({"name": "x" * 161}, "Use at most 160 characters."),
        ({"organisation": ""}, "Choose an organisation."),
        ({"lane": None}, "Say what the group stands under."),
        ({"mode": None}, "Say whether the group meets in person or online."),
        ({"membership": None}, "Say who may come."),
        ({"latitude": "north", "longitude": "11"}, "Write the degrees as a number such as 60.7945."),
        ({"latitude": "60.8", "longitude": "", "place": "Nowhere"}, "Give both coordinates, or none."),
        ({"latitude": "160", "longitude": "11"}, "These coordinates are not on the map."),
        ({"link": "http://example.org"}, "A link begins with https://."),
        ({"checked_on": "2199-01-01"}, "The date lies in the future."),
        ({"checked_on": "yesterday"}, "Write a day as 2026-05-17."),
        ({"mode": "by_appointment"}, "A group by appointment has no fixed times."),
        ({"meetings__0__timezone": "Norway/Oslo"}, "“Norway/Oslo” is not a time zone."),
        ({"meetings__0__every": "fortnight"}, "Every other week counts from a first day: give it."),
        (
            {"meetings__0__valid_from": "2026-05-17", "meetings__0__valid_until": "2026-05-16"},
            "The last day lies before the first.",
        ),
        ({"meetings__TOTAL_FORMS": None}, "ManagementForm data is missing"),
        ({"why": "x" * 201}, "at most 200 characters"),
    ],
)
def test_each_mistake_is_told_and_nothing_is_written(browser: Client, changes: dict[str, Any], message: str) -> None:
    before = counts()
    said = errors(browser.post(NEW, opened(browser, NEW, **{**VALID, **changes})))
    assert message in said
    assert counts() == before


def test_a_published_group_without_a_place_is_refused(browser: Client) -> None:
    page = opened(browser, NEW, **{**VALID, "place": ""})
    assert "A published group that meets in person needs a place." in errors(
        browser.post(NEW, {**page, "publish": ["1"]})
    )
    assert browser.post(NEW, page).url == "/groups/havna/"


def test_a_time_that_stands_there_twice_is_told_at_its_row(browser: Client) -> None:
    page = opened(browser, NEW, **VALID)
    more = sent(browser.post(NEW, {**page, "redraw": ["row"]}).content.decode())
    again = {"meetings-1-days": ["2"], "meetings-1-start": ["18:30"], "meetings-1-minutes": ["45"]}
    said = errors(browser.post(NEW, {**more, **again}))
    assert said.count("This day and time stands there twice.") == 2
    assert 'href="#id_meetings-1-days_0"' in said


def test_what_was_typed_stands_there_after_a_mistake(browser: Client) -> None:
    said = errors(browser.post(NEW, opened(browser, NEW, **{**VALID, "name": "", "venue": "The old school"})))
    assert "The old school" in said
    assert 'value="18:30"' in said


def test_outside_norway_is_a_warning_and_no_mistake(browser: Client, clinic: Clinic) -> None:
    page = opened(browser, NEW, **{**VALID, "latitude": "59,33", "longitude": "18,06"})
    answer = browser.post(NEW, page, follow=True)
    assert "The coordinates lie outside Norway" in answer.content.decode()
    assert now(clinic).latitude == 59.33


# --- drawn again --------------------------------------------------------------------------------------------


def test_one_row_more_without_a_word_about_mistakes(browser: Client) -> None:
    page = opened(browser, NEW, name="", meetings__0__start="soon")
    answer = browser.post(NEW, {**page, "redraw": ["row"]})
    html = answer.content.decode()
    assert "There is a problem" not in html
    assert sent(html)["meetings-TOTAL_FORMS"] == ["2"]
    assert 'value="soon"' in html
    assert "autofocus" in html
    assert counts()["Group"] == 0


def test_the_place_is_told_in_words_before_it_is_saved(browser: Client) -> None:
    page = opened(browser, NEW, place="Hamar")
    html = browser.post(NEW, {**page, "redraw": ["place"]}).content.decode()
    assert "That is less than 1 km from Hamar." in html
    assert 'data-x="-33' in html
    assert "autofocus" not in html


def test_a_point_outside_norway_is_told_before_it_is_saved(browser: Client) -> None:
    page = opened(browser, NEW, latitude="59.33", longitude="18.06")
    assert "outside Norway" in browser.post(NEW, {**page, "redraw": ["place"]}).content.decode()


# --- who may --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["group-edit", "group-status", "group-copy", "group-facts"])
def test_a_clinician_may_not_and_another_clinics_curator_finds_nothing(
    name: str, clinic: Clinic, havna: Group
) -> None:
    address = reverse(name, args=["havna"])
    clinician = signed_in_client(a_member(clinic))
    stranger = signed_in_client(a_member(a_clinic(), "curator"))
    ask: Callable[[Client], Any] = lambda browser: (  # noqa: E731
        browser.get(address) if name in {"group-edit", "group-facts"} else browser.post(address, {"status": "paused"})
    )
    assert ask(clinician).status_code == 403
    assert ask(stranger).status_code == 404
    assert now(clinic).status == "published"


def test_another_clinics_group_cannot_be_copied_by_its_address(havna: Group) -> None:
    stranger = signed_in_client(a_member(a_clinic(), "curator"))
    assert stranger.get(f"{NEW}?copy=havna").status_code == 404


def test_only_curators_see_what_they_may_do(browser: Client, clinic: Clinic, havna: Group) -> None:
    for_curators = browser.get("/groups/havna/").content.decode()
    for_clinicians = signed_in_client(a_member(clinic)).get("/groups/havna/").content.decode()
    assert EDIT in for_curators
    assert EDIT not in for_clinicians
    assert "Something is not right" in for_clinicians


@pytest.mark.parametrize("groups", [1, 50])
def test_the_form_asks_the_database_as_often_for_many_groups_as_for_one(
    groups: int, browser: Client, clinic: Clinic, havna: Group, django_assert_num_queries: Any
) -> None:
    for _number in range(groups - 1):
        group = a_group(clinic)
        a_meeting(group)
        a_meeting(havna, weekday=_number % 7, start=f"{_number // 7:02}:05")
    browser.get(EDIT)
    with django_assert_num_queries(14):
        browser.get(EDIT)
