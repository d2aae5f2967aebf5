"""What nobody decided stays open when the rest of a reading is taken over: in a reading of its own, which waits.

    ready ─▶ written: done, with an undoing of its own
          └▶ the rest: ready; a newer reading takes its place as of any other

It stands a moment behind the reading that it was part of. Without a fingerprint, the same list brings it anew.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.asking_anew import ask_anew
from groups_catalog.feeds.sync.deciding import is_answered
from groups_catalog.feeds.sync.planning import is_open
from groups_catalog.models import Listing, Proposal, ProposalKind, Run, RunState

BEHIND = timedelta(microseconds=1)
REST, LEFT = "rest", "left"
"""Of the counts: that a run is the rest of another; how many differences a run left to it."""
OF_THE_READING = ("meetings", "unchanged", "dropped")


def leave_the_rest(run: Run, decided: Sequence[Proposal], rewritten: Collection[int]) -> None:
    """In the transaction that takes the run over, when its rows are remembered. `decided`: all of which something
    was; `rewritten`: the groups that stand otherwise now.
    """
    rest = _begun(run)
    unanswered = [proposal.pk for proposal in decided if is_open(proposal)]
    for part in stored.chunks(unanswered):
        run.proposals.filter(pk__in=part).update(run=rest)
    run.proposals.filter(decided={}).update(run=rest)
    moved = rest.proposals.exclude(group=None).filter(group__in=rewritten).select_related("listing")
    ask_anew([*moved, *_halves(run, rest, decided)], run.source.name)
    _count(run, rest, Counter(rest.proposals.order_by().values_list("kind", flat=True)))


def rest_of(run: Run) -> Run | None:
    """What a run that was taken over left open."""
    found = run.source.runs.filter(at=run.at + BEHIND, counts__rest=1) if run.counts.get(LEFT) else Run.objects.none()
    return found.select_related("change__undone_by").defer("upload", "problems").first()


def taken_part(run: Run) -> Run | None:
    """The run of which this one is the rest."""
    if not run.counts.get(REST):
        return None
    return run.source.runs.filter(at=run.at - BEHIND).only("at", "source").first()


def _begun(run: Run) -> Run:
    same = {name: getattr(run, name) for name in ("source", "started_by", "decided_by", "format", "size", "ended_at")}
    begun: Run = Run.objects.create(**same, state=RunState.READY, at=run.at + BEHIND)
    return begun


def _halves(run: Run, rest: Run, decided: Iterable[Proposal]) -> list[Proposal]:
    """Of a row of which some fields were decided, the others; by now it is a row that is known."""
    asked = [one for one in decided if one.kind != ProposalKind.NEW and not is_open(one) and not is_answered(one)]
    keys = [one.source_key for one in asked]
    rows = {row.source_key: row for part in stored.chunks(keys) for row in _rows(run, part)}
    halves = [_half(rest, one, rows[one.source_key]) for one in asked if one.source_key in rows]
    return list(Proposal.objects.bulk_create(halves, batch_size=500))


def _rows(run: Run, keys: Collection[str]) -> Iterable[Listing]:
    found: Iterable[Listing] = run.source.listings.filter(source_key__in=keys)
    return found


def _half(rest: Run, proposal: Proposal, row: Listing) -> Proposal:
    still_back = proposal.kind == ProposalKind.BACK and "status" not in proposal.decided
    return Proposal(
        run=rest,
        kind=ProposalKind.BACK if still_back else ProposalKind.CHANGED,
        source_key=proposal.source_key,
        row=proposal.row,
        name=proposal.name,
        listing=row,
        group_id=proposal.group_id,
        theirs=proposal.theirs,
        fields=[name for name in proposal.fields if name not in proposal.decided],
        raw=proposal.raw,
    )


def _count(run: Run, rest: Run, kinds: Counter[str]) -> None:
    if not kinds:
        rest.delete()
        return
    whole = Counter(run.proposals.order_by().values_list("kind", flat=True))
    reading = {name: run.counts.get(name, 0) for name in OF_THE_READING}
    taken = {kind: whole[kind] for kind in ProposalKind.values}
    left = {kind: kinds[kind] for kind in ProposalKind.values}
    decided_by = rest.decided_by_id if rest.proposals.exclude(decided={}).exists() else None
    Run.objects.filter(pk=rest.pk).update(counts={**reading, **left, "problems": 0, REST: 1}, decided_by=decided_by)
    run.counts = {**run.counts, **taken, LEFT: kinds.total()}
