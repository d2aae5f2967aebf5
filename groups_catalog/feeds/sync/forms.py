"""A new list, another file of it, its settings, and which column is what."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from groups_catalog.feeds.columns import columns, missing, suggest_columns
from groups_catalog.feeds.limits import MAX_BYTES
from groups_catalog.feeds.sync import notes
from groups_catalog.feeds.times import parse_zone
from groups_catalog.models import Organisation, Source
from groups_catalog.places import plain
from groups_catalog.wording import LANGUAGES, here

FORMATS = (
    ("", _("Recognise it by itself")),
    ("meeting_guide", _("Meeting Guide (JSON)")),
    ("bmlt", _("BMLT (JSON)")),
    ("csv", _("Table as CSV")),
    ("xlsx", _("Excel workbook")),
)
NOTE_LANGUAGES = (("", _("Not stated")), *((code, LANGUAGES[code]) for code in notes.LANGUAGES))
HOW_IT_IS_READ = ("format", "timezone", "note_language", "keep_contacts")
NOT_THERE = ("", _("Not in the table"))


class UploadForm(forms.Form):
    upload = forms.FileField(
        label=_("The file"),
        help_text=_("A table (.xlsx or .csv), or a meeting list in JSON. At most 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def clean_upload(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file

    def data_of_file(self) -> bytes | None:
        file: UploadedFile[Any] | None = self.cleaned_data.get("upload")
        return file.read() if file else None


class HowForm(forms.Form):
    """How a list is read."""

    timezone = forms.CharField(
        label=_("Time zone of the list"),
        max_length=60,
        help_text=_("Such as Europe/Oslo. It counts where a meeting names no zone of its own."),
        error_messages={"required": _("Write a time zone, such as Europe/Oslo.")},
    )
    format = forms.ChoiceField(label=_("Kind of file"), choices=FORMATS, required=False)
    keep_contacts = forms.BooleanField(
        label=_("Keep e-mail addresses, telephone numbers and passcodes"),
        required=False,
        help_text=_(
            "Leave this off unless you need it: they can lead to a person. They are kept in the note of the group, "
            "so its language must be known. Names are never kept."
        ),
    )
    note_language = forms.ChoiceField(
        label=_("Language of the notes"),
        choices=NOTE_LANGUAGES,
        required=False,
        help_text=_(
            "A note is taken in only when its language is known. Our own table tells it by its headings; "
            "for other lists, choose it here."
        ),
    )

    def clean_timezone(self) -> str:
        zone = parse_zone(self.cleaned_data["timezone"])
        if not zone:
            raise forms.ValidationError(_("This is not a time zone. Write one such as Europe/Oslo."))
        return zone


class SourceForm(UploadForm, HowForm):
    """A list of a clinic's own choosing. Its address is for the clinic's administrator to give."""

    name = forms.CharField(
        label=_("Name of the list"),
        max_length=120,
        help_text=_("Such as «NA Norway». It stands as the source of what the list says."),
        error_messages={"required": _("Write a name.")},
    )
    organisation = forms.ChoiceField(
        label=_("Whose meetings are they?"),
        error_messages={"required": _("Choose an organisation.")},
    )
    address = forms.URLField(
        label=_("Address of the list"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("An address that begins with https. Leave it empty to upload a file."),
    )
    scheduled = forms.BooleanField(label=_("Read it by itself every day"), required=False)
    field_order = (
        "name",
        "organisation",
        "address",
        "scheduled",
        "upload",
        "format",
        "timezone",
        "note_language",
        "keep_contacts",
    )

    def __init__(self, *args: Any, by_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in Organisation.objects.all()}
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)  # noqa: S101 - tells the type checker
        organisation.choices = _organisations(self.organisations.values())
        self.fields["upload"].required = not by_address
        if not by_address:
            del self.fields["address"], self.fields["scheduled"]

    def clean_organisation(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if Source.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a list of this name already."))
        return name

    def clean_address(self) -> str:
        return checked_address(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "address" in self.fields and not self.errors and bool(given.get("address")) == bool(given.get("upload")):
            self.add_error("upload", _("Give either a file or an address."))
        if given.get("scheduled") and not given.get("address"):
            self.add_error("scheduled", _("Only a list with an address can be read by itself."))
        return given

    def source_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class SettingsForm(HowForm):
    forget_columns = forms.BooleanField(
        label=_("Forget which columns hold what"),
        required=False,
        help_text=_("They were matched for an earlier file. You are asked again where the headings are not known."),
    )
    address = forms.URLField(label=_("Address of the list"), max_length=500, assume_scheme="https")
    scheduled = forms.BooleanField(label=_("Read it by itself every day"), required=False)
    field_order = ("address", "scheduled", *HOW_IT_IS_READ, "forget_columns")

    def __init__(self, *args: Any, by_address: bool, matched: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_address:
            del self.fields["address"], self.fields["scheduled"]
        if not matched:
            del self.fields["forget_columns"]

    def clean_address(self) -> str:
        return checked_address(self.cleaned_data["address"])


class ColumnsForm(forms.Form):
    """One choice for each thing a table can tell, with our best guess chosen. `table`: heading → an example."""

    def __init__(self, data: Any = None, *, table: Mapping[str, str], known: dict[str, str]) -> None:
        super().__init__(data)
        guess = {**suggest_columns(table), **known}
        named = [(heading, f"{heading} – {example}" if example else heading) for heading, example in table.items()]
        choices = [NOT_THERE, *named]
        for column in columns().listed:
            self.fields[column.id] = forms.ChoiceField(
                label=here(column.heading),
                help_text=here(column.means) if column.means else "",
                choices=choices,
                required=False,
                initial=guess.get(column.id, ""),
            )

    def clean(self) -> dict[str, Any]:
        chosen = self.chosen()
        for name in missing(chosen):
            words = _("Choose the column that holds “{field}”.").format(field=self.fields[name].label)
            self.add_error(name, words)
        for heading in _twice(chosen.values()):
            self.add_error(None, _("“{heading}” is chosen twice.").format(heading=heading))
        return self.cleaned_data

    def chosen(self) -> dict[str, str]:
        return {name: heading for name, heading in self.cleaned_data.items() if heading}


def _organisations(rows: Iterable[Organisation]) -> list[Any]:
    """As in the form of a group: a clinic's own first; where it has one under a shared id, only its own."""
    listed = sorted(rows, key=lambda row: plain(here(row.name)))
    own = [row for row in listed if row.clinic_id is not None]
    ids = {row.slug for row in own}
    shared = [row for row in listed if row.clinic_id is None and row.slug not in ids]
    kinds = [(_("Your clinic’s own"), own), (_("Shared by all clinics"), shared)]
    named = [(kind, [(str(row.pk), here(row.name)) for row in found]) for kind, found in kinds if found]
    return [("", _("Choose")), *named]


def checked_address(address: str) -> str:
    """What the fetching would refuse is said here already; it checks again each time."""
    if not address or settings.FEEDS_ALLOW_LOOPBACK:
        return address
    parts = urlsplit(address)
    if parts.scheme != "https" or "@" in parts.netloc:
        raise forms.ValidationError(_("The address must begin with https, without a name or password in it."))
    return address


def _twice(headings: Iterable[str]) -> list[str]:
    listed = list(headings)
    return sorted({heading for heading in listed if listed.count(heading) > 1})
