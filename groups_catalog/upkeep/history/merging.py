"""Two people's work on one entry, brought together: what merges by itself, and what somebody has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinics.models import Clinic
from groups_catalog.upkeep.comparison import FieldDifference, ThreeWay, compare, decided, three_way
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.field_words import Names
from groups_catalog.upkeep.history.entries import Entry, current, document_at, names_in


@dataclass(frozen=True, slots=True)
class Together:
    """`ours` was written on top of version `based_on`; meanwhile the entry became `theirs`, version `number`."""

    base: Document
    ours: Document
    theirs: Document
    based_on: int
    number: int
    outcome: ThreeWay
    names: Names

    def conflicts(self) -> list[FieldDifference]:
        return self._compare(self.ours, self.theirs, self.outcome.conflicts)

    def differing(self) -> list[FieldDifference]:
        """Every field of which the two say different things, also those that merge by themselves."""
        return self._compare(self.ours, self.theirs, None)

    def ours_alone(self) -> list[FieldDifference]:
        return self._compare(self.base, self.ours, self.outcome.ours_only)

    def theirs_alone(self) -> list[FieldDifference]:
        return self._compare(self.base, self.theirs, self.outcome.theirs_only)

    def suggested(self) -> dict[str, str]:
        """By field, the side that the merge takes where only one side changed it."""
        return {
            **dict.fromkeys(self.outcome.ours_only, "ours"),
            **dict.fromkeys(self.outcome.theirs_only, "theirs"),
        }

    def decided(self, choices: Mapping[str, str]) -> Document:
        """The merge, with these choices over it."""
        return decided(self.ours, self.theirs, {**self.suggested(), **choices})

    def _compare(self, left: Document, right: Document, fields: tuple[str, ...] | None) -> list[FieldDifference]:
        return compare(left, right, fields, names=self.names)


def together(entry: Entry, ours: Document, *, based_on: int, clinic: Clinic) -> Together:
    """Where the base is not kept any more, whatever differs has to be decided."""
    number, theirs = current(entry, clinic)
    base = theirs if number == based_on else document_at(entry, based_on)
    base = base or {}
    outcome = three_way(base, ours, theirs)
    return Together(base, ours, theirs, based_on, number, outcome, names_in([base, ours, theirs]))
