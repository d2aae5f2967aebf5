"""The meeting lists of the clinic that has been kept for a while: a reading in every state that there is."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from clinics.models import Clinic, User
from groups_catalog.feeds.sheets import write_csv
from groups_catalog.feeds.sync.deciding import NEW_CHOICES, decide
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.models import Run, RunState, Source
from tests.browser.journey_clinics import organisation
from tests.sync_world import a_row, as_json, fresh, read, rows, take_over, write

MANY = 8
"""Of which each kind of difference takes a few."""
LATER = timedelta(hours=2)
"""The tests take a while; a reading without a sign of life would soon count as interrupted."""


def build_lists(clinic: Clinic, by: User) -> dict[str, str]:
    ready = a_list(clinic, "NA i området")
    found = {
        **{f"list, {name}": run for name, run in with_a_past(ready, by).items()},
        **{f"list, {name}": run for name, run in stopped(clinic, by).items()},
        **{f"list, {name}": run for name, run in half_decided(clinic, by).items()},
    }
    scheduled = a_list(clinic, "AA-lista", address="https://example.org/meetings.json", scheduled=True)
    a_list(clinic, "Not read yet")
    return {
        **{name: f"/upkeep/feeds/runs/{run.pk}/" for name, run in found.items()},
        "a list": f"/upkeep/feeds/{ready.pk}/",
        "a list with an address": f"/upkeep/feeds/{scheduled.pk}/",
        "list, columns": f"/upkeep/feeds/runs/{found['list, headings not known'].pk}/columns/",
    }


def a_list(clinic: Clinic, name: str, **fields: Any) -> Source:
    return Source.objects.create(clinic=clinic, name=name, organisation=organisation("na"), **fields)


def with_a_past(source: Source, by: User) -> dict[str, Run]:
    """Taken over twice; the third reading has something of every kind."""
    many = [a_row(number, updated="2026-10-01 12:00:00") for number in range(MANY)]
    taken_over = take_over(read(source, many, by), by)
    shorter = take_over(read(source, many[1:], by), by)
    third = [
        a_row(0),
        *[a_row(number, time="20:15", end_time="21:45", location="Et annet hus") for number in (1, 2)],
        a_row(3, slug="et-nytt-navn"),
        *many[5:],
        *[a_row(number, name=f"Ny gruppe {number}", types=["O", "W", "XB"]) for number in range(40, 70)],
        {"name": "Uten dag", "slug": "uten-dag", "time": "25:99", "types": "O"},
        "this is not a meeting",
    ]
    return {"ready": read(source, third, by), "taken over": taken_over, "some closed": shorter}


def half_decided(clinic: Clinic, by: User) -> dict[str, Run]:
    """One of four was decided and taken over; the others wait in a reading of their own."""
    source = a_list(clinic, "Half decided")
    run = read(source, rows(4, start=400), by)
    first = run.proposals.order_by("pk")[0]
    decide(run=run, choices={first: NEW_CHOICES["draft"]}, by=by)
    part = write(fresh(run), by)
    return {"partly taken over": part, "the rest": source.runs.get(state=RunState.READY)}


def stopped(clinic: Clinic, by: User) -> dict[str, Run]:
    """Readings that came to nothing, or have not come to their end."""
    web_page = read(a_list(clinic, "A web page"), b"<!doctype html><title>No</title>", by)
    headings = write_csv(
        [("Mandag 18", "Storgata", "Hamar", "Ja")] * 3, ("Når", "Hvor hen", "Bygd", "Åpent for alle?")
    )
    unknown = read(a_list(clinic, "A table"), headings, by)
    held = a_list(clinic, "Too much is gone")
    take_over(read(held, rows(8, start=100), by), by)
    quarantined = read(held, rows(1, start=100), by)
    undone = a_list(clinic, "Undone")
    taken = take_over(read(undone, rows(3, start=200), by), by)
    undo_run(run=taken, by=by)
    twice = a_list(clinic, "Unchanged")
    take_over(read(twice, rows(3, start=300), by), by)
    return {
        "refused": web_page,
        "headings not known": unknown,
        "held back": quarantined,
        "undone": Run.objects.get(pk=taken.pk),
        "unchanged": read(twice, rows(3, start=300), by),
        "waiting": in_state(clinic, by, RunState.WAITING),
        "being read": in_state(clinic, by, RunState.READING, done_rows=400, all_rows=1200),
        "being written": in_state(clinic, by, RunState.WRITING),
        "interrupted": in_state(clinic, by, RunState.READING, beat_at=timezone.now() - LATER),
        "failed": in_state(clinic, by, RunState.FAILED, reason="timed_out"),
        "given up": in_state(clinic, by, RunState.CANCELLED),
    }


def in_state(clinic: Clinic, by: User, state: RunState, **fields: Any) -> Run:
    """Nobody works on it."""
    source = a_list(clinic, f"List {Run.objects.count()}")
    told = {"beat_at": timezone.now() + LATER, "upload": as_json([]), **fields}
    return Run.objects.create(source=source, started_by=by, state=state, **told)
