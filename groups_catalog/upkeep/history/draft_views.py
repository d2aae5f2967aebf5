"""Four eyes: what waits for a second person, the decision, and the switch."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import Draft, DraftState
from groups_catalog.upkeep.changes import ConflictError
from groups_catalog.upkeep.four_eyes import DecidedError, SamePersonError, accept, decline, together_with
from groups_catalog.upkeep.history.drafts import (
    draft_document,
    draft_kind,
    draft_line,
    draft_lines,
    meanwhile,
    to_be_written,
)
from groups_catalog.upkeep.history.entries import faults_of
from groups_catalog.upkeep.history.forms import ChoicesForm, ReasonForm, SettingsForm, WhyForm
from groups_catalog.upkeep.history.merging import Together
from groups_catalog.upkeep.history.pages import shown
from groups_catalog.upkeep.history.switching import switch_four_eyes
from groups_catalog.upkeep.notices import tell_changed

DECIDED_SHOWN = 20
WAITING_SHOWN = 200


@require_safe
@role("curator", "clinic_admin")
def drafts(request: MemberRequest) -> HttpResponse:
    known = Draft.objects.select_related("group", "organisation", "by", "decided_by")
    waiting = known.filter(state=DraftState.WAITING)
    decided = known.exclude(state=DraftState.WAITING).order_by("-decided_at", "-pk")
    context = {
        "tab": "upkeep",
        "waiting": draft_lines(waiting[:WAITING_SHOWN], request.user),
        "decided": draft_lines(decided[:DECIDED_SHOWN], request.user),
    }
    return render(request, "groups_catalog/upkeep/history/drafts.html", context)


@require_safe
@role("curator", "clinic_admin")
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    row = _draft_or_404(pk)
    both = meanwhile(row, request.clinic) if row.state == DraftState.WAITING else None
    return _draft_page(request, row, both)


@require_POST
@role("curator", "clinic_admin")
def draft_decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = _draft_or_404(pk)
    if row.state != DraftState.WAITING:
        return _told_too_late(request)
    if request.POST.get("decision") == "decline":
        return _decline(request, row)
    if request.POST.get("decision") == "accept":
        return _accept(request, row)
    messages.error(request, _("Choose whether to accept or to decline. Nothing was changed."))
    return redirect("draft", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role("clinic_admin")
def clinic_settings(request: MemberRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, initial={"four_eyes": request.clinic.four_eyes})
    waiting = Draft.objects.filter(state=DraftState.WAITING).count()
    if form.is_valid():
        switch_four_eyes(clinic=request.clinic, on=form.cleaned_data["four_eyes"], by=request.user)
        _tell_switched(request, form.cleaned_data["four_eyes"], waiting)
        return redirect("clinic-settings")
    context = {"tab": "upkeep", "form": form, "waiting": waiting}
    return render(request, "groups_catalog/upkeep/history/settings.html", context)


def _draft_or_404(pk: int) -> Draft:
    known = Draft.objects.select_related("clinic", "group", "organisation", "by", "decided_by")
    return get_object_or_404(known, pk=pk)


def _accept(request: MemberRequest, row: Draft) -> HttpResponse:
    both = meanwhile(row, request.clinic)
    form = ChoicesForm(request.POST, both.conflicts() if both else [])
    if both and request.POST.get("seen") != str(both.number):
        form.add_error(None, _("Somebody changed the entry while you looked at it. See again what would change."))
    if form.is_valid():
        _add_faults(form, to_be_written(row, both, form.choices()), row, both)
    if form.errors:
        return _draft_page(request, row, both, form=form)
    try:
        document = to_be_written(row, both, form.choices())
        change = accept(draft=row, by=request.user, document=document, based_on=both.number if both else 0)
    except SamePersonError:
        messages.error(request, _("Somebody else than its author has to accept a draft."))
        return redirect("draft", row.pk)
    except (DecidedError, ConflictError):
        return _told_too_late(request)
    tell_changed(request, change, _("Accepted: it stands in the catalog now."))
    return redirect("drafts")


def _decline(request: MemberRequest, row: Draft) -> HttpResponse:
    """The author takes it back without a word; a second person says why."""
    form = WhyForm(request.POST) if row.by_id == request.user.pk else ReasonForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, row, meanwhile(row, request.clinic), reason=form)
    try:
        decline(draft=row, by=request.user, why=form.cleaned_data["why"])
    except DecidedError:
        return _told_too_late(request)
    messages.success(request, _("Declined. The catalog is as it was."))
    return redirect("drafts")


def _add_faults(form: ChoicesForm, document: dict[str, Any], row: Draft, both: Together | None) -> None:
    for message in faults_of(document, draft_kind(row), before=both.theirs if both else None):
        form.add_error(None, message)


def _told_too_late(request: MemberRequest) -> HttpResponse:
    messages.info(request, _("Somebody decided or changed this at the same moment. Look at it again."))
    return redirect("drafts")


def _draft_page(
    request: MemberRequest,
    row: Draft,
    both: Together | None,
    *,
    form: ChoicesForm | None = None,
    reason: WhyForm | None = None,
) -> HttpResponse:
    context = {
        "tab": "upkeep",
        "line": draft_line(row, request.user),
        "both": both,
        "moved": both is not None and both.number != both.based_on,
        "fields": shown(draft_document(row)),
        "others": draft_lines(together_with(row), request.user),
        "form": form or ChoicesForm(None, both.conflicts() if both else []),
        "reason": reason or ReasonForm(),
    }
    return render(request, "groups_catalog/upkeep/history/draft.html", context)


def _tell_switched(request: MemberRequest, on: bool, waiting: int) -> None:
    words = _("Four eyes are on.") if on else _("Four eyes are off.")
    if waiting and not on:
        stay = ngettext(
            "{count} draft still waits, and still needs a second person.",
            "{count} drafts still wait, and still need a second person.",
            waiting,
        )
        words = f"{words} {stay.format(count=waiting)}"
    messages.success(request, words)
