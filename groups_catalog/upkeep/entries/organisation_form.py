"""A clinic's own organisation as a form: the entry, and its four texts with where each is known from."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.cards import kind_words
from groups_catalog.models import Kind, Lane, TextKind
from groups_catalog.upkeep.documents import ORGANISATION_FIELDS, TEXTS, Document, patched
from groups_catalog.upkeep.entries.entry import Problem, problems_of
from groups_catalog.upkeep.entries.group_form import PlainField, why_field, wide
from groups_catalog.upkeep.entries.partial_dates import as_iso
from groups_catalog.upkeep.faults import Fault, organisation_faults
from groups_catalog.upkeep.field_words import field_name

NEW_ORGANISATION: Document = dict.fromkeys(ORGANISATION_FIELDS, "")
NO_TEXT: Document = {"text_en": "", "text_nb": "", "source": "", "dated": "", "unverified": False}
SHORT = {"short_name_en": "name_en", "short_name_nb": "name_nb"}


class OrganisationForm(forms.Form):
    name_en = PlainField(widget=wide())
    name_nb = PlainField(widget=wide())
    short_name_en = PlainField(help_text=_("Empty: the whole name."))
    short_name_nb = PlainField(help_text=_("Empty: the whole name."))
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        widget=forms.RadioSelect({"column": True}),
        error_messages={"required": _("Say what kind of organisation it is.")},
    )
    lane = forms.ChoiceField(
        label=_("Stands under"),
        choices=Lane.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the organisation stands under.")},
    )
    site = PlainField(
        label=_("Website"), widget=forms.TextInput({"inputmode": "url", "class": "field--w"}), max_length=200
    )
    why = why_field()
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("name_en", "name_nb", "short_name_en", "short_name_nb"):
            self.fields[name].label = field_name(name)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - tells the type checker
        kind.choices = [(value, kind_words(value)) for value in Kind.values]


class TextForm(forms.Form):
    """One text for clients to read. Without words in either language there is none."""

    text_en = PlainField(label=_("In English"), rows=4)
    text_nb = PlainField(label=_("In Norwegian"), rows=4)
    source = PlainField(label=_("Where is it known from?"), widget=wide())
    dated = PlainField(
        label=_("When was it written or seen?"),
        help_text=_("A year, a month or a day: 2026, 05.2026 or 17.05.2026. Leave it empty if you do not know."),
        widget=forms.TextInput({"class": "field--s", "autocomplete": "off"}),
    )
    unverified = forms.BooleanField(label=_("It is said, but not verified"), required=False)

    def clean_dated(self) -> str:
        return as_iso(self.cleaned_data["dated"])

    def text(self) -> Document | None:
        said = {**NO_TEXT, **self.cleaned_data}
        return said if said["text_en"] or said["text_nb"] else None


class OrganisationEntry:
    """The form with its texts, out of a document and back into one."""

    def __init__(self, known: Document, data: QueryDict | None = None, **initial: Any) -> None:
        self.known = known
        fields = {name: known[name] for name in ORGANISATION_FIELDS}
        self.form = OrganisationForm(data, initial={**fields, **initial})
        self.texts = {
            kind: TextForm(data, prefix=f"text-{kind}", initial=known.get(f"{TEXTS}{kind}", NO_TEXT))
            for kind in TextKind.values
        }

    def titled_texts(self) -> list[tuple[str, TextForm]]:
        return [(field_name(f"{TEXTS}{kind}"), form) for kind, form in self.texts.items()]

    def document(self) -> Document:
        for form in (self.form, *self.texts.values()):
            form.is_valid()
        said = {name: value for name, value in self.form.cleaned_data.items() if name in ORGANISATION_FIELDS}
        for short, whole in SHORT.items():
            said[short] = said.get(short) or said.get(whole, "")
        texts = {f"{TEXTS}{kind}": form.text() for kind, form in self.texts.items()}
        return patched(self.known, {**said, **texts})

    def is_right(self, today: Any) -> bool:
        for fault in organisation_faults(self.document(), today=today, before=self.known):
            self._tell(fault)
        return not self.problems()

    def problems(self) -> list[Problem]:
        if not self.form.is_bound:
            return []
        texts = [problem for title, form in self.titled_texts() for problem in problems_of(form, about=title)]
        return [*problems_of(self.form), *texts]

    def _tell(self, fault: Fault) -> None:
        """Facts stand on pages of their own. An empty short name is said of the name."""
        kind = fault.field.removeprefix(TEXTS)
        if kind in self.texts:
            self.texts[kind].add_error(_text_field(self.texts[kind], fault), fault.message)
        elif fault.field in self.form.fields and not self._said_already(fault.field):
            self.form.add_error(fault.field, fault.message)

    def _said_already(self, field: str) -> bool:
        return bool(self.form.errors.get(field) or self.form.errors.get(SHORT.get(field, field)))


def _text_field(form: TextForm, fault: Fault) -> str:
    """Which of a text's fields a fault is about: the first that is empty and must not be."""
    for name in ("text_en", "text_nb", "source"):
        if not form.cleaned_data.get(name) and name not in form.errors:
            return name
    return "dated"
