"""The pages of the catalog: all groups, one group, one organisation."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Group
from groups_catalog.places import Place
from groups_catalog.services import catalog_changed
from groups_catalog.snapshot import CatalogGroup, clinic_snapshot
from tests.catalog_factories import a_fact, a_group, a_meeting, a_text, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client

pytestmark = pytest.mark.django_db
TODAY = date(2025, 11, 1)


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


@pytest.fixture
def client(clinic: Clinic) -> Client:
    return signed_in_client(a_member(clinic))


def page(client: Client, address: str, **filters: str) -> str:
    answer = client.get(address, filters)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def listed(client: Client, **filters: str) -> set[str]:
    return set(re.findall(r'id="card-([\w-]+)"', page(client, "/groups/", **filters)))


def snapshot(clinic: Clinic) -> dict[str, CatalogGroup]:
    with scope(clinic=clinic):
        return {group.id: group for group in clinic_snapshot(clinic, today=TODAY)}


# --- who sees what ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/groups/", "/groups/torsdag/", "/organisations/samtale/"])
def test_nobody_sees_the_catalog_without_signing_in(address: str, clinic: Clinic) -> None:
    a_group(clinic, "torsdag", organisation=an_organisation("samtale"))
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["clinician", "curator", "clinic_admin"])
def test_every_member_sees_the_clinics_groups(role: str, clinic: Clinic) -> None:
    a_group(clinic, "torsdag", name="Torsdagsgruppa")
    client = signed_in_client(a_member(clinic, role))
    assert "Torsdagsgruppa" in page(client, "/groups/")
    assert "Torsdagsgruppa" in page(client, "/groups/torsdag/")


def test_a_stranger_from_another_clinic_finds_neither_group_nor_organisation(clinic: Clinic) -> None:
    a_group(clinic, "torsdag", organisation=an_organisation("samtale", clinic=clinic))
    stranger = signed_in_client(a_member())
    assert listed(stranger) == set()
    assert stranger.get("/groups/torsdag/").status_code == 404
    assert stranger.get("/organisations/samtale/").status_code == 404


def test_another_clinics_word_on_a_shared_organisation_is_not_shown(client: Client, clinic: Clinic) -> None:
    organisation = an_organisation("samtale")
    a_group(clinic, "torsdag", organisation=organisation)
    a_fact(organisation, "cost", "paid", clinic=a_clinic(), source="The neighbours’ own note")
    assert "The neighbours’ own note" not in page(client, "/organisations/samtale/")
    assert "cost" not in snapshot(clinic)["torsdag"].facts


@pytest.mark.parametrize(("role", "status"), [("clinician", 404), ("curator", 200), ("clinic_admin", 200)])
def test_a_draft_is_for_those_who_write_it(role: str, status: int, clinic: Clinic) -> None:
    a_group(clinic, "utkast", status="draft")
    client = signed_in_client(a_member(clinic, role))
    assert client.get("/groups/utkast/").status_code == status
    assert listed(client) == set()


@pytest.mark.parametrize(("status", "word"), [("paused", "Paused"), ("closed", "Closed")])
def test_a_paused_or_closed_group_is_not_listed_but_keeps_its_page(
    status: str, word: str, client: Client, clinic: Clinic
) -> None:
    a_group(clinic, "torsdag", status=status)
    assert listed(client) == set()
    assert word in page(client, "/groups/torsdag/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_can_only_be_read(method: str, client: Client, clinic: Clinic) -> None:
    a_group(clinic, "torsdag", organisation=an_organisation("samtale"))
    for address in ("/groups/", "/groups/torsdag/", "/organisations/samtale/"):
        assert getattr(client, method)(address).status_code == 405


# --- the list --------------------------------------------------------------------------------------------


@pytest.fixture
def two_groups(clinic: Clinic) -> None:
    """`here` differs from `there` in everything one can filter by."""
    fellowship = an_organisation("fellowship", kind="twelve_step_fellowship", name_en="The Fellowship")
    here = a_group(clinic, "here", name="Brua", organisation=fellowship)
    there = a_group(
        clinic,
        "there",
        name="Skjermen",
        lane="next_of_kin",
        mode="online",
        place="",
        latitude=None,
        longitude=None,
        languages=["pl"],
    )
    a_meeting(here, 0)
    a_meeting(there, 6)
    a_fact(here, "touch_custom", "ask_first", basis="observed")
    a_fact(there, "touch_custom", "ask_first", unverified=True)


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize(
    "filters",
    [
        {"q": "brua"},
        {"q": "FJORDLIA"},
        {"q": "fellowship"},
        {"lane": "addiction"},
        {"kind": "twelve_step_fellowship"},
        {"place": "Fjordlia"},
        {"weekday": "0"},
        {"mode": "in_person"},
        {"language": "nb"},
        {"fact": "touch_custom:ask_first"},
        {"fact": "language:nb"},
        {"fact": "openness:open", "q": "nothing of the kind"},
    ],
    ids=str,
)
def test_each_filter_narrows_the_list(filters: dict[str, str], client: Client) -> None:
    assert listed(client, **filters) == (set() if len(filters) > 1 else {"here"})


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize("filters", [{}, {"q": " "}, {"lane": ""}, {"kind": "no such kind"}, {"page": "9"}])
def test_an_empty_or_senseless_filter_leaves_nobody_out(filters: dict[str, str], client: Client) -> None:
    assert listed(client, **filters) == {"here", "there"}


@pytest.mark.usefixtures("two_groups")
def test_a_filter_that_makes_no_sense_is_told(client: Client) -> None:
    assert "Select a valid choice" in page(client, "/groups/", kind="no such kind")


@pytest.mark.usefixtures("two_groups")
def test_the_filters_in_use_are_named(client: Client) -> None:
    shown = page(client, "/groups/", fact="touch_custom:ask_first")
    assert "1 group" in shown
    assert "of 2 in the catalog" in shown
    assert re.search(r'class="ans"><span>Hugs and touch</span> People ask first', shown)


def test_a_card_tells_kind_place_times_and_age(client: Client, clinic: Clinic) -> None:
    group = a_group(clinic, "torsdag", venue="Torget", membership="women")
    a_meeting(group, 0)
    a_meeting(group, 2)
    a_meeting(group, 5, "12:00", every="first")
    shown = page(client, "/groups/")
    for words in (
        "User organisation",
        "Torget, Fjordlia",
        "Mondays and Wednesdays 18:30",
        "First Saturday of the month 12:00",
        "Norwegian",
        "Women only",
        "by a visit",
    ):
        assert words in shown


def test_an_empty_catalog_says_so(client: Client) -> None:
    assert "The catalog has no published groups yet" in page(client, "/groups/")


@pytest.mark.usefixtures("two_groups")
def test_filters_that_nothing_passes_say_what_to_do(client: Client) -> None:
    assert "No group passes all of these filters" in page(client, "/groups/", q="nowhere")


def test_fifty_stand_on_a_page_and_the_filters_go_along(client: Client, clinic: Clinic) -> None:
    organisation = an_organisation()
    for number in range(51):
        a_group(clinic, f"group-{number:02}", organisation=organisation)
    first = page(client, "/groups/", mode="in_person")
    assert first.count('id="card-') == 50
    assert 'href="?mode=in_person&amp;page=2"' in first
    assert page(client, "/groups/", mode="in_person", page="2").count('id="card-') == 1


def test_the_number_of_queries_does_not_grow_with_the_catalog(client: Client, clinic: Clinic) -> None:
    def add(number: int) -> Group:
        group = a_group(clinic, f"group-{number}", organisation=an_organisation(f"organisation-{number}"))
        a_meeting(group)
        a_fact(group, "cost", "free")
        a_fact(group.organisation, "language", "nb")
        a_text(group.organisation)
        return group

    addresses = ("/groups/", "/groups/group-0/", "/organisations/organisation-0/")
    add(0)
    alone = [queries_of(client, address) for address in addresses]
    for number in range(1, 50):
        add(number)
    assert [queries_of(client, address) for address in addresses] == alone
    assert max(alone) <= 15


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, address)
    return len(queries)


# --- one group, one organisation --------------------------------------------------------------------------


def test_a_groups_page_tells_how_each_fact_is_known(client: Client, clinic: Clinic) -> None:
    organisation = an_organisation("samtale")
    group = a_group(clinic, "torsdag", organisation=organisation)
    a_fact(group, "hierarchy_observed", "little", basis="observed", source="Two visits", observers=1)
    a_fact(organisation, "cost", "free", source="https://www.example.org/about", dated="2017")
    shown = page(client, "/groups/torsdag/")
    for words in (
        "Observed, about this group, 1 October 2025. Source: Two visits",
        "Reported once",
        'Stated, about the organisation, 2017. Source: <a href="https://www.example.org/about"',
        ">example.org</a>",
    ):
        assert words in shown


def test_a_clinics_word_on_an_organisation_is_named_as_such(client: Client, clinic: Clinic) -> None:
    organisation = an_organisation()
    a_group(clinic, "torsdag", organisation=organisation)
    a_fact(organisation, "cost", "free", clinic=clinic)
    assert "your clinic, about the organisation" in page(client, "/groups/torsdag/")


def test_what_is_not_known_stands_as_a_question(client: Client, clinic: Clinic) -> None:
    group = a_group(clinic, "torsdag")
    a_fact(group, "cost", "free", source="Hearsay", unverified=True)
    shown = page(client, "/groups/torsdag/")
    questions = shown[shown.index("Not known: questions to ask the group") :]
    assert "Not known is not the same as no." in questions
    assert "Do people hug each other" in questions
    assert "Said, not verified" in questions
    assert "Hearsay" in questions


def test_access_is_told_only_where_it_is_known(client: Client, clinic: Clinic) -> None:
    a_group(clinic, "torsdag", access_step_free=False)
    shown = page(client, "/groups/torsdag/")
    assert "No step-free access" in shown
    assert "Is there child care? Not known." in shown


def test_an_organisations_page_shows_its_texts_facts_and_local_groups(client: Client, clinic: Clinic) -> None:
    organisation = an_organisation("samtale", name_en="The Talking House")
    a_text(organisation, dated="2024-05")
    a_text(organisation, "asks", text_en="Come sober to the meeting.", unverified=True)
    a_fact(organisation, "trauma_practice", "trauma_specific", unverified=True)
    a_group(clinic, "torsdag", name="Torsdagsgruppa", organisation=organisation)
    shown = page(client, "/organisations/samtale/")
    for words in (
        "<h1>The Talking House</h1>",
        "You are met at the door.",
        "As of May 2024.",
        "Come sober to the meeting.",
        "Said, not verified",
        "Ask each group",
        "Torsdagsgruppa",
    ):
        assert words in shown


def test_an_organisation_without_local_groups_says_so(client: Client) -> None:
    an_organisation("samtale")
    assert "no published group of this organisation" in page(client, "/organisations/samtale/")


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize("address", ["/groups/", "/groups/here/", "/organisations/fellowship/"])
def test_every_page_has_one_heading_a_language_and_its_tab(address: str, client: Client) -> None:
    shown = page(client, address)
    assert shown.count("<h1>") == 1
    assert '<html lang="en">' in shown
    assert re.search(r'href="/groups/" aria-current="page"', shown)
    assert " style=" not in shown


# --- what the menu reads ----------------------------------------------------------------------------------


def test_a_snapshot_costs_one_query_until_the_catalog_changes(clinic: Clinic, django_assert_num_queries: Any) -> None:
    a_group(clinic, "torsdag")
    catalog_changed(clinic=clinic)
    assert set(snapshot(clinic)) == {"torsdag"}
    with django_assert_num_queries(1):
        snapshot(clinic)
    a_group(clinic, "fredag")
    catalog_changed(clinic=clinic)
    assert set(snapshot(clinic)) == {"torsdag", "fredag"}


def test_a_snapshot_of_another_clinic_is_empty(clinic: Clinic) -> None:
    a_group(clinic, "torsdag")
    with scope(clinic=a_clinic()):
        assert clinic_snapshot(clinic) == ()


@pytest.mark.parametrize(
    ("fields", "attribute", "values"),
    [
        ({"mode": "in_person"}, "mode", ("in_person",)),
        ({"mode": "online"}, "mode", ("online",)),
        ({"mode": "hybrid"}, "mode", ("both",)),
        ({"mode": "by_appointment"}, "mode", None),
        ({"languages": ["nn", "pl"]}, "language", ("nb", "other")),
        ({"languages": []}, "language", None),
        ({"membership": "women"}, "gender_setting", ("women",)),
        ({"membership": "everyone"}, "gender_setting", None),
        ({}, "kind", ("user_organisation",)),
    ],
)
def test_an_entry_tells_some_facts_by_itself(
    fields: dict[str, Any], attribute: str, values: tuple[str, ...] | None, clinic: Clinic
) -> None:
    a_group(clinic, "torsdag", **fields)
    known = snapshot(clinic)["torsdag"].facts.get(attribute)
    assert (known.values if known else None) == values


@pytest.mark.parametrize(
    ("meetings", "frequency", "openness"),
    [
        ([], None, None),
        ([{"every": "first", "open": True}], "less", "open"),
        ([{"open": False}], "weekly", "closed"),
        ([{"open": True}, {"open": False}], "several", "both"),
        ([{"open": True}, {"open": None}], "several", None),
        ([{"open": True}] * 7, "daily", "open"),
        ([{"open": True, "valid_until": date(2025, 10, 31)}], None, None),
    ],
)
def test_the_timetable_tells_how_often_and_for_whom(
    meetings: list[dict[str, Any]], frequency: str | None, openness: str | None, clinic: Clinic
) -> None:
    group = a_group(clinic, "torsdag")
    for weekday, fields in enumerate(meetings):
        a_meeting(group, weekday, **fields)
    facts = snapshot(clinic)["torsdag"].facts
    told = {name: facts[name].values[0] if name in facts else None for name in ("weekly_frequency", "openness")}
    assert told == {"weekly_frequency": frequency, "openness": openness}


def test_access_and_coordinates_are_present_only_where_known(clinic: Clinic) -> None:
    a_group(clinic, "torsdag", access_hearing=True)
    a_group(clinic, "skjermen", mode="online", place="", latitude=None, longitude=None)
    seen = snapshot(clinic)
    assert seen["torsdag"].access == {"hearing": True}
    assert seen["torsdag"].coordinates == Place("Fjordlia", 62.2, 9.5)
    assert seen["skjermen"].coordinates is None
