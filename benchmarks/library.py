"""How long it takes from nothing to the checked rules, in a fresh process. For information: no target."""

from benchmarks.measure import Report, Taken, Times, apart, once

RUNS = 5


def measured() -> Report:
    starts = [apart("library") for _ in range(RUNS)]
    times = Times(tuple(Taken(start["wall_seconds"], start["cpu_seconds"]) for start in starts))
    return {"cold_start_seconds": times.report()}


def one_start() -> Report:
    return once(_load).report()


def _load() -> None:
    from referral.knowledge import rules

    rules()
