"""The filters above *All groups*: a form that is filled from the catalog and narrows it down."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from groups_catalog.places import plain
from groups_catalog.snapshot import CatalogGroup
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import LANES, MODES, WEEKDAYS, here, language_words

ANY = ("", _("Any"))


class GroupFilter(forms.Form):
    """Each filter narrows; an empty one does nothing. `fact` is `attribute:value`."""

    q = forms.CharField(label=_("Search by name or place"), required=False, max_length=80)
    lane = forms.ChoiceField(label=_("About"), required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    weekday = forms.ChoiceField(label=_("Weekday"), required=False)
    mode = forms.ChoiceField(label=_("In person or online"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    fact = forms.ChoiceField(label=_("Something known about it"), required=False)

    def __init__(self, data: QueryDict, *, groups: Sequence[CatalogGroup]) -> None:
        super().__init__(data)
        self.groups = groups
        for name, options in self._choices().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [ANY, *options]

    def found(self) -> list[CatalogGroup]:
        """The groups that pass every filter, by name. A filter that makes no sense is told and left out."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        passed = [group for group in self.groups if all(_passes(group, *pair) for pair in asked.items())]
        return sorted(passed, key=lambda group: (plain(group.name), group.id))

    def query(self) -> str:
        """The filters in use, for the addresses of the next pages."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})

    def in_use(self) -> list[tuple[str, str]]:
        """Each filter in use with its value, in words."""
        return [self._words(name, value) for name, value in self.cleaned_data.items() if value]

    def _words(self, name: str, value: str) -> tuple[str, str]:
        if name == "fact":
            attribute, _colon, chosen = value.partition(":")
            known = vocabulary().attributes[attribute]
            return here(known.label), here(known.values[chosen].label)
        options = dict(self._choices().get(name, []))
        return str(self.fields[name].label), str(options.get(value, value))

    def _choices(self) -> dict[str, list[Any]]:
        attributes = vocabulary().askable()
        return {
            "lane": list(LANES.items()),
            "kind": _values("kind"),
            "place": [(place, place) for place in _used(group.place for group in self.groups)],
            "weekday": [(str(number), name) for number, name in enumerate(WEEKDAYS)],
            "mode": list(MODES.items()),
            "language": _languages(self.groups),
            "fact": [(here(known.label), _values(known.id, prefix=f"{known.id}:")) for known in attributes],
        }


def _values(attribute: str, prefix: str = "") -> list[tuple[str, str]]:
    return [(prefix + value.id, here(value.label)) for value in vocabulary().attributes[attribute].values.values()]


def _languages(groups: Iterable[CatalogGroup]) -> list[tuple[str, str]]:
    return [(code, language_words([code])) for code in _used(code for group in groups for code in group.languages)]


def _used(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word}, key=plain)


def _passes(group: CatalogGroup, name: str, value: str) -> bool:
    match name:
        case "q":
            return plain(value) in plain(_searched(group))
        case "kind":
            return group.organisation.kind == value
        case "weekday":
            return any(meeting.weekday == int(value) for meeting in group.meetings)
        case "language":
            return value in group.languages
        case "fact":
            attribute, _colon, wanted = value.partition(":")
            return attribute in group.facts and wanted in group.facts[attribute].values
    return bool(getattr(group, name) == value)


def _searched(group: CatalogGroup) -> str:
    names = (group.organisation.name, group.organisation.short_name)
    return " ".join([group.name, group.place, group.venue, *(f"{name.en} {name.nb}" for name in names)])
