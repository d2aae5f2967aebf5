"""A workbook is read as the plain text a person would have typed, and no formula is worked out."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from groups_catalog.feeds.limits import MAX_COLUMNS, MAX_ROWS
from groups_catalog.feeds.opening import NotReadable, open_list
from groups_catalog.feeds.workbook import UNSOLVED
from tests.unit.feeds.tables import rows_of
from tests.unit.feeds.workbooks import by_hand, saved, sheet_of, workbook

HEAD = "<x:row><x:c t='str'><x:v>Name</x:v></x:c><x:c t='str'><x:v>Day</x:v></x:c></x:row>"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
EXTERNAL = '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/evil.dtd">'


def refused(data: bytes) -> str:
    with pytest.raises(NotReadable) as caught:
        open_list(data)
    return caught.value.refused.reason


def cells(sheet: str, **parts: str) -> list[str]:
    """The second column of the rows that follow the headings."""
    return [row["Day"] for row in rows_of(by_hand(sheet_of(HEAD + sheet), **parts))]


def test_every_kind_of_cell_becomes_plain_text() -> None:
    values = [
        ("Åpen dør", "Åpen dør"),
        (7, "7"),
        (59.9139, "59.9139"),
        (0.1 + 0.2, "0.3"),
        (True, "true"),
        (time(19, 0), "19:00"),
        (time(9, 5, 30), "09:05:30"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 5, 1, 19, 30), "2026-05-01 19:30"),
        (timedelta(hours=26, minutes=5), "26:05"),
        ("2026-05-01", "2026-05-01"),
        ("  inn og ut\n", "  inn og ut\n"),
        ("#N/A", "#N/A"),
        (None, ""),
    ]
    opened = open_list(workbook(["Name", "Day"], *(["A", value] for value, _text in values)))
    assert opened.format == "xlsx"
    assert [row["Day"] for row in opened.content[opened.above :]] == [text for _value, text in values]


def test_a_time_of_day_in_a_cell_that_also_holds_a_date_is_the_time() -> None:
    book = Workbook()
    book.active.append(["Name", "Day"])
    book.active.append(["A", datetime(2026, 5, 1, 19, 0)])
    book.active["B2"].number_format = "h:mm"
    assert rows_of(saved(book))[0]["Day"] == "19:00"


def test_a_text_in_several_styles_is_one_text() -> None:
    book = Workbook()
    book.active.append(["Name", "Day"])
    book.active.append(["A", CellRichText("man", TextBlock(InlineFont(b=True), "dag"))])
    assert rows_of(saved(book))[0]["Day"] == "mandag"


def test_a_formula_is_never_worked_out() -> None:
    assert rows_of(workbook(["Name", "Day"], ["A", "=1+1"])) == ({"Name": "A", "Day": UNSOLVED},)
    assert cells("<x:row><x:c/><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>") == ["2"]
    assert cells("<x:row><x:c/><x:c><x:f>1+1</x:f><x:v></x:v></x:c></x:row>") == [UNSOLVED]


def test_cells_and_rows_that_are_left_out_keep_their_place() -> None:
    sheet = '<x:row r="3"><x:c r="B3" t="str"><x:v>Monday</x:v></x:c></x:row>'
    assert cells(sheet) == ["", "Monday"]


def test_shared_texts_are_found_and_how_they_are_read_aloud_is_not_part_of_them() -> None:
    shared = "<sst><si><t>Mon</t><rPh><t>loud</t></rPh></si><si><r><t>Tues</t></r><r><t>day_x000D_</t></r></si></sst>"
    rows = "<x:row><x:c/><x:c t='s'><x:v>{}</x:v></x:c></x:row>"
    assert cells(rows.format(0) + rows.format(1), sharedStrings=shared) == ["Mon", "Tuesday\r"]


def test_a_workbook_that_counts_from_1904_is_four_years_later() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = HEAD + '<x:row><x:c/><x:c s="1"><x:v>0</x:v></x:c><x:c s="1"><x:v>366</x:v></x:c></x:row>'
    opened = open_list(by_hand(sheet_of(rows), from_1904=1, styles=styles))
    assert opened.content[opened.above]["column 3"] == "1905-01-01"


def test_a_date_beyond_all_calendars_is_an_error_as_in_excel() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    assert cells("<x:row><x:c/><x:c><x:v>1e300</x:v></x:c></x:row>", styles=styles) == ["#VALUE!"]
    assert cells("<x:row><x:c/><x:c><x:v>1e999</x:v></x:c></x:row>") == []


def test_the_first_sheet_with_something_in_it_is_read() -> None:
    book = Workbook()
    book.create_sheet("Second").append(["Name"])
    book["Second"].append(["A"])
    assert rows_of(saved(book)) == ({"Name": "A"},)


@pytest.mark.parametrize("attack", [LAUGHS, OUTSIDE, EXTERNAL])
@pytest.mark.parametrize("part", ["sheet", "sharedStrings", "styles", "workbook"])
def test_no_part_may_declare_entities_or_ask_for_anything_outside(attack: str, part: str) -> None:
    evil = f"<?xml version='1.0'?>{attack}<l><si><t>&a;</t></si></l>"
    data = by_hand(evil) if part == "sheet" else by_hand(sheet_of(HEAD), **{part: evil})
    assert refused(data) == "workbook_broken"


def zipped(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return file.getvalue()


def lying_about_its_size() -> bytes:
    """The table of contents says ten bytes; a hundred thousand follow."""
    data = bytearray(zipped(("xl/workbook.xml", b"<workbook>" + b" " * 100_000 + b"</workbook>")))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    data = bytearray(zipped(("xl/workbook.xml", b"<workbook/>")))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 8] |= 1
    return bytes(data)


def with_lzma() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(), "zip_not_workbook"),
        (zipped(("word/document.xml", b"<w/>")), "zip_not_workbook"),
        (zipped(("../../etc/passwd", b"x"), ("list.csv", b"a;b")), "zip_not_workbook"),
        (b"PK\x03\x04 and then nothing", "zip_broken"),
        (workbook(["Name"])[:-200], "zip_broken"),
        (zipped(("xl/workbook.xml", b"<workbook")), "workbook_broken"),
        (zipped(("xl/workbook.xml", b"<workbook/>")), "empty_table"),
        (workbook(), "empty_table"),
        (lying_about_its_size(), "zip_broken"),
        (locked(), "locked"),
        (with_lzma(), "zip_broken"),
        (zipped(*((f"{number}", b"") for number in range(600))), "too_many_parts"),
        (zipped(("xl/workbook.xml", b"<a/>"), ("b", b"0" * 10_000_000)), "too_large_unpacked"),
        (workbook(["a"] * (MAX_COLUMNS + 1)), "too_many_columns"),
        (by_hand(sheet_of(HEAD + "<x:row r='1048577'/>")), "too_many_rows"),
        (
            by_hand(sheet_of("<x:row><x:c><x:v>1</x:v></x:c></x:row>" * (MAX_ROWS + 2)), padding=20_000),
            "too_many_rows",
        ),
        (by_hand(sheet_of("<x:row><x:c t='s'><x:v>7</x:v></x:c></x:row>")), "workbook_broken"),
        (by_hand(sheet_of("<x:row><x:c><x:v>seven</x:v></x:c></x:row>")), "workbook_broken"),
        (by_hand(sheet_of("<a>" * 100)), "workbook_too_complex"),
        (by_hand(sheet_of("<x:row " + "".join(f"a{n}='' " for n in range(20_000)) + "/>")), "workbook_too_complex"),
        (by_hand(sheet_of("".join(f"<t{n}/>" for n in range(3_000)))), "workbook_too_complex"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_honest_workbook_is_refused(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_duplicate_names_in_a_zip_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("xl/workbook.xml", b"<workbook/>"), ("xl/workbook.xml", b"<workbook/>"))
    assert refused(data) == "zip_broken"
