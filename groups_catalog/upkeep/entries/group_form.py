"""A group's entry as a form, without its times: those are rows of their own beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.models import CheckedHow, Lane, Members, Mode, Organisation
from groups_catalog.places import plain
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.entries.meeting_form import DayField
from groups_catalog.upkeep.field_words import field_name
from groups_catalog.upkeep.history.forms import LONGEST_WHY, names_nobody
from groups_catalog.wording import ACCESS_QUESTIONS, LANGUAGES, here

KNOWN = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))
KNOWN_VALUES = {"": None, "yes": True, "no": False}
ACCESS = tuple(f"access_{name}" for name in ACCESS_QUESTIONS)
WORDS = ("name", "organisation", "lane", "mode", "place", "venue", "link", "membership", "checked_how")
IN_BOTH_LANGUAGES = ("contact_role_en", "contact_role_nb", "note_en", "note_nb")
AS_THEY_STAND = (*WORDS, *IN_BOTH_LANGUAGES, "latitude", "longitude")
"""Fields whose value is the document's own."""


class DegreesField(forms.FloatField):
    """Degrees with a point or, as one writes in Norway, a comma."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "field--s"}),
            error_messages={"invalid": _("Write the degrees as a number such as 60.7945.")},
            **options,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


class PlainField(forms.CharField):
    """Optional text. Nobody need count: what is too long is told afterwards."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows, "class": "field--w"}) if rows else forms.TextInput()
        super().__init__(required=False, widget=options.pop("widget", widget), **options)

    def clean(self, value: Any) -> Any:
        """Browsers end each line with two characters; the catalog with one."""
        return super().clean(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def wide() -> forms.TextInput:
    return forms.TextInput({"class": "field--w"})


def why_field() -> PlainField:
    """Of a group and of an organisation alike."""
    return PlainField(
        label=_("Why you change it"),
        max_length=LONGEST_WHY,
        validators=[names_nobody],
        help_text=_("For the history. Not needed. Name nobody."),
        widget=wide(),
    )


class GroupForm(forms.Form):
    name = PlainField(label=_("Name"), widget=wide())
    organisation = forms.ChoiceField(
        label=_("Organisation"), error_messages={"required": _("Choose an organisation.")}
    )
    lane = forms.ChoiceField(
        label=_("Stands under"),
        choices=Lane.choices,
        widget=forms.RadioSelect,
        help_text=_("Help with another problem stands beside help with addiction, never instead of it."),
        error_messages={"required": _("Say what the group stands under.")},
    )
    mode = forms.ChoiceField(
        label=_("In person or online"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the group meets in person or online.")},
    )
    place = PlainField(
        label=_("Place"),
        help_text=_("The town or village. From a known one the coordinates are filled in."),
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )
    venue = PlainField(
        label=_("Venue"), help_text=_("The house, and the street if it helps to find it."), widget=wide()
    )
    latitude = DegreesField(label=_("Latitude, degrees north"))
    longitude = DegreesField(label=_("Longitude, degrees east"))
    link = PlainField(
        label=_("Link to the online meeting"),
        help_text=_("Begins with https://. Without a passcode: the group gives it out."),
        widget=forms.TextInput({"inputmode": "url", "class": "field--w"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("No tick: not known."),
    )
    membership = forms.ChoiceField(
        label=_("Who may come"),
        choices=Members.choices,
        widget=forms.RadioSelect,
        help_text=_("A rule of the group, not a wish."),
        error_messages={"required": _("Say who may come.")},
    )
    access_step_free = forms.ChoiceField(choices=KNOWN, required=False)
    access_hearing = forms.ChoiceField(choices=KNOWN, required=False)
    access_sight = forms.ChoiceField(choices=KNOWN, required=False)
    access_child_care = forms.ChoiceField(choices=KNOWN, required=False)
    contact_role_en = PlainField()
    contact_role_nb = PlainField()
    note_en = PlainField(rows=2)
    note_nb = PlainField(rows=2)
    checked_on = DayField(
        label=_("Last checked"), help_text=_("The day when somebody last made sure that the entry is right.")
    )
    checked_how = forms.ChoiceField(
        label=_("How it was checked"), required=False, choices=[("", _("Not said")), *CheckedHow.choices]
    )
    why = why_field()
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    """The number of the version that the page showed."""
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """Of a new group: makes a second press of *Save* find the first."""

    def __init__(self, *args: Any, organisations: Iterable[Organisation], known: Document, **options: Any) -> None:
        """`known` is what stands there: what it holds can be chosen again, whatever it is."""
        super().__init__(*args, **options)
        self.known = known
        self._offer("organisation", _organisations(organisations))
        self._offer("languages", _languages(known["languages"]))
        for name in (*ACCESS, *IN_BOTH_LANGUAGES):
            self.fields[name].label = field_name(name)
        for name in ("contact_role_en", "contact_role_nb"):
            self.fields[name].help_text = _("A role, such as “the group’s contact”. Never a person’s name or number.")

    def document(self) -> Document:
        """What stands there with what the form says put in. A field with an error stays as it was."""
        said = self.cleaned_data
        return {
            **self.known,
            **{name: said[name] for name in AS_THEY_STAND if name in said},
            **{name: KNOWN_VALUES[said[name]] for name in ACCESS if name in said},
            "languages": _in_known_order(said.get("languages", []), self.known["languages"]),
            "checked_on": said["checked_on"].isoformat() if said.get("checked_on") else None,
        }

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices


def shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a document."""
    words = {known: word for word, known in KNOWN_VALUES.items()}
    fields = (*AS_THEY_STAND, "languages", "checked_on")
    return {
        **{name: document[name] for name in fields if name in document},
        **{name: words[document[name]] for name in ACCESS},
    }


def sent_again(data: QueryDict) -> dict[str, Any]:
    """What was sent, as it was written."""
    return {name: data.get(name, "") for name in GroupForm.base_fields} | {"languages": data.getlist("languages")}


def _organisations(rows: Iterable[Organisation]) -> list[Any]:
    """A clinic's own first; where it has one under a shared id, only its own."""
    own_first = sorted(rows, key=lambda row: (row.clinic_id is None, plain(here(row.name))))
    by_id: dict[str, tuple[str, bool]] = {}
    for row in own_first:
        by_id.setdefault(row.slug, (here(row.name), row.clinic_id is not None))
    own = [(slug, name) for slug, (name, is_own) in by_id.items() if is_own]
    shared = [(slug, name) for slug, (name, is_own) in by_id.items() if not is_own]
    kinds = [(_("Your clinic’s own"), own), (_("Shared by all clinics"), shared)]
    return [("", _("Choose")), *[(kind, group) for kind, group in kinds if group]]


def _languages(held: Iterable[str]) -> list[tuple[str, Any]]:
    """One box for each name; a code that is held already has one of its own."""
    named: dict[str, str] = {}
    for code, name in LANGUAGES.items():
        named.setdefault(str(name), code)
    return [(code, _language(code)) for code in dict.fromkeys([*named.values(), *held])]


def _language(code: str) -> str:
    """Two codes that share a name are told apart."""
    name = str(LANGUAGES.get(code, code))
    first = next((other for other, words in LANGUAGES.items() if str(words) == name), code)
    return name if code == first else f"{name} ({code})"


def _in_known_order(chosen: list[str], known: list[str]) -> list[str]:
    """As it stood where nothing has changed, so that an order is no change."""
    return [*[code for code in known if code in chosen], *[code for code in chosen if code not in known]]
