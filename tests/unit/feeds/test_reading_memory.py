"""As many rows as are let in, read and printed in a process of its own: less than 300 MB, and every row is there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from groups_catalog.feeds.limits import MAX_BYTES, MAX_ROWS

MOST_MB = 250
"""With a margin below the 300 MB that are promised."""
ROOT = Path(__file__).parents[3]
READ = """
import os, sys
import django
from django.core.management import call_command
django.setup()
with open(sys.argv[2], "w") as out:
    try:
        call_command("read_feed", sys.argv[1], "--json", stdout=out)
    except SystemExit:
        pass
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak) // 1024)
"""
TABLE_HEAD = "ID;Navn;Dag;Klokkeslett;By eller tettsted;Merknad\n"


def guide(number: int) -> dict[str, object]:
    """With a fault in every second row, for a told problem takes memory as well."""
    times = {"day": number % 7, "time": f"{number % 24:02}:30" if number % 2 else "25:00"}
    return {"slug": f"m-{number}", "name": f"Meeting {number}", **times, "types": ["O"], "city": "Oslo"}


def bmlt(number: int) -> dict[str, object]:
    times = {"weekday_tinyint": str(number % 7 + 1), "start_time": f"{number % 24:02}:00:00", "formats": "O"}
    return {"id_bigint": str(number), "meeting_name": f"Meeting {number}", **times}


def as_json(row: Callable[[int], dict[str, object]], count: int) -> bytes:
    return json.dumps([row(number) for number in range(count)], separators=(",", ":")).encode()


def as_csv(count: int) -> bytes:
    row = "{0};Møte {0};onsdag;19:00;Oslo;Inngang {0}. Ta trappa opp, og følg skiltene til vi sees.\n"
    return (TABLE_HEAD + "".join(row.format(number) for number in range(count))).encode()


LISTS: dict[str, tuple[Callable[[], bytes], int]] = {
    "Meeting Guide": (lambda: as_json(guide, MAX_ROWS), MAX_ROWS),
    "BMLT": (lambda: as_json(bmlt, 20_000), 20_000),
    "a table": (lambda: as_csv(MAX_ROWS), MAX_ROWS),
    "seven days in every row": (
        lambda: as_json(lambda number: {"slug": number, "name": "A", "day": list(range(7))}, MAX_ROWS),
        0,
    ),
    "one row more": (lambda: as_json(lambda number: {"slug": number}, MAX_ROWS + 1), 0),
    "50 MB": (lambda: as_json(lambda number: {"slug": number, "name": "A" * 2000}, 25_000), 0),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is measured on Linux")
@pytest.mark.parametrize("kind", LISTS)
def test_as_many_rows_as_are_let_in_take_less_memory_than_promised(kind: str, tmp_path: Path) -> None:
    build, count = LISTS[kind]
    file, out = tmp_path / "list", tmp_path / "out.json"
    file.write_bytes(build())
    assert count == 0 or file.stat().st_size < MAX_BYTES
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ, str(file), str(out)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < MOST_MB
    told = json.loads(out.read_text())
    assert (len(told["meetings"]), told["refused"] is None) == (count, count > 0)
