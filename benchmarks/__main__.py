"""`python -m benchmarks` measures everything and prints one JSON document; with words, one part of it.

recommend SIZE · requests SIZE · desk SIZE · import SIZE · library     one part, in this process
"""

import json
import sys
from collections.abc import Callable, Sequence

from benchmarks.measure import Report, environment, missed


def main(words: Sequence[str]) -> None:
    report = _part(*words) if words else everything()
    json.dump(report, sys.stdout, indent=2)
    sys.stdout.write("\n")


def everything() -> Report:
    from benchmarks import library, recommend, requests, upkeep

    report: Report = {
        "environment": environment(),
        "library": library.measured(),
        "recommend": recommend.measured(),
        "menu_request": requests.measured(),
        "upkeep": upkeep.measured(),
    }
    return report | {"targets_missed": list(missed(report))}


def _part(name: str, size: str = "0") -> Report:
    parts: dict[str, Callable[[], Report]] = {
        "recommend": lambda: _recommend(int(size)),
        "requests": lambda: _requests(int(size)),
        "desk": lambda: _desk(int(size)),
        "import": lambda: _import(int(size)),
        "library": _library,
    }
    return parts[name]()


def _recommend(size: int) -> Report:
    from benchmarks.recommend import one_size

    return one_size(size)


def _requests(size: int) -> Report:
    from benchmarks.requests import one_size

    return one_size(size)


def _desk(size: int) -> Report:
    from benchmarks.upkeep import desk

    return desk(size)


def _import(size: int) -> Report:
    from benchmarks.upkeep import first_and_second_import

    return first_and_second_import(size)


def _library() -> Report:
    from benchmarks.library import one_start

    return one_start()


if __name__ == "__main__":
    main(sys.argv[1:])
