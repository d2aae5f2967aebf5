"""A clinic in which one group stands twice, by two hands."""

from typing import Any

from clinics.models import Clinic
from groups_catalog.upkeep.documents import Document
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.factories import a_clinic
from tests.web.upkeep.history_world import document, named

LIST = "/upkeep/duplicates/"
MERGE = "/upkeep/duplicates/havna/havnagruppa/"


def a_doubled_catalog() -> Clinic:
    """With Havna and, by another hand, Havnagruppa: the same organisation, spot and time."""
    clinic, na = a_clinic(), an_organisation("na")
    havna = a_group(clinic, "havna", name="Havna", organisation=na, note_en="Ring the bell.")
    again = a_group(clinic, "havnagruppa", name="Havnagruppa", organisation=na, venue="Torget 1", status="draft")
    a_meeting(havna, 0, "18:30")
    a_meeting(again, 0, "18:40")
    a_meeting(again, 3, "12:00")
    a_fact(again, "touch_custom", "ask_first")
    return clinic


def state(clinic: Clinic) -> tuple[Document, Document]:
    return document(named(clinic, "havna")), document(named(clinic, "havnagruppa"))


def form(**choices: str) -> dict[str, Any]:
    """As the page is first shown."""
    said = {
        "first_number": 1,
        "second_number": 1,
        "choice-name": "ours",
        "choice-status": "ours",
        "choice-venue": "theirs",
        "choice-note_en": "ours",
        "choice-meetings": "both",
        "choice-facts.touch_custom": "both",
    }
    return {**said, **choices}
