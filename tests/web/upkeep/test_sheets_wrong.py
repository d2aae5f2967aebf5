"""What is wrong with a sheet is told by sheet, row and column, all of it at once, and nothing is taken over."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import SheetUpload
from tests.catalog_factories import a_fact
from tests.web.upkeep.history_world import html_of, named
from tests.web.upkeep.sheets_world import (
    CSV,
    IN,
    Cells,
    a_catalog,
    added,
    exported,
    seen,
    state,
    typed,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic() -> Clinic:
    return a_catalog()


WRONG: list[tuple[Callable[[Cells], Any], str, str]] = [
    (
        lambda c: typed(c, "Groups", "havna", Latitude="north"),
        "Groups, row 2, Latitude",
        "Write a number such as 59.91.",
    ),
    (
        lambda c: typed(c, "Groups", "havna", Status="gone"),
        "Groups, row 2, Status",
        "“gone” is not one of the answers.",
    ),
    (lambda c: typed(c, "Groups", "havna", Status=""), "Groups, row 2, Status", "This cell may not be empty."),
    (lambda c: typed(c, "Groups", "havna", Name=" "), "Groups, row 2, Name", "Write a name."),
    (
        lambda c: typed(c, "Groups", "havna", Organisation="x"),
        "Groups, row 2, Organisation",
        "no organisation with the id “x”",
    ),
    (lambda c: typed(c, "Groups", "havna", Id="gone"), "Groups, row 2, Id", "There is no group with the id “gone”."),
    (lambda c: typed(c, "Groups", "lyset", Id="havna"), "Groups, row 3, Id", "The id “havna” stands there twice."),
    (lambda c: typed(c, "Groups", "lyset", Version="9"), "Groups, row 3, Version", "There is no such version."),
    (lambda c: typed(c, "Groups", "havna", Version=""), "Groups, row 2, Version", "The version is missing."),
    (
        lambda c: typed(c, "Groups", "havna", Is_the_same_as="x"),
        "Groups, row 2, Is the same as",
        "no group with the id “x”",
    ),
    (
        lambda c: typed(c, "Groups", "havna", Is_the_same_as="lyset"),
        "Groups, row 2, Is the same as",
        "Only a closed group",
    ),
    (lambda c: typed(c, "Groups", "havna", Venue="#FORMULA!"), "Groups, row 2, Venue", "was not saved"),
    (lambda c: typed(c, "Groups", "havna", Venue="#TOO-LONG!"), "Groups, row 2, Venue", "was too long for a cell"),
    (
        lambda c: typed(c, "Meetings", "havna#1", Weekday="Funday"),
        "Meetings, row 2, Weekday",
        "Write one day of the week",
    ),
    (
        lambda c: typed(c, "Meetings", "havna#1", Starts_at="25:00"),
        "Meetings, row 2, Starts at",
        "Write the time as 18:30.",
    ),
    (lambda c: typed(c, "Meetings", "havna#1", Minutes="long"), "Meetings, row 2, Minutes", "Write a whole number."),
    (
        lambda c: typed(c, "Meetings", "havna#1", Last_day="soon"),
        "Meetings, row 2, Last day",
        "Write a day as 2026-05-17.",
    ),
    (lambda c: typed(c, "Meetings", "havna#1", Remove="maybe"), "Meetings, row 2, Remove", "Write yes or no"),
    (lambda c: typed(c, "Meetings", "havna#1", Group="lyset"), "Meetings, row 2, Group", "belongs to another group"),
    (lambda c: typed(c, "Meetings", "havna#1", Id="havna#8"), "Meetings, row 2, Id", "There is no row with this id"),
    (lambda c: typed(c, "Meetings", "havna#1", Version="7"), "Meetings, row 2, Version", "different exports"),
    (lambda c: typed(c, "Meetings", "havna#1", Time_zone="Moon"), "Meetings, row 2", "“Moon” is not a time zone."),
    (
        lambda c: added(c, "Meetings", Group="new 4", Weekday="Monday"),
        "Meetings, row 4, Group",
        "no group with the id “new 4”",
    ),
    (
        lambda c: added(c, "Meetings", Group="havna", Weekday="Monday"),
        "Meetings, row 4, Minutes",
        "Write a whole number.",
    ),
    (
        lambda c: typed(c, "Facts", "havna#touch_custom#1", Answer="no"),
        "Facts, row 2",
        "“no” is not one of the answers.",
    ),
    (
        lambda c: typed(c, "Facts", "havna#touch_custom#1", Date="3026"),
        "Facts, row 2",
        "The date lies in the future.",
    ),
    (lambda c: [row.pop() for row in c["Facts"]], "Facts, row 1, Note, in Norwegian", "This column is missing."),
]


@pytest.mark.parametrize(("edit", "place", "told"), WRONG, ids=[told for _edit, _place, told in WRONG])
def test_what_is_wrong_is_named_by_sheet_row_and_column_and_nothing_is_taken(
    edit: Callable[[Cells], Any], place: str, told: str, browser: Client, clinic: Clinic
) -> None:
    before, cells = state(clinic), typed(exported(browser), "Groups", "lyset", Place="Bodø")
    edit(cells)
    html = seen(browser, cells)
    assert [line for line in html.split("<li>") if line.startswith(f"<strong>{place}:") and told in line]
    assert "<title>Error:" in html
    assert "Nothing was taken over." in html
    assert state(clinic) == before
    with scope(clinic=clinic):
        assert not SheetUpload.objects.exists()


def test_everything_that_is_wrong_is_told_at_once(browser: Client) -> None:
    cells = typed(exported(browser), "Groups", "havna", Latitude="north", Status="gone")
    html = seen(browser, typed(cells, "Meetings", "havna#2", Minutes="long"))
    assert html.count("<li><strong>") == 3


@pytest.mark.parametrize("heading", ["Source", "Note,_in_English"])
def test_about_how_people_behave_nothing_is_written_freely(heading: str, browser: Client, clinic: Clinic) -> None:
    a_fact(named(clinic, "havna"), "hierarchy_observed", "little", source="Visit by staff")
    cells = typed(exported(browser), "Facts", "havna#hierarchy_observed#1", **{heading: "Kari says so"})
    html = seen(browser, cells)
    assert f"Facts, row 2, {heading.replace('_', ' ')}:" in html
    assert "About how people behave" in html
    typed(cells, "Facts", "havna#hierarchy_observed#1", **{heading: "", "Source": "A member’s own account"})
    typed(cells, "Facts", "havna#hierarchy_observed#1", Source="A member’s own account")
    assert "1 changed group" in seen(browser, cells)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"<html><body>Hello</body></html>", "No table of groups, meetings or facts is in it."),
        (b"PK\x03\x04nonsense", "The workbook is damaged."),
        (b"a;b\r\n1;2\r\n", "No table of groups, meetings or facts is in it."),
    ],
)
def test_a_file_that_is_no_catalog_is_refused_in_words(data: bytes, told: str, browser: Client) -> None:
    html = uploaded(browser, data).content.decode()
    assert told in html
    assert "There is a problem" in html


def test_no_file_and_four_files_are_refused_in_words(browser: Client) -> None:
    assert "Choose a file." in html_of(browser, IN, nothing="1")
    assert "at most three CSV files" in uploaded(browser, b"a", b"b", b"c", b"d").content.decode()


def test_one_table_twice_is_refused(browser: Client) -> None:
    data = browser.get(CSV + "groups").content
    assert "This table is there twice" in uploaded(browser, data, data, name="groups.csv").content.decode()
