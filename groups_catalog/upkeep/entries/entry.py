"""The whole entry on one page: the group's form and the rows of its times, out of a document and back into one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from groups_catalog.models import Mode, Organisation, Status
from groups_catalog.upkeep.documents import FACTS, NEW_GROUP, Document, in_order
from groups_catalog.upkeep.entries.group_form import GroupForm, sent_again, shown
from groups_catalog.upkeep.entries.locating import Whereabouts, located, own_places, whereabouts
from groups_catalog.upkeep.entries.meeting_form import PREFIX, bound_rows, rows_sent_again, unbound_rows
from groups_catalog.upkeep.faults import Fault, faults

NOT_CHOSEN: Document = {**NEW_GROUP, "name": "", "organisation": "", "lane": "", "mode": ""}
"""A new group before anybody has said anything."""
NOT_COPIED = ("checked_on", "checked_how", "status", "merged_into")


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary: what is wrong, and the field that it leads to."""

    message: str
    field: str
    """The id of an element of the page; empty for what no field can mend."""


class EntryForm:
    """What the page shows (without `data`) or what it sent. `publish` asks for a published group."""

    def __init__(
        self, known: Document, data: QueryDict | None = None, *, publish: bool = False, **initial: Any
    ) -> None:
        self.known, self.publish, self.places = known, publish, own_places()
        self.form = GroupForm(
            data, organisations=Organisation.objects.all(), known=known, initial={**shown(known), **initial}
        )
        self.rows = unbound_rows(known["meetings"]) if data is None else bound_rows(data)

    def document(self) -> Document:
        """What was sent, in so far as it can be read."""
        return self._document([meeting for _row, meeting in self._meetings()])

    def is_right(self, today: date) -> bool:
        """Puts what the catalog finds wrong beside the fields, and says whether nothing is."""
        meetings = self._meetings()
        document = self._document([meeting for _row, meeting in meetings])
        for fault in list(self._faults(document, today)):
            self._tell(fault, [row for row, _meeting in meetings])
        return not self.problems()

    def problems(self) -> list[Problem]:
        if not self.form.is_bound:
            return []
        about_all = [Problem(str(message), "") for message in self.rows.non_form_errors()]
        return [*problems_of(self.form), *about_all, *self._row_problems()]

    def whereabouts(self) -> Whereabouts | None:
        """Of the point that the page names."""
        now = self.document() if self.form.is_bound else self.known
        return whereabouts(now["latitude"], now["longitude"])

    def sent_again(self, data: QueryDict) -> None:
        """Shows what was sent once more, without judging it, and one empty row for another time."""
        initial = sent_again(data)
        self.form = GroupForm(organisations=Organisation.objects.all(), known=self.known, initial=initial)
        self.rows = rows_sent_again(data)

    def _document(self, meetings: list[Document]) -> Document:
        self.form.is_valid()
        status = {"status": Status.PUBLISHED.value} if self.publish else {}
        return located({**self.form.document(), "meetings": meetings, **status}, self.known, self.places)

    def _meetings(self) -> list[tuple[int, Document]]:
        """As `in_order` has them, each with the number of its row."""
        self.rows.is_valid()
        numbered = list(self.rows.numbered())
        rows = {id(meeting): row for row, meeting in numbered}
        return [(rows[id(meeting)], meeting) for meeting in in_order(meeting for _row, meeting in numbered)]

    def _faults(self, document: Document, today: date) -> Iterator[Fault]:
        found = faults(document, today=today, before=self.known)
        yield from (fault for fault in found if not fault.field.startswith(FACTS))
        if document["checked_on"] and document["checked_on"] > today.isoformat():
            yield Fault("checked_on", _("The date lies in the future."))
        if document["mode"] == Mode.BY_APPOINTMENT and document["meetings"]:
            words = _("A group by appointment has no fixed times. Take them away, or say how it meets.")
            yield Fault("mode", words)

    def _tell(self, fault: Fault, rows: list[int]) -> None:
        """Beside its row or field. A field that could not be read has its own message already."""
        if fault.field.startswith(f"{PREFIX}."):
            row = self.rows.forms[rows[int(fault.field.removeprefix(f"{PREFIX}."))]]
            if fault.message not in row.non_field_errors():
                row.add_error(None, fault.message)
        elif fault.field not in self.form.errors:
            self.form.add_error(fault.field if fault.field in self.form.fields else None, fault.message)

    def _row_problems(self) -> Iterator[Problem]:
        for number, row in enumerate(self.rows.forms, start=1):
            if not row.is_taken_away():
                about = _("Time {number}").format(number=number)
                yield from problems_of(row, start=f"id_{row.prefix}-days_0", about=about)


def copy_of(document: Document) -> Document:
    """For a new group: what the entry says. Facts are known of one group only, and do not travel."""
    fresh = {name: NOT_CHOSEN[name] for name in NOT_COPIED}
    kept = {key: value for key, value in document.items() if not key.startswith(FACTS)}
    return {**kept, **fresh}


def problems_of(form: Any, start: str = "", *, about: str = "") -> Iterator[Problem]:
    """Each can be understood by itself: what it is about stands first. `start` is where a problem leads that
    belongs to no one field."""
    for message in form.non_field_errors():
        yield Problem(_named(message, about), start)
    for field in form:
        for message in field.errors:
            leads_to = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
            yield Problem(_named(message, about, str(field.label)), leads_to)


def _named(message: Any, *about: str) -> str:
    """«Time 2, Begins: Write the time as 18:30.»"""
    named = ", ".join(words for words in about if words)
    return f"{named}{'' if named.endswith('?') else ':'} {message}" if named else str(message)
