"""What a curator decides of a run's proposals. Nothing happens to a group until the run is taken over.

decided = {"entry": "theirs" | "ours", field: "theirs" | "ours", …}

kind       entry: theirs                                       entry: ours
new        add it; `status` theirs: published, ours: a draft   leave it out
gone       close ours, which keeps its id                      leave ours as it is
renamed    the same meeting under a new id                     two: add the new one, close ours
changed    it is the group entered by hand (no listing yet)    two: add the new one, leave ours
"""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from clinics.models import User
from groups_catalog.feeds.sync.planning import ENTRY, OURS, THEIRS
from groups_catalog.feeds.sync.stored import chunks, compare_next_time, left_out
from groups_catalog.models import Proposal, ProposalKind, Run, RunState, Source

SIDES = {OURS, THEIRS}
NEW_CHOICES = {
    "publish": {ENTRY: THEIRS, "status": THEIRS},
    "draft": {ENTRY: THEIRS, "status": OURS},
    "leave": {ENTRY: OURS},
}
ASKED = ("run", "kind", "listing", "fields", "decided")
WITH_FIELDS = (ProposalKind.CHANGED, ProposalKind.BACK, ProposalKind.RENAMED)


class NotOpenError(Exception):
    """The run is not to be decided now: somebody has taken it over, or a newer one has taken its place."""


class AnotherDecidesError(Exception):
    """The clinic asks for four eyes, and a colleague has begun: a reading has one author, and another takes it over.

    Who answered one question of a colleague's reading could otherwise hand the rest back to its own author.
    """


def asks_about_the_entry(proposal: Proposal) -> bool:
    by_hand = proposal.kind == ProposalKind.CHANGED and proposal.listing_id is None
    return by_hand or proposal.kind in {ProposalKind.NEW, ProposalKind.GONE, ProposalKind.RENAMED}


def questions(proposal: Proposal) -> tuple[str, ...]:
    """What is to be decided of it, by name."""
    entry = (ENTRY,) if asks_about_the_entry(proposal) else ()
    if proposal.kind == ProposalKind.NEW:
        return (ENTRY, "status")
    return (*entry, *proposal.fields)


def is_answered(proposal: Proposal) -> bool:
    """Whether no question is left open; where it is something else than it looked like, its fields ask nothing."""
    if asks_about_the_entry(proposal) and proposal.decided.get(ENTRY) == OURS:
        return True
    return all(name in proposal.decided for name in questions(proposal))


def undecided(proposals: QuerySet[Proposal]) -> Counter[tuple[UUID, str]]:
    """By run and kind, how many wait for an answer, be it to one question of several. Two queries.

    The same number wherever it is told: on the desk, in the list of lists, on the page of the run.
    """
    untouched = proposals.filter(decided={}).order_by().values_list("run", "kind").annotate(count=Count("pk"))
    begun = proposals.filter(kind__in=WITH_FIELDS).exclude(decided={}).order_by()
    found = Counter({(run, kind): count for run, kind, count in untouched})
    found.update((one.run_id, one.kind) for one in begun.only(*ASKED) if not is_answered(one))
    return found


@transaction.atomic
def decide(*, run: Run, choices: Mapping[Proposal, Mapping[str, str]], by: User) -> None:
    """Keeps what was chosen for some proposals; a question without a choice stays open.

    Raises NotOpenError, AnotherDecidesError.
    """
    _open(run, by)
    # Read again behind the lock: somebody may have answered another question of the same row meanwhile.
    stands = dict(run.proposals.filter(pk__in=[one.pk for one in choices]).values_list("pk", "decided"))
    for proposal, chosen in choices.items():
        valid = {name: side for name, side in chosen.items() if name in questions(proposal) and side in SIDES}
        proposal.decided = {**stands.get(proposal.pk, {}), **valid}
    Proposal.objects.bulk_update(choices, ["decided"], batch_size=100)


@transaction.atomic
def decide_all(*, run: Run, kind: str, choice: str, by: User) -> None:
    """One answer for all of a kind: publish, draft or leave for new ones, else ours or theirs. Raises as `decide`.

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


@transaction.atomic
def ask_again(*, source: Source) -> int:
    """Rows that were left out are proposed anew at the next reading; returns how many."""
    keys = left_out(source)
    compare_next_time(source)
    rows = Proposal.objects.filter(run__source=source, run__state=RunState.DONE, kind=ProposalKind.NEW)
    rows.filter(source_key__in=keys, decided__entry=OURS).update(decided={})
    return len(keys)


def _open(run: Run, by: User) -> None:
    ready = Run.objects.filter(pk=run.pk, state=RunState.READY)
    of_others = ready.exclude(decided_by=None).exclude(decided_by=by)
    if run.source.clinic.four_eyes and of_others.exists():
        raise AnotherDecidesError
    if not ready.update(decided_by=by, reason="", given=""):
        raise NotOpenError
