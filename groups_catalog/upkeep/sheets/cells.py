"""What stands in one cell: how a value of a document is written as text, and read back whichever language it is in.

A cell that still holds what the export wrote means the value it was written from, unread; so nothing is lost that no
reader here understands. Only a cell that somebody has changed is read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from groups_catalog.feeds.sheets import LONGEST_CELL, NOT_IN_XML
from groups_catalog.feeds.times import SUNDAY_IS_0, parse_date, parse_days, parse_time
from groups_catalog.feeds.workbook import UNSOLVED
from groups_catalog.places import plain
from groups_catalog.text import Text
from groups_catalog.wording import WEEKDAYS

LANGUAGES = ("en", "nb")
TOO_LONG = "#TOO-LONG!"
"""Stands for a text that no cell can hold, in the way of a spreadsheet's own #N/A; left there, the text stays."""
YES, NO = gettext_lazy("Yes"), gettext_lazy("No")
SPREADSHEETS_OWN = {True: ("true", "1", "x", "sann", "ja"), False: ("false", "0", "usann", "nei")}
ESCAPE = len("_x000D_") - 1


class CellError(Exception):
    """What is wrong with a cell, in words for whoever filled it in."""


@dataclass(frozen=True, slots=True)
class Codec:
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    """Raises CellError."""

    def cell(self, value: Any) -> str:
        written = self.write(value)
        return TOO_LONG if _too_long(written) else written

    def value(self, cell: str, before: Any) -> Any:
        """`before` is what the cell was written from. Raises CellError."""
        return before if cell == self.cell(before) else self.fresh(cell)

    def fresh(self, cell: str) -> Any:
        """Of a row that was not exported. Raises CellError."""
        if cell == UNSOLVED:
            raise CellError(_("The result of this formula was not saved. Write the text itself."))
        if cell == TOO_LONG:
            raise CellError(_("The text that stood here was too long for a cell. Write it in the form of the group."))
        if "\0" in cell:
            raise CellError(_("This cell holds a sign that cannot be kept."))
        return self.read(cell)


def refused(value: str) -> CellError:
    return CellError(_("“{value}” is not one of the answers.").format(value=value.strip()))


def empty() -> CellError:
    return CellError(_("This cell may not be empty."))


def in_both(words: Any) -> list[str]:
    """A text in every language that a sheet may be written in."""
    if isinstance(words, Text):
        return [words.en, words.nb]
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(words))
    return found


def one_of(codes: Mapping[str, Any], *, may_be_empty: bool = False) -> Codec:
    """Written as its code; read as the code or its label."""

    def read(cell: str) -> str:
        if cell.strip():
            return _lookup(cell, codes)
        if not may_be_empty:
            raise empty()
        return ""

    return Codec(str, read)


def several(codes: Mapping[str, Any]) -> Codec:
    """Codes with commas between."""
    return Codec(", ".join, lambda cell: [_lookup(part, codes) for part in _parts(cell)])


def _text(cell: str) -> str:
    return cell


def _read_yes_no(cell: str) -> bool | None:
    if not cell.strip():
        return None
    for answer, label in {True: YES, False: NO}.items():
        if plain(cell) in {*SPREADSHEETS_OWN[answer], *map(plain, in_both(label))}:
            return answer
    raise CellError(_("Write yes or no, or leave the cell empty."))


def _read_yes_or_no(cell: str) -> bool:
    found = _read_yes_no(cell)
    if found is None:
        raise empty()
    return found


def _write_yes_no(value: bool | None) -> str:
    return "" if value is None else str(YES if value else NO)


def _read_weekday(cell: str) -> int:
    """In words: what a number means depends on where one starts to count."""
    days = () if any(letter.isdigit() for letter in cell) else parse_days(cell, SUNDAY_IS_0)
    if len(days) != 1:
        raise CellError(_("Write one day of the week, such as Monday."))
    return days[0]


def _write_weekday(number: Any) -> str:
    return str(WEEKDAYS[number]) if number in range(7) else str(number)


def _read_number(cell: str) -> float | None:
    written = cell.strip().replace(",", ".")
    try:
        found = float(written) if written else None
    except ValueError:
        found = nan
    if found is not None and not isfinite(found):
        raise CellError(_("Write a number such as 59.91."))
    return found


def _read_whole(cell: str) -> int:
    written = cell.strip().removesuffix(".0")
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise CellError(_("Write a whole number."))
    return int(written)


def _read_clock(cell: str) -> str:
    found = parse_time(cell)
    if found is None:
        raise CellError(_("Write the time as 18:30."))
    return found


def _read_day(cell: str) -> str | None:
    if not cell.strip():
        return None
    found = parse_date(cell)
    if not found:
        raise CellError(_("Write a day as 2026-05-17."))
    return found


def _read_days(cell: str) -> list[str]:
    return sorted({day for part in _parts(cell) if (day := _read_day(part))})


def _read_values(cell: str) -> list[str]:
    """Which answers there are depends on the attribute, and is asked of the whole document."""
    return sorted(set(_parts(cell)))


def _read_partial_date(cell: str) -> str:
    """`2024` and `2024-05` stay as they are; whether they are dates is asked of the whole document."""
    return parse_date(cell) or cell.strip()


def _maybe(value: Any) -> str:
    return "" if value is None else str(value)


def _lookup(cell: str, codes: Mapping[str, Any]) -> str:
    wanted = plain(cell)
    if cell.strip() in codes:
        return cell.strip()
    for code, label in codes.items():
        if wanted in {plain(word) for word in (code, *in_both(label))}:
            return code
    raise refused(cell)


def _parts(cell: str) -> Iterable[str]:
    return (part.strip() for part in cell.replace(";", ",").split(",") if part.strip())


def _too_long(text: str) -> bool:
    """A spreadsheet counts in UTF-16, and characters that XML cannot hold are written as seven."""
    if len(text) * (ESCAPE + 1) < LONGEST_CELL:
        return False
    written = len(text.encode("utf-16-le", "replace")) // 2 + ESCAPE * len(NOT_IN_XML.findall(text))
    return written >= LONGEST_CELL


TEXT = Codec(str, _text)
YES_NO = Codec(_write_yes_no, _read_yes_no)
YES_OR_NO = Codec(_write_yes_no, _read_yes_or_no)
NUMBER = Codec(_maybe, _read_number)
WHOLE = Codec(_maybe, _read_whole)
WEEKDAY = Codec(_write_weekday, _read_weekday)
CLOCK = Codec(str, _read_clock)
DAY = Codec(_maybe, _read_day)
DAYS = Codec(", ".join, _read_days)
VALUES = Codec(", ".join, _read_values)
PARTIAL_DATE = Codec(str, _read_partial_date)
