"""What a sheet says of each group, as documents: the version it was exported from, with what its cells change. Pure.

A row that is missing changes nothing; what is to go says so, a group by its status, a meeting or fact by *Remove*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from groups_catalog.places import Place as Town
from groups_catalog.upkeep.documents import FACTS as FACT_PREFIX
from groups_catalog.upkeep.documents import NEW_FACT, NEW_GROUP, NEW_MEETING, Document, facts_in_order, in_order
from groups_catalog.upkeep.entries.fact_form import TOLD_BY
from groups_catalog.upkeep.entries.locating import located
from groups_catalog.upkeep.faults import faults
from groups_catalog.upkeep.sheets import cells
from groups_catalog.upkeep.sheets.cells import CellError
from groups_catalog.upkeep.sheets.columns import ATTRIBUTE, FACTS, GROUPS, ID, MEETINGS, REMOVE, content
from groups_catalog.upkeep.sheets.matching import Catalog, Part, Problems, parts
from groups_catalog.upkeep.sheets.tables import Problem, Row, Table, numbered_facts, numbered_meetings
from groups_catalog.vocabulary import vocabulary

DEFAULTS: dict[str, Document] = {GROUPS: NEW_GROUP, MEETINGS: NEW_MEETING, FACTS: NEW_FACT}
Place = tuple[str, Row, str]
"""Table, row and column."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the sheet makes of one group."""

    slug: str
    """Empty for a new one."""
    number: int
    base: Document
    document: Document
    absent: int
    """Meetings and facts of that version that the sheet leaves out; nothing happens to them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What reading needs to know besides the file."""

    catalog: Catalog
    writer: int
    """Who is said to have recorded a fact that the sheet brings or changes."""
    today: date
    towns: Sequence[Town] = ()
    """Where the clinic's own groups are, for a new one that names a town and no coordinates."""


def read(tables: Iterable[Table], asked: Asked) -> tuple[list[Said], list[Problem]]:
    """The groups of the file, those it leaves as they are included; and everything that is wrong, at once."""
    listed = list(tables)
    problems = Problems(listed)
    said = [_Reader(part, asked, problems).said() for part in parts(listed, asked.catalog, problems)]
    return said, problems.in_order()


class _Reader:
    """One group: its cells become its document, and what is wrong with the document is traced to a row."""

    def __init__(self, part: Part, asked: Asked, problems: Problems) -> None:
        self.part, self.asked, self.problems = part, asked, problems
        self.places: dict[str, Place] = {}
        self.absent = 0

    def said(self) -> Said:
        before = len(self.problems.found)
        document = {**self.part.base, **self._group(), **self._meetings(), **self._facts()}
        whole = {key: value for key, value in document.items() if value or not key.startswith(FACT_PREFIX)}
        if not self.part.slug and {"place", "latitude", "longitude"} <= whole.keys():
            whole = located(whole, {}, self.asked.towns)
        if whole != self.part.base and len(self.problems.found) == before:
            self._check(whole)
        return Said(self.part.slug, self.part.number, self.part.base, whole, self.absent)

    def _group(self) -> Document:
        said: Document = {}
        for row in self.part.rows[GROUPS]:
            self.places |= {column.key: (GROUPS, row, column.key) for column in content(GROUPS)}
            said = self._cells(GROUPS, row, self.part.base if self.part.slug else None) or {}
        return said

    def _meetings(self) -> Document:
        rows = self._rows(MEETINGS, numbered_meetings(self.part.slug, self.part.base))
        ordered = in_order(meeting for meeting, _row in rows)
        row_of = {id(meeting): row for meeting, row in rows}
        for number, meeting in enumerate(ordered):
            if row := row_of[id(meeting)]:
                self.places[f"meetings.{number}"] = (MEETINGS, row, "")
        return {"meetings": ordered}

    def _facts(self) -> Document:
        before = numbered_facts(self.part.slug, self.part.base)
        found: dict[str, list[Document]] = {f"{FACT_PREFIX}{fact[ATTRIBUTE]}": [] for fact in before.values()}
        for fact, row in self._rows(FACTS, before):
            key = f"{FACT_PREFIX}{fact[ATTRIBUTE]}"
            found.setdefault(key, []).append({name: fact[name] for name in fact if name != ATTRIBUTE})
            if row:
                self.places.setdefault(key, (FACTS, row, ""))
        return {key: facts_in_order(found[key]) for key in sorted(found)}

    def _rows(self, table: str, before: Mapping[str, Document]) -> list[tuple[Document, Row | None]]:
        """What stands in the group after the sheet, each with its row; without one where the sheet is silent."""
        by_id = {row.cells[ID].strip(): row for row in self.part.rows[table] if row.cells[ID].strip()}
        for key in by_id.keys() - before.keys():
            self.problems.add(table, by_id[key], ID, _("There is no row with this id in that version."))
        kept = [(entry, by_id.get(key)) for key, entry in before.items()]
        if table in self.problems.titles:
            self.absent += len(before.keys() - by_id.keys())
        new = [(None, row) for row in self.part.rows[table] if not row.cells[ID].strip()]
        read = [(self._entry(table, row, entry), row) for entry, row in (*kept, *new)]
        return [(entry, row) for entry, row in read if entry is not None]

    def _entry(self, table: str, row: Row | None, before: Document | None) -> Document | None:
        """None for what goes, and for what cannot be read."""
        if row is None:
            return before
        try:
            if cells.YES_NO.fresh(row.cells[REMOVE]):
                return None
        except CellError as error:
            self.problems.add(table, row, REMOVE, str(error))
        entry = self._cells(table, row, before)
        if table == FACTS and entry is not None and entry != before:
            self._check_free_text(row, entry, before or NEW_FACT)
            return {**entry, "recorded_by": self.asked.writer}
        return entry

    def _cells(self, table: str, row: Row, before: Document | None) -> Document | None:
        read: Document = {}
        for column in content(table):
            cell = row.cells[column.key]
            try:
                if before is not None:
                    read[column.key] = column.codec.value(cell, before[column.key])
                elif cell.strip() or column.key not in DEFAULTS[table]:
                    read[column.key] = column.codec.fresh(cell)
            except CellError as error:
                self.problems.add(table, row, column.key, str(error))
        whole = {**(DEFAULTS[table] if before is None else before), **read}
        return whole if all(column.key in whole for column in content(table)) else None

    def _check_free_text(self, row: Row, fact: Document, before: Document) -> None:
        """About how people behave nothing is written freely, so that nobody is named."""
        attribute = vocabulary().attributes.get(fact[ATTRIBUTE])
        if attribute is None or not attribute.about_people:
            return
        allowed = {before["source"], *(source for source, _words, _basis in TOLD_BY.values())}
        if fact["source"] not in allowed:
            told = _("About how people behave the source is one of these: {sources}.")
            self.problems.add(FACTS, row, "source", told.format(sources=", ".join(sorted(allowed - {""}))))
        for key in ("note_en", "note_nb"):
            if fact[key] not in ("", before[key]):
                self.problems.add(FACTS, row, key, _("About how people behave no note is written."))

    def _check(self, document: Document) -> None:
        """What was wrong before the sheet is not the sheet's fault."""
        before = set(faults(self.part.base, today=self.asked.today)) if self.part.slug else set()
        for fault in faults(document, today=self.asked.today):
            if fault not in before:
                self._tell(fault.field, fault.message)
        for field, message in self._links(document):
            if document[field] != self.part.base.get(field, ""):
                self._tell(field, message)

    def _links(self, document: Document) -> Iterator[tuple[str, str]]:
        into, catalog = document["merged_into"], self.asked.catalog
        if document["organisation"] not in catalog.organisations:
            told = _("There is no organisation with the id “{id}”.")
            yield "organisation", told.format(id=document["organisation"])
        if into and (into not in catalog.documents or into == self.part.slug):
            yield "merged_into", _("There is no group with the id “{id}”.").format(id=into)

    def _tell(self, field: str, message: str) -> None:
        first = next((table, row, "") for table, rows in self.part.rows.items() for row in rows)
        self.problems.add(*self.places.get(field, first), message)
