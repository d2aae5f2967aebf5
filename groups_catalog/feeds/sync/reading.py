"""One run's work: fetch, read, compare, and put down what it proposes.

Whatever goes wrong, and whenever the worker dies, nothing stands afterwards but the run's own state: proposals are
written at the end, all together, and no group is touched here at all.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from groups_catalog.feeds.fetch import FetchFailed, fetch
from groups_catalog.feeds.model import Meeting, Problem, Reading
from groups_catalog.feeds.reader import read_list
from groups_catalog.feeds.sync import stored
from groups_catalog.feeds.sync.comparing import Compared, Proposed, compare, quarantined
from groups_catalog.feeds.sync.listings import Listed, listings
from groups_catalog.feeds.sync.notes import note_field, rows_with_notes
from groups_catalog.feeds.sync.raw_rows import RawRows
from groups_catalog.feeds.sync.remembering import follow_undoings
from groups_catalog.feeds.sync.runs import SAME_AS_WAITING, TO_DECIDE, claimed, settled_run
from groups_catalog.feeds.sync.sources import HEADINGS_UNKNOWN, SETTINGS_CHANGED, how_it_is_read
from groups_catalog.models import Listing, Proposal, Run, RunState, Source
from groups_catalog.upkeep.documents import NEW_MEETING

STEP = 250
"""Rows between two signs of life."""
PROBLEMS_KEPT = 5000
TAKEN_BACK = {"dropped_unpublished", "dropped_ended"}
log = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody asked for it, or it is read otherwise now; nothing is kept."""


class RefusedError(Exception):
    def __init__(self, reason: str, given: str = "", data: bytes | None = None) -> None:
        super().__init__(reason)
        self.reason, self.given = reason, given
        self.data = data if reason == HEADINGS_UNKNOWN else None
        """What came, where somebody can tell how to read it."""


@dataclass(frozen=True, slots=True)
class Came:
    """What the publisher or the uploader handed over."""

    data: bytes
    raw: RawRows
    fingerprint: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    state: RunState
    reason: str = ""
    given: str = ""
    came: Came | None = None
    same_list: bool = False
    """What came is what came before: every row of it still stands in the list."""
    reading: Reading | None = None
    compared: Compared = field(default_factory=Compared)
    keys: Sequence[str] = ()
    """Of the rows that stand in the list."""
    dropped: int = 0
    notes: int = 0
    """Rows whose note was not taken in, since nobody has said in which language it is."""
    kept: bytes | None = None
    """What came, for as long as it waits for its columns."""


def read_run(pk: UUID | str) -> None:
    """The task's body. Does nothing when somebody else has the run."""
    run = claimed(pk)
    if run is None:
        return
    try:
        _put_down(run, _outcome(run))
    except CancelledError as cancelled:
        _end(run, Outcome(RunState.CANCELLED, str(cancelled)))
    except FetchFailed as failed:
        _end(run, Outcome(RunState.FAILED, failed.reason, failed.detail))
    except RefusedError as refused:
        _end(run, Outcome(RunState.REFUSED, refused.reason, refused.given, kept=refused.data))
    except Exception:
        log.exception("A run broke off; nothing was changed.")
        _end(run, Outcome(RunState.FAILED, "unexpected"))


def _outcome(run: Run) -> Outcome:
    follow_undoings(run.source)
    settled = settled_run(run.source)
    came = _content(run, settled)
    _beat(run)
    if came is None or (settled and settled.fingerprint == came.fingerprint):
        return Outcome(RunState.UNCHANGED, came=came, same_list=True)
    if run.source.runs.filter(state__in=TO_DECIDE, fingerprint=came.fingerprint).exists():
        return Outcome(RunState.UNCHANGED, SAME_AS_WAITING, came=came)
    return _compared(run, came)


def _content(run: Run, settled: Run | None) -> Came | None:
    """None when the publisher says that nothing has changed; it is asked so only when nothing is left to decide."""
    source = run.source
    if run.upload is not None:
        return _came(source, bytes(run.upload))
    if not source.address:
        raise RefusedError("empty_file")
    marks = {"etag": source.etag, "last_modified": source.last_modified} if settled else {}
    fetched = fetch(source.address, **marks)
    if fetched.not_modified:
        return None
    return replace(_came(source, fetched.data), etag=fetched.etag, last_modified=fetched.last_modified)


def _came(source: Source, data: bytes) -> Came:
    language = source.columns.get(stored.NOTE_LANGUAGE, "")
    raw = RawRows(data, stored.settings_of(source), source.format, also=language)
    return Came(data, raw, raw.fingerprint())


def _compared(run: Run, came: Came) -> Outcome:
    source = run.source
    reading = read_list(came.data, stored.settings_of(source), format=source.format or None)
    if reading.refused:
        raise RefusedError(reading.refused.reason, reading.refused.given, came.data)
    note = note_field(source.columns.get(stored.NOTE_LANGUAGE, ""), came.raw.headings())
    listed = _listed(run, reading.meetings, note)
    unreadable = came.raw.keys_of([problem.row for problem in reading.problems if _is_unreadable(problem)])
    known = stored.known_rows(source)
    out = stored.left_out(source)
    wanted = [one for one in listed if one.source_key not in out]
    result = compare(wanted, known, stored.catalog_of(source), still_there=unreadable)
    _beat(run, len(listed))
    live = sum(not one.gone for one in known)
    state = RunState.READY if result.proposals else RunState.UNCHANGED
    if quarantined(result.count("gone"), live):
        state = RunState.QUARANTINED
    dropped = len({problem.row for problem in reading.problems if problem.reason.startswith("dropped_")})
    keys = [one.source_key for one in listed]
    notes = 0 if note else rows_with_notes(reading.meetings)
    return Outcome(state, came=came, reading=reading, compared=result, keys=keys, dropped=dropped, notes=notes)


def _listed(run: Run, meetings: Sequence[Meeting], note: str) -> list[Listed]:
    """In steps, so that the page shows how far it has come and a cancel is noticed."""
    keys = list(dict.fromkeys(meeting.source_key for meeting in meetings))
    by_key: dict[str, list[Meeting]] = {key: [] for key in keys}
    for meeting in meetings:
        by_key[meeting.source_key].append(meeting)
    Run.objects.filter(pk=run.pk).update(all_rows=len(keys))
    today = timezone.localdate().isoformat()
    found: list[Listed] = []
    for part in stored.chunks(keys, STEP):
        together = [meeting for key in part for meeting in by_key[key]]
        with override(_spoken(run.source, note)):
            found.extend(listings(together, source=run.source.name, today=today, note=note))
        _beat(run, len(found))
    return found


def _spoken(source: Source, note: str) -> str:
    """The language of what the list leaves us to word."""
    if note:
        return note.removeprefix("note_")
    return "nb" if source.timezone == NEW_MEETING["timezone"] else "en"


def _is_unreadable(problem: Problem) -> bool:
    """The row still stands in the list, whatever is wrong with it; one that it takes back itself does not."""
    return problem.reason.startswith("dropped_") and problem.reason not in TAKEN_BACK


def _beat(run: Run, done: int = 0) -> None:
    alive = Run.objects.filter(pk=run.pk, state=RunState.READING, cancel_asked=False)
    if not alive.update(beat_at=timezone.now(), done_rows=done):
        raise CancelledError


def _put_down(run: Run, outcome: Outcome) -> None:
    proposals = _proposals(run, outcome)
    with transaction.atomic():
        now = Source.objects.select_for_update(no_key=True).filter(pk=run.source.pk).first()
        if now and how_it_is_read(now) != how_it_is_read(run.source):
            raise CancelledError(SETTINGS_CHANGED)
        if not _end(run, outcome, cancellable=True):
            raise CancelledError
        if outcome.came and run.source.address:
            marks = {"etag": outcome.came.etag, "last_modified": outcome.came.last_modified}
            Source.objects.filter(pk=run.source.pk).update(**marks)
        _keep_what_was_seen(run.source, outcome)
        if outcome.reading is not None:
            _replace_older(run, proposals)


def _end(run: Run, outcome: Outcome, *, cancellable: bool = False) -> bool:
    """False when the run is no longer ours to end."""
    mine = Run.objects.filter(pk=run.pk, state=RunState.READING)
    mine = mine.filter(cancel_asked=False) if cancellable else mine
    came, reading = outcome.came, outcome.reading
    now = timezone.now()
    found: dict[str, Any] = {
        "state": outcome.state,
        "reason": outcome.reason,
        "given": outcome.given[:300],
        "beat_at": now,
    }
    found |= {"ended_at": now, "upload": outcome.kept}
    if came:
        found |= {"fingerprint": came.fingerprint, "size": len(came.data)}
    if reading:
        kept = [[one.row, one.field, one.reason, one.given] for one in reading.problems[:PROBLEMS_KEPT]]
        found |= {"format": reading.format, "problems": kept, "counts": _counts(outcome)}
    return bool(mine.update(**found))


def _counts(outcome: Outcome) -> dict[str, int]:
    compared = outcome.compared
    kinds = {kind: compared.count(kind) for kind in ("new", "changed", "gone", "back", "renamed")}
    problems = outcome.reading.problems if outcome.reading else ()
    meetings = len(outcome.reading.meetings) if outcome.reading else 0
    return {
        "meetings": meetings,
        **kinds,
        "unchanged": compared.unchanged,
        "dropped": outcome.dropped,
        "problems": len(problems),
        "notes": outcome.notes,
    }


def _keep_what_was_seen(source: Source, outcome: Outcome) -> None:
    """When a row was last in the list, and where the list has come round to us: bookkeeping, no group is touched."""
    now = timezone.now()
    rows = Listing.objects.filter(source=source)
    if outcome.same_list:
        rows.filter(gone_since=None).update(last_seen=now)
        return
    for part in stored.chunks(list(outcome.keys)):
        rows.filter(source_key__in=part).update(last_seen=now)
    rows.filter(pk__in=outcome.compared.quietly_gone).update(gone_since=now)
    rows.filter(pk__in=outcome.compared.quietly_back).update(gone_since=None)
    agreed = [Listing(pk=pk, seen=seen) for pk, seen in outcome.compared.agreed.items()]
    Listing.objects.bulk_update(agreed, ["seen"], batch_size=200)


def _replace_older(run: Run, proposals: list[Proposal]) -> None:
    """An older run that still waits is about an older list; what was decided in it and is proposed again stands."""
    waited = Q(state__in=TO_DECIDE) | Q(state=RunState.CANCELLED, reason=SETTINGS_CHANGED)
    older = run.source.runs.filter(waited).exclude(pk=run.pk).order_by("at")
    # Behind the lock, so that nobody decides in it while it is read.
    list(older.select_for_update(no_key=True).values_list("pk"))
    decided = Proposal.objects.filter(run__in=older).exclude(decided={})
    before = {_same_question(proposal): proposal.decided for proposal in decided}
    person = older.exclude(decided_by=None).values_list("decided_by", flat=True).last()
    for proposal in proposals:
        proposal.decided = before.get(_same_question(proposal), {})
    Proposal.objects.bulk_create(proposals, batch_size=500)
    if any(proposal.decided for proposal in proposals):
        Run.objects.filter(pk=run.pk).update(decided_by=person)
    older.update(state=RunState.CANCELLED, reason="superseded", ended_at=timezone.now(), upload=None)


def _same_question(proposal: Proposal) -> str:
    asked = (proposal.kind, proposal.source_key, proposal.group_id, proposal.based_on, proposal.theirs)
    return json.dumps([*asked, proposal.fields], sort_keys=True)


def _proposals(run: Run, outcome: Outcome) -> list[Proposal]:
    raw = outcome.came.raw if outcome.came else None
    return [_proposal(run, one, raw) for one in outcome.compared.proposals]


def _proposal(run: Run, one: Proposed, raw: RawRows | None) -> Proposal:
    return Proposal(
        run=run,
        kind=one.kind,
        source_key=one.source_key,
        row=one.row,
        name=one.name[:160],
        listing_id=one.listing,
        group_id=one.group,
        based_on=one.based_on,
        theirs=one.theirs,
        fields=list(one.fields),
        raw=raw.record(one.row) if raw and one.row else {},
    )
