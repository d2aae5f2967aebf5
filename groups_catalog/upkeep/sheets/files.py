"""Tables to files and back: a workbook of all three, or one CSV for each."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from groups_catalog.feeds.limits import MAX_BYTES, NotReadable
from groups_catalog.feeds.packed import ZIP
from groups_catalog.feeds.sheets import HALF_A_PAIR, Sheet, read_back, write_csv, write_xlsx
from groups_catalog.feeds.wording import refused_sentence
from groups_catalog.places import plain
from groups_catalog.upkeep.sheets.cells import in_both
from groups_catalog.upkeep.sheets.columns import TITLES, columns, known_headings
from groups_catalog.upkeep.sheets.tables import Entry, Problem, Row, Table, tables

OTHER_TEXT = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def workbook_of(entries: Sequence[Entry], beside: Iterable[Sheet] = ()) -> bytes:
    """Groups, meetings and facts, with headings in the language of the page, and what is to stand beside them."""
    found = tables(entries)
    sheets = [Sheet(str(TITLES[table]), headings(table), tuple(found[table])) for table in TITLES]
    return write_xlsx([*sheets, *beside])


def csv_of(entries: Sequence[Entry], table: str) -> bytes:
    return write_csv(tables(entries)[table], headings(table))


def sheet_as_csv(sheet: Sheet) -> bytes:
    return write_csv(sheet.rows, sheet.headings)


def headings(table: str) -> tuple[str, ...]:
    return tuple(str(column.heading) for column in columns(table))


def read_files(files: Iterable[tuple[str, bytes]]) -> tuple[list[Table], list[Problem]]:
    """The tables in the files, and why others cannot be read."""
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, data in files:
        try:
            read = list(_tables_of(name, data))
        except NotReadable as no:
            problems.append(Problem(name, 0, "", refused_sentence(no.refused)))
            continue
        problems.extend([] if read else [Problem(name, 0, "", _("No table of groups, meetings or facts is in it."))])
        for table in read:
            problems.extend(_wrong_with(table, found))
            found[table.name] = table
    return list(found.values()), problems


def _tables_of(name: str, data: bytes) -> Iterator[Table]:
    if len(data) > MAX_BYTES:
        raise NotReadable("too_large")
    if not data.strip():
        raise NotReadable("empty_file")
    for sheet in read_back(data if data.startswith(ZIP) else _in_utf8(data)):
        if table := _recognised(sheet):
            yield _table(table, _whole(sheet.title) or name, sheet)


def _in_utf8(data: bytes) -> bytes:
    """Excel on Windows saves text in the country's old code unless one asks for UTF-8."""
    for mark, encoding in OTHER_TEXT:
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode()
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").encode()
    return data


def _recognised(sheet: Sheet) -> str:
    """By its title, or where that is another one by its headings. Empty for a sheet that is none of ours."""
    for table, title in TITLES.items():
        if plain(sheet.title) in {plain(word) for word in (table, *in_both(title))}:
            return table
    known = {table: len(_places(table, sheet.headings)) for table in TITLES}
    best = max(known, key=lambda table: known[table] / len(columns(table)))
    return best if 2 * known[best] >= len(columns(best)) else ""


def _table(name: str, title: str, sheet: Sheet) -> Table:
    places = _places(name, sheet.headings)
    missing = tuple(str(column.heading) for column in columns(name) if column.key not in places)
    rows = tuple(
        Row(number, {key: _whole(row[place]) for key, place in places.items()})
        for number, row in enumerate(sheet.rows, start=2)
        if any(cell.strip() for cell in row)
    )
    return Table(name, title, rows, missing)


def _whole(text: str) -> str:
    """A workbook can hold half a character, which no page and no database can."""
    return HALF_A_PAIR.sub("\N{REPLACEMENT CHARACTER}", text)


def _places(table: str, headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands; of two with one heading the first."""
    known = known_headings(table)
    found = ((known.get(plain(heading)), place) for place, heading in enumerate(headings))
    return {key: place for key, place in reversed(list(found)) if key}


def _wrong_with(table: Table, others: dict[str, Table]) -> Iterator[Problem]:
    for heading in table.missing:
        yield Problem(table.title, 1, heading, _("This column is missing."))
    if table.name in others:
        yield Problem(table.title, 0, "", _("This table is there twice: upload one of them."))
