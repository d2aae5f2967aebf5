"""One reading of a list: how far it has come, what it proposes, what is decided, and what became of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from clinics.access import MemberRequest, role
from groups_catalog.feeds.sync import choosing, pages, runs, sources
from groups_catalog.feeds.sync.columns_of import headings
from groups_catalog.feeds.sync.deciding import NotOpenError
from groups_catalog.feeds.sync.forms import ColumnsForm
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.tasks import send_to_read, send_to_write
from groups_catalog.feeds.sync.views.sources import CURATORS, ROOM
from groups_catalog.models import Run, RunState


@require_safe
@role(*CURATORS)
def feed_run(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    if request.htmx:
        return _progress(request, run)
    context = pages.run_page(run, request.GET.get("show", ""), request.GET.get("page"))
    waits = request.clinic.four_eyes and run.decided_by_id == request.user.pk
    return render(request, f"{ROOM}/run.html", context | {"tab": "upkeep", "waits_for_another": waits})


@require_POST
@role(*CURATORS)
def feed_run_decide(request: MemberRequest, pk: str) -> HttpResponse:
    """A page's choices, or one answer for all of a kind; then on to the next page."""
    run = _run_or_404(pk)
    try:
        choosing.save(run=run, data=request.POST, by=request.user)
    except NotOpenError:
        messages.warning(request, _("This is not open for decisions any more. Nothing was changed."))
        return redirect("feed-run", run.pk)
    return redirect(f"{reverse('feed-run', args=[run.pk])}?{choosing.next_page(run, request.POST)}")


@require_POST
@role(*CURATORS)
def feed_run_apply(request: MemberRequest, pk: str) -> HttpResponse:
    run = _run_or_404(pk)
    try:
        begun = runs.start_writing(run=run, by=request.user)
    except runs.FourEyesError:
        messages.warning(request, _("Your clinic asks for four eyes: somebody else takes over what you decided."))
        return redirect("feed-run", run.pk)
    if begun:
        send_to_write(run, request.user)
    else:
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
    if not runs.release(run=run, typed=request.POST.get("gone", "")):
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
    undone = undo_run(run=run, by=request.user)
    if undone is None:
        messages.info(request, _("This cannot be undone any more."))
    elif undone.left:
        names = ", ".join(str(group.name) for group in undone.left)
        messages.warning(request, _("Left as they are, since somebody has changed them: {names}").format(names=names))
    return redirect("feed-run", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role(*CURATORS)
def feed_columns(request: MemberRequest, pk: str) -> HttpResponseBase:
    run = get_object_or_404(Run.objects.select_related("source__clinic"), pk=pk, state=RunState.REFUSED)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, headings=headings(run), known=run.source.columns)
    if request.method == "POST" and form.is_valid():
        if sources.match_columns(run=run, columns=form.chosen()):
            send_to_read(run)
        return redirect("feed-run", run.pk)
    return render(request, f"{ROOM}/columns.html", {"tab": "upkeep", "run": run, "form": form})


def _progress(request: MemberRequest, run: Run) -> HttpResponse:
    state = pages.run_state(run)
    if not state["under_way"]:
        return HttpResponseClientRefresh()
    return render(request, f"{ROOM}/components/progress.html", state)


def _run_or_404(pk: str) -> Run:
    related = ("source__clinic", "source__organisation", "change__undone_by", "decided_by", "started_by")
    return get_object_or_404(Run.objects.select_related(*related).defer(*pages.HEAVY), pk=pk)
