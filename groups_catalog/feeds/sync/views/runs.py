"""One reading of a list: how far it has come, what it proposes, what is decided, and what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from clinics.access import MemberRequest, role
from groups_catalog.feeds.sync import choosing, pages, runs, sources
from groups_catalog.feeds.sync.columns_of import columns_with_examples
from groups_catalog.feeds.sync.deciding import AnotherDecidesError, NotOpenError
from groups_catalog.feeds.sync.forms import ColumnsForm
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.tasks import send_to_read, send_to_write
from groups_catalog.feeds.sync.views.sources import CURATORS, ROOM, may_set
from groups_catalog.models import Run, RunState
from groups_catalog.upkeep.four_eyes import SamePersonError
from groups_catalog.upkeep.history.entries import entry_name
from groups_catalog.upkeep.notices import tell_undone

WHY_NOT: dict[type[Exception], Any] = {
    NotOpenError: gettext_lazy("This is not open for decisions any more. Nothing was changed."),
    choosing.ChoiceError: gettext_lazy(
        "Something on the page does not fit what is to be decided now. Nothing was saved. Look at it again."
    ),
    AnotherDecidesError: gettext_lazy(
        "A colleague has decided in this reading, and your clinic asks for four eyes. Take over what is decided, or "
        "cancel the reading and read the list again. Nothing was saved."
    ),
    runs.FourEyesError: gettext_lazy("Your clinic asks for four eyes: somebody else takes over what you decided."),
    runs.BusyError: gettext_lazy("This list is being read already. Wait until it is done."),
}


@require_safe
@role(*CURATORS)
def feed_run(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    if request.htmx:
        return _progress(request, run)
    context = pages.run_page(run, request.GET.get("show", ""), request.GET.get("page"))
    waits = request.clinic.four_eyes and run.decided_by_id == request.user.pk
    context |= {"tab": "upkeep", "waits_for_another": waits, "may_set": may_set(request, run.source)}
    return render(request, f"{ROOM}/run.html", context)


@require_POST
@role(*CURATORS)
def feed_run_decide(request: MemberRequest, pk: str) -> HttpResponse:
    """A page's choices, or one answer for all of a kind; then on to the next page."""
    run = _run_or_404(pk)
    try:
        choosing.save(run=run, data=request.POST, by=request.user)
    except (NotOpenError, AnotherDecidesError, choosing.ChoiceError) as why:
        return _not_done(request, run, why)
    return redirect(f"{reverse('feed-run', args=[run.pk])}?{choosing.next_page(run, request.POST)}")


@require_POST
@role(*CURATORS)
def feed_run_apply(request: MemberRequest, pk: str) -> HttpResponse:
    """The choices on the page are kept, and all that is decided is taken over; in a clinic that asks for four eyes,
    only by somebody who has not just decided something.
    """
    run = _run_or_404(pk)
    saved = False
    try:
        saved = choosing.save_page(run=run, data=request.POST, by=request.user)
        begun = runs.start_writing(run=run, by=request.user)
    except tuple(WHY_NOT) as why:
        return _not_done(request, run, why, saved=saved)
    if begun:
        send_to_write(run, request.user)
    elif Run.objects.filter(pk=run.pk, state=RunState.READY).exists():
        messages.info(request, _("Nothing was taken over: nothing is decided, or somebody else was quicker."))
    return redirect("feed-run", run.pk)


@require_POST
@role(*CURATORS)
def feed_run_cancel(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    if not runs.cancel(run=run):
        messages.info(request, _("It was too late to cancel."))
    return redirect("feed-run", run.pk)


@require_POST
@role(*CURATORS)
def feed_run_release(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    if run.state != RunState.QUARANTINED:
        messages.info(request, _("This is not held back any more."))
    elif not runs.release(run=run, typed=request.POST.get("gone", "")):
        messages.error(request, _("This is not the number of meetings that would go. Nothing was changed."))
    return redirect("feed-run", run.pk)


@require_POST
@role(*CURATORS)
def feed_run_again(request: MemberRequest, pk: str) -> HttpResponse:
    """Takes up an interrupted run."""
    run = _run_or_404(pk)
    if runs.take_up_again(run=run) and run.state == RunState.READING:
        send_to_read(run)
    return redirect("feed-run", run.pk)


@require_POST
@role(*CURATORS)
def feed_run_undo(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    try:
        undone = undo_run(run=run, by=request.user)
    except SamePersonError:
        messages.error(request, _("Your clinic works with four eyes: somebody else has to undo your change."))
        return redirect("feed-run", run.pk)
    if undone is None:
        messages.info(request, _("This cannot be undone any more: it was undone before, or it is too old."))
    else:
        tell_undone(request, undone, [entry_name(entry) for entry in undone.left])
    return redirect("feed-run", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role(*CURATORS)
def feed_columns(request: MemberRequest, pk: str) -> HttpResponseBase:
    run = _run_or_404(pk)
    if not sources.waits_for_its_columns(run):
        return redirect("feed-run", run.pk)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, table=columns_with_examples(run), known=run.source.columns)
    if request.method == "POST" and form.is_valid():
        return _read_again(request, run, form)
    return render(request, f"{ROOM}/columns.html", {"tab": "upkeep", "run": run, "form": form})


def _read_again(request: MemberRequest, run: Run, form: ColumnsForm) -> HttpResponse:
    try:
        matched = sources.match_columns(run=run, columns=form.chosen())
    except runs.BusyError as busy:
        return _not_done(request, run, busy)
    if matched:
        send_to_read(run)
    return redirect("feed-run", run.pk)


def _not_done(request: MemberRequest, run: Run, why: Exception, *, saved: bool = False) -> HttpResponse:
    """Says why, and what was kept all the same; back on the page that the press came from."""
    if saved:
        messages.success(request, _("Saved."))
    messages.warning(request, str(WHY_NOT[type(why)]))
    return redirect(f"{reverse('feed-run', args=[run.pk])}?{choosing.this_page(request.POST)}")


def _progress(request: MemberRequest, run: Run) -> HttpResponse:
    state = pages.run_state(run)
    if not state["under_way"]:
        return HttpResponseClientRefresh()
    return render(request, f"{ROOM}/components/progress.html", state)


def _run_or_404(pk: str) -> Run:
    related = ("source__clinic", "source__organisation", "change__undone_by", "decided_by", "started_by")
    return get_object_or_404(Run.objects.select_related(*related).defer(*pages.HEAVY), pk=pk)
