"""Adds lists and sets how they are read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clinics.models import Clinic
from groups_catalog.feeds.columns import template_headings, template_rows
from groups_catalog.feeds.sheets import Sheet
from groups_catalog.models import Run, RunState, Source

HOW = ("address", "scheduled", "format", "timezone", "keep_contacts")


def add(*, clinic: Clinic, fields: Mapping[str, Any]) -> Source:
    source: Source = Source.objects.create(clinic=clinic, **fields)
    return source


def that_may_be_set(*, admin: bool) -> QuerySet[Source]:
    """An address is set by the clinic's administrator only."""
    found: QuerySet[Source] = Source.objects.select_related("organisation")
    return found if admin else found.filter(address="")


def settings_of(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in HOW}


def set_up(*, source: Source, fields: Mapping[str, Any]) -> None:
    """From another address nothing has been read yet, so its marks are forgotten."""
    for name, value in fields.items():
        setattr(source, name, value)
    source.etag, source.last_modified = "", ""
    source.save(update_fields=[*fields, "etag", "last_modified"])


@transaction.atomic
def match_columns(*, run: Run, columns: Mapping[str, str]) -> bool:
    """The file is read anew with its columns told. False when somebody else has done it, or the file is gone."""
    again = Run.objects.filter(pk=run.pk, state=RunState.REFUSED, upload__isnull=False)
    if not again.update(state=RunState.WAITING, reason="", given="", ended_at=None):
        return False
    run.source.columns = dict(columns)
    run.source.save(update_fields=["columns"])
    return True


def template_sheets(language: str) -> tuple[Sheet, Sheet]:
    """An empty table with our headings, and a sheet that says what to write under each."""
    how = Sheet(_("How to fill it in"), (_("Column"), _("What to write")), template_rows(language))
    return Sheet(_("Meetings"), template_headings(language), ()), how
