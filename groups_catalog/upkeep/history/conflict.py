"""Two people had one entry open. The second one is told, sees both, and loses nothing.

What the second person wrote travels in the page itself, signed for this person and this entry, so that it is still
there after the next save of a third. Which entry it is comes from the address, which clinic from the session.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinics.access import MemberRequest
from groups_catalog.models import ChangeKind
from groups_catalog.upkeep.changes import Act, ConflictError
from groups_catalog.upkeep.comparison import compare
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.history.entries import (
    Entry,
    entry_address,
    entry_kind,
    entry_name,
    faults_of,
    submit_entry,
)
from groups_catalog.upkeep.history.forms import ChoicesForm
from groups_catalog.upkeep.history.merging import Together, together
from groups_catalog.upkeep.history.pages import saved_since
from groups_catalog.upkeep.notices import tell_submitted

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Mine:
    """What the second person wanted to save."""

    document: Document
    based_on: int
    back: str
    """Where to go once it is saved."""
    why: str = ""
    kind: str = ChangeKind.EDITED


def conflict_page(
    request: MemberRequest,
    *,
    entry: Entry,
    mine: Document,
    based_on: int,
    back: str,
    why: str = "",
    kind: ChangeKind = ChangeKind.EDITED,
) -> HttpResponse:
    """For a view that has met a ConflictError. `mine` has passed its faults; `back` is an address of this site."""
    wanted = Mine(mine, based_on, back, why, kind)
    both = together(entry, mine, based_on=based_on, clinic=request.clinic)
    if not compare(both.theirs, mine):
        # Mostly one's own first press of the same button.
        return _stands(request, back)
    form = ChoicesForm(None, both.conflicts(), initial={"why": why})
    return _page(request, entry, wanted, both, form)


def settle(request: MemberRequest, entry: Entry) -> HttpResponse:
    """Takes the choices. Asks again where the entry has changed once more, or where the two do not go together."""
    wanted = _read(request, entry)
    if wanted is None:
        messages.error(request, _("This page was too old to save. Nothing was changed."))
        return redirect(entry_address(entry, "history"))
    both = together(entry, wanted.document, based_on=wanted.based_on, clinic=request.clinic)
    everything = "everything" in request.POST
    form = ChoicesForm(request.POST, both.differing() if everything else both.conflicts())
    if not form.is_valid():
        return _page(request, entry, wanted, both, form, everything=everything)
    document = both.decided(form.choices())
    if not compare(both.theirs, document):
        return _stands(request, wanted.back)
    if request.POST.get("seen") != str(both.number):
        return _page(request, entry, wanted, both, form, everything=everything)
    return _save(request, entry, wanted, both, form, document)


def _stands(request: MemberRequest, back: str) -> HttpResponse:
    messages.success(request, _("The entry stands as you chose."))
    return redirect(back)


def _save(
    request: MemberRequest, entry: Entry, wanted: Mine, both: Together, form: ChoicesForm, document: Document
) -> HttpResponse:
    # Every word of it stands there, or was judged on the page that it was written on.
    if wrong := faults_of(document, entry_kind(entry), before=document):
        return _ask_about_everything(request, entry, wanted, both, form, wrong)
    act = Act(request.clinic, ChangeKind(wanted.kind), request.user, form.cleaned_data["why"])
    try:
        done = submit_entry(act, entry, document, both.number)
    except ConflictError:
        again = together(entry, wanted.document, based_on=wanted.based_on, clinic=request.clinic)
        return _page(request, entry, wanted, again, ChoicesForm(request.POST, again.conflicts()))
    tell_submitted(request, done)
    return redirect(wanted.back)


def _ask_about_everything(
    request: MemberRequest, entry: Entry, wanted: Mine, both: Together, form: ChoicesForm, wrong: list[str]
) -> HttpResponse:
    """Each alone was right; together they are not. Then nothing is merged without being asked."""
    chosen = {f"choice-{field}": side for field, side in {**both.suggested(), **form.choices()}.items()}
    asked = ChoicesForm({**chosen, "why": form.cleaned_data["why"]}, both.differing())
    for message in wrong:
        asked.add_error(None, message)
    return _page(request, entry, wanted, both, asked, everything=True)


def _page(
    request: MemberRequest, entry: Entry, wanted: Mine, both: Together, form: ChoicesForm, *, everything: bool = False
) -> HttpResponse:
    saved = saved_since(entry, wanted.based_on)
    context: dict[str, Any] = {
        "tab": "upkeep",
        "name": entry_name(entry),
        "save": entry_address(entry, "conflict"),
        "back": wanted.back,
        "saved": saved,
        "their_label": saved[0].who if saved else _("Saved meanwhile"),
        "form": form,
        "everything": everything,
        "both": both,
        "mine": signing.dumps(asdict(wanted), salt=_salt(request, entry), compress=True),
    }
    return render(request, "groups_catalog/upkeep/history/conflict.html", context, status=CONFLICT)


def _read(request: MemberRequest, entry: Entry) -> Mine | None:
    try:
        return Mine(**signing.loads(request.POST.get("mine", ""), salt=_salt(request, entry)))
    except signing.BadSignature:
        return None


def _salt(request: MemberRequest, entry: Entry) -> str:
    return f"conflict:{request.clinic.pk}:{request.user.pk}:{entry_kind(entry)}:{entry.pk}"
