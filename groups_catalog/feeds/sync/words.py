"""What became of a run, in one truthful sentence in the language of the page."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups_catalog.feeds.sync.planning import is_added
from groups_catalog.feeds.sync.runs import is_interrupted
from groups_catalog.feeds.wording import sentence
from groups_catalog.models import Proposal, ProposalKind, Run, RunState
from groups_catalog.wording import clock_words, date_words


def run_sentence(run: Run, now: datetime, left: int | None = None) -> str:
    """`left`: how much nobody has decided yet, where that was counted."""
    if is_interrupted(run, now):
        return _("Interrupted. Nothing was changed.")
    if is_undone(run):
        return _("Undone. The groups are as they were before.")
    if run.state == RunState.READY:
        return _ready(to_decide(run) if left is None else left)
    return SENTENCES[run.state](run)


def when_words(at: datetime) -> str:
    """«22 November 2026 18:30»."""
    here = timezone.localtime(at)
    return f"{date_words(here.date().isoformat())} {clock_words(here.time())}"


def is_undone(run: Run) -> bool:
    """Also where its change was undone on another page."""
    undone = run.state == RunState.DONE and run.change is not None and hasattr(run.change, "undone_by")
    return run.state == RunState.UNDONE or undone


def reason_sentence(run: Run) -> str:
    """Why a run that is ready waits again, or was given up; empty where there is no such reason."""
    sentences = {
        "moved": _(
            "Somebody has changed these groups in the meantime: {given}. Look at them again; nothing was written."
        ),
        "faulty": _("Nothing was written, because this would not be right: {given}"),
        "four_eyes": _("Your clinic asks for four eyes: somebody else takes over what you decided."),
        "unexpected": _("Something unexpected went wrong. Nothing was changed."),
    }
    return sentences.get(run.reason, "").format(given=run.given)


def _reading(run: Run) -> str:
    if not run.all_rows:
        return _("Is being read.")
    return _("Is being read: {done} of {all} rows.").format(done=run.done_rows, all=run.all_rows)


def _ready(left: int) -> str:
    if not left:
        return _("All is decided, and waits to be taken over.")
    return ngettext("{count} difference to decide.", "{count} differences to decide.", left).format(count=left)


def became(proposal: Proposal, state: str) -> str:
    """What was decided of one proposal of a run that was taken over; empty for any other run."""
    if state != RunState.DONE:
        return ""
    if not proposal.decided:
        return _("Not decided")
    if proposal.kind == ProposalKind.NEW and proposal.decided.get("entry") == "ours":
        return _("Left out")
    theirs = is_added(proposal) or "theirs" in proposal.decided.values()
    return _("Taken over") if theirs else _("Ours kept")


def to_decide(run: Run) -> int:
    return sum(run.counts.get(kind, 0) for kind in ("new", "changed", "gone", "back", "renamed"))


def told(run: Run) -> int:
    """How many differences and problems there were, whether or not they are still kept."""
    return to_decide(run) + run.counts.get("problems", 0)


def _quarantined(run: Run) -> str:
    gone = run.counts.get("gone", 0)
    words = _(
        "Held back: {count} meetings are no longer in the list. That is far more than usual. Nothing was changed."
    )
    return words.format(count=gone)


def _unchanged(run: Run) -> str:
    if run.reason == "same_as_waiting":
        return _("The same list as the one that waits for your decisions.")
    return _("Nothing has changed in the list.")


def _cancelled(run: Run) -> str:
    why = {
        "superseded": _("A newer reading has taken its place."),
        "interrupted": _("Interrupted. Nothing was changed."),
        "settings_changed": _("Given up, because the list is to be read in another way now. Read it again."),
    }
    return why.get(run.reason) or _("Cancelled. Nothing was changed.")


def _failed(run: Run) -> str:
    if run.reason == "unexpected":
        return reason_sentence(run)
    return _("{reason} Nothing was changed.").format(reason=sentence(run.reason, "row", run.given))


def _refused(run: Run) -> str:
    return _("{reason} Nothing was changed.").format(reason=sentence(run.reason, "row", run.given))


def _done(run: Run) -> str:
    counts = {name: run.counts.get(name, 0) for name in ("added", "edited", "closed")}
    return _("Taken over: {added} added, {edited} changed, {closed} closed.").format(**counts)


SENTENCES: Mapping[str, Callable[[Run], str]] = {
    RunState.WAITING: lambda _run: _("Waits for its turn."),
    RunState.READING: _reading,
    RunState.QUARANTINED: _quarantined,
    RunState.UNCHANGED: _unchanged,
    RunState.REFUSED: _refused,
    RunState.FAILED: _failed,
    RunState.CANCELLED: _cancelled,
    RunState.WRITING: lambda _run: _("Is being written. Either all of it is written, or nothing."),
    RunState.DONE: _done,
    RunState.UNDONE: lambda _run: "",
}
