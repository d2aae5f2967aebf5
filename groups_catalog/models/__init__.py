"""Organisations, their groups and meetings, the sourced facts about both, and how all of it is kept true."""

from groups_catalog.models.change import Change, ChangeKind, Draft, DraftState, Version
from groups_catalog.models.duplicate import NotDuplicate
from groups_catalog.models.fact import Basis, Fact
from groups_catalog.models.group import CheckedHow, Group, Members, Mode, Status
from groups_catalog.models.meeting import Every, Meeting
from groups_catalog.models.organisation import Kind, Lane, Organisation, OrganisationText, TextKind
from groups_catalog.models.report import Report, ReportKind, ReportState
from groups_catalog.models.sample import CallResult, Sample, SampleCall
from groups_catalog.models.sheet import SheetUpload
from groups_catalog.models.source import Listing, Proposal, ProposalKind, Run, RunState, Source
from groups_catalog.models.state import CatalogState

__all__ = [
    "Basis",
    "CallResult",
    "CatalogState",
    "Change",
    "ChangeKind",
    "CheckedHow",
    "Draft",
    "DraftState",
    "Every",
    "Fact",
    "Group",
    "Kind",
    "Lane",
    "Listing",
    "Meeting",
    "Members",
    "Mode",
    "NotDuplicate",
    "Organisation",
    "OrganisationText",
    "Proposal",
    "ProposalKind",
    "Report",
    "ReportKind",
    "ReportState",
    "Run",
    "RunState",
    "Sample",
    "SampleCall",
    "SheetUpload",
    "Source",
    "Status",
    "TextKind",
    "Version",
]
