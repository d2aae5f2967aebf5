"""The worst files, each opened in a process of its own: none of them takes 300 MB, whether it is read or refused."""

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from groups_catalog.feeds.limits import MAX_BYTES, MAX_VALUES
from tests.unit.feeds.workbooks import by_hand, sheet_of

MOST_MB = 300
ROOT = Path(__file__).parents[3]
# Linux hands the parent's peak on to the child in getrusage, so the child's own high-water mark is read.
OPEN = """
import sys
from pathlib import Path
from groups_catalog.feeds.opening import NotReadable, open_list
try:
    said = open_list(Path(sys.argv[1]).read_bytes()).format
except NotReadable as wrong:
    said = wrong.refused.reason
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(said, int(peak) // 1024)
"""
CELL = "<x:row><x:c t='inlineStr'><x:is><x:t>{}</x:t></x:is></x:c></x:row>"
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "JSON of empty objects": ("too_many_values", lambda: b"[" + b"{}," * (MAX_BYTES // 3 - 2) + b"{}]"),
    "JSON of as many names as are let in": (
        "json",
        lambda: b"{" + b",".join(b'"k%06d":"v%05d"' % (n, n % 99_999) for n in range(MAX_VALUES // 2 - 2)) + b"}",
    ),
    "JSON of wide characters": ("json", lambda: '["😀'.encode() + b"x" * (MAX_BYTES - 20) + b'"]'),
    "JSON of escapes": ("json", lambda: b'["' + rb"\u0000" * (MAX_BYTES // 6 - 5) + b'"]'),
    "a table of commas": ("too_many_values", lambda: b"," * MAX_BYTES),
    "a table as large as is let in": (
        "csv",
        lambda: (
            b"a;b\n" + b"".join(b";".join(b"%06d" % (r * 19 + c) for c in range(19)) + b"\n" for r in range(49_999))
        ),
    ),
    "200 MB in gzip": ("too_large_unpacked", lambda: gzip.compress(b"0" * 200_000_000, 1)),
    "a workbook with a cell of 50 MB": (
        "too_large_unpacked",
        lambda: by_hand(sheet_of(CELL.format("a" * 50_000_000)), padding=300_000),
    ),
    "a workbook with a cell of 19 MB": (
        "cell_too_large",
        lambda: by_hand(sheet_of(CELL.format("a" * 19_000_000)), padding=110_000),
    ),
    "a workbook of three million styles": (
        "workbook_too_complex",
        lambda: by_hand(
            sheet_of(""), padding=110_000, styles=b"<s><cellXfs>" + b"<xf/>" * 3_000_000 + b"</cellXfs></s>"
        ),
    ),
    "a workbook of ever new names": (
        "workbook_too_complex",
        lambda: by_hand(sheet_of("".join(f"<t{n}/>" for n in range(1_500_000))), padding=110_000),
    ),
    "one long text in every cell": (
        "too_large_unpacked",
        lambda: by_hand(
            sheet_of("<x:row><x:c t='s'><x:v>0</x:v></x:c></x:row>" * 40_000),
            padding=110_000,
            sharedStrings=f"<sst><si><t>{'y' * 99_000}</t></si></sst>",
        ),
    ),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is measured on Linux")
@pytest.mark.parametrize("bomb", BOMBS)
def test_no_file_takes_more_memory_than_it_may(bomb: str, tmp_path: Path) -> None:
    expected, build = BOMBS[bomb]
    file = tmp_path / "bomb"
    file.write_bytes(build())
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", OPEN, str(file)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said, peak = run.stdout.split()
    assert said == expected
    assert int(peak) < MOST_MB
