"""Which files to read; and, where a colleague has changed the same, whose words stand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups_catalog.feeds.limits import MAX_BYTES
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.field_words import Names
from groups_catalog.upkeep.sheets.plan import Plan, Step

MOST_FILES = 3
SIDES = (("ours", _("In the catalog now")), ("theirs", _("In the sheet")))


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list: a workbook, or one CSV for each table."""

    widget = SeveralFiles({"accept": ".xlsx,.csv", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        listed = data if isinstance(data, list | tuple) else [data]
        if len(listed) > MOST_FILES:
            raise forms.ValidationError(_("Choose one workbook, or at most three CSV files."))
        return [self._checked(super(FilesField, self).clean(one, initial)) for one in listed or [None]]

    def _checked(self, file: UploadedFile[Any]) -> UploadedFile[Any]:
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


class UploadForm(forms.Form):
    sheets = FilesField(
        label=_("The workbook, or the CSV files"),
        help_text=_("Nothing changes yet: you see first what would."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        max_length=200,
    )

    def contents(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each."""
        return [(file.name, file.read()) for file in self.cleaned_data["sheets"]]


class DecideForm(forms.Form):
    """One choice for each field that was changed in the sheet and, differently, in the catalog since."""

    def __init__(self, data: Mapping[str, Any] | None, made: Plan, names: Names) -> None:
        super().__init__(data)
        self.made, self.names = made, names
        self.asked = {
            f"choice-{step.slug}-{field}": (step, field) for step in made.conflicts for field in step.conflicts
        }
        self.differences = {name: _difference(step, field, names) for name, (step, field) in self.asked.items()}
        for name, (step, _field) in self.asked.items():
            self.fields[name] = _choice(step, self.differences[name])

    def outcomes(self) -> dict[str, Document]:
        """By slug, of the groups about which there was something to decide."""
        chosen: dict[str, dict[str, str]] = {step.slug: {} for step in self.made.conflicts}
        for name, (step, field) in self.asked.items():
            chosen[step.slug][field] = self.cleaned_data[name]
        return {step.slug: step.outcome(chosen[step.slug]) for step in self.made.conflicts}

    def rows(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """By group, for `components/choice.html`."""
        return [
            (
                str(step.ours["name"]),
                [self._row(name) for name, (other, _field) in self.asked.items() if other is step],
            )
            for step in self.made.conflicts
        ]

    def moved_on(self) -> None:
        self.add_error(None, gettext("The catalog was changed while you looked. Look again, then take it over."))

    def _row(self, name: str) -> dict[str, Any]:
        field = self[name]
        return {
            "difference": self.differences[name],
            "name": name,
            "chosen": field.value() or "",
            "error": " ".join(str(error) for error in field.errors),
        }


def _difference(step: Step, field: str, names: Names) -> FieldDifference:
    (found,) = compare(step.merged, step.theirs, [field], names=names)
    return found


def _choice(step: Step, difference: FieldDifference) -> forms.ChoiceField:
    told = _("{group}, {name}: choose one.").format(group=step.ours["name"], name=difference.name)
    return forms.ChoiceField(
        label=difference.name, choices=SIDES, widget=forms.RadioSelect, error_messages={"required": told}
    )
