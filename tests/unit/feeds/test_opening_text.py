"""Whatever a file is called: JSON and tables are recognised by what they hold, and anything else says what it is."""

import gzip
import json
from typing import Any

import pytest

from groups_catalog.feeds.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, MAX_VALUES
from groups_catalog.feeds.opening import NotReadable, open_list
from tests.unit.feeds.tables import rows_of

TABLE = "Navn;Dag;Klokkeslett\r\nÅpen dør;mandag;19.00\r\n"
ROW = {"Navn": "Åpen dør", "Dag": "mandag", "Klokkeslett": "19.00"}


def only_words(value: bytes | str) -> str:
    """Some of these files are large or carry the time, and pytest would put all of that into the name of the test."""
    return value if isinstance(value, str) else ""


def refused(data: bytes, **how: Any) -> tuple[str, str]:
    with pytest.raises(NotReadable) as caught:
        open_list(data, **how)
    return caught.value.refused.reason, caught.value.refused.given


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_table_is_read_in_every_encoding_that_excel_writes(encoding: str) -> None:
    opened = open_list(TABLE.encode(encoding))
    assert opened.format == "csv"
    assert (opened.content[opened.above :], opened.above) == ((ROW,), 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_json_is_read_in_every_encoding(encoding: str) -> None:
    listed = [{"name": "Åpen dør", "day": 1}]
    opened = open_list(json.dumps(listed, ensure_ascii=False).encode(encoding), name="list.csv", format="csv")
    assert (opened.format, opened.content) == ("json", listed)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_sign_between_the_cells_is_found(sign: str) -> None:
    text = TABLE.replace(";", sign)
    assert rows_of(text.encode()) == (ROW,)


def test_commas_inside_the_cells_do_not_hide_the_semicolons() -> None:
    text = "Navn;Merknad\nA;en, to, tre, fire\nB;en, to, tre, fire\nC;en, to, tre, fire\n"
    assert rows_of(text.encode())[2] == {"Navn": "C", "Merknad": "en, to, tre, fire"}


def test_excels_own_hint_names_the_sign() -> None:
    assert rows_of(b"sep=|\nNavn|Dag;Tid\nA|B;C\n") == ({"Navn": "A", "Dag;Tid": "B;C"},)


def test_a_quoted_cell_may_hold_line_breaks_and_signs() -> None:
    rows = rows_of(b'Navn,Merknad\nA,"en\r\nto, ""tre"""\nB,fire\n')
    assert rows == ({"Navn": "A", "Merknad": 'en\r\nto, "tre"'}, {"Navn": "B", "Merknad": "fire"})


def test_a_title_above_the_headings_is_stepped_over() -> None:
    assert rows_of(("M\u00f8ter i Oslo;;\n\n" + TABLE).encode()) == (ROW,)


def test_empty_rows_keep_their_place_and_those_at_the_end_go() -> None:
    rows = rows_of(b"Navn;Dag\nA;mandag\n\nB;tirsdag\n;\n;\n")
    assert [row["Navn"] for row in rows] == ["A", "", "B"]


def test_headings_are_tidied_and_told_apart() -> None:
    assert rows_of("\u200b Navn ;Merknad;Merknad;;\nA;b;c;d;\n".encode()) == (
        {"Navn": "A", "Merknad": "b", "Merknad (3)": "c", "column 4": "d"},
    )


def test_a_row_that_is_too_long_or_too_short_loses_nothing() -> None:
    assert rows_of(b"Navn;Dag\nA\nB;mandag;mer\n") == (
        {"Navn": "A", "Dag": "", "column 3": ""},
        {"Navn": "B", "Dag": "mandag", "column 3": "mer"},
    )


@pytest.mark.parametrize("listed", [[{"name": "A"}], {"meetings": []}, [], [[1.5, True, None, "å"]]])
def test_a_packed_file_is_unpacked_once(listed: object) -> None:
    assert open_list(gzip.compress(json.dumps(listed).encode()) + b"\0\0").content == listed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b" \r\n\t", "empty_file"),
        ("\ufeff".encode(), "empty_file"),
        (gzip.compress(b""), "empty_file"),
        (b"\0" * 5000, "empty_file"),
        (b"<!DOCTYPE html><html>", "web_page"),
        (b"\n\n<!-- x --><HTML lang='nb'>", "web_page"),
        ("<!doctype html><p>Logg inn</p>".encode("utf-16"), "web_page"),
        (b"<?xml version='1.0'?><rss/>", "markup"),
        (b"%PDF-1.7\n\0\x01\x02", "not_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel_or_locked"),
        (gzip.compress(b"[]")[:-9], "gzip_cut_off"),
        (gzip.compress(b"[]")[:10] + b"\xff" * 9, "gzip_broken"),
        (gzip.compress(b"[]") + b"more", "gzip_broken"),
        (gzip.compress(gzip.compress(b"[]")), "packed_twice"),
        (b";;;\n;;\n", "empty_table"),
        (b'Navn;Dag\n"A;mandag\nB;tirsdag\n', "quote_not_closed"),
        (b" " * (MAX_BYTES + 1), "too_large"),
        (b"Navn;Dag\n" + b"x" * (MAX_CELL + 1) + b";y\n", "cell_too_large"),
        (b"Navn;Dag\n" + b"x" * 200_000 + b";y\n", "cell_too_large"),
        (b"a;" * MAX_COLUMNS + b"a\n", "too_many_columns"),
        (b"Navn;Dag\n" + b"A;b\n" * (MAX_ROWS + 1), "too_many_rows"),
        (b"[" + b"{}," * MAX_ROWS + b"{}]", "too_many_rows"),
        (b'{"meetings": [' + b"{}," * MAX_ROWS + b"{}]}", "too_many_rows"),
    ],
    ids=only_words,
)
def test_what_is_no_list_says_what_it_is(data: bytes, reason: str) -> None:
    assert refused(data)[0] == reason


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b'[\n{"name": "A"},\n{"name": "B', "json_cut_off", "3"),
        (b'[\n{"name": "A"},\n', "json_cut_off", "2"),
        (b'[{"name":', "json_cut_off", "1"),
        (b'[{"name": "A"}]\n<br>', "json_extra_text", "2"),
        (b'{"name": "A"}\n{"name": "B"}', "json_extra_text", "2"),
        (b'[{"name": "A",\n}]', "json_broken", "2"),
        (b"[{'name': 'A'}]", "json_broken", "1"),
        (b'["\\uZZZZ"]', "json_broken", "1"),
        (b"[" * 21 + b"]" * 21, "too_deep", ""),
        (b"[" * 100_000, "too_deep", ""),
        (b'{"a":' * 100_000, "too_deep", ""),
        (b"[" + b"," * MAX_VALUES + b"]", "too_many_values", ""),
    ],
    ids=only_words,
)
def test_broken_json_is_refused_with_its_line(data: bytes, reason: str, line: str) -> None:
    assert refused(data) == (reason, line)


def test_values_that_no_database_takes_are_made_harmless() -> None:
    first = r'{"a": NaN, "b": -Infinity, "c": 1e999, "d": %s, "e": "x\u0000y\ud800", "\udfffk": "\ud83d\ude00"}'
    opened = open_list((f'[{first % ("9" * 5000)}, "\\ud800"]').encode())
    assert opened.content == [
        {"a": None, "b": None, "c": None, "d": "9" * 5000, "e": "x\ufffdy\ufffd", "\ufffdk": "😀"},
        "\ufffd",
    ]


def test_a_backslash_that_is_meant_as_one_stays() -> None:
    assert open_list(rb'["C:\\u0000 \\\u00e5"]').content == [r"C:\u0000 " + "\\å"]


@pytest.mark.parametrize("lone", ["null", "true", "12", '"error"', ' "no access" '])
def test_one_lone_value_is_json_for_the_reader_to_refuse(lone: str) -> None:
    opened = open_list(lone.encode())
    assert (opened.format, opened.content) == ("json", json.loads(lone))


def test_what_is_asked_for_as_json_is_not_taken_for_a_table() -> None:
    assert refused(TABLE.encode(), format="json") == ("json_broken", "1")
