"""A group that is there: edited, published, paused, closed, copied."""

import re

import pytest
from django.test import Client
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Change, Group, Organisation, Version
from tests.catalog_factories import a_group, an_organisation
from tests.factories import a_member, signed_in_client
from tests.web.upkeep.entries_world import counts, errors, meetings, now, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english", "na")]
NEW = "/upkeep/groups/new/"
EDIT = "/groups/havna/edit/"


# --- edited -------------------------------------------------------------------------------------------------


def test_an_edit_changes_what_was_changed_and_nothing_else(browser: Client, clinic: Clinic, havna: Group) -> None:
    answer = browser.post(EDIT, opened(browser, EDIT, venue="The old school"))
    assert answer.url == "/groups/havna/"
    group = now(clinic)
    assert (group.venue, group.status, meetings(group)) == ("The old school", "published", [(0, "18:30", 90)])
    with scope(clinic=clinic):
        assert group.facts.count() == 1
        before, after = Version.objects.filter(group=group)
    changed = {key for key in after.document if after.document[key] != before.document[key]}
    assert changed == {"venue"}


def test_a_page_saved_without_a_change_leaves_no_trace(browser: Client, havna: Group) -> None:
    answer = browser.post(EDIT, opened(browser, EDIT), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    assert counts()["Change"] == 0


def test_a_time_can_be_taken_away_and_another_written(browser: Client, clinic: Clinic, havna: Group) -> None:
    changes = {
        "meetings__0__DELETE": "on",
        "meetings__1__days": ["6"],
        "meetings__1__start": "23:00",
        "meetings__1__ends": "01:00",
    }
    browser.post(EDIT, opened(browser, EDIT, **changes))
    assert meetings(now(clinic)) == [(6, "23:00", 120)]


def test_a_group_by_appointment_says_that_it_has_no_times(browser: Client, havna: Group) -> None:
    browser.post(EDIT, opened(browser, EDIT, mode="by_appointment", meetings__0__DELETE="on"))
    assert "By appointment: there are no fixed times." in browser.get("/groups/havna/").content.decode()


def test_a_new_town_brings_its_own_coordinates(browser: Client, clinic: Clinic, havna: Group) -> None:
    browser.post(EDIT, opened(browser, EDIT, place="Hamar"))
    assert round(now(clinic).latitude or 0, 1) == 60.8


def test_a_language_nobody_lists_is_kept(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "havna", organisation=an_organisation("aa"), languages=["nn", "xx", "nb"])
    browser.post(EDIT, opened(browser, EDIT, venue="The old school"))
    assert now(clinic).languages == ["nn", "xx", "nb"]


def test_the_second_of_two_is_told_and_sees_both(browser: Client, clinic: Clinic, havna: Group) -> None:
    mine = opened(browser, EDIT, venue="The library")
    other = signed_in_client(a_member(clinic, "curator"))
    other.post(EDIT, opened(other, EDIT, venue="The old school"))
    answer = browser.post(EDIT, mine)
    assert answer.status_code == 409
    words = re.sub("<[^>]+>", "", answer.content.decode())
    assert "The library" in words
    assert "The old school" in words
    assert now(clinic).venue == "The old school"


def test_an_edit_waits_where_two_people_are_asked_for(browser: Client, clinic: Clinic, havna: Group) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    answer = browser.post(EDIT, opened(browser, EDIT, venue="The old school"), follow=True)
    assert "second person" in answer.content.decode()
    assert (now(clinic).venue, counts()["Draft"]) == ("", 1)


def test_an_edit_with_a_mistake_changes_nothing(browser: Client, clinic: Clinic, havna: Group) -> None:
    errors(browser.post(EDIT, opened(browser, EDIT, name="", venue="The old school")))
    assert now(clinic).venue == ""


@pytest.mark.parametrize("number", ["", "-1", "two", "9" * 40])
def test_a_spoilt_version_number_does_no_harm(number: str, browser: Client, clinic: Clinic, havna: Group) -> None:
    answer = browser.post(EDIT, opened(browser, EDIT, venue="The old school", based_on=number))
    assert answer.status_code == 302
    assert now(clinic).venue == "The old school"


# --- the status -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [("paused", "paused", "This group is paused"), ("closed", "closed", "This group is closed")],
)
def test_a_group_is_paused_or_closed_and_says_so(
    status: str, kind: str, says: str, browser: Client, clinic: Clinic, havna: Group
) -> None:
    answer = browser.post("/groups/havna/status/", {"status": status}, follow=True)
    assert says in answer.content.decode()
    with scope(clinic=clinic):
        assert Change.objects.get().kind == kind


def test_a_second_press_changes_nothing_more(browser: Client, havna: Group) -> None:
    for _press in range(2):
        browser.post("/groups/havna/status/", {"status": "paused"})
    assert counts()["Change"] == 1


def test_a_group_without_a_place_is_not_published_and_the_form_opens(
    browser: Client, clinic: Clinic, na: Organisation
) -> None:
    a_group(clinic, "havna", organisation=na, status="draft", place="", latitude=None, longitude=None)
    answer = browser.post("/groups/havna/status/", {"status": "published"}, follow=True)
    assert answer.redirect_chain[0][0] == EDIT
    assert "A published group that meets in person needs a place." in answer.content.decode()
    assert now(clinic).status == "draft"


@pytest.mark.parametrize("status", ["", "gone"])
def test_no_other_status_is_taken(status: str, browser: Client, clinic: Clinic, havna: Group) -> None:
    answer = browser.post("/groups/havna/status/", {"status": status}, follow=True)
    assert "The status stays as it is." in answer.content.decode()
    assert now(clinic).status == "published"


def test_a_merged_group_leads_to_the_one_it_is_now(browser: Client, clinic: Clinic, havna: Group) -> None:
    a_group(clinic, "gamle-havna", organisation=havna.organisation, status="closed", merged_into=havna)
    html = browser.get("/groups/gamle-havna/").content.decode()
    assert "This is another group now" in html
    assert 'href="/groups/havna/"' in html
    browser.post("/groups/gamle-havna/status/", {"status": "published"})
    assert now(clinic, "gamle-havna").status == "closed"


# --- a copy ---------------------------------------------------------------------------------------------------


def test_a_copy_opens_the_form_and_writes_nothing(browser: Client, havna: Group) -> None:
    answer = browser.post("/groups/havna/copy/")
    page = opened(browser, answer.url)
    assert (page["name"], page["meetings-0-start"], page["checked_on"]) == (["Havna"], ["18:30"], [""])
    assert counts()["Group"] == 1


def test_a_copy_that_is_saved_is_a_draft_without_facts(browser: Client, clinic: Clinic, havna: Group) -> None:
    page = opened(browser, browser.post("/groups/havna/copy/").url, name="Havna øst")
    browser.post(NEW, page)
    copy = now(clinic, "havna-ost")
    assert (copy.status, copy.checked_on, meetings(copy)) == ("draft", None, [(0, "18:30", 90)])
    with scope(clinic=clinic):
        assert not copy.facts.exists()
