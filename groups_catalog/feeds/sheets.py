"""The one way out to a spreadsheet: no text becomes a formula, and what is read back is what was written.

A text that a spreadsheet could take for a formula gets an apostrophe in front, and so does one that already looks
guarded; taking off one apostrophe therefore always gives the text back.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.workbook.child import _WorkbookChild

from groups_catalog.feeds import delimited, workbook
from groups_catalog.feeds.limits import MAX_CELL
from groups_catalog.feeds.packed import ZIP

SEPARATOR = ";"
"""What Excel expects where the comma is the decimal sign, as in Norway."""
LONGEST_CELL = 32_767
"""Characters; Excel's own, and openpyxl would cut the rest off without a word."""
LONGEST_TITLE = 31
GUARD = "'"
UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
STARTS = r"=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""Begin a formula or a command, in full width and small form too."""
LOOKS_LIKE_A_FORMULA = re.compile(f"'*[{UNSEEN}]*[{STARTS}]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x)")
"""With the carriage return, which XML turns into a line feed, and with what could look like an escape itself."""
HALF_A_PAIR = re.compile("[\ud800-\udfff]")
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class CannotWrite(Exception):  # noqa: N818 - it says what cannot be done
    """`text_too_long` or `half_a_character`: better no file than one that lost something."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def guarded(text: str) -> str:
    return GUARD + text if LOOKS_LIKE_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith(GUARD) and LOOKS_LIKE_A_FORMULA.match(text) else text


def write_csv(rows: Iterable[Sequence[str]], headings: Sequence[str]) -> bytes:
    """Semicolons and UTF-8 with its mark, so that a double click in Norway opens it right. Raises `CannotWrite`."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_csv_text(heading) for heading in headings])
    writer.writerows([_csv_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_text(text: str) -> str:
    return _checked(guarded(text), MAX_CELL)


def _checked(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CannotWrite("text_too_long")
    if HALF_A_PAIR.search(text):
        raise CannotWrite("half_a_character")
    return text


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Every cell is text; characters that XML cannot hold are escaped the way Excel does it. Raises `CannotWrite`."""
    # All texts first: openpyxl leaves an open file behind when it is stopped in the middle.
    ready = [(sheet.title, [_xlsx_row(row) for row in (sheet.headings, *sheet.rows)]) for sheet in sheets]
    book = Workbook(write_only=True)
    for title, rows in ready:
        page = book.create_sheet(NOT_IN_A_TITLE.sub(" ", title)[:LONGEST_TITLE])
        for row in rows:
            page.append([_cell(page, text) for text in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _xlsx_row(row: Sequence[str]) -> list[str]:
    return [_xlsx_text(text) for text in row]


def _xlsx_text(text: str) -> str:
    return _checked(NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", guarded(text)), LONGEST_CELL)


def _cell(page: _WorkbookChild, text: str) -> Cell:
    cell = WriteOnlyCell(page, value=text)
    # Said after the value, which openpyxl would otherwise take for a formula or an error of Excel's.
    cell.data_type = "s"
    return cell


def read_back(data: bytes) -> tuple[Sheet, ...]:
    """What `write_csv` or `write_xlsx` was given; a CSV has one sheet without a title. Raises `NotReadable`."""
    if data.startswith(ZIP):
        return tuple(_sheet(title, cells) for title, cells in workbook.sheets(data))
    return (_sheet("", delimited.read(data, "utf-8-sig")),)


def _sheet(title: str, cells: list[list[str]]) -> Sheet:
    headings, *rows = cells or [[]]
    width = len(headings)
    return Sheet(title, _restored(headings, width), tuple(_restored(row, width) for row in rows))


def _restored(row: list[str], width: int) -> tuple[str, ...]:
    """A workbook does not keep empty cells at the end of a row."""
    return tuple(unguarded(cell) for cell in row + [""] * (width - len(row)))
