"""What one call came to."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import CallResult
from groups_catalog.upkeep.changes import LATEST


class CallForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What the call came to"),
        choices=[("", _("Not called yet")), *CallResult.choices],
        widget=forms.Select(attrs={"class": "field field--how"}),
        error_messages={"required": _("Choose what the call came to.")},
    )
    checked = forms.BooleanField(
        label=_("If everything was right: also note as checked today, by phone"), required=False, initial=True
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The number of the entry's version that was read out."""

    def __init__(self, data: QueryDict | None = None, *, key: int, initial: dict[str, object] | None = None) -> None:
        """Many stand on one page: the call's key keeps their ids apart."""
        super().__init__(data, initial=initial, auto_id=f"call-{key}-%s")

    def said(self) -> CallResult:
        return CallResult(self.cleaned_data["result"])

    def is_a_check(self) -> bool:
        return bool(self.said() == CallResult.RIGHT and self.cleaned_data["checked"])

    def version(self) -> int:
        return self.cleaned_data["seen"] or LATEST
