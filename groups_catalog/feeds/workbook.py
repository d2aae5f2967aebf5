"""An .xlsx as plain text, cell by cell. No formula is worked out: what it came to when the file was saved is read.

openpyxl makes an object of every style, column and link, and 1.5 MB of empty styles take it 200 MB. So the parts that
say what stands in the cells are read here, and openpyxl is asked what a number format and a date number mean.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from groups_catalog.feeds import cell_values
from groups_catalog.feeds.limits import MAX_COLUMNS, MAX_ROWS, MAX_VALUES, NotReadable
from groups_catalog.feeds.markup import Attributes, Streamed, at_most, stream
from groups_catalog.feeds.packed import open_workbook, xml_part

UNSOLVED = "#FORMULA!"
"""Stands where a formula has no saved value, in the way of Excel's own #N/A."""
LAST_ROW = 1_048_576
"""Excel's own."""
COLUMN = re.compile(r"[A-Z]{1,3}(?=\d)")
MERGED_DOWN = re.compile(r"([A-Z]{1,3})(\d{1,7}):\1(\d{1,7})")

Cells = list[list[str]]


class Strings(Streamed):
    """The texts that cells point to by number."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._aloud = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.fresh()
        elif name == "rPh":
            # How a Japanese word is read aloud, which is not part of the text.
            self._aloud += 1
        elif name == "t":
            self.listen(not self._aloud)

    def finish(self, name: str) -> None:
        if name == "si":
            self.texts.append(cell_values.unescaped(self.heard()))
            at_most(self.texts, MAX_VALUES)
        elif name == "rPh":
            self._aloud -= 1
        elif name == "t":
            self.listen(False)


class Styles(Streamed):
    """The number format of each style, as its code."""

    def __init__(self) -> None:
        super().__init__()
        self.formats: list[int] = []
        self.codes: dict[int, str] = {}
        self._in_cell_styles = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "cellXfs":
            self._in_cell_styles = True
        elif name == "xf" and self._in_cell_styles:
            self.formats.append(int(attributes.get("numFmtId", 0)))
            at_most(self.formats)
        elif name == "numFmt" and "numFmtId" in attributes:
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            at_most(self.codes)

    def finish(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cell_styles = False

    def code(self, style: str) -> str:
        number = int(style or 0)
        if not 0 <= number < len(self.formats):
            return ""
        return cell_values.format_code(self.formats[number], self.codes)


class Contents(Streamed):
    """The sheets in the order people see them, and which day the workbook counts from."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.targets: dict[str, str] = {}
        self.from_1904 = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
            at_most(self.sheets)
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(attributes.get("id", ""))
        elif name == "Relationship":
            target = posixpath.join("/xl", attributes["Target"])
            self.targets[attributes.get("Id", "")] = posixpath.normpath(target)[1:]
            at_most(self.targets)
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in {"1", "true"}


@dataclass(slots=True)
class Cell:
    """What is known of a cell while it streams by."""

    column: int = 0
    kind: str = ""
    style: str = ""
    formula: bool = False


@dataclass(slots=True)
class Book:
    strings: Strings = field(default_factory=Strings)
    styles: Styles = field(default_factory=Styles)
    contents: Contents = field(default_factory=Contents)


class Sheet(Streamed):
    """The rows of one sheet; those that are missing stand as empty ones."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.rows: Cells = []
        self._book = book
        self._cell = Cell()
        self._next = 0
        self._filled = 0
        self._values = 0
        self._aloud = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._start_row(int(attributes.get("r", len(self.rows) + 1)))
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._cell.formula = True
        elif name == "rPh":
            self._aloud += 1
        elif name in {"v", "t"}:
            self.listen(not self._aloud)
        elif name == "mergeCell" and (merged := MERGED_DOWN.fullmatch(attributes.get("ref", ""))):
            self._fill_down(cell_values.column_number(merged[1]), int(merged[2]), int(merged[3]))

    def finish(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aloud -= 1
        elif name in {"v", "t"}:
            self.listen(False)

    def _start_row(self, number: int) -> None:
        if number > LAST_ROW or len(self.rows) >= LAST_ROW:
            raise NotReadable("too_many_rows")
        self.rows.extend([] for _ in range(number - len(self.rows) - 1))
        self.rows.append([])
        self._next = 0

    def _start_cell(self, attributes: Attributes) -> None:
        letters = COLUMN.match(attributes.get("r", ""))
        column = cell_values.column_number(letters.group()) if letters else self._next
        self._cell = Cell(column, attributes.get("t", ""), attributes.get("s", ""))
        self._next = column + 1
        self.fresh()

    def _end_cell(self) -> None:
        if not (text := self._text()):
            return
        row, column = self.rows[-1], self._cell.column
        if column >= MAX_COLUMNS:
            raise NotReadable("too_many_columns")
        self._count(max(0, column + 1 - len(row)))
        row.extend("" for _ in range(column + 1 - len(row)))
        row[column] = text

    def _fill_down(self, column: int, first: int, last: int) -> None:
        """A cell that stands for several rows, as the day of an evening; only the first of them holds its text."""
        top, *below = self.rows[max(0, first - 1) : last] or [[]]
        if len(top) <= column or not top[column]:
            return
        for row in below:
            self._count(column + 1)
            self.count_text(top[column])
            row.extend("" for _ in range(column + 1 - len(row)))
            row[column] = row[column] or top[column]

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > MAX_VALUES:
            raise NotReadable("too_many_values")

    def _end_row(self) -> None:
        self._filled += bool(self.rows[-1])
        # One more than the rows: the headings.
        if self._filled > MAX_ROWS + 1:
            raise NotReadable("too_many_rows")

    def _text(self) -> str:
        raw, cell, book = self.heard(), self._cell, self._book
        if not raw:
            return UNSOLVED if cell.formula else ""
        if cell.kind == "s":
            shared = book.strings.texts[int(raw)]
            self.count_text(shared)
            return shared
        if cell.kind in {"", "n"}:
            return cell_values.number_text(raw, book.styles.code(cell.style), from_1904=book.contents.from_1904)
        return cell_values.other_text(raw, cell.kind)


def sheets(data: bytes, *, also_hidden: bool = True) -> Iterator[tuple[str, Cells]]:
    """Title and rows of each sheet, read when it is asked for. Raises `NotReadable`."""
    with open_workbook(data) as archive:
        book = Book()
        stream(xml_part(archive, "xl/sharedStrings.xml"), book.strings)
        stream(xml_part(archive, "xl/styles.xml"), book.styles)
        stream(xml_part(archive, "xl/workbook.xml"), book.contents)
        stream(xml_part(archive, "xl/_rels/workbook.xml.rels"), book.contents)
        for title, link in book.contents.sheets:
            if link in book.contents.hidden and not also_hidden:
                continue
            sheet = Sheet(book)
            stream(xml_part(archive, book.contents.targets.get(link, "")), sheet)
            yield title, sheet.rows
