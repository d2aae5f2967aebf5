"""Proposals whose group has moved since it was compared are asked anew, against what stands there now."""

from collections.abc import Iterable, Mapping, Sequence

from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.comparing import CLOSED, Ours, fields_to_decide
from groups_catalog.models import Proposal, ProposalKind, Run


def has_moved(proposal: Proposal, ours: Mapping[int, Ours]) -> bool:
    return proposal.group_id is not None and ours[proposal.group_id].number != proposal.based_on


def compare_again(run: Run) -> list[Proposal]:
    """Those of the run that have moved, with what was decided of them forgotten. In a transaction of the caller's."""
    proposals = list(run.proposals.exclude(group=None).select_related("listing"))
    ours = stored.ours(_groups(proposals))
    moved = [proposal for proposal in proposals if has_moved(proposal, ours)]
    ask_anew(_of_today(moved, run), run.source.name)
    return moved


def ask_anew(proposals: Sequence[Proposal], source: str) -> None:
    """One in which nothing differs any more goes."""
    ours = stored.ours(_groups(proposals))
    for proposal in proposals:
        now = ours[proposal.group_id or 0]
        proposal.fields, proposal.based_on, proposal.decided = _fields(proposal, now, source), now.number, {}
        known = proposal.kind in {ProposalKind.CHANGED, ProposalKind.BACK} and proposal.listing_id
        if known and not proposal.fields:
            proposal.delete()
        else:
            proposal.save(update_fields=["group", "fields", "based_on", "decided"])


def _fields(proposal: Proposal, now: Ours, source: str) -> list[str]:
    seen = proposal.listing.seen if proposal.listing else {}
    fields = fields_to_decide(proposal.theirs, seen, now.document, source=source)
    if now.document["status"] == CLOSED and "status" in proposal.fields:
        fields = ("status", *(name for name in fields if name != "status"))
    return list(fields)


def _of_today(moved: Sequence[Proposal], run: Run) -> list[Proposal]:
    """About the groups that theirs have become, where they were merged. That a row is gone says nothing of another
    group, which may stand in the list by a row of its own: the next reading sees to that.
    """
    merged = stored.mergings()
    away = [proposal for proposal in moved if proposal.group_id in merged]
    for proposal in away:
        proposal.group_id = stored.group_today(proposal.group_id or 0, merged)
    gone = [proposal.pk for proposal in away if proposal.kind == ProposalKind.GONE]
    if gone:
        run.proposals.filter(pk__in=gone).delete()
        stored.compare_next_time(run.source)
    return [proposal for proposal in moved if proposal.pk not in gone]


def _groups(proposals: Iterable[Proposal]) -> set[int]:
    return {proposal.group_id for proposal in proposals if proposal.group_id is not None}
