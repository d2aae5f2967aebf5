"""«Still correct today»: for one entry or many, with its history, an undo, and nobody's work overwritten."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from clinics.models import Clinic, User
from groups_catalog.models import Change, ChangeKind, Draft, Group, Report, Version
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import group_document, patched
from tests.catalog_factories import a_fact, a_group, a_meeting
from tests.factories import a_member, signed_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
CHECK = "/upkeep/check/"


@pytest.fixture
def curator(clinic: Clinic) -> User:
    user = a_member(clinic, "curator")
    user.label = "Ingrid"
    user.save()
    return user


@pytest.fixture
def groups(clinic: Clinic) -> list[Group]:
    """Ten, checked long ago."""
    return [a_group(clinic, f"g{n}", name=f"Group {n}", checked_on=date(2024, 1, 1)) for n in range(10)]


def today() -> date:
    return timezone.localdate()


def ticks(groups: Iterable[Group], number: int = 1) -> list[str]:
    return [f"{group.slug}:{number}" for group in groups]


def press(browser: Client, groups: list[str], how: str = "call", **others: str) -> HttpResponse:
    return browser.post(CHECK, {"groups": groups, "how": how, **others})


def checked(clinic: Clinic) -> dict[str, tuple[date | None, str]]:
    with scope(clinic=clinic):
        return {row.slug: (row.checked_on, row.checked_how) for row in Group.objects.all()}


def changes(clinic: Clinic) -> list[Change]:
    with scope(clinic=clinic):
        return list(Change.objects.newest_first())


def edit(group: Group, user: User, **fields: object) -> None:
    clinic = user.membership.clinic
    with scope(clinic=clinic):
        row = Group.objects.for_documents().get(pk=group.pk)
        act = Act(clinic, ChangeKind.EDITED, user)
        record(act, [Edit(row, patched(group_document(row), fields))])


# --- many at once ----------------------------------------------------------------------------------------


def test_ten_are_noted_at_once_with_one_change_and_an_undo(
    browser: Client, groups: list[Group], clinic: Clinic
) -> None:
    answer = press(browser, ticks(groups))
    assert answer.status_code == 302
    assert set(checked(clinic).values()) == {(today(), "call")}
    (change,) = changes(clinic)
    assert change.kind == ChangeKind.CHECKED
    shown = browser.get(answer["Location"]).content.decode()
    assert "10 entries are noted as still correct today." in shown
    assert reverse("change-undo", args=[change.pk]) in shown
    with scope(clinic=clinic):
        assert Version.objects.filter(change=change).count() == 10


def test_the_undo_in_the_notice_puts_all_of_them_back(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    before = checked(clinic)
    press(browser, ticks(groups))
    browser.post(reverse("change-undo", args=[changes(clinic)[0].pk]))
    assert checked(clinic) == before


def test_only_the_ticked_ones_are_noted(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    press(browser, ticks(groups[:2]))
    assert [slug for slug, (day, _how) in checked(clinic).items() if day == today()] == ["g0", "g1"]


def test_a_rows_own_button_speaks_for_that_row_alone(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    press(browser, ticks(groups[:3]), only="g7:1")
    assert [slug for slug, (day, _how) in checked(clinic).items() if day == today()] == ["g7"]


def test_meetings_and_facts_stay_as_they_were(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    a_meeting(groups[0])
    a_fact(groups[0], "touch_custom", "ask_first")
    with scope(clinic=clinic):
        before = group_document(Group.objects.for_documents().get(slug="g0"))
        press(browser, ["g0:1"])
        after = group_document(Group.objects.for_documents().get(slug="g0"))
    assert after == {**before, "checked_on": today().isoformat(), "checked_how": "call"}


def test_pressing_twice_notes_it_once_and_says_so(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    press(browser, ["g0:1"])
    browser.get("/upkeep/")
    shown = browser.get(press(browser, ["g0:1"])["Location"]).content.decode()
    assert "This was noted already today. Nothing was changed." in shown
    assert "noted as still correct today" not in shown
    assert len(changes(clinic)) == 1


def test_it_needs_no_second_person(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(four_eyes=True)
    press(browser, ["g0:1"])
    assert checked(clinic)["g0"] == (today(), "call")
    with scope(clinic=clinic):
        assert not Draft.objects.exists()


@pytest.mark.parametrize("number", [1, 50])
def test_the_number_of_queries_to_read_does_not_grow_with_what_is_noted(
    number: int, browser: Client, clinic: Clinic, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [a_group(clinic, f"g{n}", checked_on=None) for n in range(number)]
    with django_assert_max_num_queries(31 + number):
        press(browser, ticks(made))


# --- reports ---------------------------------------------------------------------------------------------


def test_open_reports_stay_open(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    with scope(clinic=clinic):
        Report.objects.create(clinic=clinic, group=groups[0], kind="closed")
    shown = browser.get(press(browser, ["g0:1"])["Location"]).content.decode()
    with scope(clinic=clinic):
        assert Report.objects.open().count() == 1
    assert "Reported closed" in shown
    assert 'today. <a href="/upkeep/reports/">1 report about it is still open.</a>' in shown


@pytest.mark.parametrize("reported", [True, False])
def test_the_box_for_reports_stands_there_only_where_there_are_some(
    reported: bool, browser: Client, groups: list[Group], clinic: Clinic
) -> None:
    if reported:
        with scope(clinic=clinic):
            Report.objects.create(clinic=clinic, group=groups[0], kind="moved")
    shown = browser.get("/upkeep/").content.decode()
    assert ("The reports about them are dealt with" in shown) is reported


def test_unless_they_are_said_to_be_dealt_with(
    browser: Client, groups: list[Group], clinic: Clinic, curator: User
) -> None:
    with scope(clinic=clinic):
        for group in groups[:2]:
            Report.objects.create(clinic=clinic, group=group, kind="closed")
    answer = press(browser, ["g0:1"], reports="on")
    with scope(clinic=clinic):
        done, left = Report.objects.order_by("group__slug")
    assert (done.state, done.decided_by, left.state) == ("resolved", curator, "open")
    assert "1 report is closed." in browser.get(answer["Location"]).content.decode()


# --- what cannot be noted --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"groups": ["g0:1"], "how": ""}, "Say how it was checked."),
        ({"groups": ["g0:1"]}, "Say how it was checked."),
        ({"groups": ["g0:1"], "how": "rumour"}, "Select a valid choice."),
        ({"how": "call"}, "Choose at least one entry."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_noted(
    form: dict[str, object], words: str, browser: Client, groups: list[Group], clinic: Clinic
) -> None:
    before = checked(clinic)
    shown = browser.post(CHECK, form).content.decode()
    assert words in shown
    assert "<title>Error: " in shown
    assert "There is a problem" in shown
    assert checked(clinic) == before
    assert not changes(clinic)


def test_what_was_ticked_and_the_filters_outlast_a_mistake(browser: Client, groups: list[Group]) -> None:
    sent = {"groups": ["g0:1", "g3:1"], "query": "sort=name&reason=off_handout"}
    shown = browser.post(CHECK, sent).content.decode()
    assert re.findall(r'value="(g\d):1"[^>]* checked', shown) == ["g0", "g3"]
    assert 'value="sort=name&amp;reason=off_handout"' in shown


def test_a_colleagues_change_since_the_list_was_opened_is_told(
    browser: Client, groups: list[Group], clinic: Clinic
) -> None:
    edit(groups[0], a_member(clinic, "curator"), name="Renamed")
    shown = press(browser, ticks(groups[:2])).content.decode()
    assert "Nothing was saved: Renamed was changed by somebody since you opened the list." in shown
    assert checked(clinic)["g1"] == (date(2024, 1, 1), "visit")
    assert 'value="g0:2"' in shown
    assert press(browser, ["g0:2", "g1:1"]).status_code == 302


@pytest.mark.parametrize("tick", ["g0", "g0:", "g0:x", "g0:" + "9" * 5000])
def test_a_tick_without_a_version_stands_for_the_newest_one(
    tick: str, browser: Client, groups: list[Group], clinic: Clinic
) -> None:
    press(browser, [tick])
    assert checked(clinic)["g0"] == (today(), "call")


# --- three people ----------------------------------------------------------------------------------------


def test_a_clinician_of_the_same_clinic_may_not(groups: list[Group], clinic: Clinic) -> None:
    assert press(signed_in_client(a_member(clinic)), ["g0:1"]).status_code == 403
    assert checked(clinic)["g0"][0] == date(2024, 1, 1)


def test_a_curator_of_another_clinic_finds_nothing_there(groups: list[Group], clinic: Clinic) -> None:
    stranger = a_member(role="curator")
    a_group(stranger.membership.clinic, "own", checked_on=None)
    assert press(signed_in_client(stranger), ["own:1", "g0:1"]).status_code == 404
    assert checked(clinic)["g0"][0] == date(2024, 1, 1)
    assert checked(stranger.membership.clinic)["own"][0] is None


# --- the way back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ({}, "/upkeep/"),
        ({"query": "sort=name&page=2"}, "/upkeep/?sort=name&page=2"),
        ({"query": "//evil.example/", "row": "4"}, "/upkeep/?%2F%2Fevil.example%2F=#row-4"),
        ({"row": "4#x"}, "/upkeep/"),
    ],
)
def test_one_comes_back_to_the_same_list_and_nowhere_else(
    sent: dict[str, str], address: str, browser: Client, groups: list[Group]
) -> None:
    assert press(browser, ["g0:1"], **sent)["Location"] == address


def test_how_it_was_checked_is_proposed_for_the_next_one_until_one_signs_out(
    browser: Client, groups: list[Group], curator: User
) -> None:
    press(browser, ["g0:1"], "visit")
    assert '<option value="visit" selected>' in browser.get("/upkeep/").content.decode()
    browser.logout()
    browser.force_login(curator)
    assert '<option value="visit" selected>' not in browser.get("/upkeep/").content.decode()


# --- who checked it --------------------------------------------------------------------------------------


def test_the_row_tells_who_checked_it_and_how(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    press(browser, ["g0:1"])
    edit(groups[0], a_member(clinic, "curator"), name="Edited by a colleague")
    shown = " ".join(browser.get("/upkeep/", {"reason": "all"}).content.decode().split())
    assert "by phone, Ingrid" in shown
    assert shown.count("Ingrid</span>") == 1


def test_an_undone_check_is_nobodys(browser: Client, groups: list[Group], clinic: Clinic) -> None:
    press(browser, ["g0:1"])
    browser.post(reverse("change-undo", args=[changes(clinic)[0].pk]))
    assert "by phone, Ingrid" not in browser.get("/upkeep/", {"reason": "all"}).content.decode()


def test_the_list_can_be_narrowed_to_one_colleague(
    browser: Client, groups: list[Group], clinic: Clinic, curator: User
) -> None:
    press(browser, ["g0:1"])
    colleague = a_member(clinic, "curator")
    edit(groups[1], colleague, checked_on=(today() - timedelta(days=1)).isoformat())
    for person, slugs in ((curator, ["g0"]), (colleague, ["g1"])):
        shown = browser.get("/upkeep/", {"reason": "all", "who": str(person.pk)}).content.decode()
        assert re.findall(r'name="groups" value="([\w-]+):', shown) == slugs
