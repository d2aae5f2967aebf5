"""The merge page's form: one choice for each field in which the two groups differ."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import Group
from groups_catalog.upkeep.changes import version_numbers
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import Document, group_document
from groups_catalog.upkeep.duplicates.merging import BOTH, OURS, THEIRS, may_join, merged, to_choose, usual
from groups_catalog.upkeep.field_words import Names, field_name
from groups_catalog.upkeep.history.entries import GROUP, faults_of
from groups_catalog.upkeep.history.forms import WhyForm


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the form, with what stands on either side."""

    bound: BoundField
    difference: FieldDifference
    joins: bool
    chosen: str


class MergeForm(WhyForm):
    """The two numbers say which versions were on the screen; the page always carries the newest."""

    first_number = forms.IntegerField(widget=forms.HiddenInput)
    second_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, ours: Document, theirs: Document, numbers: tuple[int, int]) -> None:
        super().__init__(data)
        self.ours, self.theirs, self.numbers = ours, theirs, numbers
        self.asked = {f"choice-{field}": field for field in to_choose(ours, theirs)}
        for name, field in self.asked.items():
            self.fields[name] = _choice(field, ours, theirs)

    def clean(self) -> None:
        if (self.cleaned_data.get("first_number"), self.cleaned_data.get("second_number")) != self.numbers:
            self.moved_on()

    def choices(self, names: Names) -> list[Choice]:
        """In the order of the documents, for the page."""
        differences = {one.field: one for one in compare(self.ours, self.theirs, self.asked.values(), names=names)}
        return [
            Choice(self[name], differences[field], may_join(field), str(self[name].value()))
            for name, field in self.asked.items()
        ]

    def document(self) -> Document:
        """Of the group that stays."""
        chosen = {field: self.cleaned_data[name] for name, field in self.asked.items()}
        return merged(self.ours, self.theirs, chosen)

    def find_faults(self) -> bool:
        """Whether what was chosen may not stand together; the form then says why."""
        document = self.document()
        # Merging writes no new words.
        found = faults_of(document, GROUP, before=document)
        for words in found:
            self.add_error(None, words)
        return bool(found)

    def moved_on(self) -> None:
        """Somebody has saved one of the two in the meantime; what is on the page now is new."""
        self.add_error(None, gettext("One of the groups was changed while you looked at it. Look again, then merge."))


def merge_form(data: Any, kept: Group, gone: Group) -> MergeForm:
    """The numbers first, as `history.entries.current` says."""
    numbers = version_numbers([kept, gone])
    rows = Group.objects.for_documents().in_bulk([kept.pk, gone.pk])
    ours, theirs = group_document(rows[kept.pk]), group_document(rows[gone.pk])
    return MergeForm(data, ours=ours, theirs=theirs, numbers=(numbers[kept.pk], numbers[gone.pk]))


def _choice(field: str, ours: Document, theirs: Document) -> forms.ChoiceField:
    sides = (OURS, THEIRS, BOTH) if may_join(field) else (OURS, THEIRS)
    return forms.ChoiceField(
        label=field_name(field),
        choices=[(side, side) for side in sides],
        widget=forms.RadioSelect,
        initial=usual(field, ours, theirs),
        error_messages={"required": _("Choose what is to stand there.")},
    )
