"""What was wrong with a list: each thing once, with all the rows in which it is so. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from groups_catalog.feeds.model import Problem
from groups_catalog.feeds.wording import FIELDS, problem_sentence

FIRST = 5
"""Rows that are named before the rest is folded away."""


@dataclass(slots=True)
class Alike:
    name: str
    """Of the field, in words."""
    sentence: str
    rows: list[int] = field(default_factory=list)

    @property
    def first(self) -> list[int]:
        return self.rows[:FIRST]

    @property
    def others(self) -> list[int]:
        return self.rows[FIRST:]


def alike(kept: Iterable[Sequence[Any]]) -> list[Alike]:
    """In the order in which they first come."""
    found: dict[tuple[str, ...], Alike] = {}
    for row, name, reason, given in kept:
        key = (str(name), str(reason), str(given))
        if key not in found:
            words = problem_sentence(Problem(int(row), *key))
            found[key] = Alike(str(FIELDS.get(key[0], key[0])), words)
        found[key].rows.append(int(row))
    return list(found.values())
