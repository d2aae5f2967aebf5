"""The menu as a signed-in person asks for it, beside the smallest signed-in page, in turn in the same run.

The process is made ready as a server makes itself ready.
"""

from typing import TYPE_CHECKING

from benchmarks.database import consultation_with, temporary_site
from benchmarks.intake import CHOICES, HOME, MARKS
from benchmarks.measure import Report, Times, apart, interleaved, once, peak_memory_mb, target
from benchmarks.pages import Request, client_of, page, queries

if TYPE_CHECKING:
    from referral.intake.models import Consultation

SIZES = (100, 1_000, 10_000)
RUNS = 120
"""So that six times stand above the 95th percentile, and no single one decides it."""
WARM_UPS = 5
TRIVIAL = "password-changed"
MOST_TIMES_TRIVIAL = 6.0
MOST_UNEVEN = 0.20


def measured() -> Report:
    """Every size in a process of its own; how flat the ratios are, against the smallest size."""
    sizes = [apart("requests", str(size)) for size in SIZES]
    for report in sizes:
        for what in ("median", "p95"):
            ratio, first = (r["menu_times_trivial"][what]["measured"] for r in (report, sizes[0]))
            uneven = ratio / first - 1
            report[f"{what}_against_the_smallest"] = target(abs(uneven), MOST_UNEVEN) | {"measured": round(uneven, 4)}
    asked = {report["queries"]["menu"] for report in sizes}
    return {
        "trivial_page": TRIVIAL,
        "sizes": sizes,
        "same_queries": {"measured": sorted(asked), "met": len(asked) == 1},
    }


def one_size(size: int) -> Report:
    with temporary_site():
        from config.start import get_ready

        get_ready()
        consultation = consultation_with(size)
        requests = _requests(consultation)
        first = once(requests["menu"])
        interleaved(requests, runs=WARM_UPS)
        times = interleaved(requests, runs=RUNS)
        return {
            "groups": size,
            "profiles": _profiles(consultation),
            "seconds": {name: taken.report() for name, taken in times.items()},
            "menu_times_trivial": _ratio(times["menu"], times["trivial"]),
            "intake_live_times_trivial": round(times["intake_live"].median / times["trivial"].median, 4),
            "cpu_alone_times_trivial": _cpu_ratios(times),
            "first_menu_after_a_change": first.report(),
            "queries": {name: queries(request) for name, request in requests.items()},
            "page_kb": round(len(requests["menu"]()) / 1024, 1),
            "peak_memory_mb": peak_memory_mb(),
        }


def _ratio(menu: Times, trivial: Times) -> Report:
    return {
        "median": target(menu.median / trivial.median, MOST_TIMES_TRIVIAL),
        "p95": target(menu.p95 / trivial.p95, MOST_TIMES_TRIVIAL),
    }


def _cpu_ratios(times: dict[str, Times]) -> Report:
    """Medians of processor time: what stays of the ratios when a busy machine's waiting is left out."""
    trivial = times["trivial"].cpu_median
    return {name: round(taken.cpu_median / trivial, 4) for name, taken in times.items() if name != "trivial"}


def _requests(consultation: "Consultation") -> dict[str, Request]:
    from django.urls import reverse

    client = client_of(consultation.opened_by)
    menu, live = (reverse(name, args=[consultation.pk]) for name in ("menu", "intake-live"))
    trivial, filled, htmx = reverse(TRIVIAL), _filled_in(), {"HX-Request": "true"}
    return {
        "trivial": lambda: page(client.get(trivial)),
        "menu": lambda: page(client.get(menu)),
        "intake_live": lambda: page(client.post(live, filled, headers=htmx)),
    }


def _filled_in() -> dict[str, list[str] | str]:
    """The intake's form with every answer given."""
    ticked = {question: sorted(chosen) for question, chosen in CHOICES.items()}
    return {**ticked, "q12_place": HOME, "matters": sorted(MARKS), "shown": sorted(CHOICES)}


def _profiles(consultation: "Consultation") -> int:
    """How many there are once the rows are read: as many as `recommend` was measured with."""
    from django.utils import timezone
    from django_scopes import scope

    from groups_catalog.snapshot import clinic_snapshot
    from referral.matching.catalog import Catalog
    from referral.menu.service import engine_groups

    with scope(clinic=consultation.clinic):
        snapshot = clinic_snapshot(consultation.clinic, today=timezone.localdate())
    return len(Catalog(engine_groups(snapshot)).profiles)
