"""Where a clinic asks for four eyes, a change waits as a draft until a second person takes it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinics.models import User
from groups_catalog.models import Change, ChangeKind, Draft, DraftState, Organisation, Version
from groups_catalog.upkeep import changes, organisation_changes
from groups_catalog.upkeep.changes import LATEST, Act, CannotBeUndoneError, Edit, Undone, record, version_numbers
from groups_catalog.upkeep.documents import Document, completed


class SamePersonError(Exception):
    """A draft is accepted, and a change undone, by somebody else than its author."""


class DecidedError(Exception):
    """Somebody has accepted or declined the draft already."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of an edit: it stands, or it waits for a second person."""

    change: Change | None
    drafts: tuple[Draft, ...] = ()


def submit(act: Act, edits: Sequence[Edit]) -> Submitted:
    """Writes the edits, or drafts them. Raises ConflictError, with nothing written.

    To say that an entry is still correct changes nothing in it, and needs no second person.
    """
    if not act.clinic.four_eyes or act.kind == ChangeKind.CHECKED:
        return Submitted(record(act, edits))
    numbers = version_numbers(edit.group for edit in edits if edit.group)
    batch = uuid4() if len(edits) > 1 else None
    drafts = [
        _draft(act, edit.document, group=edit.group, based_on=_number(edit, numbers), batch=batch) for edit in edits
    ]
    return Submitted(None, _kept_once(drafts))


def submit_organisation(
    act: Act, organisation: Organisation | None, document: Document, *, based_on: int = LATEST
) -> Submitted:
    """As `submit`, for one organisation; None makes one of the clinic's own."""
    if act.clinic.four_eyes:
        number = organisation_changes.newest_number(organisation, act.clinic) if organisation else 0
        base = number if based_on == LATEST else based_on
        draft = _draft(act, document, organisation=organisation, based_on=base)
        return Submitted(None, _kept_once([draft]))
    return Submitted(_write_organisation(act, organisation, document, based_on))


def undo(*, change: Change, by: User) -> Undone:
    """What is undone stood in the catalog before, and was seen by two then; still nobody undoes alone what two
    people agreed on. That an entry is still correct needed one person, and needs no more to be taken back.

    Raises SamePersonError or CannotBeUndoneError, with nothing written.
    """
    alone = change.by_id == by.pk and change.kind != ChangeKind.CHECKED
    if change.clinic.four_eyes and alone:
        raise SamePersonError
    of_an_organisation = Version.objects.filter(change=change, organisation__isnull=False).exists()
    if not of_an_organisation and not Version.objects.filter(change=change).exists():
        # It changed no entry, but a setting.
        raise CannotBeUndoneError
    return (
        organisation_changes.undo(change=change, by=by) if of_an_organisation else changes.undo(change=change, by=by)
    )


@transaction.atomic
def accept(*, draft: Draft, by: User, document: Document | None = None, based_on: int = 0) -> Change:
    """The second person takes the draft over, and with it the others of its act. Raises SamePersonError,
    DecidedError or ConflictError, with nothing written.

    Where the entry has changed since, `document` is what the two became together, and `based_on` the number of
    the version that it was brought together with.
    """
    if draft.by_id == by.pk:
        raise SamePersonError
    others = list(together_with(draft))
    for one in _in_one_order(draft, *others):
        _decide(one, DraftState.ACCEPTED, by)
    act = Act(draft.clinic, ChangeKind(draft.kind), draft.by, draft.why, approved_by=by)
    content, base = document or draft.document, based_on or draft.based_on or LATEST
    if is_of_a_group(draft):
        return record(act, [Edit(draft.group, completed(content), base), *map(_edit, others)])
    return _write_organisation(act, draft.organisation, content, base)


@transaction.atomic
def decline(*, draft: Draft, by: User, why: str = "") -> None:
    """With the others of its act; the author may take it back as well. Raises DecidedError."""
    for one in _in_one_order(draft, *together_with(draft)):
        _decide(one, DraftState.DECLINED, by)
        one.decided_why = why
        one.save(update_fields=["decided_why"])


def together_with(draft: Draft) -> QuerySet[Draft]:
    """The others of the same act that wait: half a merge would be none."""
    if draft.batch is None:
        return Draft.objects.none()
    waiting = Draft.objects.filter(batch=draft.batch, state=DraftState.WAITING)
    return waiting.exclude(pk=draft.pk).select_related("group")


def _draft(act: Act, document: Document, **about: object) -> Draft:
    return Draft(clinic=act.clinic, kind=act.kind, by=act.by, why=act.why, document=document, **about)


@transaction.atomic
def _kept_once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """A second press of the same button leaves one draft, and not two."""
    changes.lock_names(drafts[0].clinic)
    return _waiting_already(drafts) or tuple(Draft.objects.bulk_create(drafts))


def _waiting_already(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The same act of the same person; empty where there is none. Two new entries may well say the same."""
    first = drafts[0]
    if first.group is None and first.organisation is None:
        return ()
    same = {"by": first.by, "kind": first.kind, "why": first.why, "based_on": first.based_on}
    about = {"group": first.group, "organisation": first.organisation}
    for one in Draft.objects.filter(state=DraftState.WAITING, **same, **about):
        whole = _in_one_order(one, *together_with(one))
        if [_said(draft) for draft in whole] == [_said(draft) for draft in drafts]:
            return tuple(whole)
    return ()


def _said(draft: Draft) -> tuple[object, ...]:
    return draft.group_id, draft.organisation_id, draft.document


def _in_one_order(*drafts: Draft) -> list[Draft]:
    """The same for everybody, so that two who decide on the two halves of one act do not wait in a ring."""
    return sorted(drafts, key=lambda draft: draft.pk)


def _edit(draft: Draft) -> Edit:
    return Edit(draft.group, completed(draft.document), draft.based_on or LATEST)


def _number(edit: Edit, numbers: dict[int, int]) -> int:
    if edit.group is None:
        return 0
    return numbers[edit.group.pk] if edit.based_on == LATEST else edit.based_on


def is_of_a_group(draft: Draft) -> bool:
    """A new entry has neither; only a group's document names the organisation behind it."""
    return draft.organisation is None and "organisation" in draft.document


def _write_organisation(act: Act, organisation: Organisation | None, document: Document, based_on: int) -> Change:
    if organisation is not None:
        return organisation_changes.rewrite(act, organisation, document, based_on=based_on)
    return organisation_changes.add(act, document)


def _decide(draft: Draft, state: DraftState, by: User) -> None:
    """Of two people who decide at once the second one is told."""
    waiting = Draft.objects.filter(pk=draft.pk, state=DraftState.WAITING)
    if not waiting.update(state=state, decided_by=by, decided_at=timezone.now()):
        raise DecidedError
    draft.refresh_from_db(fields=["state", "decided_by", "decided_at"])
