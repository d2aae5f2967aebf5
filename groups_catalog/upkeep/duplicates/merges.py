"""Makes one group of two. To part them again is to undo the change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinics.models import User
from groups_catalog.models import ChangeKind, Group, Status
from groups_catalog.upkeep.changes import Act, Edit
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.duplicates.merging import merged_away
from groups_catalog.upkeep.four_eyes import Submitted, submit


@dataclass(frozen=True, slots=True)
class Merger:
    """`gone` is closed and leads on to `kept`, which gets the document. Each with the version that was looked at."""

    kept: Group
    gone: Group
    document: Document
    goes: Document
    """Of `gone`, as it was looked at."""
    numbers: tuple[int, int]


def merge_groups(merger: Merger, *, by: User, why: str) -> Submitted:
    """One change, undone as a whole. Raises ConflictError, with nothing written."""
    closed = merged_away(merger.goes, merger.kept.slug)
    edits = [
        Edit(merger.kept, merger.document, merger.numbers[0]),
        Edit(merger.gone, closed, merger.numbers[1]),
    ]
    return submit(Act(merger.kept.clinic, ChangeKind.MERGED, by, why), edits)


def closed_words(kept: Group, gone: Group) -> str:
    """Why the two are not merged: empty where both are open."""
    if gone.merged_into_id == kept.pk:
        return _("The two are one group already.")
    if Status.CLOSED in {kept.status, gone.status}:
        return _("A closed group is not merged. Open it again first.")
    return ""
