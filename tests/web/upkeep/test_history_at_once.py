"""Eight people save at the same moment: nothing is lost, and whoever is too late is told."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, transaction
from django_scopes import scope

from clinics.models import Clinic
from config.database import database_from_url
from groups_catalog.models import (
    Change,
    ChangeKind,
    Draft,
    Fact,
    Group,
    Organisation,
    Report,
    ReportKind,
    Version,
)
from groups_catalog.upkeep import changes, four_eyes, organisation_changes
from groups_catalog.upkeep.changes import (
    Act,
    CannotBeUndoneError,
    ConflictError,
    Edit,
    record,
    undo,
    version_numbers,
)
from groups_catalog.upkeep.comparison import three_way
from groups_catalog.upkeep.documents import Document, group_document
from groups_catalog.upkeep.four_eyes import DecidedError, accept, submit
from groups_catalog.upkeep.reports.services import tell
from tests.catalog_factories import a_group, an_organisation
from tests.document_factories import BASE, a_meeting_document
from tests.web.upkeep.history_world import Desk, a_desk, a_said_fact, document

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8
Result = TypeVar("Result")
AtOnce = Callable[[Callable[[int], Result]], list[Result]]


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def at_once(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtOnce[Result]]:
    """Eight threads with connections of their own: to the server, or to one file, as a clinic has it."""

    def run(act: Callable[[int], Result]) -> list[Result]:
        _have_a_file(tmp_path, monkeypatch)
        ready = threading.Barrier(PEOPLE)

        def one(number: int) -> Result:
            try:
                with scope(clinic=desk.clinic):
                    ready.wait(10)
                    return act(number)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(PEOPLE) as pool:
            return list(pool.map(one, range(PEOPLE)))

    yield run
    monkeypatch.undo()


def _have_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's tests live in memory; what stands there is copied to a file with the options of a real site."""
    if connection.vendor != "sqlite":
        return
    file = folder / "veivalg.sqlite3"
    if not file.exists():
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
            # As the file of a site that has run before: to switch over is for one connection alone.
            copy.execute("PRAGMA journal_mode=WAL")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", database_from_url("", file)["OPTIONS"])


def alone(at_once: AtOnce[Result], read: Callable[[], Result]) -> Result:
    """Read where the threads have written."""
    return at_once(lambda _number: read())[0]


def told(act: Callable[[], object], *refusals: type[Exception]) -> str:
    try:
        act()
    except refusals as refusal:
        return type(refusal).__name__
    return "done"


def now(group: Group) -> tuple[int, Document]:
    number = version_numbers([group])[group.pk]
    return number, group_document(Group.objects.for_documents().get(pk=group.pk))


@pytest.mark.parametrize("edited_before", [False, True])
def test_of_eight_edits_of_one_version_one_is_saved_and_seven_are_told(
    edited_before: bool, desk: Desk, at_once: AtOnce[str]
) -> None:
    if edited_before:
        desk.edited(desk.ola, place="Bergen")
    before, seen = desk.document(), 1 + edited_before

    def save(number: int) -> str:
        meetings = [a_meeting_document(weekday=day) for day in range(number % 7 + 1)]
        document = {**before, "meetings": meetings}
        edit = Edit(desk.group, {**document, "facts.cost": [a_said_fact("free", source=f"{number}")]}, seen)
        return told(lambda: record(Act(desk.clinic, ChangeKind.EDITED, desk.kari), [edit]), ConflictError)

    assert sorted(at_once(save)) == ["ConflictError"] * (PEOPLE - 1) + ["done"]

    def stands() -> bool:
        number, document = now(desk.group)
        newest = Version.objects.filter(group=desk.group).latest("number")
        return number == seen + 1 and newest.document == document and Change.objects.count() == seen

    assert alone(at_once, stands)


def test_eight_who_bring_their_work_together_after_a_conflict_lose_nothing(
    desk: Desk, at_once: AtOnce[int | Document]
) -> None:
    before = desk.document()
    fields = ["venue", "note_en", "note_nb", "contact_role_en", "contact_role_nb", "link", "place", "name"]

    def save(number: int) -> int:
        mine, based_on, base, tries = {**before, fields[number]: f"https://example.org/{number}"}, 1, before, 0
        while True:
            tries += 1
            try:
                record(Act(desk.clinic, ChangeKind.EDITED, desk.kari), [Edit(desk.group, mine, based_on)])
            except ConflictError:
                based_on, theirs = now(desk.group)
                merged = three_way(base, mine, theirs)
                assert not merged.conflicts
                mine, base = merged.merged, theirs
            else:
                return tries

    assert sum(at_once(save)) >= PEOPLE
    number, document = alone(at_once, lambda: now(desk.group))
    assert number == PEOPLE + 1
    assert [document[field] for field in fields] == [f"https://example.org/{who}" for who in range(PEOPLE)]


def test_eight_new_groups_of_one_name_get_eight_ids(desk: Desk, at_once: AtOnce[object]) -> None:
    at_once(
        lambda _who: record(Act(desk.clinic, ChangeKind.ADDED, desk.kari), [Edit(None, {**BASE, "name": "Kaia"})])
    )
    slugs = alone(at_once, lambda: list(Group.objects.filter(name="Kaia").values_list("slug", flat=True)))
    assert sorted(slugs) == ["kaia", *(f"kaia-{number}" for number in range(2, PEOPLE + 1))]


def test_a_change_that_eight_undo_is_undone_once(desk: Desk, at_once: AtOnce[str]) -> None:
    before = desk.document()
    change = desk.edited(desk.kari, place="Bergen")
    outcome = at_once(lambda _who: told(lambda: undo(change=change, by=desk.ola), CannotBeUndoneError))
    assert sorted(outcome) == ["CannotBeUndoneError"] * (PEOPLE - 1) + ["done"]
    assert alone(at_once, lambda: now(desk.group)) == (3, before)


def test_a_draft_that_eight_accept_is_accepted_once(desk: Desk, at_once: AtOnce[str]) -> None:
    Clinic.objects.update(four_eyes=True)
    desk.clinic.refresh_from_db()
    with scope(clinic=desk.clinic):
        act = Act(desk.clinic, ChangeKind.EDITED, desk.kari)
        (draft,) = submit(act, [Edit(desk.group, {**desk.document(), "place": "Bergen"})]).drafts
    take = lambda: accept(draft=Draft.objects.get(pk=draft.pk), by=desk.ola)  # noqa: E731
    outcome = at_once(lambda _who: told(take, DecidedError))
    assert sorted(outcome) == ["DecidedError"] * (PEOPLE - 1) + ["done"]
    assert alone(at_once, lambda: now(desk.group)[0]) == 2


def test_of_eight_edits_of_an_organisation_one_is_saved_and_seven_are_told(desk: Desk, at_once: AtOnce[str]) -> None:
    shared = an_organisation("wfs")

    def save(number: int) -> str:
        row = Organisation.objects.get(pk=shared.pk)
        document = {"facts.cost": [a_said_fact("free", source=f"{number}")]}
        act = Act(desk.clinic, ChangeKind.EDITED, desk.kari)
        return told(lambda: organisation_changes.rewrite(act, row, document, based_on=1), ConflictError)

    assert sorted(at_once(save)) == ["ConflictError"] * (PEOPLE - 1) + ["done"]
    assert alone(at_once, lambda: Fact.objects.filter(organisation=shared).count()) == 1


Write = Callable[[], object]


def an_edit_meets(
    slow: Write, quick: Write, *, inside: tuple[object, str], at_once: AtOnce[str], patch: pytest.MonkeyPatch
) -> list[str]:
    """`slow` stands still in the middle of its writing until `quick` has written all it has to and is to commit.

    Where the database lets only one write at a time, `quick` comes after it.
    """
    begun, written = threading.Event(), threading.Event()
    module, name = inside
    real = getattr(module, name)

    def standing_still(*args: object, **named: object) -> object:
        done = real(*args, **named)
        begun.set()
        written.wait(1)
        return done

    def save(number: int) -> str:
        if number == 0:
            return told(slow)
        if number == 1 and begun.wait(10):
            patch.setattr(module, name, real)
            with transaction.atomic():
                outcome = told(quick)
                written.set()
            return outcome
        return "looked on"

    patch.setattr(module, name, standing_still)
    return at_once(save)[:2]


def test_a_long_import_and_an_edit_do_not_stop_each_other(
    desk: Desk, at_once: AtOnce[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.document()
    outcome = an_edit_meets(
        lambda: record(Act(desk.clinic, ChangeKind.IMPORTED, desk.ola), [Edit(None, {**BASE, "name": "Kaia"})]),
        lambda: desk.edited(desk.kari, place="Bergen"),
        inside=(changes, "add_groups"),
        at_once=at_once,
        patch=monkeypatch,
    )
    assert outcome == ["done", "done"]
    assert alone(at_once, lambda: Group.objects.filter(slug="kaia").exists())
    assert alone(at_once, lambda: now(desk.group)) == (2, {**before, "place": "Bergen"})


def test_a_new_group_and_a_fact_about_its_organisation_do_not_stop_each_other(
    desk: Desk, at_once: AtOnce[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = an_organisation("wfs")
    said = {"facts.cost": [a_said_fact("free")]}
    new = {**BASE, "name": "Kaia", "organisation": "wfs"}
    outcome = an_edit_meets(
        lambda: organisation_changes.rewrite(Act(desk.clinic, ChangeKind.EDITED, desk.ola), shared, said),
        lambda: record(Act(desk.clinic, ChangeKind.ADDED, desk.kari), [Edit(None, new)]),
        inside=(organisation_changes, "rewrite_organisation"),
        at_once=at_once,
        patch=monkeypatch,
    )
    assert outcome == ["done", "done"]
    assert alone(at_once, lambda: Group.objects.filter(organisation=shared).count()) == 1
    assert alone(at_once, lambda: Fact.objects.filter(organisation=shared).count()) == 1


def test_two_who_accept_the_two_halves_of_a_merge_do_not_stop_each_other(
    desk: Desk, at_once: AtOnce[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_group(desk.clinic, "odden", organisation=desk.group.organisation)
    Clinic.objects.update(four_eyes=True)
    desk.clinic.refresh_from_db()
    with scope(clinic=desk.clinic):
        edits = [Edit(desk.group, {**desk.document(), "place": "Bergen"}), Edit(other, document(other))]
        halves = submit(Act(desk.clinic, ChangeKind.MERGED, desk.kari), edits).drafts
    decide = four_eyes._decide

    def slowly(*args: Any) -> None:
        decide(*args)
        sleep(0.1)

    monkeypatch.setattr(four_eyes, "_decide", slowly)
    take = lambda number: accept(draft=Draft.objects.get(pk=halves[number % 2].pk), by=desk.ola)  # noqa: E731
    outcome = at_once(lambda number: told(lambda: take(number), DecidedError))
    assert sorted(outcome) == ["DecidedError"] * (PEOPLE - 1) + ["done"]


def test_a_report_that_eight_presses_send_is_kept_once_and_the_breaker_counts_each(
    desk: Desk, at_once: AtOnce[object]
) -> None:
    at_once(lambda _press: tell(group=desk.group, kind=ReportKind.UNSAFE, by=desk.kari))
    at_once(lambda _sender: tell(group=desk.group, kind=ReportKind.CLOSED))
    kinds = alone(at_once, lambda: sorted(Report.objects.values_list("kind", "state")))
    assert kinds == [("closed", "held")] * (PEOPLE - 5) + [("closed", "open")] * 5 + [("unsafe", "open")]
