"""How answers are read from a page: always as a list, so that two answers to one question are seen."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django import forms

Sent: TypeAlias = Mapping[str, Any]


def listed(data: Sent, name: str) -> list[str]:
    """Every value sent under this name."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name, [])
    return [value] if isinstance(value, str) else list(value)


class OneRadio(forms.RadioSelect):
    def value_from_datadict(self, data: Sent, files: object, name: str) -> list[str]:
        return listed(data, name)


class ManyBoxes(forms.CheckboxSelectMultiple):
    def value_from_datadict(self, data: Sent, files: object, name: str) -> list[str]:
        return listed(data, name)


class PlaceInput(forms.TextInput):
    """The name of a place. *Prefer not to say* and *not asked* are boxes of the same name beside it."""

    def __init__(self, options: Iterable[str]) -> None:
        super().__init__({"autocomplete": "off", "list": "places", "class": "field"})
        self.options = frozenset(options)

    def value_from_datadict(self, data: Sent, files: object, name: str) -> list[str]:
        return [value for value in listed(data, name) if value.strip()]

    def format_value(self, value: Iterable[str] | None) -> str:
        return next((part for part in value or [] if part not in self.options), "")
