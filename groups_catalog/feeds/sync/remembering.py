"""What is kept of each row of a list once it is decided, and how an undoing is followed.

A row keeps the group that it is about for ever: a new id of the same meeting is a row of its own beside the old one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinics.models import User
from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.asking_anew import compare_again
from groups_catalog.feeds.sync.planning import ENTRY, THEIRS, is_same, seen_after, seen_before
from groups_catalog.feeds.sync.runs import TO_DECIDE
from groups_catalog.models import Group, Listing, Proposal, ProposalKind, Run, RunState, Source, Version
from groups_catalog.upkeep import changes, four_eyes

BATCH = 200
LEAVING = (ProposalKind.GONE, ProposalKind.RENAMED)
"""The row as it was known is no longer in the list."""


def remember(run: Run, proposals: Sequence[Proposal], added: Mapping[int, Group]) -> None:
    """`added`: by the identity of a proposal, the group that was made for it. In the transaction of the change."""
    now = timezone.now()
    fresh = [_new_row(run, proposal, added.get(id(proposal)), now) for proposal in proposals]
    Listing.objects.bulk_create([row for row in fresh if row is not None], batch_size=BATCH)
    known = [(proposal, proposal.listing) for proposal in proposals if proposal.listing is not None]
    gone = [row.pk for proposal, row in known if proposal.kind in LEAVING]
    for part in stored.chunks(gone):
        Listing.objects.filter(pk__in=part, gone_since=None).update(gone_since=now)
    rows = [_known_row(row, proposal, now) for proposal, row in known if proposal.kind not in LEAVING]
    _rewrite(rows)


def undo_run(*, run: Run, by: User) -> changes.Undone | None:
    """Puts the groups and the rows back. None where there is nothing to undo, or it is too late.

    Raises SamePersonError.
    """
    if run.change is None:
        return None
    try:
        with transaction.atomic():
            undone = four_eyes.undo(change=run.change, by=by)
            follow_undoings(run.source)
    except changes.CannotBeUndoneError:
        return None
    return undone


def follow_undoings(source: Source) -> None:
    """A change may be undone elsewhere, on the page of all changes; then its rows are to be asked about again."""
    undone = source.runs.filter(state=RunState.DONE, change__undone_by__isnull=False)
    for run in undone.select_related("change__undone_by").order_by("-at"):
        with transaction.atomic():
            if Run.objects.filter(pk=run.pk, state=RunState.DONE).update(state=RunState.UNDONE):
                _take_back(run)
                stored.compare_next_time(source)
                _compare_what_waits(source)


def _compare_what_waits(source: Source) -> None:
    """The rest of a reading that was undone is about groups that stand otherwise now."""
    for run in source.runs.filter(state__in=TO_DECIDE).defer("upload", "problems").select_related("source"):
        answered = set(run.proposals.exclude(decided={}).values_list("pk", flat=True))
        moved = [one for one in compare_again(run) if one.pk in answered]
        waiting = Run.objects.filter(pk=run.pk)
        if moved:
            waiting.update(reason="moved", given=", ".join(one.name for one in moved)[:300])
        if not run.proposals.exists():
            waiting.update(state=RunState.CANCELLED, reason="", ended_at=timezone.now())


def _rewrite(rows: Iterable[Listing]) -> None:
    """Whole rows that exist: the database's own way of writing over is much quicker than `bulk_update`."""
    fields = ["seen", "raw", "last_seen", "gone_since"]
    Listing.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _new_row(run: Run, proposal: Proposal, group: Group | None, now: datetime) -> Listing | None:
    """For a row that had none: of a group that was added, or of the one that it turned out to be about."""
    same = is_same(proposal) and (proposal.listing is None or proposal.kind == ProposalKind.RENAMED)
    key = group.pk if group else (proposal.group_id if same else None)
    if key is None:
        return None
    before = proposal.listing.seen if same and proposal.listing else {}
    return Listing(
        source=run.source,
        source_key=proposal.source_key,
        group_id=key,
        seen=seen_after(before, proposal),
        raw=proposal.raw,
        first_seen=now,
        last_seen=now,
    )


def _known_row(row: Listing, proposal: Proposal, now: datetime) -> Listing:
    row.seen, row.raw, row.last_seen = seen_after(row.seen, proposal), proposal.raw, now
    if proposal.kind == ProposalKind.BACK and "status" in proposal.decided:
        row.gone_since = None
    return row


def _take_back(run: Run) -> None:
    left = _left_as_they_are(run)
    rows = {row.source_key: row for row in Listing.objects.filter(source=run.source).order_by("pk")}
    proposals = [
        one for one in run.proposals.exclude(decided={}).select_related("listing") if one.group_id not in left
    ]
    changed = [one for one in proposals if one.kind in {ProposalKind.CHANGED, ProposalKind.BACK} and one.listing]
    now = timezone.now()
    ours = stored.ours({one.group_id for one in changed if one.group_id is not None})
    for proposal in proposals:
        _take_back_row(proposal, rows, now, left)
    for proposal in changed:
        if proposal.listing and proposal.group_id is not None:
            row = rows[proposal.listing.source_key]
            row.seen = seen_before(row.seen, proposal, ours[proposal.group_id].document)
    _rewrite(rows.values())
    Listing.objects.filter(source=run.source, source_key__in=_linked(proposals)).delete()


def _left_as_they_are(run: Run) -> set[int]:
    """Groups that somebody had changed since: the undoing left them, so their rows stay as decided."""
    back = run.change.undone_by if run.change else None
    made = set(Version.objects.filter(change=run.change).values_list("group", flat=True))
    return made - set(Version.objects.filter(change=back).values_list("group", flat=True))


def _take_back_row(proposal: Proposal, rows: Mapping[str, Listing], now: datetime, left: set[int]) -> None:
    """A group that came with the run is closed, and its row gone: when it is read again, the group comes back."""
    own = rows.get(proposal.source_key)
    if proposal.kind in LEAVING and proposal.listing:
        rows[proposal.listing.source_key].gone_since = None
    elif proposal.kind == ProposalKind.BACK and own and "status" in proposal.decided:
        own.gone_since = now
    if own and _was_added(proposal) and own.group_id not in left:
        own.gone_since = now


def _was_added(proposal: Proposal) -> bool:
    side = proposal.decided.get(ENTRY)
    if proposal.kind == ProposalKind.NEW:
        return side == THEIRS
    return side is not None and side != THEIRS and proposal.kind != ProposalKind.GONE


def _linked(proposals: Iterable[Proposal]) -> list[str]:
    """Keys under which a group that we had was found again: whether it is the same is asked anew."""
    return [
        one.source_key
        for one in proposals
        if one.decided.get(ENTRY) == THEIRS and one.kind in {ProposalKind.CHANGED, ProposalKind.RENAMED}
    ]
