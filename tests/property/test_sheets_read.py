"""For any bytes and any table: it is read or refused, never a crash, and no row gets lost on the way."""

import random
import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given
from hypothesis import strategies as st

from groups_catalog.feeds.columns import columns
from groups_catalog.feeds.model import Reading, Settings
from groups_catalog.feeds.opening import NotReadable, Opened, open_list
from groups_catalog.feeds.sheets import Sheet, write_csv, write_xlsx
from groups_catalog.feeds.table import read_table

HEADINGS = [column.heading.en for column in columns().listed]
CELLS = [
    *(
        "",
        "Monday",
        "mandag og torsdag",
        "7:00 PM",
        "19.00-20.30",
        "3",
        "1. og 3.",
        "annenhver uke",
        "online",
        "ja",
        "no",
    ),
    *(
        "Closed, Women",
        "O,C",
        "Oslo",
        "Storgata 1, 0155 Oslo",
        "59,9",
        "0",
        "norsk/engelsk",
        "kvinner",
        "nedlagt",
        "#N/A",
    ),
    *(
        "https://zoom.us/j/1?pwd=abc",
        "ring 900 00 000",
        "kari@example.org",
        "'=1",
        "2026-05-01",
        "<b>x</b>",
        "\x00\u200b",
    ),
]
cells = st.one_of(st.sampled_from(CELLS), st.text(max_size=12))
rows = st.lists(st.dictionaries(st.sampled_from(HEADINGS), cells, max_size=12), min_size=1, max_size=8)
CONTACT = re.compile(r"900 00 000|kari@|pwd=")


def full(listed: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{heading: row.get(heading, "") for heading in HEADINGS} for row in listed]


def said(reading: Reading) -> set[str]:
    """What a reading says apart from where in the list it stood."""
    return {re.sub(r"row=\d+, ", "", repr(meeting)) for meeting in reading.meetings}


@given(rows)
def test_every_row_is_a_meeting_or_dropped_with_a_reason(listed: list[dict[str, str]]) -> None:
    reading = read_table(full(listed), Settings(), format="csv")
    kept = {meeting.row for meeting in reading.meetings}
    dropped = {problem.row for problem in reading.problems if problem.reason.startswith("dropped_")}
    assert kept | dropped == set(range(1, len(listed) + 1))
    assert not kept & dropped


@given(rows)
def test_one_meeting_for_each_key_day_and_week(listed: list[dict[str, str]]) -> None:
    meetings = read_table(full(listed), Settings(), format="csv").meetings
    places = [(meeting.source_key, meeting.weekday, meeting.every) for meeting in meetings]
    assert len(places) == len(set(places))


@given(rows)
def test_no_contact_survives(listed: list[dict[str, str]]) -> None:
    assert not CONTACT.search(repr(read_table(full(listed), Settings(), format="csv")))


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(listed: list[dict[str, str]], chance: random.Random) -> None:
    mixed = list(listed)
    chance.shuffle(mixed)
    assert said(read_table(full(mixed), Settings(), format="csv")) == said(
        read_table(full(listed), Settings(), format="csv")
    )


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=2, max_size=2), max_size=5
    )
)
def test_a_csv_and_a_workbook_of_one_table_are_one_list(listed: list[list[str]]) -> None:
    table = Sheet("S", ("Name", "Day"), tuple((*row, "end") for row in listed))
    table = Sheet("S", ("Name", "Day", "Note"), (*table.rows, ("A", "B", "C")))
    # A table without the NUL, which makes a text file no text.
    table = Sheet("S", table.headings, tuple(tuple(cell.replace("\0", "") for cell in row) for row in table.rows))
    assert open_list(write_csv(table.rows, table.headings)).content == open_list(write_xlsx([table])).content


WORKBOOK = write_xlsx([Sheet("S", ("Name", "Day"), (("A", "mandag"), ("B", "=1")))])
START = st.sampled_from(
    [b"", b"[", b'{"', b"\x1f\x8b\x08", b"PK\x03\x04", b"<", b"\xff\xfe", b"\xef\xbb\xbf", b"a;b\n"]
)


def opened(data: bytes) -> Opened | None:
    try:
        return open_list(data)
    except NotReadable:
        return None


@given(START, st.binary(max_size=300))
def test_any_bytes_are_opened_or_refused(start: bytes, rest: bytes) -> None:
    opened(start + rest)


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_changed_bytes_is_opened_or_refused(at: int, other: bytes) -> None:
    opened(WORKBOOK[:at] + other + WORKBOOK[at + len(other) :])


@given(st.sampled_from(["sheet1.xml", "workbook.xml", "styles.xml", "workbook.xml.rels"]), st.data())
def test_a_workbook_with_changed_xml_is_opened_or_refused(part: str, data: st.DataObject) -> None:
    """Inside the zip, where no checksum stops the change."""
    changed = BytesIO()
    with ZipFile(BytesIO(WORKBOOK)) as old, ZipFile(changed, "w", ZIP_STORED) as new:
        for name in old.namelist():
            xml = old.read(name)
            if name.endswith(part):
                at = data.draw(st.integers(0, len(xml) - 1))
                xml = xml[:at] + data.draw(st.text("<>/&\"' =19rsctv", max_size=5)).encode() + xml[at + 2 :]
            new.writestr(name, xml)
    opened(changed.getvalue())
