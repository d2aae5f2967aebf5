"""A clinic's own organisations, by hand."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Change, Draft, Organisation, OrganisationText
from tests.catalog_factories import a_fact, a_group, a_text, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.upkeep.entries_world import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
NEW = "/upkeep/organisations/new/"
LIST = "/upkeep/organisations/"
EDIT = "/organisations/samtalen/edit/"
VALID: dict[str, Any] = {
    "name_en": "The talk",
    "name_nb": "Samtalen",
    "kind": "user_organisation",
    "lane": "addiction",
    "site": "https://example.org/",
}
TEXT = {
    "text__asks__text_en": "You sign up.",
    "text__asks__text_nb": "Du melder deg på.",
    "text__asks__source": "A call",
}


@pytest.fixture
def samtalen(clinic: Clinic) -> Organisation:
    organisation = an_organisation("samtalen", clinic=clinic, name_en="The talk", name_nb="Samtalen")
    a_text(organisation, "description")
    a_fact(organisation, "step_work", "none", clinic=clinic)
    return organisation


def only() -> Organisation:
    with scopes_disabled():
        return Organisation.objects.get()


def texts(organisation: Organisation) -> dict[str, str]:
    with scopes_disabled():
        return dict(OrganisationText.objects.filter(organisation=organisation).values_list("kind", "text_en"))


def test_a_new_organisation_is_the_clinics_own(browser: Client, clinic: Clinic) -> None:
    answer = browser.post(NEW, opened(browser, NEW, **VALID, **TEXT))
    made = only()
    assert answer.url == f"/organisations/{made.slug}/"
    assert (made.clinic_id, made.name.nb, made.short_name.en) == (clinic.pk, "Samtalen", "The talk")
    assert texts(made) == {"asks": "You sign up."}


def test_a_second_press_of_save_finds_the_first(browser: Client) -> None:
    page = opened(browser, NEW, **VALID)
    assert browser.post(NEW, page).url == browser.post(NEW, page).url
    assert only()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name_en": ""}, "Write a name."),
        ({"name_nb": "x" * 161}, "Use at most 160 characters."),
        ({"name_en": "x" * 100}, "Use at most 80 characters."),
        ({"kind": None}, "Say what kind of organisation it is."),
        ({"kind": "company"}, "Select a valid choice."),
        ({"lane": None}, "Say what the organisation stands under."),
        ({"site": "example.org"}, "A link begins with https://."),
        (
            {"text__asks__text_en": "You sign up.", "text__asks__source": "A call"},
            "Write the text in both languages.",
        ),
        ({**TEXT, "text__asks__source": ""}, "Say where it is known from."),
        ({**TEXT, "text__asks__dated": "May"}, "Write a year, a month or a day: 2024, 2024-05 or 2024-05-17."),
        ({**TEXT, "text__asks__dated": "2199"}, "The date lies in the future."),
    ],
)
def test_each_mistake_is_told_and_nothing_is_written(browser: Client, changes: dict[str, Any], message: str) -> None:
    html = browser.post(NEW, opened(browser, NEW, **{**VALID, **changes})).content.decode()
    assert "<title>Error:" in html
    assert message in html
    with scopes_disabled():
        assert not Organisation.objects.exists()
        assert not Change.objects.exists()


def test_an_edit_changes_what_was_changed_and_keeps_the_facts(
    browser: Client, clinic: Clinic, samtalen: Organisation
) -> None:
    answer = browser.post(EDIT, opened(browser, EDIT, site="https://example.org/"))
    assert answer.url == "/organisations/samtalen/"
    with scope(clinic=clinic):
        row = Organisation.objects.get()
        assert (row.site, row.facts.count()) == ("https://example.org/", 1)
    assert list(texts(samtalen)) == ["description"]


def test_a_text_that_is_emptied_is_taken_away(browser: Client, samtalen: Organisation) -> None:
    emptied = {"text__description__text_en": "", "text__description__text_nb": ""}
    browser.post(EDIT, opened(browser, EDIT, **emptied))
    assert texts(samtalen) == {}


def test_a_page_saved_without_a_change_leaves_no_trace(browser: Client, samtalen: Organisation) -> None:
    assert "Nothing was changed." in browser.post(EDIT, opened(browser, EDIT), follow=True).content.decode()


def test_the_second_of_two_is_told(browser: Client, clinic: Clinic, samtalen: Organisation) -> None:
    mine = opened(browser, EDIT, site="https://example.org/mine")
    other = signed_in_client(a_member(clinic, "clinic_admin"))
    other.post(EDIT, opened(other, EDIT, site="https://example.org/theirs"))
    assert browser.post(EDIT, mine).status_code == 409
    assert only().site == "https://example.org/theirs"


def test_a_new_organisation_waits_where_two_people_are_asked_for(browser: Client, clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    browser.post(NEW, opened(browser, NEW, **VALID))
    with scope(clinic=clinic):
        assert Draft.objects.get().document["name_nb"] == "Samtalen"
    with scopes_disabled():
        assert not Organisation.objects.exists()


def test_a_shared_organisation_is_not_edited(browser: Client) -> None:
    an_organisation("na")
    assert browser.get("/organisations/na/edit/").status_code == 404
    html = browser.get("/organisations/na/").content.decode()
    assert "/organisations/na/edit/" not in html
    assert "/organisations/na/facts/" in html


def test_a_clinician_may_not_and_another_clinics_curator_finds_nothing(
    clinic: Clinic, samtalen: Organisation
) -> None:
    clinician = signed_in_client(a_member(clinic))
    stranger = signed_in_client(a_member(a_clinic(), "curator"))
    for address in (EDIT, "/organisations/samtalen/facts/", "/organisations/samtalen/facts/step_work/"):
        assert clinician.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
    assert EDIT not in clinician.get("/organisations/samtalen/").content.decode()
    assert "The talk" not in stranger.get(LIST).content.decode()


def test_the_list_tells_own_from_shared_with_their_groups_and_facts(
    browser: Client, clinic: Clinic, samtalen: Organisation
) -> None:
    na = an_organisation("na", name_en="NA")
    a_group(clinic, organisation=na)
    a_fact(na, "step_work", "optional", clinic=clinic)
    html = browser.get(LIST).content.decode()
    assert html.index("The talk") < html.index("Shared by all clinics") < html.index(">NA<")
    assert "1 group in your catalog." in html
    assert html.count("1 fact in your clinic’s own word.") == 2


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    count: int, browser: Client, clinic: Clinic, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        a_group(clinic, organisation=an_organisation())
    browser.get(LIST)
    with django_assert_num_queries(9):
        browser.get(LIST)
