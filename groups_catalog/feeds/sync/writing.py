"""Takes a run over: every decided proposal in one transaction, or nothing.

decisions ──plan──▶ documents ──changes.record──▶ groups, one Change          and what is remembered of each row
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.comparing import CLOSED, Ours, fields_to_decide
from groups_catalog.feeds.sync.holding import why_held
from groups_catalog.feeds.sync.planning import List, Plan, is_open, plan
from groups_catalog.feeds.sync.remembering import remember
from groups_catalog.models import Change, ChangeKind, Group, Proposal, ProposalKind, Run, RunState
from groups_catalog.upkeep.changes import Act, ConflictError, Edit, record
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.faults import faults

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
    except FaultyError as faulty:
        _back_to_deciding(run, "faulty", str(faulty))
    except Exception:
        log.exception("A run could not be taken over; nothing was changed.")
        _back_to_deciding(run, "unexpected")


def _write(run: Run, by: User) -> None:
    writing = Run.objects.filter(pk=run.pk, state=RunState.WRITING)
    if not writing.update(state=RunState.DONE, ended_at=timezone.now(), beat_at=timezone.now()):
        return
    decided = list(run.proposals.exclude(decided={}).select_related("listing"))
    proposals = [proposal for proposal in decided if not is_open(proposal)]
    ours = stored.ours({proposal.group_id for proposal in proposals if proposal.group_id is not None})
    if any(_has_moved(proposal, ours) for proposal in proposals):
        raise MovedError
    made = plan(proposals, ours, _list(run))
    held = _without_faults(made, ours)
    change, added = _record(run, by, made, ours)
    remember(run, proposals, added)
    Run.objects.filter(pk=run.pk).update(change=change, counts=run.counts | _counts(made, held))


def _list(run: Run) -> List:
    organisation = run.source.organisation
    return List(organisation=organisation.slug, lane=organisation.lane, source=run.source.name)


def _has_moved(proposal: Proposal, ours: Mapping[int, Ours]) -> bool:
    return proposal.group_id is not None and ours[proposal.group_id].number != proposal.based_on


def _without_faults(made: Plan, ours: Mapping[int, Ours]) -> int:
    """A new group that may not be published is kept as a draft; returns how many. Raises FaultyError."""
    today = timezone.localdate()
    held = 0
    for number, (proposal, document) in enumerate(made.new):
        if document["status"] != "draft" and why_held(document, today=today):
            held += 1
            made.new[number] = proposal, {**document, "status": "draft"}
        _refuse(made.new[number][1], ())
    for group, document in made.rewritten.items():
        before = [fault.message for fault in faults(ours[group].document, today=today)]
        _refuse(document, before)
    return held


def _refuse(document: Document, known: Sequence[str]) -> None:
    """A fault that stood there before is not the list's."""
    for fault in faults(document, today=timezone.localdate()):
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
    author = run.decided_by if clinic.four_eyes and run.decided_by else by
    approved = by if clinic.four_eyes else None
    return Act(clinic, ChangeKind.IMPORTED, author, run.source.name[:200], approved_by=approved)


def _counts(made: Plan, held: int) -> dict[str, int]:
    closed = sum(document["status"] == CLOSED for document in made.rewritten.values())
    edited = len(made.rewritten) - closed
    return {"added": len(made.new), "held": held, "edited": edited, "closed": closed}


def _compare_again(run: Run) -> None:
    """The proposals whose group has moved are asked anew, against what stands there now."""
    with transaction.atomic():
        proposals = list(run.proposals.exclude(group=None).select_related("listing"))
        ours = stored.ours({proposal.group_id for proposal in proposals if proposal.group_id is not None})
        moved = [proposal for proposal in proposals if _has_moved(proposal, ours)]
        _ask_anew(moved, ours, run.source.name)
        _back_to_deciding(run, "moved", ", ".join(proposal.name for proposal in moved))


def _ask_anew(moved: Iterable[Proposal], ours: Mapping[int, Ours], source: str) -> None:
    for proposal in moved:
        now = ours[proposal.group_id or 0]
        seen = proposal.listing.seen if proposal.listing else {}
        fields = fields_to_decide(proposal.theirs, seen, now.document, source=source)
        if now.document["status"] == CLOSED and "status" in proposal.fields:
            fields = ("status", *(name for name in fields if name != "status"))
        proposal.fields, proposal.based_on, proposal.decided = list(fields), now.number, {}
        if proposal.kind in {ProposalKind.CHANGED, ProposalKind.BACK} and proposal.listing_id and not fields:
            proposal.delete()
        else:
            proposal.save(update_fields=["fields", "based_on", "decided"])


def _back_to_deciding(run: Run, reason: str, given: str = "") -> None:
    writing = Run.objects.filter(pk=run.pk, state=RunState.WRITING)
    writing.update(state=RunState.READY, reason=reason, given=given[:300], beat_at=timezone.now())
