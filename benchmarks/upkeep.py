"""The curators' desk and the import of meeting lists: as ratios within one run."""

import json
from typing import TYPE_CHECKING, Any

from benchmarks.database import clinic_with, temporary_site
from benchmarks.measure import Report, apart, interleaved, once, peak_memory_mb, target
from benchmarks.pages import Request, client_of, page, queries

if TYPE_CHECKING:
    from groups_catalog.models import Run, Source

DESK_SIZES = (100, 20_000)
LIST_SIZES = (200, 2_000)
RUNS = 20
MOST_GROWTH = 11.0
MOST_OF_A_FIRST_IMPORT = 0.2


def measured() -> Report:
    """Every size in a process of its own."""
    desks = [apart("desk", str(size)) for size in DESK_SIZES]
    imports = [apart("import", str(size)) for size in LIST_SIZES]
    small, large = (report["first_import"]["wall_seconds"] for report in imports)
    asked = {report["queries"] for report in desks}
    return {
        "desk": desks,
        "desk_same_queries": {"measured": sorted(asked), "met": len(asked) == 1},
        "imports": imports,
        "import_of_2000_times_200": target(large / small, MOST_GROWTH),
    }


def desk(size: int) -> Report:
    """The page *What needs a look today*, beside the smallest signed-in page."""
    from django.urls import reverse

    with temporary_site():
        client = client_of(clinic_with(size, role="curator"))
        trivial, upkeep = reverse("password-changed"), reverse("upkeep")
        requests: dict[str, Request] = {
            "trivial": lambda: page(client.get(trivial)),
            "desk": lambda: page(client.get(upkeep)),
        }
        times = interleaved(requests, runs=RUNS)
        return {
            "groups": size,
            "desk_times_trivial": round(times["desk"].median / times["trivial"].median, 3),
            "seconds": {name: taken.report() for name, taken in times.items()},
            "queries": queries(requests["desk"]),
            "peak_memory_mb": peak_memory_mb(),
        }


def first_and_second_import(size: int) -> Report:
    """A list of this many meetings is read and taken over; then it comes again, as it was and in another order."""
    with temporary_site():
        curator = clinic_with(0, role="curator")
        source, rows = _source(curator), _meetings(size)
        first = once(lambda: _taken_over(source, rows, curator))
        same = once(lambda: _unchanged(source, rows, curator))
        reordered = once(lambda: _unchanged(source, rows[::-1], curator))
        return {
            "meetings": size,
            "groups": _groups(curator),
            "first_import": first.report(),
            "same_list_again": target(same.wall / first.wall, MOST_OF_A_FIRST_IMPORT),
            "in_another_order": target(reordered.wall / first.wall, MOST_OF_A_FIRST_IMPORT),
            "peak_memory_mb": peak_memory_mb(),
        }


def _meetings(size: int) -> list[dict[str, object]]:
    return [
        {
            "slug": f"meeting-{number}",
            "name": f"Meeting {number}",
            "day": number % 7,
            "time": f"{8 + number % 12:02}:{number % 4 * 15:02}",
            "end_time": f"{9 + number % 12:02}:{number % 4 * 15:02}",
            "types": [["O"], ["C", "W"], ["O", "X"]][number % 3],
            "location": f"House {number % 97}",
            "formatted_address": f"Street {number}, 2300 Hamar, Norge",
            "latitude": 60.7 + number % 100 / 1000,
            "longitude": 11.0 + number % 90 / 1000,
            "updated": "2026-01-15 10:00:00",
        }
        for number in range(size)
    ]


def _source(curator: Any) -> "Source":
    from django_scopes import scope

    from groups_catalog.models import Organisation, Source

    clinic = curator.membership.clinic
    with scope(clinic=clinic):
        names = dict.fromkeys(("name_en", "name_nb", "short_name_en", "short_name_nb"), "AA")
        aa = Organisation.objects.create(slug="aa", kind="twelve_step_fellowship", lane="addiction", **names)
        source: Source = Source.objects.create(clinic=clinic, name="List", organisation=aa)
    return source


def _taken_over(source: "Source", rows: list[dict[str, object]], curator: Any) -> None:
    from django_scopes import scope

    from groups_catalog.feeds.sync import deciding, runs, writing

    with scope(clinic=source.clinic):
        run = _read(source, rows, curator)
        _in_state(run, "ready")
        deciding.decide_all(run=run, kind="new", choice="publish", by=curator)
        run.refresh_from_db()
        runs.start_writing(run=run, by=curator)
        writing.apply_run(str(run.pk), curator.pk)
        _in_state(run, "done")


def _unchanged(source: "Source", rows: list[dict[str, object]], curator: Any) -> None:
    from django_scopes import scope

    with scope(clinic=source.clinic):
        _in_state(_read(source, rows, curator), "unchanged")


def _read(source: "Source", rows: list[dict[str, object]], curator: Any) -> "Run":
    from groups_catalog.feeds.sync import reading, runs

    run = runs.start_run(source=source, by=curator, upload=json.dumps(rows).encode())
    reading.read_run(run.pk)
    return run


def _in_state(run: "Run", state: str) -> None:
    run.refresh_from_db()
    if run.state != state:
        raise RuntimeError(f"The run is {run.state} ({run.reason}), not {state}")


def _groups(curator: Any) -> int:
    from django_scopes import scope

    from groups_catalog.models import Group

    with scope(clinic=curator.membership.clinic):
        count: int = Group.objects.published().count()
    return count
