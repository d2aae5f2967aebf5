"""The three tables of a catalog and their columns: what each is called, and how its cells are written and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from groups_catalog.models import Every
from groups_catalog.places import plain
from groups_catalog.upkeep.field_words import NAMES
from groups_catalog.upkeep.sheets import cells
from groups_catalog.upkeep.sheets.cells import Codec, in_both, one_of, several
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import BASES, CHECKED_HOW, LANES, LANGUAGES, MEMBERS, MODES, NTH, STATUSES

GROUPS, MEETINGS, FACTS = "groups", "meetings", "facts"
TITLES = {GROUPS: _("Groups"), MEETINGS: _("Meetings"), FACTS: _("Facts")}
ID, VERSION, GROUP, REMOVE, ATTRIBUTE = "id", "version", "group", "remove", "attribute"
MARKS = frozenset((ID, VERSION, GROUP, REMOVE))
"""Columns that say which row it is; the others are what stands in a document."""
EVERY = {Every.WEEK.value: _("each week"), **NTH}


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    heading: Any
    codec: Codec
    codes: Mapping[str, Any]
    """What the codes in its cells mean; empty where it holds no codes."""


@cache
def columns(table: str) -> tuple[Column, ...]:
    return {GROUPS: _groups, MEETINGS: _meetings, FACTS: _facts}[table]()


@cache
def known_headings(table: str) -> Mapping[str, str]:
    """Spelled plainly, in every language: the key of the column."""
    listed = reversed(columns(table))
    return {plain(name): column.key for column in listed for name in (*in_both(column.heading), column.key)}


def content(table: str) -> tuple[Column, ...]:
    """Without the marks."""
    return tuple(column for column in columns(table) if column.key not in MARKS)


def _column(key: str, heading: Any, codec: Codec = cells.TEXT) -> Column:
    return Column(key, heading, codec, {})


def _coded(key: str, heading: Any, codes: Mapping[str, Any], *, may_be_empty: bool = False) -> Column:
    return Column(key, heading, one_of(codes, may_be_empty=may_be_empty), codes)


def _groups() -> tuple[Column, ...]:
    named = [
        ("name", cells.TEXT),
        ("organisation", cells.TEXT),
        ("place", cells.TEXT),
        ("venue", cells.TEXT),
        ("latitude", cells.NUMBER),
        ("longitude", cells.NUMBER),
        ("link", cells.TEXT),
        ("access_step_free", cells.YES_NO),
        ("access_hearing", cells.YES_NO),
        ("access_sight", cells.YES_NO),
        ("access_child_care", cells.YES_NO),
        ("contact_role_en", cells.TEXT),
        ("contact_role_nb", cells.TEXT),
        ("note_en", cells.TEXT),
        ("note_nb", cells.TEXT),
        ("checked_on", cells.DAY),
        ("merged_into", cells.TEXT),
    ]
    coded = [
        _coded("status", NAMES["status"], STATUSES),
        _coded("lane", NAMES["lane"], LANES),
        _coded("mode", NAMES["mode"], MODES),
        _coded("membership", NAMES["membership"], MEMBERS),
        _coded("checked_how", NAMES["checked_how"], CHECKED_HOW, may_be_empty=True),
        Column("languages", NAMES["languages"], several(LANGUAGES), LANGUAGES),
    ]
    found = {column.key: column for column in (*(_column(key, NAMES[key], codec) for key, codec in named), *coded)}
    return (*_marks(), *(found[key] for key in ORDER))


ORDER = (
    *("name", "status", "organisation", "lane", "mode", "place", "venue", "latitude", "longitude", "link"),
    *("languages", "membership", "access_step_free", "access_hearing", "access_sight", "access_child_care"),
    *("contact_role_en", "contact_role_nb", "note_en", "note_nb", "checked_on", "checked_how", "merged_into"),
)


def _meetings() -> tuple[Column, ...]:
    return (
        *_row_marks(),
        _column("weekday", _("Weekday"), cells.WEEKDAY),
        _column("start", _("Starts at"), cells.CLOCK),
        _column("minutes", _("Minutes"), cells.WHOLE),
        _coded("every", _("How often"), EVERY),
        _column("valid_from", _("First day"), cells.DAY),
        _column("valid_until", _("Last day"), cells.DAY),
        _column("open", _("Open to anybody"), cells.YES_NO),
        _column("except_on", _("Not held on"), cells.DAYS),
        _column("timezone", _("Time zone")),
    )


def _facts() -> tuple[Column, ...]:
    attributes = {attribute.id: attribute.label for attribute in vocabulary().askable()}
    return (
        *_row_marks(),
        _coded(ATTRIBUTE, _("About"), attributes),
        _column("values", _("Answer"), cells.VALUES),
        _coded("basis", _("Stated or observed"), BASES),
        _column("source", _("Source")),
        _column("dated", _("Date"), cells.PARTIAL_DATE),
        _column("unverified", _("Not verified"), cells.YES_OR_NO),
        _column("observers", _("Told by how many"), cells.WHOLE),
        _column("inherit", _("Taken over by groups"), cells.YES_OR_NO),
        _column("note_en", NAMES["note_en"]),
        _column("note_nb", NAMES["note_nb"]),
    )


def _marks() -> tuple[Column, ...]:
    return _column(ID, _("Id")), _column(VERSION, _("Version"))


def _row_marks() -> tuple[Column, ...]:
    return (*_marks(), _column(GROUP, _("Group")), _column(REMOVE, _("Remove"), cells.YES_NO))
