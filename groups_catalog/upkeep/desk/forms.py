"""What the bulk bar sends: which entries, as seen, are still correct, and how that is known."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import CheckedHow
from groups_catalog.upkeep.changes import LATEST


class TicksWidget(forms.MultipleHiddenInput):
    """A row's own button speaks for that row alone, whatever else is ticked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist("only") or data.getlist(name)


class TicksField(forms.Field):
    """Each tick is `slug` or `slug:number`, the number of the version that was seen."""

    widget = TicksWidget

    def to_python(self, value: Any) -> dict[str, int]:
        return dict(_tick(written) for written in value or [])


class CheckForm(forms.Form):
    groups = TicksField(error_messages={"required": _("Choose at least one entry.")})
    how = forms.ChoiceField(
        label=_("How it was checked"),
        choices=[("", _("Choose how")), *CheckedHow.choices],
        error_messages={"required": _("Say how it was checked.")},
    )
    reports = forms.BooleanField(label=_("The reports about them are dealt with"), required=False)

    def __init__(self, data: QueryDict | None = None, *, how: str = "") -> None:
        """`how`: what is proposed. The filters on the same page have a `how` as well: ids of its own."""
        super().__init__(data, initial={"how": how}, auto_id="check-%s")

    def ticked(self) -> set[str]:
        """The entries that were chosen, also where something else was wrong."""
        return {_tick(written)[0] for written in self["groups"].data or []} if self.is_bound else set()


def _tick(written: str) -> tuple[str, int]:
    slug, _colon, number = written.partition(":")
    return slug, int(number) if number.isdecimal() and len(number) < 10 else LATEST
