"""`recommend()` from plain groups: the whole, and its parts, so that it is seen where the time goes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import time

from benchmarks.catalog import SEED, TODAY, Local, local_groups, profiles
from benchmarks.intake import CHOICES, HOME, MARKS
from benchmarks.measure import Report, apart, interleaved, peak_memory_mb, target
from groups_catalog.places import Place, distance_km, find
from groups_catalog.resolution import Resolved, resolve
from groups_catalog.vocabulary import vocabulary
from referral.knowledge import rules
from referral.matching import recommend
from referral.matching.catalog import Catalog
from referral.matching.model import Answers, Fact, Group, Meeting, Menu
from referral.matching.recommend import Recommendation

SIZES = (1_000, 10_000, 50_000)
MOST_TIMES_THE_SMALLEST = {10_000: 3.0, 50_000: 10.0}
RUNS = {1_000: 15, 10_000: 9, 50_000: 5}

ANSWERS = Answers({question: frozenset(chosen) for question, chosen in CHOICES.items()}, frozenset(MARKS))


def measured() -> Report:
    """Every size in a process of its own."""
    sizes = [apart("recommend", str(size)) for size in SIZES]
    smallest = sizes[0]["seconds"]["median"]
    for report in sizes[1:]:
        most = MOST_TIMES_THE_SMALLEST[report["groups"]]
        report["times_the_smallest"] = target(report["seconds"]["median"] / smallest, most)
        cpu = report["seconds"]["cpu_median"] / sizes[0]["seconds"]["cpu_median"]
        report["times_the_smallest_cpu_alone"] = round(cpu, 4)
    return {"answered_questions": len(CHOICES), "sizes": sizes}


def one_size(size: int) -> Report:
    groups = engine_groups(size)
    held = peak_memory_mb()
    menu, catalog = _recommend(groups), Catalog(groups)
    calls: dict[str, Callable[[], object]] = {
        "whole": lambda: _recommend(groups),
        "gathering": lambda: Catalog(groups),
        "ranking": lambda: _rank(catalog),
        "explaining": lambda: _explain(catalog),
    }
    times = interleaved(calls, runs=RUNS[size])
    return {
        "groups": size,
        "profiles": len(catalog.profiles),
        "entries": len(menu.entries),
        "out_of_reach": len(menu.out_of_reach),
        "seconds": times["whole"].report(),
        "parts_cpu_seconds": {
            "gathering_profiles": round(times["gathering"].cpu_median, 6),
            "everything_before_moves": round(times["ranking"].cpu_median, 6),
            "moves": round(times["explaining"].cpu_median - times["ranking"].cpu_median, 6),
        },
        "memory_mb": {"groups_alone": held, "peak": peak_memory_mb()},
    }


def engine_groups(size: int) -> tuple[Group, ...]:
    """Plain groups, each with facts of its own, as a catalog file or a snapshot gives them."""
    home = find(HOME)
    held = {id(profile): resolve(profile.known(), vocabulary(), today=TODAY).held for profile in profiles()}
    return tuple(_group(local, _facts(held[id(local.profile)]), home) for local in local_groups(size))


def _recommend(groups: Iterable[Group]) -> Menu:
    return recommend(ANSWERS, groups, rules(), today=TODAY, seed=SEED)


def _rank(catalog: Catalog) -> Recommendation:
    """Everything but the moves, from profiles gathered before."""
    run = Recommendation(ANSWERS, catalog, rules(), seed=SEED)
    run.menu(TODAY)
    return run


def _explain(catalog: Catalog) -> None:
    run = Recommendation(ANSWERS, catalog, rules(), seed=SEED)
    for entry in run.menu(TODAY).entries:
        run.explained(entry)


def _facts(held: Mapping[str, Resolved]) -> dict[str, Fact]:
    return {
        name: Fact(
            frozenset(fact.values), fact.basis, fact.reached.value, fact.source, fact.dated or None, fact.observers
        )
        for name, fact in held.items()
    }


def _group(local: Local, facts: dict[str, Fact], home: Place | None) -> Group:
    return Group(
        id=local.id,
        label=local.id,
        lane=local.profile.body.lane,
        organisation=local.profile.body.slug,
        facts=facts,
        meetings=tuple(Meeting(day, time(hour)) for day, hour in local.meetings),
        languages=frozenset(local.profile.languages),
        access=dict(local.access),
        members=local.profile.members,
        venue=local.venue,
        km_away=distance_km(home, local.place) if home and local.place else None,
    )
