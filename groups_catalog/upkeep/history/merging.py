"""Two people's work on one entry, brought together: what merges by itself, and what somebody has to decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from clinics.models import Clinic
from groups_catalog.upkeep.comparison import FieldDifference, ThreeWay, compare, three_way
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.field_words import Names, in_reading_order
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
        """Of a list that both changed, only the rows that are to be decided."""
        asked = {field: one.asked() for field, one in self.outcome.joined.items()}
        fields = [field for field in self.outcome.conflicts if field not in asked]
        rows = {field: sides for field, sides in asked.items() if field in self.outcome.conflicts}
        return in_order_of_fields([*self._compare(self.ours, self.theirs, fields), *self._rows(rows)])

    def differing(self) -> list[FieldDifference]:
        """Every field of which the two say different things, also those that merge by themselves."""
        return self._compare(self.outcome.ours, self.outcome.theirs, None)

    def ours_alone(self) -> list[FieldDifference]:
        rows = {field: one.by_us() for field, one in self.outcome.joined.items()}
        return in_order_of_fields([*self._compare(self.base, self.ours, self.outcome.ours_only), *self._rows(rows)])

    def theirs_alone(self) -> list[FieldDifference]:
        rows = {field: one.by_them() for field, one in self.outcome.joined.items()}
        whole = self._compare(self.base, self.theirs, self.outcome.theirs_only)
        return in_order_of_fields([*whole, *self._rows(rows)])

    def suggested(self) -> dict[str, str]:
        """By field, the side that the merge takes where only one side changed it."""
        return {
            **dict.fromkeys(self.outcome.ours_only, "ours"),
            **dict.fromkeys(self.outcome.theirs_only, "theirs"),
        }

    def decided(self, choices: Mapping[str, str]) -> Document:
        """The merge, with these choices over it."""
        return self.outcome.decided({**self.suggested(), **choices})

    def _compare(self, left: Document, right: Document, fields: Iterable[str] | None) -> list[FieldDifference]:
        return compare(left, right, fields, names=self.names)

    def _rows(self, sides: Mapping[str, tuple[list[Document], list[Document]]]) -> list[FieldDifference]:
        """Some rows of a list: where there is none, the list need not be empty."""
        left, right = ({field: lists[number] for field, lists in sides.items()} for number in (0, 1))
        return [replace(one, nothing=_("Not there")) for one in self._compare(left, right, None)]


def together(entry: Entry, ours: Document, *, based_on: int, clinic: Clinic) -> Together:
    """Where the base is not kept any more, whatever differs has to be decided."""
    number, theirs = current(entry, clinic)
    base = theirs if number == based_on else document_at(entry, based_on)
    outcome = three_way(base or {}, ours, theirs, by_row=base is not None)
    known = base or {}
    return Together(known, ours, theirs, based_on, number, outcome, names_in([known, ours, theirs]))


def in_order_of_fields(differences: Iterable[FieldDifference]) -> list[FieldDifference]:
    """As an entry is read."""
    by_field = {one.field: one for one in differences}
    return [by_field[field] for field in in_reading_order(by_field)]
