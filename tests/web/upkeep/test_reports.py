"""A report asks for a look and never edits; too many closures are held back; nothing about the sender is kept."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Group, Report, ReportKind, ReportState
from groups_catalog.upkeep.documents import group_document
from groups_catalog.upkeep.reports import limits, services
from tests.catalog_factories import a_group, a_meeting
from tests.factories import a_clinic, a_member, signed_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english", "_forgetful_cache")]


@pytest.fixture
def _forgetful_cache() -> None:
    cache.clear()


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


@pytest.fixture
def group(clinic: Clinic) -> Group:
    group = a_group(clinic, "havna", name="Havna")
    a_meeting(group)
    return group


def told(clinic: Clinic) -> list[tuple[str, str]]:
    with scope(clinic=clinic):
        return list(Report.objects.values_list("kind", "state").order_by("pk"))


def short_address(group: Group) -> str:
    return reverse("public-report", args=[group.report_code])


def test_a_clinician_tells_that_a_group_is_closed(clinic: Clinic, group: Group) -> None:
    browser = signed_in_client(a_member(clinic))
    answer = browser.post(reverse("group-report", args=["havna"]), {"kind": "closed"}, follow=True)
    assert "Somebody will look into it" in answer.content.decode()
    assert told(clinic) == [("closed", "open")]


def test_a_report_leaves_the_listing_as_it_was(clinic: Clinic, group: Group) -> None:
    with scope(clinic=clinic):
        before = group_document(Group.objects.for_documents().get())
    for kind in ReportKind.values:
        signed_in_client(a_member(clinic)).post(reverse("group-report", args=["havna"]), {"kind": kind})
    with scope(clinic=clinic):
        assert group_document(Group.objects.for_documents().get()) == before


def test_the_groups_page_tells_colleagues_that_a_report_is_open(clinic: Clinic, group: Group) -> None:
    browser = signed_in_client(a_member(clinic))
    page = reverse("group", args=["havna"])
    told_so = "Somebody has reported that this may be wrong"
    assert told_so not in browser.get(page).content.decode()
    with scope(clinic=clinic):
        report = services.tell(group=group, kind=ReportKind.MOVED)
    assert told_so in browser.get(page).content.decode()
    with scope(clinic=clinic):
        services.decide(report=report, state=ReportState.DISMISSED, by=a_member(clinic, "curator"))
    assert told_so not in browser.get(page).content.decode()


def test_pressing_twice_tells_once(clinic: Clinic, group: Group) -> None:
    browser = signed_in_client(a_member(clinic))
    for _press in range(2):
        browser.post(reverse("group-report", args=["havna"]), {"kind": "unsafe"})
    assert told(clinic) == [("unsafe", "open")]


@pytest.mark.parametrize("form", [{}, {"kind": "rumour"}, {"note": "Peter drinks"}])
def test_a_report_without_a_known_kind_is_explained_and_not_kept(
    clinic: Clinic, group: Group, form: dict[str, str]
) -> None:
    answer = signed_in_client(a_member(clinic)).post(reverse("group-report", args=["havna"]), form)
    assert "There is a problem" in answer.content.decode()
    assert told(clinic) == []


def test_the_holder_of_the_paper_tells_without_signing_in_and_without_a_trace(clinic: Clinic, group: Group) -> None:
    page = Client().get(short_address(group))
    assert "Havna" in page.content.decode()
    assert str(clinic.name) not in page.content.decode()
    answer = Client(REMOTE_ADDR="192.0.2.7").post(short_address(group), {"kind": "moved"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("public-report-thanks")
    with scopes_disabled():
        report = Report.objects.get()
    assert (report.by, report.kind, report.state) == (None, "moved", "open")
    assert "192.0.2.7" not in str(report.__dict__)


def test_a_guessed_code_and_a_draft_are_not_found(clinic: Clinic) -> None:
    draft = a_group(clinic, status="draft")
    assert Client().get(reverse("public-report", args=["abcdefghjk"])).status_code == 404
    assert Client().get(short_address(draft)).status_code == 404


def test_one_sender_is_stopped_after_a_few_reports_an_hour(clinic: Clinic) -> None:
    groups = [a_group(clinic) for _number in range(limits.SENDER_AN_HOUR + 1)]
    statuses = [Client().post(short_address(group), {"kind": "other"}).status_code for group in groups]
    assert statuses == [302] * limits.SENDER_AN_HOUR + [429]
    assert len(told(clinic)) == limits.SENDER_AN_HOUR


def test_many_senders_are_stopped_at_one_group(clinic: Clinic, group: Group) -> None:
    senders = [Client(REMOTE_ADDR=f"192.0.2.{number}") for number in range(limits.GROUP_A_DAY + 1)]
    statuses = [sender.post(short_address(group), {"kind": "other"}).status_code for sender in senders]
    assert statuses == [302] * limits.GROUP_A_DAY + [429]


def test_a_forged_forwarding_header_buys_no_further_reports(clinic: Clinic) -> None:
    groups = [a_group(clinic) for _number in range(limits.SENDER_AN_HOUR + 1)]
    for number, group in enumerate(groups):
        answer = Client(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").post(short_address(group), {"kind": "other"})
    assert answer.status_code == 429


def test_the_sixth_closure_of_a_day_is_held_back_until_a_curator_lets_it_through(clinic: Clinic) -> None:
    with scope(clinic=clinic):
        for _number in range(services.CLOSURES_A_DAY + 1):
            services.tell(group=a_group(clinic), kind=ReportKind.CLOSED)
    assert [state for _kind, state in told(clinic)] == ["open"] * services.CLOSURES_A_DAY + ["held"]
    curator = signed_in_client(a_member(clinic, "curator"))
    assert "1 report is held back" in curator.get(reverse("reports")).content.decode()
    curator.post(reverse("reports-let-through"))
    assert {state for _kind, state in told(clinic)} == {"open"}


def test_the_breaker_does_not_hold_back_other_reports_or_other_days(clinic: Clinic) -> None:
    with scope(clinic=clinic):
        for _number in range(services.CLOSURES_A_DAY):
            services.tell(group=a_group(clinic), kind=ReportKind.CLOSED)
        assert services.tell(group=a_group(clinic), kind=ReportKind.UNSAFE).state == ReportState.OPEN
        Report.objects.update(at=timezone.now() - timedelta(days=2))
        assert services.tell(group=a_group(clinic), kind=ReportKind.CLOSED).state == ReportState.OPEN


@pytest.mark.parametrize("outcome", ["resolved", "dismissed"])
def test_a_curator_decides_once(clinic: Clinic, group: Group, outcome: str) -> None:
    with scope(clinic=clinic):
        report = services.tell(group=group, kind=ReportKind.MOVED)
    curator = signed_in_client(a_member(clinic, "curator"))
    address = reverse("report-decide", args=[report.pk])
    assert curator.post(address, {"outcome": outcome}).status_code == 302
    assert told(clinic) == [("moved", outcome)]
    assert "dealt with already" in curator.post(address, {"outcome": "resolved"}, follow=True).content.decode()
    assert told(clinic) == [("moved", outcome)]


def test_an_unknown_decision_changes_nothing(clinic: Clinic, group: Group) -> None:
    with scope(clinic=clinic):
        report = services.tell(group=group, kind=ReportKind.MOVED)
    curator = signed_in_client(a_member(clinic, "curator"))
    answer = curator.post(reverse("report-decide", args=[report.pk]), {"outcome": "deleted"}, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert told(clinic) == [("moved", "open")]


def test_reports_are_for_curators_of_the_same_clinic(clinic: Clinic, group: Group) -> None:
    with scope(clinic=clinic):
        report = services.tell(group=group, kind=ReportKind.MOVED)
    assert signed_in_client(a_member(clinic)).get(reverse("reports")).status_code == 403
    stranger = signed_in_client(a_member(role="curator"))
    assert "Havna" not in stranger.get(reverse("reports")).content.decode()
    assert stranger.post(reverse("report-decide", args=[report.pk]), {"outcome": "resolved"}).status_code == 404
    assert stranger.get(reverse("group-report", args=["havna"])).status_code == 404


def test_reports_are_purged_after_180_days(clinic: Clinic, group: Group) -> None:
    with scope(clinic=clinic):
        for days in (179, 181):
            report = services.tell(group=a_group(clinic), kind=ReportKind.OTHER)
            Report.objects.filter(pk=report.pk).update(at=timezone.now() - timedelta(days=days))
    call_command("purge_expired", verbosity=0)
    assert len(told(clinic)) == 1


@pytest.mark.parametrize("reports", [1, 50])
def test_the_list_asks_the_database_a_constant_number_of_times(
    clinic: Clinic, reports: int, django_assert_max_num_queries: object
) -> None:
    with scope(clinic=clinic):
        for _number in range(reports):
            services.tell(group=a_group(clinic), kind=ReportKind.OTHER, by=a_member(clinic))
    browser = signed_in_client(a_member(clinic, "curator"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert browser.get(reverse("reports")).status_code == 200


def test_the_most_urgent_is_shown_first_and_what_one_group_was_reported_for_stands_together(clinic: Clinic) -> None:
    told_of = [("time", "wrong_time"), ("closed", "closed"), ("unsafe", "moved"), ("unsafe", "unsafe")]
    told_of.append(("newest", "other"))
    with scope(clinic=clinic):
        groups = {name: a_group(clinic, name) for name in dict(told_of)}
        for name, kind in told_of:
            services.tell(group=groups[name], kind=ReportKind(kind), by=a_member(clinic))
    shown = " ".join(signed_in_client(a_member(clinic, "curator")).get(reverse("reports")).content.decode().split())
    order = re.findall(r'<h3 id="reported-\d+"><a href="/groups/([\w-]+)/">', shown)
    assert order == ["unsafe", "closed", "newest", "time"]
    block = shown[shown.index('href="/groups/unsafe/"') : shown.index('href="/groups/closed/"')]
    assert block.index("It did not feel safe") < block.index("Moved")
    assert 'Looked into<span class="sr">: Unsafe, Moved</span>' in block


def test_of_a_report_without_a_name_only_the_day_is_shown(clinic: Clinic, group: Group) -> None:
    at = timezone.now().replace(hour=9, minute=17)
    with scope(clinic=clinic):
        services.tell_unnamed(group=group, kind=ReportKind.MOVED)
        Report.objects.update(at=at)
    shown = signed_in_client(a_member(clinic, "curator")).get(reverse("reports")).content.decode()
    assert "through the short address" in shown
    assert f"{timezone.localtime(at):%H:%M}" not in shown


def test_the_form_names_the_group(clinic: Clinic, group: Group) -> None:
    shown = signed_in_client(a_member(clinic)).get(reverse("group-report", args=["havna"])).content.decode()
    assert "<h1>Something is not right with Havna</h1>" in shown


@pytest.mark.parametrize("kind", ReportKind.values)
def test_everybody_who_reports_from_the_paper_is_told_whom_to_talk_to(
    kind: str, clinic: Clinic, group: Group
) -> None:
    answer = Client().post(short_address(group), {"kind": kind}, follow=True)
    assert "If you need to talk to somebody, contact the place that gave you the paper." in answer.content.decode()
