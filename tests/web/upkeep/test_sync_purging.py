"""Old readings lose what they no longer serve, and nothing that their list still stands on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from clinics.models import User
from groups_catalog.feeds.sync import purging, runs
from groups_catalog.feeds.sync.deciding import decide
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.models import Change, Proposal, Run, Source
from groups_catalog.upkeep import changes
from tests.factories import a_member, signed_in_client
from tests.sync_world import (
    a_row,
    a_source,
    as_json,
    catalog,
    fresh,
    imported,
    proposed,
    read,
    rows,
    take_over,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
OLD = timedelta(days=181)


def long_ago(*found: Run, days: int = 181) -> None:
    """With the change that came of each."""
    at = timezone.now() - timedelta(days=days)
    with scopes_disabled():
        for run in found:
            Run.objects.filter(pk=run.pk).update(at=at, ended_at=at, beat_at=at)
            Change.objects.filter(run=run.pk).update(at=at)


def purged(now: datetime | None = None) -> int:
    with scopes_disabled():
        return purging.purge_runs(now=now or timezone.now())


def kept(run: Run) -> dict[str, Any]:
    """What there is of a run besides itself."""
    with scopes_disabled():
        proposals = list(run.proposals.values_list("source_key", "raw", "theirs"))
        problems, upload = Run.objects.values_list("problems", "upload").get(pk=run.pk)
    return {"proposals": proposals, "problems": problems, "upload": upload}


NOTHING = {"proposals": [], "problems": [], "upload": None}


def test_an_old_reading_is_emptied_and_its_counts_and_its_change_stay(kari: User, source: Source) -> None:
    run = imported(source, [*rows(3), a_row(3, day="someday")], kari)
    imported(source, rows(5), kari)
    before = catalog(source.clinic)
    long_ago(run, days=179)
    assert (purged(), kept(run)["problems"] != []) == (0, True)
    long_ago(run)
    assert (purged(), kept(run)) == (1, NOTHING)
    after = fresh(run)
    assert (after.state, after.counts, after.change) == ("done", run.counts, run.change)
    assert after.fingerprint
    assert (catalog(source.clinic), purged()) == (before, 0)
    html = signed_in_client(kari).get(f"/upkeep/feeds/runs/{run.pk}/").content.decode()
    assert "The details of a reading are deleted after 180 days." in html
    assert ("Problems" in html, 'href="/groups/gruppe-0/"' in html) == (False, True)


def test_the_newest_reading_that_led_to_something_stays_whole(kari: User, source: Source) -> None:
    run = imported(source, rows(3), kari)
    failed = read(source, b"<html>", kari)
    long_ago(run, failed)
    before = kept(run)
    assert (purged(), kept(run)) == (0, before)
    assert read(source, rows(3), kari).state == "unchanged"


def test_what_was_left_out_is_not_asked_about_again(kari: User, source: Source) -> None:
    run = take_over(read(source, rows(3), kari), kari, {"new": "leave"})
    newest = imported(source, rows(4), kari)
    assert newest.counts["new"] == 1
    long_ago(run)
    assert (purged(), purged()) == (1, 0)
    assert kept(run)["proposals"] == [(f"gruppe-{number}", {}, {}) for number in range(3)]
    assert signed_in_client(kari).get(f"/upkeep/feeds/runs/{run.pk}/").status_code == 200
    assert proposed(read(source, rows(5), kari)) == {"new": 1}


def test_what_nobody_decided_in_an_old_reading_is_asked_again(kari: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    with scope(clinic=source.clinic):
        decide(run=run, choices={run.proposals.all()[0]: {"entry": "theirs", "status": "theirs"}}, by=kari)
    long_ago(write(fresh(run), kari))
    assert purged() == 0
    assert proposed(read(source, rows(3), kari)) == {"new": 2}


def test_what_waits_to_be_decided_waits_for_ever(kari: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    long_ago(run)
    before = kept(run)
    assert (purged(), kept(run), fresh(run).state) == (0, before, "ready")


def test_an_old_reading_that_was_taken_over_lately_can_be_undone(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    before = catalog(source.clinic)
    run = take_over(read(source, [a_row(0, name="A"), *rows(3)[1:]], kari), kari)
    imported(source, [a_row(0, name="A"), *rows(5)[1:]], kari)
    long_ago(run)
    with scope(clinic=source.clinic):
        Change.objects.filter(run=run).update(at=timezone.now() - timedelta(days=29))
    assert purged() == 0
    with scope(clinic=source.clinic):
        assert undo_run(run=fresh(run), by=kari) is not None
    assert catalog(source.clinic)["gruppe-0"] == before["gruppe-0"]


def test_an_undoing_elsewhere_is_followed_before_its_reading_is_emptied(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    moved = [a_row(0, name="A"), *rows(3)[1:]]
    run = take_over(read(source, moved, kari), kari)
    imported(source, [*moved, *rows(1, 9)], kari)
    with scope(clinic=source.clinic):
        changes.undo(change=run.change, by=kari)
    long_ago(run)
    assert (purged(), fresh(run).state, kept(run)) == (1, "undone", NOTHING)
    assert proposed(read(source, [*moved, *rows(1, 9)], kari)) == {"changed": 1}


def test_a_file_as_it_came_goes_after_thirty_days_and_when_a_newer_one_comes(kari: User, source: Source) -> None:
    table = b"Hva;Hvilken;Naar?\nOnsdagsgruppa;onsdag;19:00\n"
    first = read(source, table, kari)
    assert kept(first)["upload"] == table
    second = read(source, table, kari)
    assert (kept(first)["upload"], kept(second)["upload"]) == (None, table)
    long_ago(second, days=31)
    purged()
    assert (kept(second)["upload"], fresh(second).state) == (None, "refused")


def test_a_file_that_no_worker_took_up_is_given_up(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(2)))
    purged()
    assert fresh(run).state == "waiting"
    long_ago(run, days=31)
    purged()
    assert (fresh(run).state, kept(run)["upload"]) == ("cancelled", None)


def test_it_goes_piece_by_piece_through_every_clinic_and_then_finds_nothing(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "PIECE", 2)
    other = a_source(a_member(role="curator").membership.clinic, organisation=source.organisation)
    for each in (source, other):
        long_ago(*[read(each, rows(5, 10 * number), kari) for number in range(3)])
    assert (purged(), purged()) == (4, 0)
    with scopes_disabled():
        assert Proposal.objects.count() == 10


def test_the_command_tells_how_many(kari: User, source: Source, capsys: pytest.CaptureFixture[str]) -> None:
    run = read(source, rows(2), kari)
    read(source, rows(3), kari)
    long_ago(run)
    call_command("purge_expired")
    assert "emptied 1 old readings of meeting lists" in capsys.readouterr().out
