"""Workbooks for the tests: by openpyxl where it can, by hand where no honest program would."""

import io
import os
import zipfile
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

CONTENTS = (
    '<workbook xmlns="m" xmlns:r="r"><workbookPr date1904="{from_1904}"/>'
    '<sheets><sheet name="Meetings" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def workbook(*rows: Iterable[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_hand(sheet: bytes | str, *, padding: int = 0, from_1904: int = 0, **parts: bytes | str) -> bytes:
    """`sheet` is the XML of the one sheet; `parts` are others under `xl/`. Padding hides how well a bomb packs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", parts.pop("workbook", CONTENTS.format(from_1904=from_1904)))
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, xml in parts.items():
            archive.writestr(f"xl/{name}.xml", xml)
        archive.writestr("padding.bin", os.urandom(padding))
    return file.getvalue()


def sheet_of(rows: str) -> str:
    return f'<x:worksheet xmlns:x="m"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
