"""Drafts that wait for a second person: what they would change, and what becomes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinics.models import Clinic, User
from groups_catalog.models import Draft, DraftState, Group
from groups_catalog.upkeep.documents import Document, completed
from groups_catalog.upkeep.four_eyes import is_of_a_group
from groups_catalog.upkeep.history.entries import GROUP, ORGANISATION, Entry, entry_address, entry_name
from groups_catalog.upkeep.history.merging import Together, together
from groups_catalog.upkeep.history.pages import day_words, person_words, when_words


@dataclass(frozen=True, slots=True)
class DraftLine:
    draft: Draft
    name: str
    address: str
    """Empty for something new."""
    own: bool
    by: str
    written: str
    decided: str
    """«Accepted · Kari · 22 November 2026 18:30»; empty while it waits."""
    declined_why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft beside the entry that it would change."""

    pk: int
    by: str
    day: str


def waiting_about(group: Group) -> list[Waiting]:
    """The oldest first."""
    rows = Draft.objects.filter(group=group, state=DraftState.WAITING).select_related("by").order_by("at", "pk")
    return [Waiting(row.pk, person_words(row.by), day_words(row.at)) for row in rows]


def draft_lines(drafts: Iterable[Draft], reader: User) -> list[DraftLine]:
    return [draft_line(draft, reader) for draft in drafts]


def draft_entry(draft: Draft) -> Entry | None:
    return draft.group or draft.organisation


def draft_kind(draft: Draft) -> str:
    return GROUP if is_of_a_group(draft) else ORGANISATION


def draft_name(draft: Draft) -> str:
    entry = draft_entry(draft)
    return entry_name(entry) if entry else str(draft.document.get("name") or draft.document.get("name_en"))


def draft_line(draft: Draft, reader: User) -> DraftLine:
    entry = draft_entry(draft)
    return DraftLine(
        draft=draft,
        name=draft_name(draft),
        address=entry_address(entry) if entry else "",
        own=draft.by_id == reader.pk,
        by=person_words(draft.by),
        written=when_words(draft.at),
        decided=_decided_words(draft),
        declined_why=draft.decided_why,
    )


def _decided_words(draft: Draft) -> str:
    if draft.decided_at is None:
        return ""
    state = str(DraftState(draft.state).label)
    return " · ".join([state, person_words(draft.decided_by), when_words(draft.decided_at)])


def draft_document(draft: Draft) -> Document:
    """What is to be written, in today's shape."""
    return completed(draft.document) if is_of_a_group(draft) else draft.document


def meanwhile(draft: Draft, clinic: Clinic) -> Together | None:
    """The draft beside how its entry stands now; None for something new."""
    entry = draft_entry(draft)
    if entry is None:
        return None
    return together(entry, draft_document(draft), based_on=draft.based_on, clinic=clinic)


def to_be_written(draft: Draft, both: Together | None, choices: Mapping[str, str]) -> Document:
    if both is None or both.number == both.based_on:
        return draft_document(draft)
    return both.decided(choices)
