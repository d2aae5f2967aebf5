"""A table as text: which sign stands between the cells, and what the cells say. Quoted ones may hold line breaks."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice

from groups_catalog.feeds.limits import MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_VALUES, NotReadable

SEPARATORS = (";", "\t", ",", "|")
"""In Norway Excel writes semicolons."""
HINT = "sep="
"""Excel's own first line that names the sign."""
SAMPLE = 20
LAST_LINE = 1_048_576

Cells = list[list[str]]


def read(data: bytes, encoding: str) -> Cells:
    """The rows, empty ones included. Raises `NotReadable`."""
    separator = _separator(data, encoding)
    rows: Cells = []
    filled = values = 0
    for row in _records(data, encoding, separator):
        if any(row[MAX_COLUMNS:]):
            raise NotReadable("too_many_columns")
        rows.append(row[:MAX_COLUMNS])
        filled += bool(row)
        values += len(row)
        _check(rows, filled, values)
    _check_last(data, rows)
    return rows


def _lines(data: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding=encoding, errors="replace", newline="")


def _hinted(data: bytes, encoding: str) -> str:
    first = _lines(data, encoding).readline(len(HINT) + 4).rstrip("\r\n")
    return first[len(HINT) :] if first.lower().startswith(HINT) and len(first) == len(HINT) + 1 else ""


def _separator(data: bytes, encoding: str) -> str:
    if hint := _hinted(data, encoding):
        return hint
    return max(SEPARATORS, key=lambda separator: _fit(data, encoding, separator))


def _records(data: bytes, encoding: str, separator: str, *, strict: bool = False) -> Iterator[list[str]]:
    lines = _lines(data, encoding)
    if _hinted(data, encoding):
        lines.readline()
    try:
        yield from csv.reader(lines, delimiter=separator, strict=strict)
    except csv.Error as error:
        # The only fault that is met outside `strict`: a cell beyond the module's own limit, near ours.
        raise NotReadable("cell_too_large") from error


def _fit(data: bytes, encoding: str, separator: str) -> tuple[bool, bool, int]:
    """How well a sign divides the first rows: no loose quotes, the headings as wide as the rows, and many cells."""
    if data.count(separator.encode()) > MAX_VALUES:
        raise NotReadable("too_many_values")
    widths, whole = [], True
    try:
        for row in islice(_records(data, encoding, separator, strict=True), SAMPLE):
            widths.extend([len(row)] if row else [])
    except NotReadable:
        whole = False
    usual = Counter(width for width in widths if width > 1).most_common(1)
    if not usual:
        return False, False, 0
    width, rows = usual[0]
    return whole, widths[0] == width, rows * (width - 1)


def _check(rows: Cells, filled: int, values: int) -> None:
    # One more than the rows: the headings.
    if filled > MAX_ROWS + 1 or len(rows) > LAST_LINE:
        raise NotReadable("too_many_rows")
    if values > MAX_VALUES:
        raise NotReadable("too_many_values")
    if any(len(cell) > MAX_CELL for cell in rows[-1]):
        raise NotReadable("cell_too_large")


def _check_last(data: bytes, rows: Cells) -> None:
    """A quotation mark that is never closed swallows the rest of the table into one cell."""
    if rows and rows[-1] and "\n" in rows[-1][-1] and data.count(b'"') % 2:
        raise NotReadable("quote_not_closed", len(rows))
