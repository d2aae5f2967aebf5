"""What a curator is told around an entry: what waits, what follows, what happened, and which field is meant."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Draft, Group, Organisation
from tests.catalog_factories import a_fact
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.upkeep.entries_world import errors, now, opened
from tests.web.upkeep.history_world import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english", "na")]
NEW, EDIT, PAGE = "/upkeep/groups/new/", "/groups/havna/edit/", "/groups/havna/"
FACTS, MODE, STEPS = "/groups/havna/facts/", "/groups/havna/facts/mode/", "/groups/havna/facts/step_work/"
RECORDED = {"basis": "stated", "source": "A leaflet"}
WAITS = "waits for a second person."


# --- a draft waits ------------------------------------------------------------------------------------------


def test_a_draft_that_waits_is_told_where_the_group_is_read_and_edited(
    browser: Client, clinic: Clinic, havna: Group
) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    assert WAITS not in html_of(browser, PAGE)
    browser.post(EDIT, opened(browser, EDIT, venue="Huset"))
    with scope(clinic=clinic):
        address = reverse("draft", args=[Draft.objects.get().pk])
    for page in (PAGE, EDIT):
        html = html_of(browser, page)
        assert WAITS in html
        assert address in html
    assert WAITS not in html_of(signed_in_client(a_member(clinic)), PAGE)


def test_a_draft_that_was_decided_is_not_told_any_more(browser: Client, clinic: Clinic, havna: Group) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    browser.post(EDIT, opened(browser, EDIT, venue="Huset"))
    with scope(clinic=clinic):
        address = reverse("draft-decide", args=[Draft.objects.get().pk])
    browser.post(address, {"decision": "decline"})
    assert WAITS not in html_of(browser, PAGE)


# --- what follows from the entry ----------------------------------------------------------------------------


def test_what_the_entry_answers_is_not_recorded_beside_it(browser: Client, clinic: Clinic, havna: Group) -> None:
    row = html_of(browser, FACTS).split('<li id="mode">')[1].split("</li>")[0]
    assert "Follows from the entry." in row
    assert EDIT in row
    assert MODE not in row
    html = html_of(browser, MODE)
    assert "Follows from the entry." in html
    assert 'name="answer"' not in html
    browser.post(MODE, {"answer": "online", "basis": "stated", "source": "A leaflet", "based_on": "1"})
    with scope(clinic=clinic):
        assert not havna.facts.filter(attribute="mode").exists()


def test_a_fact_that_contradicts_the_entry_can_be_taken_away_and_not_changed(
    browser: Client, clinic: Clinic, havna: Group
) -> None:
    a_fact(havna, "mode", "online")
    said = errors(browser.post(MODE, opened(browser, MODE, answer="both")))
    assert "The entry answers this. Change it there." in said
    browser.post(MODE, opened(browser, MODE, answer="not_known"))
    with scope(clinic=clinic):
        assert not havna.facts.filter(attribute="mode").exists()


def test_what_the_entry_leaves_open_is_recorded_as_ever(browser: Client, clinic: Clinic, havna: Group) -> None:
    with scope(clinic=clinic):
        Group.objects.filter(pk=havna.pk).update(languages=[])
    address = "/groups/havna/facts/language/"
    assert "Follows from the entry." not in html_of(browser, address)
    browser.post(address, opened(browser, address, answer=["nb"], **RECORDED))
    with scope(clinic=clinic):
        assert havna.facts.filter(attribute="language").exists()


def test_not_known_says_what_holds_then(browser: Client, havna: Group, na: Organisation) -> None:
    assert "what is inherited holds" not in html_of(browser, STEPS)
    a_fact(na, "step_work", "optional")
    assert "With “Not known”, what is inherited holds: Step work is up to you." in html_of(browser, STEPS)


# --- which field is meant -----------------------------------------------------------------------------------


def summary(html: str) -> str:
    return html.split('id="error-summary"')[1].split("</ul>", maxsplit=1)[0]


def test_a_line_of_the_summary_says_which_field_and_which_time(browser: Client, havna: Group) -> None:
    changes = {"name": "x" * 161, "meetings__1__days": ["2"], "meetings__1__start": "x", "meetings__1__ends": "20:00"}
    said = summary(errors(browser.post(EDIT, opened(browser, EDIT, **changes))))
    assert "Name: Use at most 160 characters." in said
    assert "Time 2, Begins: Write the time as 18:30." in said


def test_a_line_about_a_text_says_which_text(browser: Client) -> None:
    address = "/upkeep/organisations/new/"
    said = summary(errors(browser.post(address, opened(browser, address, text__description__text_en="Hello."))))
    assert "What it is, In Norwegian: Write the text in both languages." in said


def test_of_a_question_the_question_stands_first(browser: Client, havna: Group) -> None:
    said = summary(errors(browser.post(STEPS, opened(browser, STEPS, answer="optional", source="A leaflet"))))
    assert "How is it known? Say whether it is stated or observed." in said


# --- dates as one writes them -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [("17.05.2026", "2026-05-17"), ("7.5.2026", "2026-05-07"), ("05.2026", "2026-05"), ("2026", "2026")],
)
def test_a_date_may_be_written_as_in_norway(
    written: str, kept: str, browser: Client, clinic: Clinic, havna: Group
) -> None:
    browser.post(STEPS, opened(browser, STEPS, answer="optional", dated=written, **RECORDED))
    with scope(clinic=clinic):
        assert havna.facts.get(attribute="step_work").dated == kept


@pytest.mark.parametrize("written", ["31.02.2026", "13.2026", "1.1.26", "May 2026"])
def test_what_is_no_date_is_told(written: str, browser: Client, havna: Group) -> None:
    sent = opened(browser, STEPS, answer="optional", dated=written, **RECORDED)
    assert "Write a year, a month or a day" in errors(browser.post(STEPS, sent))


# --- what happened ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("paused", "“Havna” is paused."),
        ("closed", "“Havna” is closed. It can be found under Status: Closed."),
        ("published", "“Havna” is published."),
    ],
)
def test_the_notice_names_the_group_and_what_happened(
    status: str, words: str, browser: Client, clinic: Clinic, havna: Group
) -> None:
    with scope(clinic=clinic):
        Group.objects.filter(pk=havna.pk).update(status="draft")
    answer = browser.post("/groups/havna/status/", {"status": status}, follow=True)
    assert words in answer.content.decode()


def test_a_new_group_points_to_its_facts_and_a_copy_says_that_they_do_not_follow(
    browser: Client, clinic: Clinic, havna: Group
) -> None:
    address = f"{NEW}?copy=havna"
    assert "A copy of Havna. The facts about what happens in the group do not follow." in html_of(browser, address)
    answer = browser.post(address, opened(browser, address, name="Kaia"), follow=True)
    assert "Go on with what happens in the group: open Facts." in answer.content.decode()
    with scope(clinic=clinic):
        assert not now(clinic, "kaia").facts.exists()


def test_a_copy_of_another_clinics_group_says_nothing_of_it(browser: Client, havna: Group) -> None:
    other = signed_in_client(a_member(a_clinic(), "curator"))
    assert other.get(f"{NEW}?copy=havna").status_code == 404
    assert "A copy of" not in other.post(f"{NEW}?copy=havna", {"redraw": "row"}).content.decode()


def test_of_two_quick_changes_the_second_says_where_the_point_is(browser: Client, havna: Group) -> None:
    assert 'hx-sync="this:replace"' in html_of(browser, EDIT)


def test_everyone_is_said_of_genders_only(browser: Client, havna: Group) -> None:
    html = html_of(browser, EDIT)
    assert "All genders" in html
    assert "Open to everyone" not in html


# --- nobody is named ----------------------------------------------------------------------------------------


def test_a_number_is_refused_by_hand_and_one_that_was_kept_on_purpose_is_no_hindrance(
    browser: Client, clinic: Clinic, havna: Group
) -> None:
    role = "Write a role, not a phone number, an e-mail address or a code."
    assert role in errors(browser.post(EDIT, opened(browser, EDIT, contact_role_nb="Kari Nordmann 99887766")))
    assert role in errors(browser.post(EDIT, opened(browser, EDIT, venue="Huset", why="kari@example.org asked")))
    with scope(clinic=clinic):
        Group.objects.filter(pk=havna.pk).update(note_nb="Ring 99 88 77 66")
    browser.post(EDIT, opened(browser, EDIT, venue="Huset"))
    browser.post("/groups/havna/status/", {"status": "paused"})
    group = now(clinic)
    assert (group.venue, group.status, group.note_nb) == ("Huset", "paused", "Ring 99 88 77 66")
