"""A date that may be known only to the year or the month, kept as ISO text."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from groups_catalog.reading import is_partial_date


def check_partial_date(written: str) -> None:
    if not is_partial_date(written):
        raise ValidationError(_("Write a year, a month or a day: 2024, 2024-05 or 2024-05-17."))


def partial_date_field() -> "models.CharField[str, str]":
    """Empty where the date is not known."""
    return models.CharField(max_length=10, blank=True, validators=[check_partial_date])


def has_the_length_of_a_date(field: str) -> In:
    """For a check constraint; the lengths work alike on every database, patterns do not."""
    return In(Length(field), [0, 4, 7, 10])
