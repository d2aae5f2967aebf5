"""What one call came to."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import CallResult


class CallForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What the call came to"),
        choices=[("", _("Not called yet")), *CallResult.choices],
        widget=forms.Select(attrs={"class": "field field--how"}),
        error_messages={"required": _("Choose what the call came to.")},
    )

    def __init__(self, data: QueryDict | None = None, *, key: int, initial: dict[str, str] | None = None) -> None:
        """Many stand on one page: the call's key keeps their ids apart."""
        super().__init__(data, initial=initial, auto_id=f"call-{key}-%s")

    def said(self) -> CallResult:
        return CallResult(self.cleaned_data["result"])
