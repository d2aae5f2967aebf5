"""One question, no words of one's own: a free text could name somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import ReportKind


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is not right?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is not right.")},
    )

    def said(self) -> ReportKind:
        return ReportKind(self.cleaned_data["kind"])
