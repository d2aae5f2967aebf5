"""A catalog as three tables of text: one row for each group, each meeting, each fact.

    Entry(slug, number, document) ──▶ Table(groups) · Table(meetings) · Table(facts)

A meeting's id is its group's and its place in the group's document, `havna#1`; a fact's is `havna#touch_custom#1`.
The number of the version that was exported stands in each row, so that it is known later which document that was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from groups_catalog.upkeep.documents import FACTS as FACT_PREFIX
from groups_catalog.upkeep.documents import (
    NEW_FACT,
    NEW_MEETING,
    Document,
    completed,
    fact_attributes,
    facts_in_order,
    in_order,
)
from groups_catalog.upkeep.sheets.columns import (
    ATTRIBUTE,
    FACTS,
    GROUP,
    GROUPS,
    ID,
    MEETINGS,
    REMOVE,
    VERSION,
    columns,
    content,
)

BETWEEN = "#"


@dataclass(frozen=True, slots=True)
class Entry:
    """One group as it is exported."""

    slug: str
    number: int
    document: Document
    """From `normal()`."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """Where a spreadsheet shows it; the headings are row 1."""
    cells: dict[str, str]
    """By the key of the column."""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    """`groups`, `meetings` or `facts`."""
    title: str
    """What the sheet is called in the file."""
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()
    """Headings that are not there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sheet is not taken over, and where to look. Row 0: the sheet as a whole."""

    sheet: str
    row: int
    column: str
    message: str


def tables(entries: Sequence[Entry]) -> dict[str, list[tuple[str, ...]]]:
    """The cells of each table, in the order of its columns."""
    found: dict[str, list[tuple[str, ...]]] = {GROUPS: [], MEETINGS: [], FACTS: []}
    for entry in entries:
        found[GROUPS].append(_group_row(entry))
        found[MEETINGS].extend(_meeting_rows(entry))
        found[FACTS].extend(_fact_rows(entry))
    return found


def normal(document: Mapping[str, Any]) -> Document:
    """A document of whatever age, with every field, and its lists in their fixed order: the ids count on it."""
    whole = completed(document)
    facts = {f"{FACT_PREFIX}{attribute}" for attribute in fact_attributes(whole)}
    return {
        **whole,
        "meetings": in_order({**NEW_MEETING, **meeting} for meeting in whole["meetings"]),
        **{key: facts_in_order({**NEW_FACT, **fact} for fact in whole[key]) for key in facts},
    }


def numbered_meetings(slug: str, document: Document) -> dict[str, Document]:
    """By their ids in a sheet."""
    meetings = enumerate(document["meetings"], start=1)
    return {BETWEEN.join((slug, str(number))): meeting for number, meeting in meetings}


def numbered_facts(slug: str, document: Document) -> dict[str, Document]:
    """By their ids in a sheet; each with its attribute."""
    return {
        BETWEEN.join((slug, attribute, str(number))): {ATTRIBUTE: attribute, **fact}
        for attribute in sorted(fact_attributes(document))
        for number, fact in enumerate(document[f"{FACT_PREFIX}{attribute}"], start=1)
    }


def written(table: str, marks: dict[str, str], values: Document) -> tuple[str, ...]:
    """One row's cells."""
    said = {column.key: column.codec.cell(values[column.key]) for column in content(table)}
    return tuple({**marks, **said}[column.key] for column in columns(table))


def _group_row(entry: Entry) -> tuple[str, ...]:
    return written(GROUPS, {ID: entry.slug, VERSION: str(entry.number)}, entry.document)


def _meeting_rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    for key, meeting in numbered_meetings(entry.slug, entry.document).items():
        yield written(MEETINGS, _row_marks(key, entry), meeting)


def _fact_rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    for key, fact in numbered_facts(entry.slug, entry.document).items():
        yield written(FACTS, _row_marks(key, entry), fact)


def _row_marks(key: str, entry: Entry) -> dict[str, str]:
    return {ID: key, VERSION: str(entry.number), GROUP: entry.slug, REMOVE: ""}
