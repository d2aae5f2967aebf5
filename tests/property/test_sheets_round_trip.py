"""For any text: what is written to a spreadsheet is no formula there, and is read back as it was."""

import io
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from groups_catalog.feeds.opening import open_list
from groups_catalog.feeds.sheets import Sheet, guarded, read_back, unguarded, write_csv, write_xlsx

ODD = "=+-@'\"\t\r\n;,| \x00\x01\x0b\x1f\x7f\u200b\u2060\ufeff\xa0\ufffe\uffff＝＋－＠−_x0041_å😀"
texts = st.one_of(st.text(st.sampled_from(ODD), max_size=12), st.text(max_size=20))
A_FORMULA = re.compile(r"[\s\x00-\x1f\u200b\u2060\ufeff]*[=+\-@＝＋－＠]")


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 4))
    headings, row = st.tuples(*[texts.filter(bool)] * width), st.tuples(*[texts] * width)
    return Sheet("", draw(headings), tuple(draw(st.lists(row, max_size=4))))


def to_csv(sheet: Sheet) -> bytes:
    return write_csv(sheet.rows, sheet.headings)


def to_xlsx(sheet: Sheet) -> bytes:
    return write_xlsx([Sheet("S", sheet.headings, sheet.rows)])


@given(texts)
def test_taking_the_guard_off_gives_the_text(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not A_FORMULA.match(guarded(text))


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
@given(sheet=sheets())
def test_a_round_trip_loses_nothing(write: Callable[[Sheet], bytes], sheet: Sheet) -> None:
    back = read_back(write(sheet))[0]
    assert (back.headings, back.rows) == (sheet.headings, sheet.rows)


@given(sheets())
def test_another_reader_finds_only_texts_and_no_formula(sheet: Sheet) -> None:
    book = load_workbook(io.BytesIO(to_xlsx(sheet)))
    cells = [cell for row in book["S"].iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" and not A_FORMULA.match(str(cell.value)) for cell in cells)


plain = st.text(st.characters(categories=["L", "N", "P", "Z"], exclude_characters="\u2028\u2029_"), max_size=8)
cells = st.one_of(
    st.none(), plain, st.integers(-(10**9), 10**9), st.booleans(), st.times().map(lambda t: t.replace(microsecond=0))
)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=5))
def test_a_workbook_says_here_what_it_says_in_openpyxl(rows: list[list[object]]) -> None:
    """An independent reader of the same file, cell by cell; the headings above hold every column."""
    book = Workbook()
    for row in [["a", "b", "c", "d", "e"], *rows, ["end"]]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    theirs = [list(row) for row in load_workbook(file, data_only=True).active.iter_rows(min_row=2, values_only=True)]
    opened = open_list(file.getvalue())
    ours = [list(row.values()) for row in opened.content[opened.above :]]
    assert ours == [[as_text(value) for value in row] for row in theirs]


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        ""
        if value is None
        else str(value).removesuffix(":00")
        if re.fullmatch(r"\d\d:\d\d:00", str(value))
        else str(value)
    )
