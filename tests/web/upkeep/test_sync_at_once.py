"""What crosses: two readings, a reading and a writing, new settings, a source that goes, a press that comes late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync import reading, runs
from groups_catalog.feeds.sync.deciding import NotOpenError, decide, decide_all
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.feeds.sync.sources import match_columns, set_up
from groups_catalog.feeds.sync.writing import apply_run
from groups_catalog.models import ChangeKind, Group, Proposal, Run, Source
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import group_document
from tests.sync_world import (
    COLUMNS,
    TABLE,
    a_row,
    as_json,
    catalog,
    fresh,
    imported,
    proposed,
    read,
    rows,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
SILENT = timedelta(minutes=6)


def begun(source: Source, listed: bytes | None = None) -> Run:
    with scope(clinic=source.clinic):
        return runs.start_run(source=source, by=None, upload=listed)


def decide_everything(run: Run, by: User, choice: str = "publish") -> Run:
    with scope(clinic=run.source.clinic):
        for kind in ("new", "changed", "gone", "back", "renamed"):
            decide_all(run=run, kind=kind, choice=choice if kind == "new" else "theirs", by=by)
    return fresh(run)


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """While a list is being compared."""
    compare = reading.compare

    def compared(*args: Any, **kwargs: Any) -> object:
        happens()
        return compare(*args, **kwargs)

    monkeypatch.setattr(reading, "compare", compared)


def test_nothing_is_taken_over_while_the_list_is_read_anew(kari: User, source: Source) -> None:
    run = decide_everything(read(source, rows(3), kari), kari)
    newer = begun(source, as_json(rows(4)))
    with scope(clinic=source.clinic):
        with pytest.raises(runs.BusyError) as busy:
            runs.start_writing(run=run, by=kari)
        assert busy.value.run == newer
        read_run(newer.pk)
        assert not runs.start_writing(run=fresh(run), by=kari)
    assert (fresh(run).reason, proposed(fresh(newer))) == ("superseded", {"new": 4})
    with scope(clinic=source.clinic):
        assert newer.proposals.exclude(decided={}).count() == 3, "what was decided stands"
    assert len(catalog(source.clinic)) == 0


def test_a_reader_thought_dead_does_not_propose_what_was_taken_over_meanwhile(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = decide_everything(read(source, rows(3), kari), kari)
    newer = begun(source, as_json(rows(4)))

    def takes_over() -> None:
        Run.objects.filter(pk=newer.pk).update(beat_at=timezone.now() - SILENT)
        write(run, kari)

    meanwhile(monkeypatch, takes_over)
    with scope(clinic=source.clinic):
        read_run(newer.pk)
    assert (fresh(newer).state, fresh(newer).reason, proposed(newer)) == ("cancelled", "interrupted", {})
    assert len(catalog(source.clinic)) == 3
    monkeypatch.undo()
    assert proposed(read(source, rows(4), kari)) == {"new": 1}


def test_what_was_decided_survives_a_worker_that_died_while_writing(kari: User, source: Source) -> None:
    run = decide_everything(read(source, rows(3), kari), kari)
    with scope(clinic=source.clinic):
        assert runs.start_writing(run=run, by=kari)
        Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - SILENT)
    newer = read(source, rows(4), kari)
    with scope(clinic=source.clinic):
        assert newer.proposals.exclude(decided={}).count() == 3
        apply_run(run.pk, kari.pk)
    assert (fresh(run).state, catalog(source.clinic)) == ("cancelled", {})


@pytest.mark.parametrize("changed", [{"timezone": "Europe/London"}, {"format": "csv"}, {"keep_contacts": True}])
def test_what_was_read_under_other_settings_is_not_taken_over(
    changed: dict[str, object], kari: User, source: Source
) -> None:
    run = decide_everything(read(source, rows(3), kari), kari)
    with scope(clinic=source.clinic):
        set_up(source=source, fields=changed)
        assert not runs.start_writing(run=fresh(run), by=kari)
    assert (fresh(run).state, fresh(run).reason, catalog(source.clinic)) == ("cancelled", "settings_changed", {})


def test_what_was_decided_under_other_settings_stands_where_the_same_is_proposed(kari: User, source: Source) -> None:
    run = decide_everything(read(source, rows(3), kari), kari)
    with scope(clinic=source.clinic):
        set_up(source=source, fields={"keep_contacts": True})
    newer = read(source, [*rows(2), a_row(2, name="Ny")], kari)
    with scope(clinic=source.clinic):
        assert newer.proposals.exclude(decided={}).count() == 2
    assert (fresh(run).reason, newer.decided_by) == ("superseded", kari)


def test_a_schedule_switched_on_gives_nothing_up(kari: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    with scope(clinic=source.clinic):
        set_up(source=source, fields={"format": "", "timezone": "Europe/Oslo", "keep_contacts": False})
    assert fresh(run).state == "ready"


def test_settings_changed_in_mid_reading_give_the_reading_up(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(source, as_json(rows(3)))
    meanwhile(monkeypatch, lambda: Source.objects.filter(pk=source.pk).update(timezone="Europe/London"))
    with scope(clinic=source.clinic):
        read_run(run.pk)
    assert (fresh(run).state, fresh(run).reason, proposed(run)) == ("cancelled", "settings_changed", {})


def test_a_source_deleted_in_mid_reading_leaves_nothing(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(source, as_json(rows(3)))
    meanwhile(monkeypatch, lambda: Source.objects.filter(pk=source.pk).delete())
    with scope(clinic=source.clinic):
        read_run(run.pk)
        apply_run(run.pk, kari.pk)
        assert (Run.objects.count(), Proposal.objects.count(), Group.objects.count()) == (0, 0, 0)


def test_two_who_answer_about_one_row_lose_nothing(kari: User, ola: User, source: Source) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, time="12:00", name="Nytt navn")], kari)
    with scope(clinic=source.clinic):
        hers, his = run.proposals.get(), run.proposals.get()
        decide(run=run, choices={hers: {"name": "theirs"}}, by=kari)
        decide(run=run, choices={his: {"meetings": "ours"}}, by=ola)
        assert run.proposals.get().decided == {"name": "theirs", "meetings": "ours"}


def test_a_group_merged_since_the_reading_is_asked_about_as_the_one_it_became(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    run = decide_everything(read(source, [a_row(0), a_row(1, name="Nytt navn")], kari), kari)
    merge(source.clinic, "gruppe-1", "gruppe-0", kari)
    assert write(run, kari).reason == "moved"
    with scope(clinic=source.clinic):
        assert run.proposals.get().group.slug == "gruppe-0"
    write(decide_everything(run, kari), kari)
    states = {slug: (group["name"], group["status"]) for slug, group in catalog(source.clinic).items()}
    assert states == {"gruppe-0": ("Nytt navn", "published"), "gruppe-1": ("Gruppe 1", "closed")}


def test_a_row_that_is_gone_does_not_close_the_group_that_its_own_was_merged_into(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    run = decide_everything(read(source, rows(1), kari), kari)
    merge(source.clinic, "gruppe-1", "gruppe-0", kari)
    assert write(run, kari).reason == "moved"
    assert proposed(run) == {}
    assert proposed(read(source, rows(1), kari)) == {}
    assert catalog(source.clinic)["gruppe-0"]["status"] == "published"


def merge(clinic: Clinic, away: str, into: str, by: User) -> None:
    with scope(clinic=clinic):
        group = Group.objects.for_documents().get(slug=away)
        document = {**group_document(group), "status": "closed", "merged_into": into}
        record(Act(clinic, ChangeKind.MERGED, by), [Edit(group, document)])


def test_a_clinic_that_asks_for_four_eyes_after_the_press_still_gets_them(kari: User, source: Source) -> None:
    run = decide_everything(read(source, rows(2), kari), kari)
    with scope(clinic=source.clinic):
        assert runs.start_writing(run=run, by=kari)
        Clinic.objects.update(four_eyes=True)
        apply_run(run.pk, kari.pk)
    assert (fresh(run).state, fresh(run).reason, catalog(source.clinic)) == ("ready", "four_eyes", {})


def test_columns_are_not_matched_beside_a_newer_reading(kari: User, source: Source) -> None:
    run = read(source, TABLE, kari)
    newer = begun(source, as_json(rows(1)))
    with scope(clinic=source.clinic):
        with pytest.raises(runs.BusyError):
            match_columns(run=run, columns=COLUMNS)
        read_run(newer.pk)
        assert not match_columns(run=run, columns=COLUMNS)
    assert (fresh(run).state, fresh(newer).state) == ("refused", "ready")


def test_who_decides_when_a_newer_reading_has_come_is_told(kari: User, source: Source) -> None:
    run = read(source, rows(2), kari)
    read(source, rows(3), kari)
    with scope(clinic=source.clinic), pytest.raises(NotOpenError):
        decide_all(run=run, kind="new", choice="publish", by=kari)
