"""The columns of a meeting table and the words in its cells: `columns.yaml`, read once. Pure: no Django."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from groups_catalog.feeds.times import folded
from groups_catalog.reading import Node, read_yaml
from groups_catalog.text import NO_TEXT, Text

PATH = Path(__file__).with_name("columns.yaml")
NEEDED = ("name", "day", "start")
"""Without these a table says little; the page where columns are matched asks for them."""


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    heading: Text
    means: Text
    also: tuple[str, ...]

    @property
    def in_template(self) -> bool:
        return bool(self.means)


@dataclass(frozen=True, slots=True)
class Columns:
    listed: tuple[Column, ...]
    words: Mapping[str, Mapping[str, str]]
    """By kind and word: what the word stands for."""

    def word(self, kind: str, text: str) -> str:
        """«Fysisk oppmøte» → `in_person`; empty where the word is not known."""
        return self.words[kind].get(_plain(text), "")


@cache
def columns() -> Columns:
    root = read_yaml(PATH)
    kinds = root.child("words")
    return Columns(
        tuple(_column(node) for node in root.items("columns")),
        {kind: _words(kinds.child(kind)) for kind in kinds.names()},
    )


def suggest_columns(headings: Iterable[str]) -> dict[str, str]:
    """Our field → the heading it most likely stands under. Each heading is used once, our own template's first."""
    given = {_plain(heading): heading for heading in reversed(list(headings))}
    found: dict[str, str] = {}
    for names_of in _names():
        for field, names in names_of.items():
            match = next((given[name] for name in names if name in given), None)
            if match and field not in found and match not in found.values():
                found[field] = match
    # Where nothing else is a name, what the group is called is.
    if "name" not in found and "group" in found:
        found["name"] = found.pop("group")
    return {column.id: found[column.id] for column in columns().listed if column.id in found}


def is_heading_row(cells: Iterable[str]) -> bool:
    """Whether a row of a table is one of headings, and not a title above it."""
    headings = [cell for cell in cells if cell.strip()]
    found = suggest_columns(headings) if len(headings) > 1 else {}
    return len(found) > 1 and ("name" in found or {"day", "start"} <= found.keys())


@cache
def _names() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Plain, by our field: as our own template has them, and as others do."""
    listed = columns().listed
    own = {column.id: (_plain(column.heading.en), _plain(column.heading.nb)) for column in listed}
    return own, {column.id: tuple(map(_plain, column.also)) for column in listed}


def missing(fields: Iterable[str]) -> tuple[str, ...]:
    """Those of the needed fields that no column was found for."""
    known = set(fields)
    return tuple(name for name in NEEDED if name not in known)


def template_headings(language: str) -> tuple[str, ...]:
    return tuple(column.heading.in_language(language) for column in columns().listed if column.in_template)


def template_rows(language: str) -> tuple[tuple[str, str], ...]:
    """Each heading of the template with what to write under it."""
    return tuple(
        (column.heading.in_language(language), column.means.in_language(language))
        for column in columns().listed
        if column.in_template
    )


def _plain(text: str) -> str:
    """Small letters without accents and signs, so that «End_Time» and «end time» are one heading."""
    return " ".join(re.findall(r"\w+", folded(text.replace("_", " "))))


def _column(node: Node) -> Column:
    return Column(node.slug(), node.both("heading"), node.maybe_both("means") or NO_TEXT, node.words("also"))


def _words(node: Node) -> dict[str, str]:
    return {_plain(word): name for name in node.names() for word in node.words(name)}
