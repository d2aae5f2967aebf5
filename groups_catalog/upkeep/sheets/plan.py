"""What taking over a sheet would do: its changes to each group, on top of what others have changed since. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from groups_catalog.upkeep.comparison import decided, three_way
from groups_catalog.upkeep.documents import Document, changed_fields
from groups_catalog.upkeep.sheets.matching import Catalog
from groups_catalog.upkeep.sheets.reading import Said


@dataclass(frozen=True, slots=True)
class Step:
    """One group that the sheet adds or changes."""

    slug: str
    """Empty for a new one."""
    number: int
    """Of the version that it is put on top of."""
    ours: Document
    """How the group stands now; empty for a new one."""
    theirs: Document
    """What the sheet makes of it; in a list that others have changed too, only in the rows that it changes."""
    merged: Document
    """With what others have changed since; ours where both changed the same."""
    conflicts: tuple[str, ...]

    def outcome(self, choices: Mapping[str, str]) -> Document:
        """`choices`: for each conflict `ours` or `theirs`."""
        return decided(self.merged, self.theirs, {field: choices[field] for field in self.conflicts})

    def fields(self) -> list[str]:
        """What changes, besides what is still to decide."""
        return [field for field in changed_fields(self.ours, self.merged) if field not in self.conflicts]


@dataclass(frozen=True, slots=True)
class Plan:
    added: tuple[Step, ...]
    changed: tuple[Step, ...]
    unchanged: int
    """Groups of the sheet that it leaves as they are."""
    absent: int
    """Groups of the catalog that the sheet does not name; nothing happens to them."""
    rows_absent: int
    """Meetings and facts of its groups that it leaves out; nothing happens to them."""

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.added, *self.changed)

    @property
    def conflicts(self) -> tuple[Step, ...]:
        return tuple(step for step in self.changed if step.conflicts)

    def fingerprint(self) -> str:
        """Two plans with the same one do the same."""
        told = [[step.slug, step.number, step.merged, step.theirs, step.conflicts] for step in self.steps]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan(said: Iterable[Said], catalog: Catalog) -> Plan:
    listed = list(said)
    added = tuple(Step("", 0, {}, one.document, one.document, ()) for one in listed if not one.slug)
    known = [one for one in listed if one.slug]
    changed = tuple(step for one in known if (step := _step(one, catalog)))
    return Plan(
        added,
        changed,
        unchanged=len(known) - len(changed),
        absent=len(catalog.documents) - len(known),
        rows_absent=sum(one.absent for one in known),
    )


def _step(said: Said, catalog: Catalog) -> Step | None:
    """None where nothing is left to do, for instance since somebody has done the same in the meantime."""
    if said.document == said.base:
        return None
    ours = catalog.documents[said.slug]
    both = three_way(said.base, ours, said.document)
    if both.merged == ours and not both.conflicts:
        return None
    return Step(said.slug, catalog.numbers[said.slug], ours, both.theirs, both.merged, both.conflicts)
