"""Taking a run over: all of it or nothing, told truthfully, and undone exactly."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync import runs
from groups_catalog.feeds.sync.deciding import NotOpenError, decide, decide_all
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.words import is_undone
from groups_catalog.feeds.sync.writing import apply_run
from groups_catalog.models import Change, ChangeKind, Group, Proposal, Run, Source
from groups_catalog.upkeep import changes
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import group_document
from groups_catalog.upkeep.faults import Fault
from tests.factories import a_member
from tests.sync_world import a_row, catalog, fresh, imported, proposed, read, rows, take_over, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(kari: User) -> User:
    return a_member(kari.membership.clinic, "clinic_admin")


def edited_by_hand(clinic: Clinic, by: User, slug: str, **fields: object) -> None:
    with scope(clinic=clinic):
        group = Group.objects.for_documents().get(slug=slug)
        record(Act(clinic, ChangeKind.EDITED, by), [Edit(group, {**group_document(group), **fields})])


def proposals_of(run: Run) -> list[Proposal]:
    with scope(clinic=run.source.clinic):
        return list(run.proposals.all())


def undone(run: Run, by: User) -> changes.Undone | None:
    with scope(clinic=run.source.clinic):
        return undo_run(run=run, by=by)


def test_a_run_is_one_change_with_a_version_for_each_group(kari: User, source: Source) -> None:
    run = imported(source, rows(7), kari)
    with scope(clinic=source.clinic):
        change = Change.objects.get()
        assert (run.change, change.kind, change.by) == (change, ChangeKind.IMPORTED, kari)
        assert change.versions.count() == 7


def test_drafts_leavings_and_publications_are_as_decided(kari: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    first, second, third = proposals_of(run)
    with scope(clinic=source.clinic):
        answers = {
            first: {"entry": "theirs", "status": "theirs"},
            second: {"entry": "theirs", "status": "ours"},
            third: {"entry": "ours"},
        }
        decide(run=run, choices=answers, by=kari)
    write(fresh(run), kari)
    states = {slug: group["status"] for slug, group in catalog(source.clinic).items()}
    assert states == {"gruppe-0": "published", "gruppe-1": "draft"}


def test_what_cannot_be_published_becomes_a_draft_and_is_told(kari: User, source: Source) -> None:
    placeless = a_row(0, location=None, address=None, city=None, latitude=None, longitude=None)
    dayless = a_row(2, day="someday")
    run = imported(source, [placeless, a_row(1), dayless], kari)
    states = {slug: group["status"] for slug, group in catalog(source.clinic).items()}
    assert states == {"gruppe-0": "draft", "gruppe-1": "published", "gruppe-2": "draft"}
    assert run.counts["held"] == 2


def test_each_field_is_taken_from_the_chosen_side(kari: User, source: Source) -> None:
    imported(source, [a_row(0, updated="2026-01-01")], kari)
    run = read(source, [a_row(0, name="Nytt navn", time="12:00", end_time="13:00", updated="2026-03-03")], kari)
    (proposal,) = proposals_of(run)
    with scope(clinic=source.clinic):
        decide(run=run, choices={proposal: {"name": "ours", "meetings": "theirs", "status": "theirs"}}, by=kari)
    write(fresh(run), kari)
    (group,) = catalog(source.clinic).values()
    assert (group["name"], group["meetings"][0]["start"]) == ("Gruppe 0", "12:00")
    assert group["checked_on"] == "2026-01-01", "what was not taken over whole is not confirmed"


def test_what_is_taken_over_whole_is_as_fresh_as_the_list(kari: User, source: Source) -> None:
    imported(source, [a_row(0, updated="2026-01-01")], kari)
    take_over(read(source, [a_row(0, name="Nytt navn", updated="2026-03-03")], kari), kari)
    (group,) = catalog(source.clinic).values()
    assert (group["name"], group["checked_on"], group["checked_how"]) == ("Nytt navn", "2026-03-03", "feed")


def test_undoing_restores_every_group_exactly(kari: User, source: Source) -> None:
    imported(source, rows(10), kari)
    before = catalog(source.clinic)
    listed = [a_row(0, name="Nytt navn"), a_row(1, time="12:00"), *rows(8)[2:], a_row(20)]
    run = take_over(read(source, listed, kari), kari)
    assert catalog(source.clinic) != before
    assert undone(run, kari) is not None
    after = catalog(source.clinic)
    assert {slug: after[slug] for slug in before} == before
    assert after["gruppe-20"]["status"] == "closed"
    assert proposed(read(source, listed, kari)) == {"changed": 2, "gone": 2, "back": 1}


def test_taking_over_again_what_was_undone_keeps_the_ids(kari: User, source: Source) -> None:
    run = imported(source, rows(5), kari)
    stood = catalog(source.clinic)
    undone(run, kari)
    assert {group["status"] for group in catalog(source.clinic).values()} == {"closed"}
    take_over(read(source, rows(5), kari), kari)
    assert catalog(source.clinic) == stood


def test_a_renaming_is_undone_too(kari: User, source: Source) -> None:
    imported(source, rows(5), kari)
    renamed = [{**row, "slug": f"ny-{row['slug']}", "name": f"Ny {row['name']}"} for row in rows(5)]
    run = take_over(read(source, renamed, kari), kari)
    undone(run, kari)
    assert proposed(read(source, renamed, kari)) == {"renamed": 5}
    assert read(source, rows(5), kari).state == "unchanged"


def test_what_somebody_changed_since_is_left_and_named(kari: User, ola: User, source: Source) -> None:
    imported(source, rows(2), kari)
    run = take_over(read(source, [a_row(0, name="A"), a_row(1, name="B")], kari), kari)
    edited_by_hand(source.clinic, ola, "gruppe-0", note_en="Second floor")
    result = undone(run, kari)
    assert result is not None
    assert [group.slug for group in result.left] == ["gruppe-0"]
    names = {group["name"] for group in catalog(source.clinic).values()}
    assert names == {"A", "Gruppe 1"}
    assert proposed(read(source, [a_row(0, name="A"), a_row(1, name="B")], kari)) == {"changed": 1}


def test_an_undoing_on_another_page_is_followed(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    moved = [a_row(0, name="A"), a_row(1)]
    run = take_over(read(source, moved, kari), kari)
    with scope(clinic=source.clinic):
        changes.undo(change=run.change, by=kari)
        assert is_undone(Run.objects.select_related("change__undone_by").get(pk=run.pk))
    assert proposed(read(source, moved, kari)) == {"changed": 1}
    assert fresh(run).state == "undone"


def test_after_thirty_days_nothing_is_undone(kari: User, source: Source) -> None:
    run = imported(source, rows(2), kari)
    with scope(clinic=source.clinic):
        Change.objects.update(at=timezone.now() - timedelta(days=31))
    assert undone(fresh(run), kari) is None


def test_a_group_changed_since_the_reading_is_shown_again_and_nothing_is_written(
    kari: User, ola: User, source: Source
) -> None:
    imported(source, rows(3), kari)
    run = read(source, [a_row(0, name="A"), a_row(1, name="B"), a_row(2)], kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="changed", choice="theirs", by=kari)
    edited_by_hand(source.clinic, ola, "gruppe-0", name="Olas navn")
    before = catalog(source.clinic)
    run = write(fresh(run), kari)
    assert (run.state, run.reason, run.given, catalog(source.clinic)) == ("ready", "moved", "A", before)
    with scope(clinic=source.clinic):
        decided = dict(run.proposals.values_list("name", "decided"))
        assert decided == {"A": {}, "B": {"name": "theirs"}}
        decide_all(run=run, kind="changed", choice="theirs", by=kari)
    run = write(fresh(run), kari)
    assert run.state == "done"
    assert {group["name"] for group in catalog(source.clinic).values()} == {"A", "B", "Gruppe 2"}


def test_two_who_press_at_once_write_once(kari: User, ola: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="new", choice="publish", by=kari)
        run = fresh(run)
        assert [runs.start_writing(run=run, by=person) for person in (kari, ola)] == [True, False]
        apply_run(run.pk, kari.pk)
        apply_run(run.pk, kari.pk)
        with pytest.raises(NotOpenError):
            decide_all(run=run, kind="new", choice="leave", by=ola)
    assert len(catalog(source.clinic)) == 3


def test_where_four_eyes_are_asked_for_a_second_person_takes_over(kari: User, ola: User, source: Source) -> None:
    Clinic.objects.update(four_eyes=True)
    run = read(source, rows(3), kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="new", choice="publish", by=kari)
        run = fresh(run)
        with pytest.raises(runs.FourEyesError):
            runs.start_writing(run=run, by=kari)
    assert catalog(source.clinic) == {}
    run = write(run, ola)
    assert run.change is not None
    assert (run.change.by, run.change.approved_by, len(catalog(source.clinic))) == (kari, ola, 3)


def test_what_would_not_be_right_is_refused_with_its_reason(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(source, rows(2), kari)
    stood = catalog(source.clinic)
    run = read(source, [a_row(0, name="A"), a_row(1, name="B")], kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="changed", choice="theirs", by=kari)
    wrong = {"B": [Fault("name", "Not this name.")]}
    monkeypatch.setattr(
        "groups_catalog.feeds.sync.holding.faults", lambda document, **_: wrong.get(document["name"], [])
    )
    run = write(fresh(run), kari)
    assert (run.state, run.reason, run.given) == ("ready", "faulty", "B: Not this name.")
    assert catalog(source.clinic) == stood


def test_a_fault_of_our_own_while_writing_changes_nothing(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = read(source, rows(3), kari)
    monkeypatch.setattr("groups_catalog.feeds.sync.writing.remember", lambda *_args: 1 / 0)
    run = take_over(run, kari)
    assert (run.state, run.reason, catalog(source.clinic)) == ("ready", "unexpected", {})
    assert "nothing was changed" in caplog.text


def test_a_run_whose_worker_died_while_writing_is_decided_on_again(kari: User, source: Source) -> None:
    run = read(source, rows(3), kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="new", choice="publish", by=kari)
        run = fresh(run)
        runs.start_writing(run=run, by=kari)
        Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - timedelta(minutes=6))
        assert runs.take_up_again(run=run)
        assert fresh(run).state == "ready"
    assert write(fresh(run), kari).state == "done"
    assert len(catalog(source.clinic)) == 3
