"""Adds lists and sets how they are read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.models import Clinic
from groups_catalog.feeds.columns import template_headings, template_rows
from groups_catalog.feeds.sheets import Sheet
from groups_catalog.feeds.sync.runs import TO_DECIDE, make_way
from groups_catalog.feeds.sync.stored import NOTE_LANGUAGE, matched_columns
from groups_catalog.models import Run, RunState, Source

FORGET = "forget_columns"
HOW = ("address", "scheduled", "format", "timezone", "keep_contacts")
READ_BY = ("address", "format", "timezone", "keep_contacts", "columns")
"""Of the settings, those that decide what a list comes out as."""
SETTINGS_CHANGED, HEADINGS_UNKNOWN = "settings_changed", "headings_unknown"


def add(*, clinic: Clinic, fields: Mapping[str, Any]) -> Source:
    source: Source = Source.objects.create(clinic=clinic, **_as_stored(fields, {}))
    return source


def that_may_be_set(*, admin: bool) -> QuerySet[Source]:
    """An address is set by the clinic's administrator only."""
    found: QuerySet[Source] = Source.objects.select_related("organisation")
    return found if admin else found.filter(address="")


def settings_of(source: Source) -> dict[str, Any]:
    language = source.columns.get(NOTE_LANGUAGE, "")
    return {NOTE_LANGUAGE: language} | {name: getattr(source, name) for name in HOW}


def _as_stored(fields: Mapping[str, Any], matched: Mapping[str, str]) -> dict[str, Any]:
    """The language of the notes has no column of its own in the database."""
    whole = {name: value for name, value in fields.items() if name not in {NOTE_LANGUAGE, FORGET}}
    if NOTE_LANGUAGE not in fields:
        return whole
    headings = {} if fields.get(FORGET) else matched
    language = fields[NOTE_LANGUAGE]
    return {**whole, "columns": {**headings, NOTE_LANGUAGE: language} if language else headings}


def how_it_is_read(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in READ_BY}


@transaction.atomic
def set_up(*, source: Source, fields: Mapping[str, Any]) -> None:
    """From another address nothing has been read yet, so its marks are forgotten; and what was read otherwise is not
    taken over any more. What was decided in it stands where the next reading proposes the same.
    """
    now = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    before = how_it_is_read(now)
    stored = _as_stored(fields, matched_columns(now))
    for name, value in stored.items():
        setattr(source, name, value)
    source.etag, source.last_modified = "", ""
    source.save(update_fields=[*stored, "etag", "last_modified"])
    if how_it_is_read(source) != before:
        given_up = {"state": RunState.CANCELLED, "reason": SETTINGS_CHANGED, "ended_at": timezone.now()}
        source.runs.filter(state__in=TO_DECIDE).update(**given_up)


def waits_for_its_columns(run: Run) -> bool:
    """Not when a newer file has come: then the older one is gone."""
    waits = Run.objects.filter(pk=run.pk, state=RunState.REFUSED, reason=HEADINGS_UNKNOWN)
    return waits.exclude(upload=None).exists()


@transaction.atomic
def match_columns(*, run: Run, columns: Mapping[str, str]) -> bool:
    """The file is read anew with its columns told. False when somebody else has done it, or the file is gone.
    Raises BusyError.
    """
    make_way(run.source)
    again = Run.objects.filter(pk=run.pk, state=RunState.REFUSED, reason=HEADINGS_UNKNOWN).exclude(upload=None)
    if not again.update(state=RunState.WAITING, reason="", given="", ended_at=None, cancel_asked=False):
        return False
    source = run.source
    kept = {name: value for name, value in source.columns.items() if name == NOTE_LANGUAGE}
    source.columns, source.etag, source.last_modified = {**columns, **kept}, "", ""
    source.save(update_fields=["columns", "etag", "last_modified"])
    return True


def template_sheets(language: str) -> tuple[Sheet, Sheet]:
    """An empty table with our headings, and a sheet that says what to write under each."""
    how = Sheet(_("How to fill it in"), (_("Column"), _("What to write")), template_rows(language))
    return Sheet(_("Meetings"), template_headings(language), ()), how
