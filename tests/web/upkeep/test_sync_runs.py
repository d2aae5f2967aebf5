"""The life of a reading: one at a time, cancelled, interrupted, refused, and told truthfully."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds.sync import runs
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.models import Listing, Run, Source
from tests.sync_world import (
    a_row,
    as_json,
    catalog,
    fresh,
    imported,
    proposed,
    read,
    rows,
)

pytestmark = pytest.mark.django_db


def test_only_one_reading_of_a_list_is_under_way(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        first = runs.start_run(source=source, by=kari, upload=b"[]")
        with pytest.raises(runs.BusyError) as busy:
            runs.start_run(source=source, by=kari, upload=b"[]")
        assert busy.value.run == first
        read_run(first.pk)
        read_run(first.pk)
    assert fresh(first).state == "refused"


def test_a_cancelled_reading_leaves_nothing(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(9)))
        Run.objects.filter(pk=run.pk).update(cancel_asked=True)
        read_run(run.pk)
        assert (fresh(run).state, run.proposals.count(), Listing.objects.count()) == ("cancelled", 0, 0)
    assert read(source, rows(9), kari).state == "ready"


def test_a_waiting_reading_is_cancelled_at_once(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(9)))
        assert runs.cancel(run=run)
        read_run(run.pk)
    assert fresh(run).state == "cancelled"


def test_a_reading_whose_worker_died_is_taken_up_again(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(9)))
        long_ago = timezone.now() - timedelta(minutes=6)
        Run.objects.filter(pk=run.pk).update(state="reading", beat_at=long_ago, done_rows=3)
        assert runs.is_interrupted(fresh(run), timezone.now())
        assert runs.take_up_again(run=run)
        read_run(run.pk)
    assert proposed(fresh(run)) == {"new": 9}


def test_a_reading_whose_worker_lives_is_left_to_it(kari: User, source: Source) -> None:
    with scope(clinic=source.clinic):
        run = runs.start_run(source=source, by=kari, upload=as_json(rows(9)))
        Run.objects.filter(pk=run.pk).update(state="reading", beat_at=timezone.now())
        assert not runs.take_up_again(run=run)
        assert runs.cancel(run=run)
        assert fresh(run).state == "reading"


NO_LISTS = [b"[]", b"{}", b"<!doctype html><html></html>", b"", b'{"error": "no"}', b"[1, 2]", b'[{"name":']


@pytest.mark.parametrize("listed", NO_LISTS)
def test_what_is_no_list_is_refused_whole_and_changes_nothing(listed: bytes, kari: User, source: Source) -> None:
    imported(source, rows(9), kari)
    before = catalog(source.clinic)
    run = read(source, listed, kari)
    assert (run.state, proposed(run), catalog(source.clinic)) == ("refused", {}, before)
    assert run.reason
    assert read(source, rows(9), kari).state == "unchanged"


def test_a_fault_of_our_own_is_told_and_changes_nothing(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("groups_catalog.feeds.sync.reading.compare", lambda *_args, **_kwargs: 1 / 0)
    run = read(source, rows(3), kari)
    assert (run.state, run.reason, proposed(run)) == ("failed", "unexpected", {})
    assert "nothing was changed" in caplog.text


def test_problems_and_records_are_kept_without_what_is_personal(kari: User, source: Source) -> None:
    row = a_row(0, contact_1_name="Kari Nordmann", contact_1_phone="99887766", day="someday", notes="Ring 99887766")
    run = read(source, [row], kari)
    with scope(clinic=source.clinic):
        kept = f"{run.problems} {run.proposals.get().raw} {run.proposals.get().theirs}"
    assert "99887766" not in kept
    assert "Nordmann" not in kept
    assert {"contact_left_out", "day_unreadable"} <= {problem[2] for problem in run.problems}
