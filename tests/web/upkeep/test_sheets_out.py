"""The catalog as a spreadsheet: what is in it, who gets it, and that it comes back unchanged."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from clinics.models import Clinic
from tests.catalog_factories import a_group, a_meeting
from tests.factories import a_clinic, a_member, signed_in_client
from tests.web.upkeep.history_world import changes, named
from tests.web.upkeep.sheets_world import (
    CSV,
    IN,
    XLSX,
    Cells,
    a_catalog,
    a_file,
    exported,
    seen,
    state,
    typed,
    uploaded,
    waiting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic() -> Clinic:
    return a_catalog()


def test_the_workbook_holds_the_catalog_and_says_how_to_edit_it(browser: Client) -> None:
    answer = browser.get(XLSX)
    cells = exported(browser)
    assert answer["Content-Disposition"].startswith('attachment; filename="veivalg-')
    assert list(cells) == ["Groups", "Meetings", "Facts", "What the codes mean", "How to edit"]
    assert [row[0] for row in cells["Groups"]] == ["Id", "havna", "lyset"]
    assert [row[0] for row in cells["Meetings"]] == ["Id", "havna#1", "havna#2"]
    assert [row[0] for row in cells["Facts"]] == ["Id", "havna#touch_custom#1"]
    assert ["Groups", "Organisation", "na", "NA"] in cells["What the codes mean"]


def test_no_cell_of_the_workbook_is_a_formula(browser: Client) -> None:
    book = load_workbook(BytesIO(browser.get(XLSX).content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    values = [cell.value for row in book["Groups"].iter_rows() for cell in row]
    assert """'=HYPERLINK("x")""" in values


@pytest.mark.parametrize("table", ["groups", "meetings", "facts", "legend"])
def test_each_table_is_there_as_csv(table: str, browser: Client) -> None:
    answer = browser.get(CSV + table)
    assert answer["Content-Type"].startswith("text/csv")
    assert f"-{table}.csv" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_there_is_no_other_table(browser: Client) -> None:
    assert browser.get(CSV + "people").status_code == 404


@pytest.mark.parametrize("language", ["en", "nb"])
def test_an_export_that_nobody_edited_proposes_nothing(language: str, browser: Client, clinic: Clinic) -> None:
    before = state(clinic)
    browser.cookies["django_language"] = language
    data = browser.get(XLSX).content
    browser.cookies["django_language"] = "en"
    assert "There is nothing to take over." in uploaded(browser, data).content.decode()
    assert state(clinic) == before
    assert changes(clinic) == []


def test_three_people(browser: Client, clinic: Clinic) -> None:
    clinician, stranger = signed_in_client(a_member(clinic)), signed_in_client(a_member(a_clinic(), "curator"))
    seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 1"))
    page, apply = (reverse(name, args=[waiting(clinic).pk]) for name in ("sheet", "sheet-apply"))
    for address in (XLSX, CSV + "groups", IN, page):
        assert clinician.get(address).status_code == 403
    assert clinician.post(IN).status_code == clinician.post(apply).status_code == 403
    assert stranger.get(page).status_code == stranger.post(apply).status_code == 404
    assert list(exported(stranger)["Groups"][1:]) == []
    told = uploaded(stranger, a_file(exported(browser))).content.decode()
    assert "There is no group with the id “havna”." in told


def test_a_catalog_of_fifty_costs_as_many_queries_as_one_of_two(
    browser: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def shown(cells: Cells) -> str:
        seen(browser, cells)
        return reverse("sheet", args=[waiting(clinic).pk])

    page = shown(typed(exported(browser), "Groups", "havna", Venue="Torget 1"))

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        return len(asked)

    of_page, of_export = queries(page), queries(XLSX)
    assert max(of_page, of_export) < MOST_QUERIES
    for number in range(50):
        a_meeting(a_group(clinic, f"g{number}", organisation=named(clinic, "havna").organisation), 2)
    cells = exported(browser)
    for number in range(50):
        typed(cells, "Groups", f"g{number}", Venue="Torget 1")
    page = shown(cells)
    with django_assert_num_queries(of_page):
        browser.get(page)
    with django_assert_num_queries(of_export):
        browser.get(XLSX)


MOST_QUERIES = 20
