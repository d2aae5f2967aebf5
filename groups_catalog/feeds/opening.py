"""From bytes to what they hold, whatever they are called: JSON, or a table's rows. Nothing is ever written to disk.

bytes ──gzip off──▶ zip? ──▶ .xlsx rows          Everything that is no list is refused with its own reason.
                    text? ─▶ JSON or table rows
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from groups_catalog.feeds import delimited, json_text, workbook
from groups_catalog.feeds.columns import is_heading_row
from groups_catalog.feeds.limits import MAX_BYTES, MAX_ROWS, NotReadable
from groups_catalog.feeds.packed import EMPTY_ZIP, GZIP, OLD_OFFICE, ZIP, gunzip

__all__ = ["NotReadable", "Opened", "Row", "open_list"]

Cells = list[list[str]]
Row = dict[str, str]

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WEB_PAGE = re.compile(r"<(!doctype html|html|head|body|script|meta|title|div|p)\b", re.IGNORECASE)
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
HEAD = 4_000
SHORT = 1_000
"""Characters of a file that may be one lone JSON value."""
TITLES = 10
"""Lines that may stand above the headings."""


@dataclass(frozen=True, slots=True)
class Opened:
    format: str
    """`json`, `csv` or `xlsx`."""
    content: Any
    """A decoded JSON value; of a table every line of the file by heading, so that `content[4]` is its row 5."""
    above: int = 0
    """How many of a table's lines end with its headings. They stand in `content` as empty ones."""


def open_list(data: bytes, *, name: str = "", format: str | None = None) -> Opened:
    """`format` settles only what the content leaves open, and a file's name nothing at all. Raises `NotReadable`."""
    _check_size(data)
    if data.startswith(GZIP):
        data = gunzip(data)
    if data.startswith(GZIP):
        raise NotReadable("packed_twice")
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _headed("xlsx", _best_sheet(data))
    if data.startswith(OLD_OFFICE):
        raise NotReadable("old_excel_or_locked")
    return _open_text(data, format)


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise NotReadable("too_large")


def _open_text(data: bytes, format: str | None) -> Opened:
    encoding = _encoding(data)
    head = data[: HEAD * 4].decode(encoding, errors="replace").lstrip(INVISIBLE + " \t\r\n")
    if not head.rstrip("\0"):
        raise NotReadable("empty_file")
    if head.startswith("<"):
        raise NotReadable("web_page" if WEB_PAGE.search(head) else "markup")
    if "\0" in head:
        raise NotReadable("not_text")
    if format == "json" or head[0] in "{[":
        return Opened("json", _no_longer_than_a_table(json_text.read(_decoded(data, encoding))))
    if (lone := _lone_value(data, encoding)) is not None:
        return lone
    return _headed("csv", delimited.read(data, encoding))


def _no_longer_than_a_table(value: Any) -> Any:
    for listed in value.values() if isinstance(value, dict) else [value]:
        if isinstance(listed, list) and len(listed) > MAX_ROWS:
            raise NotReadable("too_many_rows")
    return value


def _lone_value(data: bytes, encoding: str) -> Opened | None:
    """Some servers answer with one word, `null` or `"error"`, which would also pass for a table of one heading."""
    if len(data) > SHORT:
        return None
    try:
        return Opened("json", json_text.read(_decoded(data, encoding)))
    except NotReadable:
        return None


def _encoding(data: bytes) -> str:
    """A byte-order mark, else the zeros of UTF-16, else UTF-8; what is none of them comes from Excel on Windows."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return encoding
    if zeros := _zeros(data[:HEAD]):
        return zeros
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _zeros(head: bytes) -> str:
    """Text in UTF-16 without a mark has a zero in every other byte."""
    even, odd = head[::2], head[1::2]
    if head.count(0) <= len(head) // 4 or not any(head):
        return ""
    return "utf-16-be" if even.count(0) > odd.count(0) else "utf-16-le"


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace").strip(INVISIBLE + " \t\r\n")


def _best_sheet(data: bytes) -> Cells:
    """The first whose headings are known, for one that explains it may come before it; else the first filled."""
    first: Cells = []
    for _title, cells in workbook.sheets(data, also_hidden=False):
        if any(map(is_heading_row, cells[:TITLES])):
            return cells
        first = first or (cells if any(map(_filled, cells)) else [])
    return first


def _headed(format: str, cells: Cells) -> Opened:
    """Empty lines stay, so that a row's number is where a person finds it."""
    _without_empty_end(cells)
    if not cells:
        raise NotReadable("empty_table")
    at = _heading_row(cells)
    headings = tuple(_headings(cells, at))
    lines: Cells = [[] for _ in range(at + 1)] + cells[at + 1 :]
    return Opened(format, tuple(_row(headings, line) for line in lines), at + 1)


def _without_empty_end(cells: Cells) -> None:
    while cells and not _filled(cells[-1]):
        cells.pop()


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip(INVISIBLE + " \t\r\n\xa0"))


def _heading_row(cells: Cells) -> int:
    """A row of known headings; else the first with two cells filled, as a title may stand above; else the first."""
    known = (at for at, row in enumerate(cells[:TITLES]) if is_heading_row(row))
    several = (at for at, row in enumerate(cells[:TITLES]) if _filled(row) > 1)
    filled = (at for at, row in enumerate(cells) if _filled(row))
    return next(known, next(several, next(filled)))


def _headings(cells: Cells, at: int) -> Iterator[str]:
    """Tidied and told apart; a column without a heading is called by its number where something stands in it."""
    width = max(len(row) for row in cells[at:])
    used: set[str] = set()
    for column, given in enumerate(cells[at] + [""] * (width - len(cells[at]))):
        heading = " ".join(given.strip(INVISIBLE).split())
        if not heading and any(len(row) > column and row[column] for row in cells[at:]):
            heading = f"column {column + 1}"
        if heading in used:
            heading = f"{heading} ({column + 1})"
        used.add(heading or str(column))
        yield heading


def _row(headings: tuple[str, ...], row: list[str]) -> Row:
    cells = row + [""] * (len(headings) - len(row))
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}
