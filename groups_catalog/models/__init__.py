"""Organisations, their groups and meetings, and the sourced facts about both."""

from groups_catalog.models.fact import Basis, Fact
from groups_catalog.models.group import CheckedHow, Group, Members, Mode, Status
from groups_catalog.models.meeting import Every, Meeting
from groups_catalog.models.organisation import Kind, Lane, Organisation, OrganisationText, TextKind
from groups_catalog.models.state import CatalogState

__all__ = [
    "Basis",
    "CatalogState",
    "CheckedHow",
    "Every",
    "Fact",
    "Group",
    "Kind",
    "Lane",
    "Meeting",
    "Members",
    "Mode",
    "Organisation",
    "OrganisationText",
    "Status",
    "TextKind",
]
