"""What a curator decides of a run's proposals. Nothing happens to a group until the run is taken over.

decided = {"entry": "theirs" | "ours", field: "theirs" | "ours", …}

kind       entry: theirs                                       entry: ours
new        add it; `status` theirs: published, ours: a draft   leave it out
gone       close ours, which keeps its id                      leave ours as it is
renamed    the same meeting under a new id                     two: add the new one, close ours
changed    it is the group entered by hand (no listing yet)    two: add the new one, leave ours
"""

from collections.abc import Mapping

from django.db import transaction

from clinics.models import User
from groups_catalog.feeds.sync.planning import ENTRY, OURS, THEIRS
from groups_catalog.feeds.sync.stored import chunks, left_out
from groups_catalog.models import Proposal, ProposalKind, Run, RunState, Source

SIDES = {OURS, THEIRS}
NEW_CHOICES = {
    "publish": {ENTRY: THEIRS, "status": THEIRS},
    "draft": {ENTRY: THEIRS, "status": OURS},
    "leave": {ENTRY: OURS},
}
WITH_FIELDS = (ProposalKind.CHANGED, ProposalKind.BACK, ProposalKind.RENAMED)


class NotOpenError(Exception):
    """The run is not to be decided now: somebody has taken it over, or a newer one has taken its place."""


def asks_about_the_entry(proposal: Proposal) -> bool:
    by_hand = proposal.kind == ProposalKind.CHANGED and proposal.listing_id is None
    return by_hand or proposal.kind in {ProposalKind.NEW, ProposalKind.GONE, ProposalKind.RENAMED}


def questions(proposal: Proposal) -> tuple[str, ...]:
    """What is to be decided of it, by name."""
    entry = (ENTRY,) if asks_about_the_entry(proposal) else ()
    if proposal.kind == ProposalKind.NEW:
        return (ENTRY, "status")
    return (*entry, *proposal.fields)


@transaction.atomic
def decide(*, run: Run, choices: Mapping[Proposal, Mapping[str, str]], by: User) -> None:
    """Keeps what was chosen for some proposals; a question without a choice stays open. Raises NotOpenError."""
    _open(run, by)
    for proposal, chosen in choices.items():
        valid = {name: side for name, side in chosen.items() if name in questions(proposal) and side in SIDES}
        proposal.decided = {**proposal.decided, **valid}
    Proposal.objects.bulk_update(choices, ["decided"], batch_size=100)


@transaction.atomic
def decide_all(*, run: Run, kind: str, choice: str, by: User) -> None:
    """One answer for all of a kind: publish, draft or leave for new ones, else ours or theirs. Raises NotOpenError.

    Whether a row is a meeting that we have is never denied in bulk: it is taken to be the one it looks like.
    """
    _open(run, by)
    proposals = run.proposals.filter(kind=kind)
    if kind not in WITH_FIELDS:
        proposals.update(decided=NEW_CHOICES[choice] if kind == ProposalKind.NEW else {ENTRY: choice})
        return
    alike: dict[tuple[str, ...], list[int]] = {}
    for row in proposals.only("pk", "kind", "listing", "fields"):
        alike.setdefault(questions(row), []).append(row.pk)
    for names, keys in alike.items():
        decided = {name: THEIRS if name == ENTRY else choice for name in names}
        for part in chunks(keys):
            proposals.filter(pk__in=part).update(decided=decided)


def ask_again(*, source: Source) -> int:
    """Rows that were left out are proposed anew at the next reading; returns how many."""
    keys = left_out(source)
    rows = Proposal.objects.filter(run__source=source, run__state=RunState.DONE, kind=ProposalKind.NEW)
    rows.filter(source_key__in=keys, decided__entry=OURS).update(decided={})
    return len(keys)


def _open(run: Run, by: User) -> None:
    if not Run.objects.filter(pk=run.pk, state=RunState.READY).update(decided_by=by, reason="", given=""):
        raise NotOpenError
