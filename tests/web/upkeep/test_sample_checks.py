"""What follows from a call of the sample: a group noted as checked, or a group on the desk."""

import re
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.models import CallResult, Change, Group, Meeting, Report, SampleCall
from groups_catalog.upkeep.documents import group_document
from tests.catalog_factories import a_group, a_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def sheet(browser: Client, clinic: Clinic) -> list[SampleCall]:
    for n in range(4):
        a_meeting(a_group(clinic, f"g{n}", name=f"Group {n}"), n)
    browser.post("/upkeep/sample/draw/", {"newest": "0"})
    with scope(clinic=clinic):
        return list(SampleCall.objects.select_related("group"))


def shown_sheet(browser: Client, call: SampleCall) -> str:
    return " ".join(browser.get(reverse("sample", args=[call.sample_id])).content.decode().split())


def a_call(browser: Client, call: SampleCall, result: str = "right", **others: str) -> str:
    """Noted with the form as the sheet shows it; gives what one reads then."""
    seen = re.search(rf'name="seen" value="(\d+)" id="call-{call.pk}-seen"', shown_sheet(browser, call))
    assert seen
    address = reverse("sample-call", args=[call.sample_id, call.pk])
    form = {"result": result, "checked": "on", "seen": seen.group(1), **others}
    answer = browser.post(address, {name: value for name, value in form.items() if value}, follow=True)
    return " ".join(answer.content.decode().split())


def checked_on(call: SampleCall, clinic: Clinic) -> tuple[date | None, str]:
    with scope(clinic=clinic):
        group = Group.objects.get(pk=call.group_id)
    return group.checked_on, group.checked_how


def test_a_call_where_all_was_right_is_noted_as_a_check_as_well_and_can_be_taken_back(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    before = checked_on(sheet[0], clinic)
    shown = a_call(browser, sheet[0])
    assert checked_on(sheet[0], clinic) == (timezone.localdate(), "call")
    assert f"{sheet[0].group.name} is noted as checked today." in shown
    assert shown.count("Noted as checked by phone the same day.") == 1
    undo = re.search(r'action="(/upkeep/changes/\d+/undo/)"', shown)
    assert undo
    browser.post(undo.group(1))
    assert checked_on(sheet[0], clinic) == before
    assert "Noted as checked" not in shown_sheet(browser, sheet[0])


@pytest.mark.parametrize(
    ("result", "others"),
    [("right", {"checked": ""}), ("small", {}), ("wrong", {}), ("no_answer", {})],
)
def test_only_that_all_was_right_is_a_check_and_only_where_one_says_so(
    result: str, others: dict[str, str], browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    a_call(browser, sheet[0], result, **others)
    with scope(clinic=clinic):
        assert not Change.objects.exists()


def test_the_box_is_ticked_at_first_and_missing_where_the_listing_has_changed(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    with scope(clinic=clinic):
        Meeting.objects.filter(group=sheet[0].group).update(start=time(12))
    shown = shown_sheet(browser, sheet[0])
    assert len(re.findall(r'<input type="checkbox" name="checked" id="[\w-]+" checked>', shown)) == 3


def test_one_time_that_was_right_does_not_speak_for_the_others_unasked(
    browser: Client, sheet: list[SampleCall]
) -> None:
    a_meeting(sheet[0].group, 6)
    box = rf'<input type="checkbox" name="checked" id="call-{sheet[0].pk}-checked"( checked)?>'
    assert re.findall(box, shown_sheet(browser, sheet[0])) == [""]


def test_a_check_of_what_a_colleague_has_changed_meanwhile_is_not_noted_but_the_call_is(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    before = checked_on(sheet[0], clinic)
    shown = a_call(browser, sheet[0], seen="7")
    assert "was changed since you opened the sheet" in shown
    assert checked_on(sheet[0], clinic) == before
    with scope(clinic=clinic):
        assert SampleCall.objects.get(pk=sheet[0].pk).result == CallResult.RIGHT


def test_pressing_twice_notes_one_check(browser: Client, sheet: list[SampleCall], clinic: Clinic) -> None:
    for _press in range(2):
        a_call(browser, sheet[0], seen="1")
    with scope(clinic=clinic):
        assert Change.objects.count() == 1


def test_a_meeting_that_was_not_found_puts_its_group_on_the_desk_and_edits_nothing(
    browser: Client, sheet: list[SampleCall], clinic: Clinic, curator: User
) -> None:
    with scope(clinic=clinic):
        before = group_document(Group.objects.for_documents().get(pk=sheet[0].group_id))
    shown = a_call(browser, sheet[0], "wrong")
    assert f"It is reported, and stands on the desk: {sheet[0].group.name}" in shown
    a_call(browser, sheet[0], "wrong")
    with scope(clinic=clinic):
        (report,) = Report.objects.open()
        assert (report.group_id, report.kind, report.by) == (sheet[0].group_id, "other", curator)
        assert group_document(Group.objects.for_documents().get(pk=sheet[0].group_id)) == before
    assert "Reported: not as listed" in browser.get("/upkeep/").content.decode()


def test_a_check_leaves_the_reports_open_and_says_so(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    for result in ("wrong", "right"):
        shown = a_call(browser, sheet[0], result)
    assert 'checked today. <a href="/upkeep/reports/">1 report about it is still open.</a>' in shown
    with scope(clinic=clinic):
        assert Report.objects.open().count() == 1
