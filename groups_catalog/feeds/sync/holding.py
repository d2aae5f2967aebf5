"""Why a new group from a list is kept as a draft although somebody wants it published."""

from datetime import date

from django.utils.translation import gettext as _

from groups_catalog.feeds.sync.new_entries import List
from groups_catalog.feeds.sync.notes import NOTES
from groups_catalog.models import Mode
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.faults import Fault, faults


def faults_of(document: Document, of: List, *, today: date) -> list[Fault]:
    """What a curator asked to keep of a list's contacts stands in the note, and is no fault there."""
    kept = {field: document[field] for field in NOTES} if of.keeps_contacts else {}
    return faults(document, today=today, before=kept)


def why_held(document: Document, of: List, *, today: date) -> str:
    """Empty where it may be published. Nobody finds a group of which neither day nor hour is known."""
    if found := faults_of(document, of, today=today):
        return found[0].message
    if not document["meetings"] and document["mode"] != Mode.BY_APPOINTMENT:
        return _("No day and time is known.")
    return ""
