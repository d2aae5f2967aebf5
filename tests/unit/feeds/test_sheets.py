"""What leaves in a spreadsheet can do nothing there, and comes back as it was."""

import io

import pytest
from openpyxl import load_workbook

from groups_catalog.feeds.sheets import CannotWrite, Sheet, guarded, read_back, unguarded, write_csv, write_xlsx
from tests.unit.feeds.tables import rows_of

HEADINGS = ("Navn", "Merknad")


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+47", "-5", "@sum", "\t=1", "\r=1", "\n=1", "\tx", "\nx"),
        *(" =1", "\ufeff=1", "\u200b=1", "\u200b \u2060=1", "\xa0-1", "\x00=1", "\u00ad=1", "\u202e=1", "\u3164=1"),
        *("＝1", "＋1", "－1", "＠x", "﹦1", "−1"),
        *("'=1", "''=1", "' =1"),
    ],
)
def test_what_a_spreadsheet_could_take_for_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["", "Åpen dør", "'s-Hertogenbosch", "19:00", "a=b", "(=1)", "NA-gruppa", "'", "5-6"]
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_a_csv_opens_right_in_norwegian_excel() -> None:
    data = write_csv([("Åpen dør", "=1")], HEADINGS)
    assert data == '\ufeff"Navn";"Merknad"\r\n"Åpen dør";"\'=1"\r\n'.encode()


def test_our_own_reader_takes_our_own_csv_and_workbook() -> None:
    rows = ((" A ", "en, to; tre\nfire"), ("B", '"sitat" | \t'))
    expected = tuple(dict(zip(HEADINGS, row, strict=True)) for row in rows)
    assert rows_of(write_csv(rows, HEADINGS)) == expected
    assert rows_of(write_xlsx([Sheet("Møter", HEADINGS, rows)])) == expected


def test_no_cell_of_a_workbook_is_anything_but_text() -> None:
    rows = (("=1+1", "#N/A"), ("12", "2026-05-01"), ("TRUE", "=cmd|' /C calc'!A0"))
    book = load_workbook(io.BytesIO(write_xlsx([Sheet("Møter", HEADINGS, rows)])))
    cells = [cell for row in book["Møter"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["Møter"]["A2"].value == "'=1+1"


def test_characters_that_xml_cannot_hold_survive_a_workbook() -> None:
    odd = "".join(map(chr, range(0x20))) + "_x0041_ _x005F_ \ufffe\uffff 😀 \r\n"
    sheet = Sheet("Odd", ("Text",), ((odd,), ("_x0041\x01",)))
    assert read_back(write_xlsx([sheet])) == (sheet,)


def test_several_sheets_come_back_in_their_order_under_titles_that_excel_takes() -> None:
    sheets = [Sheet("A/B: [first]", ("a",), (("1",),)), Sheet("x" * 40, ("b", "c"), ())]
    assert [sheet.title for sheet in read_back(write_xlsx(sheets))] == ["A B   first ", "x" * 31]


@pytest.mark.parametrize(("text", "reason"), [("x" * 40_000, "text_too_long"), ("\ud800", "half_a_character")])
def test_a_workbook_that_would_lose_something_is_not_written(text: str, reason: str) -> None:
    with pytest.raises(CannotWrite) as caught:
        write_xlsx([Sheet("A", ("a",), ((text,),))])
    assert caught.value.reason == reason


@pytest.mark.parametrize(("text", "reason"), [("x" * 100_001, "text_too_long"), ("\ud800", "half_a_character")])
def test_a_csv_that_would_lose_something_is_not_written(text: str, reason: str) -> None:
    with pytest.raises(CannotWrite) as caught:
        write_csv([(text,)], ("a",))
    assert caught.value.reason == reason
