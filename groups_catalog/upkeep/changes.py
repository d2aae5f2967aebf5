"""The one way a group is changed: with its history, and without overwriting a colleague.

    documents ──record──▶ rows + Change + Versions        Change ──undo──▶ the groups as they stood before it

Screens come through `four_eyes.submit`, which drafts instead where the clinic asks for a second person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from clinics.models import Clinic, User
from groups_catalog.models import Change, ChangeKind, Group, Organisation, Version
from groups_catalog.services import catalog_changed
from groups_catalog.upkeep.documents import Document, completed, group_document
from groups_catalog.upkeep.slugs import new_slugs
from groups_catalog.upkeep.writing import add_groups, rewrite_group

UNDO_DAYS = 30
LATEST = -1
"""As `based_on`: whatever stands there now."""
BATCH = 500


class CannotBeUndoneError(Exception):
    """The change is too old, was undone before, or brought something that others may build on already."""


class ConflictError(Exception):
    """Somebody has changed the entry since it was read; nothing was written."""

    def __init__(self, *entries: Group | Organisation) -> None:
        super().__init__(", ".join(entry.slug for entry in entries))
        self.entries = entries


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes what kind of thing, and why; one act becomes one Change."""

    clinic: Clinic
    kind: ChangeKind
    by: User | None
    """None for what nobody asked for by hand."""
    why: str = ""
    approved_by: User | None = None
    undoes: Change | None = None

    def begun(self) -> Change:
        return Change.objects.create(
            clinic=self.clinic,
            kind=self.kind,
            by=self.by,
            why=self.why,
            approved_by=self.approved_by,
            undoes=self.undoes,
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """What one group is to become. `group` is None for a new one."""

    group: Group | None
    document: Document
    based_on: int = LATEST
    """The number of the version that the editor saw."""


@dataclass(frozen=True, slots=True)
class Undone:
    change: Change
    left: tuple[Group | Organisation, ...]
    """Changed since by somebody, and therefore left as they are."""


def record(act: Act, edits: Sequence[Edit]) -> Change:
    """Writes all edits and their versions, or none. Raises ConflictError."""
    known = [(edit.group, edit) for edit in edits if edit.group]
    with transaction.atomic(), two_at_once_is_a_conflict(*(group for group, _edit in known)):
        change = act.begun()
        _rewrite(known, change)
        _add([edit.document for edit in edits if edit.group is None], change)
        catalog_changed(clinic=act.clinic)
    return change


def version_numbers(groups: Iterable[Group]) -> dict[int, int]:
    """By the group's key, the number of its newest version: 1 where nobody has edited it yet."""
    keys = [group.pk for group in groups]
    newest = Version.objects.filter(group__in=keys).order_by().values("group").annotate(newest=Max("number"))
    numbers = dict(newest.values_list("group", "newest"))
    return {key: numbers.get(key) or 1 for key in keys}


@transaction.atomic
def undo(*, change: Change, by: User) -> Undone:
    """Puts every group of the change back as it was; a group that came with it is closed, and keeps its id.

    Raises CannotBeUndoneError. Screens come through `four_eyes.undo`.
    """
    lock_for_undoing(change)
    made = [(version.group, version) for version in _versions(change) if version.group]
    _lock([group for group, _version in made])
    newest = version_numbers(group for group, _version in made)
    ours = [(group, version) for group, version in made if newest[group.pk] == version.number]
    before = _documents_before([version for _group, version in ours])
    edits = [Edit(group, before[version.pk], version.number) for group, version in ours]
    act = Act(change.clinic, ChangeKind.UNDONE, by, change.why, undoes=change)
    left = tuple(group for group, version in made if newest[group.pk] != version.number)
    return Undone(record(act, edits), left)


def lock_for_undoing(change: Change) -> None:
    """Of two people who undo at once the second one is told. Raises CannotBeUndoneError."""
    Change.objects.select_for_update(no_key=True).get(pk=change.pk)
    if not may_be_undone(Change.objects.get(pk=change.pk)):
        raise CannotBeUndoneError


def may_be_undone(change: Change) -> bool:
    """Once, within thirty days; what an undoing did is not undone again."""
    recent = change.at >= timezone.now() - timedelta(days=UNDO_DAYS)
    return recent and change.kind != ChangeKind.UNDONE and not hasattr(change, "undone_by")


def restore(*, version: Version, by: User, why: str = "") -> Change:
    """The group as it stood then, as a new version; what came in between stays in the history."""
    act = Act(version.clinic, ChangeKind.RESTORED, by, why)
    return record(act, [Edit(version.group, completed(version.document))])


@contextmanager
def two_at_once_is_a_conflict(*entries: Group | Organisation) -> Iterator[None]:
    """Two people who save at once write the same version number; the database lets only one of them."""
    try:
        yield
    except IntegrityError as error:
        if "version" not in str(error):
            raise
        raise ConflictError(*entries) from error


def lock_names(clinic: Clinic) -> None:
    """So that two new entries of one name, saved at once, do not get the same id.

    As with every lock here the row's key stays free: whoever saves beside us names the clinic in what they write,
    and holds the catalog's state that we need next. Each would wait for the other.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)


def _versions(change: Change) -> Iterable[Version]:
    return Version.objects.filter(change=change).select_related("group")


def _lock(groups: Iterable[Group]) -> None:
    """Until the end of the transaction, in one order for everybody, so that nobody waits in a ring."""
    keys = [group.pk for group in groups]
    list(Group.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _rewrite(edits: Sequence[tuple[Group, Edit]], change: Change) -> None:
    _lock(group for group, _edit in edits)
    rows = {row.pk: row for row in Group.objects.filter(pk__in=[group.pk for group, _edit in edits]).for_documents()}
    before = {key: group_document(row) for key, row in rows.items()}
    numbers = version_numbers(rows.values())
    stale = [group for group, edit in edits if edit.based_on not in {LATEST, numbers[group.pk]}]
    if stale:
        raise ConflictError(*stale)
    _keep_how_they_stood(before, change.clinic)
    for group, edit in edits:
        rewrite_group(rows[group.pk], before[group.pk], edit.document)
    versions = [
        Version(
            clinic=change.clinic,
            change=change,
            group=group,
            number=numbers[group.pk] + 1,
            document=edit.document,
        )
        for group, edit in edits
    ]
    Version.objects.bulk_create(versions, batch_size=BATCH)


def _keep_how_they_stood(documents: Mapping[int, Document], clinic: Clinic) -> None:
    """A group that was loaded and never edited has no version yet."""
    known = set(Version.objects.filter(group__in=documents).values_list("group", flat=True))
    first = [
        Version(clinic=clinic, group_id=key, number=1, document=document)
        for key, document in documents.items()
        if key not in known
    ]
    Version.objects.bulk_create(first, batch_size=BATCH)


def _add(documents: Sequence[Document], change: Change) -> None:
    if not documents:
        return
    lock_names(change.clinic)
    taken = set(Group.objects.values_list("slug", flat=True))
    by_slug = dict(zip(new_slugs([document["name"] for document in documents], taken), documents, strict=True))
    versions = [
        Version(clinic=change.clinic, change=change, group=group, number=1, document=by_slug[group.slug])
        for group in add_groups(by_slug, clinic=change.clinic)
    ]
    Version.objects.bulk_create(versions, batch_size=BATCH)


def _documents_before(versions: Sequence[Version]) -> dict[int, Document]:
    """By the version's key, the document of the one before it; a group's first one comes out closed."""
    earlier = Version.objects.filter(group__in=[version.group_id for version in versions])
    known = {(version.group_id, version.number): version.document for version in earlier}
    return {
        version.pk: completed(
            known.get((version.group_id, version.number - 1)) or {**version.document, "status": "closed"}
        )
        for version in versions
    }
