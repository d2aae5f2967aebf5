"""Why a new group from a list is kept as a draft although somebody wants it published."""

from datetime import date

from django.utils.translation import gettext as _

from groups_catalog.models import Mode
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.faults import faults


def why_held(document: Document, *, today: date) -> str:
    """Empty where it may be published. Nobody finds a group of which neither day nor hour is known."""
    if found := faults(document, today=today):
        return found[0].message
    if not document["meetings"] and document["mode"] != Mode.BY_APPOINTMENT:
        return _("No day and time is known.")
    return ""
