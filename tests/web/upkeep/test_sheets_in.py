"""An edited spreadsheet comes back: every change is seen before it is made, and undone on a click."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sheets import write_csv
from groups_catalog.models import ChangeKind, Draft, SheetUpload
from groups_catalog.upkeep.changes import undo
from groups_catalog.upkeep.sheets.services import AlreadyTakenOver, kept_tables, take_over, work_out
from tests.factories import a_member
from tests.web.upkeep.history_world import changes, edited, html_of, named
from tests.web.upkeep.sheets_world import (
    a_catalog,
    added,
    exported,
    fingerprint,
    seen,
    state,
    taken_over,
    typed,
    uploaded,
    waiting,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic() -> Clinic:
    return a_catalog()


def test_an_edit_is_shown_before_anything_happens(browser: Client, clinic: Clinic) -> None:
    before = state(clinic)
    html = seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 1"))
    assert "What the sheet changes" in html
    assert "1 changed group" in html
    assert "1 group stays as it is" in html
    assert "Torget 1" in html
    assert state(clinic) == before


def test_what_was_seen_is_taken_over_as_one_change_that_can_be_undone(
    browser: Client, clinic: Clinic, curator: User
) -> None:
    before = state(clinic)
    cells = typed(exported(browser), "Groups", "havna", Venue="Torget 1", Status="closed")
    cells = typed(cells, "Groups", "lyset", Place="Bodø", Languages="nb, en")
    cells = typed(cells, "Meetings", "havna#1", Starts_at="19.00", Weekday="Tuesday")
    cells = typed(cells, "Meetings", "havna#2", Remove="yes")
    cells = typed(cells, "Facts", "havna#touch_custom#1", Source="Visit by staff", Stated_or_observed="Observed")
    seen(browser, cells)
    html = taken_over(browser, clinic)
    assert "2 groups were taken over from the sheet." in html
    after = state(clinic)
    assert (after["havna"]["venue"], after["havna"]["status"]) == ("Torget 1", "closed")
    assert [(one["weekday"], one["start"]) for one in after["havna"]["meetings"]] == [(1, "19:00")]
    fact = after["havna"]["facts.touch_custom"][0]
    assert (fact["source"], fact["basis"], fact["recorded_by"]) == ("Visit by staff", "observed", curator.pk)
    assert (after["lyset"]["place"], after["lyset"]["languages"]) == ("Bodø", ["nb", "en"])
    (change,) = changes(clinic)
    assert (change.kind, change.why) == (ChangeKind.IMPORTED, "Spreadsheet: catalog.xlsx")
    with scope(clinic=clinic):
        undo(change=change, by=curator)
    assert state(clinic) == before


def test_a_new_group_comes_with_its_meetings_and_facts(browser: Client, clinic: Clinic) -> None:
    cells = added(
        exported(browser), "Groups", Id="new 1", Name="Kilden", Organisation="na",
        Stands_under="addiction", In_person_or_online="Online",
    )  # fmt: skip
    cells = added(cells, "Meetings", Group="new 1", Weekday="onsdag", Starts_at="18:00", Minutes="60")
    fact = {"About": "cost", "Answer": "free", "Stated_or_observed": "stated", "Source": "A leaflet"}
    cells = added(cells, "Facts", Group="New 1", **fact)
    html = seen(browser, cells)
    assert "1 new group" in html
    assert "Kilden" in html
    taken_over(browser, clinic)
    new = state(clinic)["kilden"]
    assert (new["status"], new["mode"], new["meetings"][0]["weekday"]) == ("draft", "online", 2)
    assert new["facts.cost"][0]["source"] == "A leaflet"


def test_a_new_group_in_a_known_town_is_placed_there(browser: Client, clinic: Clinic) -> None:
    row = {"Organisation": "na", "Stands_under": "addiction", "In_person_or_online": "online", "Place": "Hamar"}
    seen(browser, added(exported(browser), "Groups", Id="new 1", Name="Kilden", **row))
    taken_over(browser, clinic)
    new = state(clinic)["kilden"]
    assert (round(new["latitude"]), round(new["longitude"])) == (61, 11)


def test_a_new_group_that_is_there_already_is_pointed_out(browser: Client) -> None:
    row = {"Name": "Havna", "Organisation": "na", "Stands_under": "addiction", "In_person_or_online": "online"}
    html = seen(browser, added(exported(browser), "Groups", **row))
    assert "The organisation already has a group of this name." in html


@pytest.mark.parametrize("sheet", ["Groups", "Meetings", "Facts"])
def test_rows_that_are_missing_change_nothing(sheet: str, browser: Client, clinic: Clinic) -> None:
    cells = exported(browser)
    cells[sheet] = cells[sheet][:1]
    assert "There is nothing to take over." in seen(browser, cells)
    del cells[sheet]
    assert "There is nothing to take over." in seen(browser, cells)


def test_csv_files_come_back_alone_or_together(browser: Client, clinic: Clinic) -> None:
    cells = exported(browser)
    typed(cells, "Groups", "havna", Venue="Torget 1")
    typed(cells, "Meetings", "havna#1", Minutes="75")
    files = {title: write_csv(cells[title][1:], cells[title][0]) for title in ("Groups", "Meetings")}
    assert "Torget 1" not in uploaded(browser, files["Meetings"], name="m.csv").content.decode()
    both = uploaded(browser, *files.values(), name="table.csv").content.decode()
    assert "Torget 1" in both
    taken_over(browser, clinic)
    after = state(clinic)["havna"]
    assert (after["venue"], after["meetings"][0]["minutes"]) == ("Torget 1", 75)


def test_a_csv_in_the_old_windows_code_keeps_its_letters(browser: Client, clinic: Clinic) -> None:
    headings, *rows = typed(exported(browser), "Groups", "havna", Venue="Ås på øya")["Groups"]
    old = write_csv(rows, headings).decode("utf-8-sig").encode("cp1252")
    uploaded(browser, old, name="groups.csv")
    taken_over(browser, clinic)
    assert state(clinic)["havna"]["venue"] == "Ås på øya"


def test_what_a_colleague_changed_since_the_export_stays(browser: Client, clinic: Clinic) -> None:
    cells = typed(exported(browser), "Groups", "havna", Venue="Torget 1")
    edited(named(clinic, "havna"), a_member(clinic), place="Bodø", meetings=[])
    html = seen(browser, cells)
    assert "choose for each" not in html
    taken_over(browser, clinic)
    after = state(clinic)["havna"]
    assert (after["venue"], after["place"], after["meetings"]) == ("Torget 1", "Bodø", [])


@pytest.mark.parametrize(("side", "venue"), [("ours", "Torget 9"), ("theirs", "Torget 1")])
def test_what_both_changed_is_decided_by_the_curator(side: str, venue: str, browser: Client, clinic: Clinic) -> None:
    cells = typed(exported(browser), "Groups", "havna", Venue="Torget 1")
    edited(named(clinic, "havna"), a_member(clinic), venue="Torget 9")
    assert "choose for each" in seen(browser, cells)
    assert "Havna, Venue: choose one." in taken_over(browser, clinic)
    assert state(clinic)["havna"]["venue"] == "Torget 9"
    taken_over(browser, clinic, **{"choice-havna-venue": side})
    assert state(clinic)["havna"]["venue"] == venue


def test_what_was_not_on_the_screen_is_not_written(browser: Client, clinic: Clinic) -> None:
    seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 1"))
    upload = waiting(clinic)
    shown = fingerprint(browser, upload)
    edited(named(clinic, "havna"), a_member(clinic), place="Bodø")
    html = html_of(browser, reverse("sheet-apply", args=[upload.pk]), seen=shown)
    assert "The catalog was changed while you looked." in html
    assert state(clinic)["havna"]["venue"] == ""
    taken_over(browser, clinic)
    assert state(clinic)["havna"]["venue"] == "Torget 1"


def test_each_side_alone_may_be_right_and_both_together_wrong(browser: Client, clinic: Clinic) -> None:
    edited(named(clinic, "havna"), a_member(clinic), mode="online")
    cells = typed(exported(browser), "Groups", "havna", Place="", Latitude="", Longitude="")
    edited(named(clinic, "havna"), a_member(clinic), mode="in_person")
    seen(browser, cells)
    html = taken_over(browser, clinic)
    assert "Havna: A published group that meets in person needs a place." in html
    assert state(clinic)["havna"]["place"] == "Fjordlia"


def test_a_second_press_takes_nothing_over_again(browser: Client, clinic: Clinic) -> None:
    row = {"Name": "Kilden", "Organisation": "na", "Stands_under": "addiction", "In_person_or_online": "online"}
    seen(browser, added(exported(browser), "Groups", **row))
    upload = waiting(clinic)
    taken_over(browser, clinic)
    html = html_of(browser, reverse("sheet-apply", args=[upload.pk]), seen="x")
    assert "This sheet was taken over already." in html
    assert "This sheet was taken over already." in html_of(browser, reverse("sheet", args=[upload.pk]))
    assert len(state(clinic)) == 3


def test_where_four_eyes_are_asked_for_a_sheet_waits_as_drafts(browser: Client, clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 1"))
    assert "waits as a draft" in taken_over(browser, clinic)
    assert state(clinic)["havna"]["venue"] == ""
    with scope(clinic=clinic):
        assert Draft.objects.count() == 1


def test_a_sheet_that_nobody_decided_on_is_gone_after_a_day(browser: Client, clinic: Clinic) -> None:
    seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 1"))
    with scope(clinic=clinic):
        SheetUpload.objects.update(at=timezone.now() - timedelta(hours=25))
    seen(browser, typed(exported(browser), "Groups", "havna", Venue="Torget 2"))
    with scope(clinic=clinic):
        assert SheetUpload.objects.count() == 1


def test_who_deletes_a_row_is_told_that_it_changes_nothing(browser: Client, clinic: Clinic) -> None:
    cells = exported(browser)
    del cells["Meetings"][1]
    assert "To remove a meeting or a fact, write yes under Remove." in seen(browser, cells)
    html = seen(browser, typed(cells, "Groups", "havna", Venue="Torget 1"))
    assert "1 meeting or fact is not in the sheet, and stays" in html
    taken_over(browser, clinic)
    assert len(state(clinic)["havna"]["meetings"]) == 2


def test_of_two_who_take_over_at_once_the_second_is_told(browser: Client, clinic: Clinic, curator: User) -> None:
    row = {"Name": "Kilden", "Organisation": "na", "Stands_under": "addiction", "In_person_or_online": "online"}
    seen(browser, added(exported(browser), "Groups", **row))
    upload = waiting(clinic)
    with scope(clinic=clinic):
        made, _problems = work_out(kept_tables(upload), by=curator)
        take_over(made, {}, upload=upload, by=curator)
        with pytest.raises(AlreadyTakenOver):
            take_over(made, {}, upload=upload, by=curator)
    assert len(changes(clinic)) == 1


def test_a_time_moved_in_the_sheet_and_another_moved_here_are_both_moved(browser: Client, clinic: Clinic) -> None:
    cells = typed(exported(browser), "Meetings", "havna#1", Starts_at="17:15")
    monday, thursday = state(clinic)["havna"]["meetings"]
    edited(named(clinic, "havna"), a_member(clinic), meetings=[monday, {**thursday, "start": "12:45"}])
    assert "choice-havna-meetings" not in seen(browser, cells)
    taken_over(browser, clinic)
    assert [meeting["start"] for meeting in state(clinic)["havna"]["meetings"]] == ["17:15", "12:45"]


@pytest.mark.parametrize(("side", "start"), [("ours", "17:30"), ("theirs", "17:15")])
def test_of_a_time_moved_on_both_sides_one_is_chosen_and_the_rest_stays(
    side: str, start: str, browser: Client, clinic: Clinic
) -> None:
    cells = typed(exported(browser), "Meetings", "havna#1", Starts_at="17:15")
    monday, thursday = state(clinic)["havna"]["meetings"]
    here = [{**monday, "start": "17:30"}, {**thursday, "start": "12:45"}]
    edited(named(clinic, "havna"), a_member(clinic), meetings=here)
    assert "choice-havna-meetings" in seen(browser, cells)
    taken_over(browser, clinic, **{"choice-havna-meetings": side})
    assert [meeting["start"] for meeting in state(clinic)["havna"]["meetings"]] == [start, "12:45"]
