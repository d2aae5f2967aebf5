"""Writes rows so that a second run finds nothing to do, and keeps the tally of what it did."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __str__(self) -> str:
        said = f"added {self.added}, changed {self.changed}, unchanged {self.unchanged}"
        return f"{said}, removed {self.removed}" if self.removed else said


@dataclass(slots=True)
class Report:
    """What one run did, by kind of row."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def of(self, kind: str) -> Tally:
        return self.tallies.setdefault(kind, Tally())

    def changed_anything(self) -> bool:
        return any(tally.added or tally.changed or tally.removed for tally in self.tallies.values())

    def lines(self) -> list[str]:
        return [f"{kind}: {tally}" for kind, tally in self.tallies.items()]


def put(rows: QuerySet[Row], tally: Tally, identity: dict[str, Any], content: dict[str, Any], **dates: object) -> Row:
    """Adds the row of that identity, or gives it the content. `dates` are set only when something else is."""
    row = rows.filter(**identity).first()
    if row is None:
        tally.added += 1
        return rows.create(**identity, **content, **dates)
    if all(getattr(row, name) == value for name, value in content.items()):
        tally.unchanged += 1
        return row
    for name, value in {**content, **dates}.items():
        setattr(row, name, value)
    row.save()
    tally.changed += 1
    return row


def drop(rows: QuerySet[Row], tally: Tally, *, keep: list[Row]) -> None:
    """Deletes the rows that the file no longer holds."""
    gone = rows.exclude(pk__in=[row.pk for row in keep])
    tally.removed += gone.delete()[0]
