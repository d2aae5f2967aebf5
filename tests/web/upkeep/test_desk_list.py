"""What needs a look today: who is on the list, and in which order."""

import random
from datetime import date, timedelta

import pytest
from django.test import Client
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import Group
from groups_catalog.resolution import resolve
from groups_catalog.snapshot import known_fact
from groups_catalog.upkeep.desk.queries import standings
from groups_catalog.upkeep.desk.urgency import BIT, Reason, Signs, reasons
from groups_catalog.vocabulary import vocabulary
from tests.catalog_factories import Reached, a_fact, a_group
from tests.desk_world import UPKEEP, a_proposal, a_report, a_run, a_source, days_ago, listed, page
from tests.factories import a_member, signed_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


# --- who sees it -----------------------------------------------------------------------------------------


def test_a_clinician_sees_none_of_it(clinic: Clinic) -> None:
    assert signed_in_client(a_member(clinic)).get(UPKEEP).status_code == 403


def test_a_curator_of_another_clinic_sees_only_their_own(clinic: Clinic) -> None:
    a_group(clinic, "ours", checked_on=None)
    stranger = a_member(role="curator")
    a_group(stranger.membership.clinic, "theirs", checked_on=None)
    assert listed(signed_in_client(stranger)) == ["theirs"]


def test_an_administrator_keeps_the_catalog_as_well(clinic: Clinic) -> None:
    a_group(clinic, "ours", checked_on=None)
    assert listed(signed_in_client(a_member(clinic, "clinic_admin"))) == ["ours"]


def test_where_nothing_needs_a_look_the_page_says_so(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "fresh", checked_on=days_ago(3))
    shown = page(browser)
    assert 'Nothing needs a look today. <a href="?reason=all">' in shown
    assert '<b class="num">100 %</b>' in shown
    assert listed(browser, reason="all") == ["fresh"]


# --- the order -------------------------------------------------------------------------------------------


def test_the_most_urgent_stands_first_with_its_reason_on_the_row(browser: Client, clinic: Clinic) -> None:
    run = a_run(a_source(clinic))
    fresh = {name: a_group(clinic, name, checked_on=days_ago(1)) for name in ("g1", "g2", "g3", "g4", "g5", "g10")}
    a_report(fresh["g1"], "unsafe")
    a_report(fresh["g2"], "closed")
    a_report(fresh["g3"], "moved")
    a_proposal(run, fresh["g4"], "gone")
    a_proposal(run, fresh["g5"], "changed")
    for name, days in {"g6": 181, "g7": 136, "g8": 91, "soon": 80}.items():
        a_group(clinic, name, checked_on=days_ago(days))
    a_group(clinic, "g9", checked_on=None)
    a_fact(fresh["g10"], "touch_custom", "ask_first", dated=days_ago(181).isoformat())
    assert listed(browser) == [f"g{place}" for place in range(1, 11)]
    shown = page(browser)
    for words in ("Somebody did not feel safe", "Over 180 days: off the handout", "Facts over 180 days old"):
        assert words in shown


def test_what_is_closed_or_a_draft_is_not_on_the_desk_but_what_is_paused_is(browser: Client, clinic: Clinic) -> None:
    for status in ("draft", "published", "paused", "closed"):
        a_group(clinic, status, status=status, checked_on=None)
    assert set(listed(browser)) == {"published", "paused"}


def test_a_report_that_is_decided_or_held_back_asks_for_nothing(browser: Client, clinic: Clinic) -> None:
    group = a_group(clinic, "torsdag", checked_on=days_ago(1))
    for state in ("held", "resolved", "dismissed"):
        a_report(group, "closed", state)
    assert listed(browser) == []
    assert "and 1 held back" in page(browser)


@pytest.mark.parametrize(
    ("runs", "there"),
    [
        ([("ready", 0)], True),
        ([("ready", 5), ("unchanged", 0)], True),
        ([("ready", 5), ("done", 0)], False),
        ([("done", 0)], False),
        ([("cancelled", 0)], False),
    ],
)
def test_only_the_newest_reading_that_waits_speaks(
    runs: list[tuple[str, int]], there: bool, browser: Client, clinic: Clinic
) -> None:
    group, source = a_group(clinic, "torsdag", checked_on=days_ago(1)), a_source(clinic)
    for number, (state, hours) in enumerate(runs):
        run = a_run(source, state, hours)
        if number == 0:
            a_proposal(run, group, "gone")
    assert listed(browser) == (["torsdag"] if there else [])


def test_a_fact_that_another_one_overrules_is_not_due(browser: Client, clinic: Clinic) -> None:
    old, new = days_ago(400).isoformat(), days_ago(5).isoformat()
    seen = a_group(clinic, "seen", checked_on=days_ago(1))
    a_fact(seen, "touch_custom", "ask_first", basis="stated", dated=old)
    a_fact(seen, "touch_custom", "hugs_common", basis="observed", dated=new)
    told = a_group(clinic, "told", checked_on=days_ago(1))
    a_fact(told, "touch_custom", "ask_first", basis="stated", dated=new)
    a_fact(told, "touch_custom", "hugs_common", basis="observed", dated=old)
    unverified = a_group(clinic, "unverified", checked_on=days_ago(1))
    a_fact(unverified, "touch_custom", "ask_first", dated=old, unverified=True)
    assert listed(browser) == ["told"]


def test_the_database_finds_the_same_reasons_as_the_law_on_any_day(clinic: Clinic) -> None:
    rng, start = random.Random(20), date(2025, 1, 1)  # noqa: S311 - a test's own chance
    for number in range(60):
        day = start + timedelta(days=rng.randrange(400))
        status = rng.choice(["published", "published", "paused", "draft", "closed"])
        group = a_group(clinic, f"g{number}", checked_on=rng.choice([day, day, day, None]), status=status)
        for _again in range(rng.randrange(4)):
            dated = (start + timedelta(days=rng.randrange(500))).isoformat()[: rng.choice([4, 7, 10])]
            attribute, value = rng.choice([("touch_custom", "ask_first"), ("cost", "free")])
            basis, unverified = rng.choice(["stated", "observed"]), rng.random() < 0.2
            a_fact(group, attribute, value, basis=basis, dated=rng.choice([dated, ""]), unverified=unverified)
        if rng.random() < 0.1:
            a_report(group, rng.choice(["unsafe", "closed", "moved"]))
    firsts = [date(2025, month, 1) + timedelta(days=180) for month in range(1, 13)]
    with scope(clinic=clinic):
        for today in [*firsts, *(date(2025, 6, 1) + timedelta(days=rng.randrange(500)) for _day in range(8))]:
            expected = {group.slug: set(by_law(group, today)) for group in Group.objects.for_matching()}
            found = standings(Group.objects.all(), today)
            keys = {group.slug: group.pk for group in Group.objects.all()}
            assert {slug: {r for r in Reason if found[keys[slug]] & BIT[r]} for slug in keys} == expected


def by_law(group: Group, today: date) -> tuple[Reason, ...]:
    """From the catalog's own resolution, not from the desk's questions."""
    known = vocabulary()
    held = resolve([known_fact(fact, Reached.GROUP) for fact in group.facts.all()], known, today=today).held
    dated = [fact.dated for name, fact in held.items() if known.attributes[name].freshness == "practice"]
    told = [report.kind for report in group.reports.all()]
    in_use = group.status in {"published", "paused"}
    return reasons(Signs(group.checked_on, told, (), dated, in_use), today=today)
