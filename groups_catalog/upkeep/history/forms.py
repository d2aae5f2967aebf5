"""Why something is changed, which of two texts is kept, and which changes are listed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.models import User
from groups_catalog.models import Change, ChangeKind
from groups_catalog.upkeep.comparison import FieldDifference
from groups_catalog.upkeep.faults import contact_faults

LONGEST_WHY = 200
CHOICE = "choice-"
SIDES = (("ours", _("Yours")), ("theirs", _("Theirs")))
ANY = ("", _("Any"))
YEARS = range(1970, 9999)
"""In which somebody may have changed something."""


def names_nobody(text: str) -> None:
    """Validator of what stays in the history."""
    if wrong := list(contact_faults(text)):
        raise forms.ValidationError(wrong)


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why (if you like)"),
        help_text=_("At most 200 characters. No names."),
        max_length=LONGEST_WHY,
        required=False,
        error_messages={"max_length": _("Why: use at most 200 characters.")},
        validators=[names_nobody],
    )


class ReasonForm(WhyForm):
    """As `WhyForm`, where a colleague will want to know."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = _("Why")
        self.fields["why"].required = True
        self.fields["why"].error_messages["required"] = _("Say why, in a few words.")


class ChoicesForm(WhyForm):
    """One choice between two sides for each of the fields."""

    def __init__(
        self, data: Mapping[str, Any] | None, differences: Sequence[FieldDifference], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.differences = differences
        for difference in differences:
            self.fields[f"{CHOICE}{difference.field}"] = forms.ChoiceField(
                label=difference.name,
                choices=SIDES,
                widget=forms.RadioSelect,
                error_messages={"required": _("{name}: choose one.").format(name=difference.name)},
            )
        self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def choices(self) -> dict[str, str]:
        """By field, the side that was chosen."""
        chosen = self.cleaned_data.items()
        return {name.removeprefix(CHOICE): side for name, side in chosen if name.startswith(CHOICE)}

    def rows(self) -> list[dict[str, Any]]:
        """For `components/choice.html`."""
        return [_row(difference, self[f"{CHOICE}{difference.field}"]) for difference in self.differences]


class ChangeFilter(forms.Form):
    """Each filter narrows; one that makes no sense is told and left out."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    kind = forms.ChoiceField(label=_("What was done"), required=False, choices=[ANY, *ChangeKind.choices])
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Mapping[str, Any], *, people: QuerySet[User]) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [ANY, *((str(person.pk), str(person)) for person in people)]

    def found(self, changes: QuerySet[Change]) -> QuerySet[Change]:
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("person"):
            changes = changes.filter(by=asked["person"])
        if asked.get("kind"):
            changes = changes.filter(kind=asked["kind"])
        return _on_day(changes, asked["day"]) if asked.get("day") else changes

    def query(self) -> str:
        """The filters in use, for the addresses of the next pages."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})


class SettingsForm(forms.Form):
    four_eyes = forms.BooleanField(
        label=_("Four eyes: every change waits until a second person accepts it"), required=False
    )


def _on_day(changes: QuerySet[Change], day: date) -> QuerySet[Change]:
    """Around the first and the last year of the calendar there is no moment for every hour of the day."""
    if day.year not in YEARS:
        return changes.none()
    begins = timezone.make_aware(datetime.combine(day, time.min))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return changes.filter(at__gte=begins, at__lt=ends)


def _row(difference: FieldDifference, field: forms.BoundField) -> dict[str, Any]:
    return {
        "difference": difference,
        "name": field.html_name,
        "chosen": field.value() or "",
        "error": " ".join(str(error) for error in field.errors),
    }
