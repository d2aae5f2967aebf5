"""Groups that are on no menu can be found; and what is stuck in a meeting list is told."""

import pytest
from django.test import Client
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Change, Group
from tests.catalog_factories import a_fact, a_group
from tests.desk_world import a_proposal, a_report, a_run, a_source, days_ago, found, listed, page
from tests.factories import a_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


# --- by status -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "there"),
    [
        ("draft", ["draft"]),
        ("paused", ["paused"]),
        ("closed", ["closed", "merged"]),
        ("all", ["published", "paused", "draft", "closed", "merged", "fresh"]),
        ("no such", ["published", "paused"]),
    ],
)
def test_every_group_is_found_by_its_status(status: str, there: list[str], browser: Client, clinic: Clinic) -> None:
    of_every_status(clinic)
    assert set(found(browser, status=status)) == set(there)
    assert set(found(browser, status=status, reason="all")) == {*there, *(["fresh"] if status == "no such" else [])}


def test_what_is_not_in_use_says_so_and_can_be_taken_into_use_but_not_noted(browser: Client, clinic: Clinic) -> None:
    of_every_status(clinic)
    assert set(listed(browser, status="all")) == {"published", "paused", "fresh"}
    for status, button in (("draft", "Publish"), ("closed", "Open again")):
        shown = page(browser, status=status)
        assert f'<span class="tag">{status.title()}</span></span>' in shown
        assert f'formaction="/groups/{status}/status/">{button}<' in shown
        assert f'href="/groups/{status}/edit/"' in shown
        assert "Still correct today" not in shown
    assert 'formaction="/groups/merged/status/"' not in page(browser, status="closed")


def test_the_desk_tells_how_many_groups_are_on_no_menu_and_leads_to_them(browser: Client, clinic: Clinic) -> None:
    a_group(clinic)
    assert "not published" not in page(browser)
    a_group(clinic, status="draft")
    assert "1 group is not published:" in page(browser)
    a_group(clinic, status="closed")
    shown = page(browser)
    assert "2 groups are not published:" in shown
    assert '<a href="?status=draft">Draft <span class="num">1</span></a> ·' in shown
    assert '<a href="?status=closed">Closed <span class="num">1</span></a>' in shown


def test_a_clinic_with_nothing_but_drafts_finds_them(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "draft", status="draft")
    shown = page(browser)
    assert 'href="?status=draft"' in shown
    assert "Search, filter and sort" in shown
    assert found(browser, status="draft") == ["draft"]


def test_a_search_that_finds_nothing_can_be_widened_to_all_groups(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "gone", name="Torsdagsgruppa", status="closed")
    shown = page(browser, q="torsdag")
    assert 'href="?q=torsdag&amp;status=all&amp;reason=all"' in shown
    assert found(browser, q="torsdag", status="all", reason="all") == ["gone"]
    assert "Look among all groups" not in page(browser, q="nobody", status="all", reason="all")


def test_a_report_about_a_closed_group_is_its_only_reason(browser: Client, clinic: Clinic) -> None:
    group = a_group(clinic, "closed", status="closed", checked_on=days_ago(400))
    a_fact(group, "touch_custom", "ask_first", dated=days_ago(400).isoformat())
    a_report(group, "moved")
    shown = page(browser, status="closed", reason="reported")
    assert "Reported: not as listed" in shown
    for reason in ("off the handout", "Facts over 180 days old"):
        assert f"{reason}</span>" not in shown
    assert found(browser, status="closed", reason="off_handout") == []


def of_every_status(clinic: Clinic) -> None:
    for status in ("draft", "published", "paused", "closed"):
        a_group(clinic, status, status=status, checked_on=None)
    a_group(clinic, "fresh", checked_on=days_ago(1))
    with scope(clinic=clinic):
        a_group(clinic, "merged", status="closed", merged_into=Group.objects.get(slug="published"))


@pytest.mark.parametrize("status", ["draft", "closed"])
@pytest.mark.parametrize("tick", ["out:1", "out"])
def test_what_is_not_in_use_cannot_be_noted_and_nothing_else_is(
    tick: str, status: str, browser: Client, clinic: Clinic
) -> None:
    a_group(clinic, "g0", checked_on=None)
    a_group(clinic, "out", status=status, checked_on=None)
    assert (
        "Nothing was saved"
        in browser.post("/upkeep/check/", {"groups": ["g0:1", tick], "how": "call"}).content.decode()
    )
    with scope(clinic=clinic):
        assert not Change.objects.exists()


# --- readings of meeting lists ----------------------------------------------------------------------------


def test_of_what_a_meeting_list_proposes_only_what_is_open_counts(browser: Client, clinic: Clinic) -> None:
    run = a_run(a_source(clinic))
    for kind in ("changed", "gone", "new"):
        a_proposal(run, a_group(clinic) if kind != "new" else None, kind)
    with scope(clinic=clinic):
        run.proposals.filter(kind="gone").update(decided={"entry": "theirs"})
    assert '<b class="num">2</b><span><a href="/upkeep/feeds/">' in page(browser)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["quarantined"], "Held back, because too much would go:"),
        (["refused"], "Could not be read last time:"),
        (["failed", "cancelled"], "Could not be read last time:"),
        (["quarantined", "failed"], "Held back, because too much would go:"),
        (["quarantined", "ready"], ""),
        (["quarantined", "done"], ""),
        (["failed", "unchanged"], ""),
        (["failed", "reading"], ""),
        (["ready"], ""),
        (["cancelled"], ""),
    ],
    ids=str,
)
def test_a_reading_that_is_stuck_is_told_with_the_way_to_it(
    states: list[str], words: str, browser: Client, clinic: Clinic
) -> None:
    source = a_source(clinic, "AA-lista")
    runs = [a_run(source, state, hours_ago=9 - number) for number, state in enumerate(states)]
    shown = page(browser)
    assert ("Meeting lists that need somebody" in shown) is bool(words)
    if words:
        assert f'<li>{words} <a href="/upkeep/feeds/runs/{runs[0].pk}/">AA-lista</a></li>' in shown


def test_a_reading_that_is_decided_and_not_taken_over_is_told(browser: Client, clinic: Clinic) -> None:
    run = a_run(a_source(clinic))
    a_proposal(run, None, "new")
    assert "not taken over yet" not in page(browser)
    with scope(clinic=clinic):
        run.proposals.update(decided={"entry": "ours"})
    assert "Decided, but not taken over yet:" in page(browser)


def test_another_clinics_readings_are_not_told(browser: Client, clinic: Clinic) -> None:
    a_run(a_source(a_clinic()), "failed")
    assert "Meeting lists that need somebody" not in page(browser)
