"""The desk's filters, its figures, and what it costs to ask."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Draft, Group, Organisation, Sample
from tests.catalog_factories import a_group, a_meeting, an_organisation
from tests.desk_world import UPKEEP, a_proposal, a_report, a_run, a_source, days_ago, listed, many, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
QUERIES = 24
"""However many groups there are."""


# --- filters, order, pages -------------------------------------------------------------------------------


@pytest.fixture
def two_groups(clinic: Clinic) -> None:
    """`here` differs from `there` in everything one can filter by."""
    fellowship = an_organisation("fellowship", name_en="The Fellowship")
    here = a_group(
        clinic, "here", name="Åpen dør", organisation=fellowship, checked_on=days_ago(100), checked_how="call"
    )
    a_group(clinic, "there", name="Skjermen", mode="online", place="", checked_on=days_ago(200), checked_how="feed")
    a_meeting(here, 0)


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize(
    "filters",
    [
        {"q": "åpen"},
        {"q": "APEN DØR"},
        {"q": "fellowship"},
        {"q": "fjordlia", "weekday": "0", "mode": "in_person", "how": "call", "reason": "due"},
        {"reason": "due"},
        {"organisation": "fellowship"},
        {"place": "Fjordlia"},
        {"weekday": "0"},
        {"mode": "in_person"},
        {"how": "call"},
    ],
    ids=str,
)
def test_each_filter_narrows_and_all_of_them_work_together(filters: dict[str, str], browser: Client) -> None:
    assert listed(browser, **filters) == ["here"]
    assert listed(browser, **{**filters, "q": "nothing of the kind"}) == []


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize(
    "filters", [{"q": " "}, {"reason": "no such"}, {"who": "99999"}, {"page": "9"}, {"sort": "x"}]
)
def test_a_senseless_filter_leaves_nobody_out(filters: dict[str, str], browser: Client) -> None:
    assert listed(browser, **filters) == ["there", "here"]


@pytest.mark.usefixtures("two_groups")
@pytest.mark.parametrize(
    ("sort", "first"),
    [("urgent", "there"), ("oldest", "there"), ("newest", "here"), ("name", "there"), ("place", "there")],
)
def test_the_list_can_be_put_in_another_order(sort: str, first: str, browser: Client) -> None:
    assert listed(browser, sort=sort)[0] == first


def test_the_filters_can_be_cleared_and_stay_in_the_addresses_of_the_pages(browser: Client, clinic: Clinic) -> None:
    with scopes_disabled():
        organisation = an_organisation("na")
        rows = [
            Group(
                clinic=clinic,
                slug=f"g{n:03}",
                name=f"G{n:03}",
                organisation=organisation,
                lane="addiction",
                mode="online",
                status="published",
            )
            for n in range(60)
        ]
        Group.objects.bulk_create(rows)
    first, second = listed(browser, mode="online", sort="name"), listed(browser, mode="online", sort="name", page="2")
    assert (len(first), len(second)) == (50, 10)
    assert first[0] == "g000"
    shown = page(browser, mode="online", sort="name")
    assert 'href="?mode=online&amp;sort=name&amp;page=2"' in shown
    assert f'href="{UPKEEP}"> Clear' in shown or f'href="{UPKEEP}">Clear' in shown
    assert "60 entries" in shown


# --- the figures -----------------------------------------------------------------------------------------


def test_the_figures_tell_how_fresh_the_catalog_is(browser: Client, clinic: Clinic) -> None:
    for days in (1, 20, 60, 100, 200):
        a_group(clinic, checked_on=days_ago(days))
    group = a_group(clinic, checked_on=None, place="Kveldsro")
    a_meeting(group, 0, "10:00")
    a_report(group, "other")
    a_proposal(a_run(a_source(clinic)), None, "new")
    with scope(clinic=clinic):
        Draft.objects.create(clinic=clinic, kind="added", document={})
    shown = page(browser)
    assert '<b class="num">50 %</b>' in shown
    for words in ('0–30 days <b class="num">2<', '31–90 <b class="num">1<', 'never <b class="num">1<'):
        assert words in shown
    figures = re.findall(r'<div class="kpi"><b class="num">(\d+)<', shown)
    assert figures == ["3", "1", "1", "1", "2"]


def test_the_figures_and_the_list_agree(browser: Client, clinic: Clinic) -> None:
    for days in (1, 80, 100, 200):
        a_group(clinic, f"checked-{days}", checked_on=days_ago(days))
    a_group(clinic, checked_on=None, status="draft")
    shown = page(browser)
    assert '<b class="num">2</b><span>of 4 need a look' in shown
    assert ">2 entries<" in shown
    assert 'href="?reason=soon">Due within two weeks <b class="num">1</b>' in shown
    assert listed(browser, reason="soon") == ["checked-80"]


def test_a_clinic_without_groups_is_told_where_to_begin(browser: Client, clinic: Clinic) -> None:
    shown = page(browser)
    start = shown[shown.index("There are no groups to look after yet.") :]
    assert 'href="/upkeep/groups/new/"' in start
    assert 'href="/upkeep/feeds/"' in start
    assert "0 %" not in shown
    assert "Search, filter and sort" not in shown
    a_group(clinic)
    assert "There are no groups to look after yet." not in page(browser)


def test_what_waits_is_told_also_before_there_is_a_group(browser: Client, clinic: Clinic) -> None:
    a_proposal(a_run(a_source(clinic)), None, "new")
    shown = page(browser)
    assert re.findall(r'<div class="kpi"><b class="num">(\d+)<', shown) == ["1", "0", "0"]
    assert "There are no groups to look after yet." in shown


def test_the_desk_tells_when_the_next_sample_is_due(browser: Client, clinic: Clinic) -> None:
    a_group(clinic)
    assert "No sample has been drawn yet." in page(browser)
    with scope(clinic=clinic):
        Sample.objects.create(clinic=clinic, seed=1)
    shown = page(browser)
    assert "The last sample was drawn on" in shown
    assert "Draw a sample" not in shown


# --- what it costs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 50, 2000])
@pytest.mark.parametrize("query", [{}, {"status": "all"}], ids=str)
def test_the_number_of_queries_does_not_grow(
    number: int, query: dict[str, str], browser: Client, clinic: Clinic
) -> None:
    many(clinic, number)
    a_group(clinic, checked_on=None)
    a_group(clinic, status="draft")
    with CaptureQueriesContext(connection) as asked:
        page(browser, **query)
    assert len(asked) == QUERIES


def test_the_organisations_to_choose_from_are_those_in_use(browser: Client, clinic: Clinic) -> None:
    an_organisation("unused", name_en="Nobody’s")
    a_group(clinic, organisation=an_organisation("used", name_en="Somebody’s"))
    shown = page(browser)
    assert 'value="used">Somebody’s' in shown
    assert "Nobody’s" not in shown
    with scopes_disabled():
        assert Organisation.objects.count() == 2
