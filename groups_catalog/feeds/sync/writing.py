"""Takes a run over: every decided proposal in one transaction, or nothing.

decisions ──plan──▶ documents ──changes.record──▶ groups, one Change          and what is remembered of each row
what is not decided ──the_rest──▶ a run of its own, which waits
"""

import logging
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.asking_anew import compare_again, has_moved
from groups_catalog.feeds.sync.comparing import CLOSED, Ours
from groups_catalog.feeds.sync.holding import faults_of, why_held
from groups_catalog.feeds.sync.new_entries import List
from groups_catalog.feeds.sync.planning import Plan, is_open, plan
from groups_catalog.feeds.sync.remembering import remember
from groups_catalog.feeds.sync.runs import FourEyesError
from groups_catalog.feeds.sync.the_rest import leave_the_rest
from groups_catalog.models import Change, ChangeKind, Group, Run, RunState
from groups_catalog.upkeep.changes import Act, ConflictError, Edit, record
from groups_catalog.upkeep.documents import Document

log = logging.getLogger(__name__)


class MovedError(Exception):
    """Somebody has changed these groups since they were compared; nothing was written."""


class FaultyError(Exception):
    """What was chosen does not make a valid entry; nothing was written."""


def apply_run(pk: UUID | str, by: int) -> None:
    """The task's body. Does nothing unless the run is to be written; whatever fails, no group has changed."""
    run = Run.objects.select_related("source__clinic", "source__organisation", "decided_by").filter(pk=pk).first()
    if run is None or not Run.objects.filter(pk=pk, state=RunState.WRITING).update(beat_at=timezone.now()):
        return
    try:
        with transaction.atomic():
            _write(run, User.objects.get(pk=by))
    except (MovedError, ConflictError):
        _compare_again(run)
    except FourEyesError:
        _back_to_deciding(run, "four_eyes")
    except FaultyError as faulty:
        _back_to_deciding(run, "faulty", str(faulty))
    except Exception:
        log.exception("A run could not be taken over; nothing was changed.")
        _back_to_deciding(run, "unexpected")


def _write(run: Run, by: User) -> None:
    writing = Run.objects.filter(pk=run.pk, state=RunState.WRITING)
    if not writing.update(state=RunState.DONE, ended_at=timezone.now(), beat_at=timezone.now()):
        return
    if run.source.clinic.four_eyes and run.decided_by == by:
        # The clinic has begun to ask for a second person after this one had pressed.
        raise FourEyesError
    decided = list(run.proposals.exclude(decided={}).select_related("listing"))
    proposals = [proposal for proposal in decided if not is_open(proposal)]
    ours = stored.ours({proposal.group_id for proposal in proposals if proposal.group_id is not None})
    if any(has_moved(proposal, ours) for proposal in proposals):
        raise MovedError
    of = stored.list_of(run.source)
    made = plan(proposals, ours, of)
    held = _without_faults(made, ours, of)
    change, added = _record(run, by, made, ours)
    remember(run, proposals, added)
    leave_the_rest(run, decided, made.rewritten)
    Run.objects.filter(pk=run.pk).update(change=change, counts=run.counts | _counts(made, held))


def _without_faults(made: Plan, ours: Mapping[int, Ours], of: List) -> int:
    """A new group that may not be published is kept as a draft; returns how many. Raises FaultyError."""
    today = timezone.localdate()
    held = 0
    for number, (proposal, document) in enumerate(made.new):
        is_draft = document["status"] == "draft"
        if not is_draft and not why_held(document, of, today=today):
            continue
        draft = {**document, "status": "draft"}
        _refuse(draft, of, ())
        made.new[number] = proposal, draft
        held += not is_draft
    for group, document in made.rewritten.items():
        before = [fault.message for fault in faults_of(ours[group].document, of, today=today)]
        _refuse(document, of, before)
    return held


def _refuse(document: Document, of: List, known: Sequence[str]) -> None:
    """A fault that stood there before is not the list's."""
    for fault in faults_of(document, of, today=timezone.localdate()):
        if fault.message not in known:
            raise FaultyError(f"{document['name']}: {fault.message}")


def _record(run: Run, by: User, made: Plan, ours: Mapping[int, Ours]) -> tuple[Change | None, dict[int, Group]]:
    """The change, if anything changes, and by proposal the group that was added for it."""
    rows = {row.pk: row for key in stored.chunks(list(made.rewritten)) for row in Group.objects.filter(pk__in=key)}
    edits = [Edit(rows[key], document, ours[key].number) for key, document in made.rewritten.items()]
    edits += [Edit(None, document) for _proposal, document in made.new]
    if not edits:
        return None, {}
    change = record(_act(run, by), edits)
    first = change.versions.filter(number=1).order_by("pk").select_related("group")
    groups = [version.group for version in first if version.group is not None]
    return change, {id(proposal): group for (proposal, _document), group in zip(made.new, groups, strict=True)}


def _act(run: Run, by: User) -> Act:
    """Where the clinic asks for four eyes, the one who decided is the author and the one who takes over approves."""
    clinic = run.source.clinic
    author = run.decided_by if clinic.four_eyes else by
    approved = by if clinic.four_eyes else None
    return Act(clinic, ChangeKind.IMPORTED, author, run.source.name[:200], approved_by=approved)


def _counts(made: Plan, held: int) -> dict[str, int]:
    closed = sum(document["status"] == CLOSED for document in made.rewritten.values())
    edited = len(made.rewritten) - closed
    return {"added": len(made.new), "held": held, "edited": edited, "closed": closed}


def _compare_again(run: Run) -> None:
    with transaction.atomic():
        moved = compare_again(run)
        _back_to_deciding(run, "moved", ", ".join(proposal.name for proposal in moved))


def _back_to_deciding(run: Run, reason: str, given: str = "") -> None:
    writing = Run.objects.filter(pk=run.pk, state=RunState.WRITING)
    writing.update(state=RunState.READY, reason=reason, given=given[:300], beat_at=timezone.now())
