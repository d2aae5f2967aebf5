"""The pages of a reading: who sees them, what is decided on them, and what it costs to show them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.models import Run, Source
from tests.factories import a_member, signed_in_client
from tests.sync_world import a_row, a_source, as_json, catalog, fresh, imported, read, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


def page(browser: Client, run: Run, **query: object) -> HttpResponse:
    return browser.get(reverse("feed-run", args=[run.pk]), query)


def post(browser: Client, step: str, run: Run, **form: object) -> HttpResponse:
    return browser.post(reverse(step, args=[run.pk]), form, follow=True)


def test_a_page_of_choices_is_kept_and_leads_to_the_next(browser: Client, kari: User, source: Source) -> None:
    run = read(source, rows(30), kari)
    shown = page(browser, run).content.decode()
    assert shown.count('value="publish"') == 26
    assert "Page 1 of 2" in shown
    with scope(clinic=source.clinic):
        first, second = run.proposals.all()[:2]
    form = {f"p{first.pk}.entry": "publish", f"p{second.pk}.entry": "leave", "show": "new", "page": "1"}
    answer = post(browser, "feed-run-decide", run, **form)
    assert "Page 2 of 2" in answer.content.decode()
    with scope(clinic=source.clinic):
        decided = [one.decided for one in run.proposals.all()[:3]]
    assert decided == [{"entry": "theirs", "status": "theirs"}, {"entry": "ours"}, {}]
    assert f'value="publish" id="p{first.pk}p" checked' in page(browser, run).content.decode()


def test_one_answer_for_all_of_a_kind_and_then_taken_over(browser: Client, kari: User, source: Source) -> None:
    run = read(source, rows(30), kari)
    post(browser, "feed-run-decide", run, show="new", all="publish", page="1")
    answer = post(browser, "feed-run-apply", run)
    assert "Taken over: 30 added, 0 changed, 0 closed." in answer.content.decode()
    assert 'href="/groups/gruppe-0/"' in answer.content.decode()
    assert len(catalog(source.clinic)) == 30
    again = post(browser, "feed-run-apply", run)
    assert (again.status_code, len(catalog(source.clinic))) == (200, 30)
    answer = post(browser, "feed-run-undo", run)
    assert "Undone." in answer.content.decode()
    assert {group["status"] for group in catalog(source.clinic).values()} == {"closed"}
    assert "cannot be undone any more" in post(browser, "feed-run-undo", run).content.decode()


def test_where_nothing_is_decided_nothing_is_taken_over(browser: Client, kari: User, source: Source) -> None:
    run = read(source, rows(2), kari)
    assert "Nothing was taken over" in post(browser, "feed-run-apply", run).content.decode()
    assert (fresh(run).state, catalog(source.clinic)) == ("ready", {})


@pytest.mark.parametrize(
    "form",
    [
        {"show": "new", "all": "everything"},
        {"show": "nothing", "all": "publish"},
        {"p1.entry": "publish"},
        {"pX.entry": "publish", "p.": "", "p99999999999999999999999.entry": "publish", ".": "p"},
    ],
)
def test_choices_that_make_no_sense_change_nothing(
    form: dict[str, str], browser: Client, kari: User, source: Source
) -> None:
    other = read(a_source(source.clinic, organisation=source.organisation, name="En annen"), rows(1), kari)
    run = read(source, rows(3, 10), kari)
    for step in ("feed-run-decide", "feed-run-apply"):
        answer = post(browser, step, run, **{name: value for name, value in form.items() if "." in name} or form)
        assert step == "feed-run-apply" or "Nothing was saved. Look at it again." in answer.content.decode()
    with scope(clinic=source.clinic):
        assert all(one.decided == {} for one in (*run.proposals.all(), *other.proposals.all()))


def test_differences_are_shown_side_by_side_with_the_characters_marked(
    browser: Client, kari: User, source: Source
) -> None:
    imported(source, rows(2), kari)
    run = read(source, [a_row(0, time="12:00", end_time="13:30"), a_row(1)], kari)
    html = page(browser, run).content.decode()
    assert "<mark>" in html
    assert "From the list" in html
    assert "Gruppe 1" not in html
    with scope(clinic=source.clinic):
        proposal = run.proposals.get()
    post(browser, "feed-run-decide", run, **{f"p{proposal.pk}.meetings": "theirs", "show": "changed"})
    post(browser, "feed-run-apply", run)
    assert catalog(source.clinic)["gruppe-0"]["meetings"][0]["start"] == "12:00"


def test_problems_stand_with_row_field_and_reason_and_the_row_can_be_read(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, [a_row(0), a_row(1, day="someday"), "nonsense"], kari)
    html = page(browser, run, show="problems").content.decode()
    assert "This is not a day of the week, and is left out." in html
    assert "it is not a record of a meeting" in html
    assert "&quot;slug&quot;: &quot;gruppe-0&quot;" in page(browser, run).content.decode()


def test_what_is_held_back_is_released_by_writing_the_number(browser: Client, kari: User, source: Source) -> None:
    imported(source, rows(40), kari)
    run = read(source, rows(10), kari)
    html = page(browser, run).content.decode()
    assert "Held back: 30 meetings are no longer in the list." in html
    assert "Take over what is decided" not in html
    assert "This is not the number" in post(browser, "feed-run-release", run, gone="29").content.decode()
    post(browser, "feed-run-apply", run)
    assert {group["status"] for group in catalog(source.clinic).values()} == {"published"}
    post(browser, "feed-run-release", run, gone="30")
    assert fresh(run).state == "ready"
    assert "This is not the number" not in post(browser, "feed-run-release", run, gone="30").content.decode()
    post(browser, "feed-run-cancel", run)
    assert (fresh(run).state, len(catalog(source.clinic))) == ("cancelled", 40)


def test_how_far_it_has_come_is_told_and_can_be_cancelled(browser: Client, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = Run.objects.create(source=source, state="reading", all_rows=200, done_rows=50)
    assert '<progress class="meter" id="meter" max="200" value="50">' in page(browser, run).content.decode()
    part = browser.get(reverse("feed-run", args=[run.pk]), headers={"HX-Request": "true"})
    assert "Is being read: 50 of 200 rows." in part.content.decode()
    assert "<html" not in part.content.decode()
    post(browser, "feed-run-cancel", run)
    assert fresh(run).cancel_asked
    with scope(clinic=source.clinic):
        Run.objects.filter(pk=run.pk).update(state="failed", reason="timed_out")
    done = browser.get(reverse("feed-run", args=[run.pk]), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_an_interrupted_reading_says_so_and_starts_again(browser: Client, source: Source) -> None:
    long_ago = timezone.now() - timedelta(minutes=6)
    with scope(clinic=source.clinic):
        run = Run.objects.create(source=source, state="reading", beat_at=long_ago, upload=as_json(rows(4)))
    assert "Interrupted. Nothing was changed." in page(browser, run).content.decode()
    assert "4 differences to decide." in post(browser, "feed-run-again", run).content.decode()


def test_where_four_eyes_are_asked_for_the_page_says_who_takes_over(
    browser: Client, kari: User, source: Source
) -> None:
    Clinic.objects.update(four_eyes=True)
    run = read(source, rows(2), kari)
    post(browser, "feed-run-decide", run, show="new", all="publish")
    assert "Somebody else takes it over" in page(browser, run).content.decode()
    assert "somebody else takes over what you decided" in post(browser, "feed-run-apply", run).content.decode()
    assert catalog(source.clinic) == {}
    other = signed_in_client(a_member(source.clinic, "curator"))
    post(other, "feed-run-apply", run)
    assert len(catalog(source.clinic)) == 2


STEPS = ["decide", "apply", "cancel", "release", "again", "undo"]


def test_nobody_else_sees_or_touches_a_clinics_lists(kari: User, source: Source) -> None:
    run = read(source, rows(2), kari)
    clinician = signed_in_client(a_member(source.clinic, "clinician"))
    stranger = signed_in_client(a_member(role="curator"))
    for name, key in (("feed", source.pk), ("feed-settings", source.pk), ("feed-run", run.pk)):
        assert clinician.get(reverse(name, args=[key])).status_code == 403
        assert stranger.get(reverse(name, args=[key])).status_code == 404
    for step in STEPS:
        address = reverse(f"feed-run-{step}", args=[run.pk])
        assert (clinician.post(address).status_code, stranger.post(address).status_code) == (403, 404)
    assert "Områdets liste" not in stranger.get(reverse("feeds")).content.decode()
    assert fresh(run).state == "ready"


def test_the_preview_costs_the_same_for_one_row_and_for_fifty(
    browser: Client, kari: User, source: Source, django_assert_num_queries: Callable[[int], object]
) -> None:
    imported(source, rows(51), kari)
    other = a_source(source.clinic, organisation=source.organisation, name="En annen")
    imported(other, rows(1, 100), kari)
    many = read(source, [{**row, "name": f"Ny {row['name']}"} for row in rows(51)], kari)
    few = read(other, [a_row(100, name="Ny")], kari)
    page(browser, few)
    with django_assert_num_queries(17):
        page(browser, few)
    with django_assert_num_queries(17):
        page(browser, many)


def test_what_came_of_it_costs_the_same_for_one_group_and_for_fifty(
    browser: Client, kari: User, source: Source, django_assert_num_queries: Callable[[int], object]
) -> None:
    few = imported(source, rows(1), kari)
    many = imported(a_source(source.clinic, organisation=source.organisation, name="Ny"), rows(50, 100), kari)
    page(browser, few)
    for run in (few, many):
        with django_assert_num_queries(14):
            page(browser, run)
