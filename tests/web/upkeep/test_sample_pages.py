"""The quarterly sample: drawn by chance, called, and told honestly."""

import random
import re
from datetime import date, time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from clinics.models import Clinic, User
from groups_catalog.models import CallResult, Group, Meeting, Sample, SampleCall
from groups_catalog.upkeep.sample.services import SIZE, drawn_from, published_meetings
from tests.catalog_factories import a_group, a_meeting
from tests.factories import a_member, signed_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
SAMPLES, DRAW = "/upkeep/sample/", "/upkeep/sample/draw/"
SHEET_QUERIES, HISTORY_QUERIES = 11, 7


def some_meetings(clinic: Clinic, number: int) -> None:
    for n in range(number):
        a_meeting(a_group(clinic, f"g{n}", name=f"Group {n}", venue="Havnehuset"), n % 7)


def calls(clinic: Clinic) -> list[SampleCall]:
    with scope(clinic=clinic):
        return list(SampleCall.objects.select_related("group", "by", "sample"))


def note(browser: Client, call: SampleCall, result: str) -> HttpResponse:
    return browser.post(reverse("sample-call", args=[call.sample_id, call.pk]), {"result": result})


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


# --- drawing ---------------------------------------------------------------------------------------------


def test_twenty_meetings_are_drawn_and_one_comes_to_the_call_sheet(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 30)
    answer = browser.post(DRAW, {"newest": "0"})
    drawn = calls(clinic)
    assert answer["Location"] == reverse("sample", args=[drawn[0].sample_id])
    assert len({(call.group_id, call.weekday, call.start) for call in drawn}) == SIZE


def test_all_of_them_where_there_are_fewer(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 3)
    browser.post(DRAW, {"newest": "0"})
    assert len(calls(clinic)) == 3


def test_where_nothing_is_published_nothing_is_drawn_and_the_page_says_so(browser: Client, clinic: Clinic) -> None:
    a_meeting(a_group(clinic, status="paused"))
    shown = browser.post(DRAW, {"newest": "0"}, follow=True)
    assert "There is no published meeting to draw from." in text(shown)
    with scope(clinic=clinic):
        assert not Sample.objects.exists()


def test_pressing_twice_draws_once(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 3)
    first, second = (browser.post(DRAW, {"newest": "0"})["Location"] for _press in range(2))
    assert first == second
    assert len(calls(clinic)) == 3


@pytest.mark.parametrize("newest", ["", "x", "9" * 400])
def test_a_senseless_press_draws_the_first_one(newest: str, browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 1)
    assert browser.post(DRAW, {"newest": newest}).status_code == 302
    assert len(calls(clinic)) == 1


def test_a_second_sample_may_be_drawn_at_once(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 2)
    browser.post(DRAW, {"newest": "0"})
    found = re.search(r'name="newest" value="(\d+)"', browser.get(SAMPLES).content.decode())
    assert found
    browser.post(DRAW, {"newest": found.group(1)})
    with scope(clinic=clinic):
        assert Sample.objects.count() == 2


def test_the_same_catalog_and_seed_draw_the_same_meetings(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 40)
    browser.post(DRAW, {"newest": "0"})
    with scope(clinic=clinic):
        seed = Sample.objects.get().seed
        again = drawn_from(published_meetings(timezone.localdate()), seed)
    assert [(call.group_id, call.weekday, call.start) for call in calls(clinic)] == again


def test_only_meetings_that_are_held_these_days_can_be_drawn(clinic: Clinic) -> None:
    today = timezone.localdate()
    held = a_group(clinic, "held")
    a_meeting(held, 0, valid_from=today, valid_until=today)
    a_meeting(held, 1, valid_until=today - timedelta(days=1))
    a_meeting(held, 2, valid_from=today + timedelta(days=1))
    for status in ("draft", "paused", "closed"):
        a_meeting(a_group(clinic, status, status=status))
    with scope(clinic=clinic):
        assert published_meetings(today) == [(held.pk, 0, time(18, 30))]


def test_a_meeting_in_two_weeks_of_the_month_counts_once(clinic: Clinic) -> None:
    group = a_group(clinic)
    for every in ("first", "third"):
        a_meeting(group, 0, every=every)
    with scope(clinic=clinic):
        assert len(published_meetings(timezone.localdate())) == 1


def test_every_meeting_has_the_same_chance() -> None:
    meetings = [(n, 0, time(18)) for n in range(40)]
    rng = random.Random(1)  # noqa: S311 - a test's own chance
    draws = [drawn_from(meetings, rng.randrange(2**31)) for _draw in range(2000)]
    times = [sum(meeting in draw for draw in draws) for meeting in meetings]
    assert all(850 < count < 1150 for count in times)


# --- the call sheet --------------------------------------------------------------------------------------


@pytest.fixture
def sheet(browser: Client, clinic: Clinic) -> list[SampleCall]:
    some_meetings(clinic, 4)
    browser.post(DRAW, {"newest": "0"})
    return calls(clinic)


def test_the_sheet_says_what_we_say(browser: Client, sheet: list[SampleCall], clinic: Clinic) -> None:
    shown = text(browser.get(reverse("sample", args=[sheet[0].sample_id])))
    for day in ("Mondays", "Tuesdays", "Wednesdays", "Thursdays"):
        assert f"<strong>{day} 18:30</strong>, Havnehuset, Fjordlia" in shown
    assert "Nobody has been reached yet, so nothing can be said." in shown


def test_a_result_is_noted_with_who_and_when(
    browser: Client, sheet: list[SampleCall], clinic: Clinic, curator: User
) -> None:
    answer = note(browser, sheet[0], "right")
    assert answer["Location"].endswith(f"/upkeep/sample/{sheet[0].sample_id}/#call-{sheet[0].pk}")
    call = next(call for call in calls(clinic) if call.pk == sheet[0].pk)
    assert (call.result, call.by) == (CallResult.RIGHT, curator)
    assert call.at is not None
    assert "Noted by" in text(browser.get(reverse("sample", args=[call.sample_id])))


def test_a_second_word_on_a_call_stands_instead_of_the_first(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    for result in ("no_answer", "small"):
        note(browser, sheet[0], result)
    assert sorted(call.result for call in calls(clinic)) == ["", "", "", "small"]


@pytest.mark.parametrize("result", ["", "perhaps"])
def test_a_call_without_a_result_is_told_and_nothing_is_noted(
    result: str, browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    shown = text(note(browser, sheet[1], result))
    assert "<title>Error: " in shown
    assert f'href="#call-{sheet[1].pk}-result"' in shown
    assert not any(call.result for call in calls(clinic))


def test_a_listing_that_was_changed_since_says_so_and_keeps_what_was_drawn(
    browser: Client, sheet: list[SampleCall], clinic: Clinic
) -> None:
    with scope(clinic=clinic):
        Meeting.objects.filter(group=sheet[0].group).update(start=time(12))
    shown = text(browser.get(reverse("sample", args=[sheet[0].sample_id])))
    assert shown.count("Changed since the draw") == 1
    assert shown.count("18:30</strong>") == 4


@pytest.mark.parametrize(("result", "shown"), [("right", 0), ("small", 1), ("wrong", 1), ("no_answer", 0)])
def test_a_call_that_finds_something_wrong_leads_to_the_entry(
    result: str, shown: int, browser: Client, sheet: list[SampleCall]
) -> None:
    note(browser, sheet[0], result)
    page = text(browser.get(reverse("sample", args=[sheet[0].sample_id])))
    assert page.count("Correct the entry") == shown
    assert page.count(f'href="/groups/{sheet[0].group.slug}/edit/"') == shown


# --- what it comes to ------------------------------------------------------------------------------------


def test_the_accuracy_is_told_with_its_interval_and_the_unreached_apart(browser: Client, clinic: Clinic) -> None:
    some_meetings(clinic, 20)
    browser.post(DRAW, {"newest": "0"})
    drawn = calls(clinic)
    for call, result in zip(drawn, ["right"] * 15 + ["small"] * 2 + ["wrong"] + ["no_answer"], strict=False):
        note(browser, call, result)
    for address in (reverse("sample", args=[drawn[0].sample_id]), SAMPLES):
        shown = text(browser.get(address)).replace("\N{NO-BREAK SPACE}", " ")
        assert "94 %" in shown  # 17 of 18
        assert "74 to 99 %" in shown
        assert "83 %" in shown  # 15 of 18
    sheet = text(browser.get(reverse("sample", args=[drawn[0].sample_id])))
    assert "18 of 20 were reached; 1 could not be reached; 1 not called yet" in sheet
    assert "so few calls cannot tell whether it is reached" in sheet


def test_the_newest_sample_stands_first_and_of_two_at_once_the_later_one(browser: Client, clinic: Clinic) -> None:
    now = timezone.now()
    with scope(clinic=clinic):
        made = {
            name: Sample.objects.create(clinic=clinic, seed=1, drawn_at=now - timedelta(days=days)).pk
            for name, days in {"middle": 100, "newest": 1, "first of two": 200, "second of two": 200}.items()
        }
    listed = re.findall(r'<tr>\s*<td><a href="/upkeep/sample/(\d+)/"', browser.get(SAMPLES).content.decode())
    names = {str(pk): name for name, pk in made.items()}
    assert [names[pk] for pk in listed] == ["newest", "middle", "second of two", "first of two"]


def test_no_sample_yet_is_said_plainly(browser: Client) -> None:
    assert "No sample has been drawn yet." in text(browser.get(SAMPLES))


# --- three people, and what it costs ---------------------------------------------------------------------


def test_a_clinician_sees_none_of_it(sheet: list[SampleCall], clinic: Clinic) -> None:
    clinician = signed_in_client(a_member(clinic))
    assert clinician.get(SAMPLES).status_code == 403
    assert clinician.get(reverse("sample", args=[sheet[0].sample_id])).status_code == 403
    assert clinician.post(DRAW, {"newest": "0"}).status_code == 403
    assert note(clinician, sheet[0], "right").status_code == 403


def test_a_curator_of_another_clinic_finds_nothing_there(sheet: list[SampleCall], clinic: Clinic) -> None:
    stranger = signed_in_client(a_member(role="curator"))
    assert stranger.get(reverse("sample", args=[sheet[0].sample_id])).status_code == 404
    assert note(stranger, sheet[0], "right").status_code == 404
    assert "No sample has been drawn yet." in text(stranger.get(SAMPLES))
    assert not any(call.result for call in calls(clinic))


def test_a_call_of_another_sample_is_not_there(browser: Client, sheet: list[SampleCall]) -> None:
    address = reverse("sample-call", args=[sheet[0].sample_id + 1, sheet[0].pk])
    assert browser.post(address, {"result": "right"}).status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_sheet_costs_the_same_for_one_call_and_for_twenty(
    number: int, browser: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    some_meetings(clinic, number)
    address = browser.post(DRAW, {"newest": "0"})["Location"]
    with django_assert_num_queries(SHEET_QUERIES):
        browser.get(address)


@pytest.mark.parametrize("number", [1, 50])
def test_the_history_costs_the_same_for_one_sample_and_for_fifty(
    number: int, browser: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    group: Group = a_group(clinic, checked_on=date(2025, 1, 1))
    with scope(clinic=clinic):
        for _n in range(number):
            sample = Sample.objects.create(clinic=clinic, seed=1)
            SampleCall.objects.create(sample=sample, group=group, weekday=0, start=time(18), result="right")
    with django_assert_num_queries(HISTORY_QUERIES):
        browser.get(SAMPLES)
