"""Which rows of a sheet belong to which group, and which version of it they were exported from. Pure.

A row keeps the id it was exported with. A new row has none; a new group may be called `new 1`, so that the rows of
its meetings and facts can name it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from groups_catalog.upkeep.documents import NEW_GROUP, Document
from groups_catalog.upkeep.sheets.columns import FACTS, GROUP, GROUPS, ID, MEETINGS, VERSION, columns
from groups_catalog.upkeep.sheets.tables import BETWEEN, Problem, Row, Table

NEW = re.compile(r"(?:new|ny)(?:\s.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The groups as they stand now, and the earlier versions that a sheet names, all from `normal()`."""

    numbers: Mapping[str, int]
    documents: Mapping[str, Document]
    earlier: Mapping[tuple[str, int], Document]
    organisations: frozenset[str]

    def at(self, slug: str, number: int) -> Document | None:
        return self.documents[slug] if self.numbers[slug] == number else self.earlier.get((slug, number))


@dataclass(slots=True)
class Part:
    """What a file says of one group."""

    slug: str
    """Empty for a new one."""
    number: int = 0
    base: Document = field(default_factory=lambda: dict(NEW_GROUP))
    rows: dict[str, list[Row]] = field(default_factory=lambda: {GROUPS: [], MEETINGS: [], FACTS: []})


class Problems:
    """Collects what is wrong, each with where it stands."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.titles = {table.name: table.title for table in tables}
        self.found: list[Problem] = []

    def in_order(self) -> list[Problem]:
        """Of the file."""
        places = list(self.titles.values())
        return sorted(self.found, key=lambda problem: (places.index(problem.sheet), problem.row))

    def add(self, table: str, row: Row, key: str, message: str) -> None:
        heading = next((str(column.heading) for column in columns(table) if column.key == key), "")
        self.found.append(Problem(self.titles[table], row.number, heading, message))


def parts(tables: Iterable[Table], catalog: Catalog, problems: Problems) -> list[Part]:
    """In the order of the file."""
    found: dict[str, Part] = {}
    for table in sorted(tables, key=lambda table: (GROUPS, MEETINGS, FACTS).index(table.name)):
        seen: set[str] = set()
        for row in table.rows:
            if _is_twice(table.name, row, seen, problems):
                continue
            key = _key(table.name, row, catalog, found, problems)
            if key:
                found.setdefault(key, Part(key if key in catalog.documents else "")).rows[table.name].append(row)
    for part in found.values():
        if part.slug:
            _find_base(part, catalog, problems)
    return list(found.values())


def named_versions(tables: Iterable[Table]) -> set[tuple[str, int]]:
    """Slug and number of every version that the rows were exported from."""
    return {
        (row.cells.get(ID, "").strip().partition(BETWEEN)[0], int(version))
        for table in tables
        for row in table.rows
        if (version := _version(row))
    }


def _is_twice(table: str, row: Row, seen: set[str], problems: Problems) -> bool:
    written = row.cells.get(ID, "").strip()
    if written in seen:
        told = _("The id “{id}” stands there twice. Leave the cell empty for a new row.")
        problems.add(table, row, ID, told.format(id=written))
        return True
    seen.update({written} - {""})
    return False


def _key(table: str, row: Row, catalog: Catalog, found: Mapping[str, Part], problems: Problems) -> str:
    """The slug, or what a new group is called in the file; empty where it is not clear, and then told."""
    if table == GROUPS:
        return _group_key(row, catalog, problems)
    own, group = row.cells.get(ID, "").strip().partition(BETWEEN)[0], row.cells.get(GROUP, "").strip()
    if own and group and own != group:
        problems.add(
            table, row, GROUP, _("The id of this row belongs to another group. Leave the id empty for a new row.")
        )
        return ""
    key = own or group
    if key in catalog.documents or (not own and _called(key) in found):
        return key if key in catalog.documents else _called(key)
    told = _("There is no group with the id “{id}”.") if key else _("Say which group it is: write its id.")
    problems.add(table, row, ID if own else GROUP, told.format(id=key))
    return ""


def _group_key(row: Row, catalog: Catalog, problems: Problems) -> str:
    written = row.cells.get(ID, "").strip()
    if written in catalog.documents:
        return written
    if not written or NEW.fullmatch(written):
        return _called(written) or f" {row.number}"
    told = _("There is no group with the id “{id}”. Leave the cell empty for a new group, or write “new 1”.")
    problems.add(GROUPS, row, ID, told.format(id=written))
    return ""


def _called(written: str) -> str:
    """No id holds a space, so a new group's name in the file is never taken for one."""
    return f" {' '.join(written.casefold().split())}" if written else ""


def _find_base(part: Part, catalog: Catalog, problems: Problems) -> None:
    """The version behind the rows; where only new rows name the group, the newest."""
    numbers: dict[str, tuple[str, Row]] = {}
    for table, rows in part.rows.items():
        for row in rows:
            if row.cells.get(ID, "").strip():
                numbers.setdefault(_version(row), (table, row))
    part.number = int(next(iter(numbers), "") or 0) or catalog.numbers[part.slug]
    base = catalog.at(part.slug, part.number)
    part.base = base or catalog.documents[part.slug]
    if "" in numbers:
        table, row = numbers[""]
        problems.add(table, row, VERSION, _("The version is missing. It stood there when the sheet was exported."))
    elif len(numbers) > 1:
        table, row = list(numbers.values())[1]
        told = _("The rows of “{id}” come from different exports. Export again, and edit that one.")
        problems.add(table, row, VERSION, told.format(id=part.slug))
    elif base is None:
        table, row = next(iter(numbers.values()))
        problems.add(table, row, VERSION, _("There is no such version. Export again, and edit that one."))


def _version(row: Row) -> str:
    written = row.cells.get(VERSION, "").strip().removesuffix(".0")
    return written if written.isascii() and written.isdigit() and len(written) < 10 and int(written) else ""
