"""Timing, memory and a process of its own for each size, so that no size pays for another."""

import json
import math
import os
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent

Report = dict[str, Any]


class Taken(NamedTuple):
    """Seconds by the clock on the wall, and of the processor: the latter leave out a busy machine's waiting."""

    wall: float
    cpu: float

    def report(self) -> Report:
        return {"wall_seconds": round(self.wall, 6), "cpu_seconds": round(self.cpu, 6)}


@dataclass(frozen=True, slots=True)
class Times:
    """The same thing done several times."""

    taken: tuple[Taken, ...]

    @property
    def median(self) -> float:
        return statistics.median(one.wall for one in self.taken)

    @property
    def p95(self) -> float:
        """The nearest rank: a time that was measured, not one between two."""
        return sorted(one.wall for one in self.taken)[math.ceil(0.95 * len(self.taken)) - 1]

    @property
    def cpu_median(self) -> float:
        return statistics.median(one.cpu for one in self.taken)

    def report(self) -> Report:
        """In seconds, to the microsecond."""
        fastest = min(one.wall for one in self.taken)
        report = {"median": self.median, "p95": self.p95, "fastest": fastest, "cpu_median": self.cpu_median}
        return {name: round(value, 6) for name, value in report.items()} | {"runs": len(self.taken)}


def once(call: Callable[[], object]) -> Taken:
    wall, cpu = perf_counter(), process_time()
    call()
    return Taken(perf_counter() - wall, process_time() - cpu)


def interleaved(calls: Mapping[str, Callable[[], object]], *, runs: int) -> dict[str, Times]:
    """Each call in turn, again and again: whatever else the machine is doing falls on all of them alike."""
    taken: dict[str, list[Taken]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, call in calls.items():
            taken[name].append(once(call))
    return {name: Times(tuple(each)) for name, each in taken.items()}


def peak_memory_mb() -> float:
    """The most memory this process ever held; Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def apart(*arguments: str) -> Report:
    """Runs `python -m benchmarks ARGUMENTS` as a process of its own and reads what it prints."""
    say(" ".join(arguments))
    command = [sys.executable, "-m", "benchmarks", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own words
    report: Report = json.loads(done.stdout)
    return report


def say(line: str) -> None:
    """Progress goes to stderr; stdout holds the JSON alone."""
    print(f"measuring: {line}", file=sys.stderr, flush=True)


def target(measured: float, most: float) -> Report:
    """`met` is decided before rounding."""
    return {"measured": round(measured, 4), "at_most": most, "met": measured <= most}


def missed(report: object, path: str = "") -> Iterator[str]:
    """Where in a report a target stands that was not met."""
    if isinstance(report, dict):
        if report.get("met") is False:
            yield path
        for name, part in report.items():
            yield from missed(part, f"{path}.{name}".lstrip("."))
    if isinstance(report, list):
        for number, part in enumerate(report):
            yield from missed(part, f"{path}[{number}]")


def environment() -> Report:
    return {
        "python": platform.python_version(),
        "django": version("django"),
        "cores": os.cpu_count(),
        "database": f"SQLite {sqlite3.sqlite_version}, in a temporary file",
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }
