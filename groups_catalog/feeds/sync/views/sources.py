"""The lists that a clinic reads: which there are, a new one, another file of one, its settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinics.access import MemberRequest, role
from clinics.models import Role
from groups_catalog.feeds.sheets import write_xlsx
from groups_catalog.feeds.sync import deciding, pages, sources
from groups_catalog.feeds.sync.forms import SettingsForm, SourceForm, UploadForm
from groups_catalog.feeds.sync.runs import BusyError, start_run
from groups_catalog.feeds.sync.stored import matched_columns
from groups_catalog.feeds.sync.tasks import send_to_read
from groups_catalog.models import Source

CURATORS = (Role.CURATOR, Role.CLINIC_ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROOM = "groups_catalog/upkeep/feeds"


@require_safe
@role(*CURATORS)
def feeds(request: MemberRequest) -> HttpResponse:
    return render(request, f"{ROOM}/sources.html", {"tab": "upkeep", "lines": pages.source_lines()})


@require_http_methods(["GET", "HEAD", "POST"])
@role(*CURATORS)
def feed_new(request: MemberRequest) -> HttpResponseBase:
    start = {"timezone": "Europe/Oslo"}
    form = SourceForm(*_sent(request), by_address=_is_admin(request), initial=start)
    if request.method == "POST" and form.is_valid():
        source = sources.add(clinic=request.clinic, fields=form.source_fields())
        return _begun(request, source, form.data_of_file())
    return render(request, f"{ROOM}/source_form.html", {"tab": "upkeep", "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@role(*CURATORS)
def feed(request: MemberRequest, pk: int) -> HttpResponseBase:
    source = _source_or_404(pk)
    form = UploadForm(*_sent(request))
    if request.method == "POST" and (source.address or form.is_valid()):
        return _begun(request, source, None if source.address else form.data_of_file())
    context = {"tab": "upkeep", "source": source, "form": form, "may_set": may_set(request, source)}
    return render(request, f"{ROOM}/source.html", context | pages.source_page(source))


@require_http_methods(["GET", "HEAD", "POST"])
@role(*CURATORS)
def feed_settings(request: MemberRequest, pk: int) -> HttpResponseBase:
    source = get_object_or_404(sources.that_may_be_set(admin=_is_admin(request)), pk=pk)
    start = sources.settings_of(source)
    matched = bool(matched_columns(source))
    form = SettingsForm(*_sent(request), by_address=bool(source.address), matched=matched, initial=start)
    if request.method == "POST" and form.is_valid():
        sources.set_up(source=source, fields=form.cleaned_data)
        messages.success(request, _("Saved. It counts from the next reading."))
        return redirect("feed", source.pk)
    context = {"tab": "upkeep", "source": source, "form": form}
    return render(request, f"{ROOM}/settings.html", context)


@require_POST
@role(*CURATORS)
def feed_ask_again(request: MemberRequest, pk: int) -> HttpResponse:
    count = deciding.ask_again(source=_source_or_404(pk))
    words = ngettext(
        "{count} meeting is proposed again at the next reading.",
        "{count} meetings are proposed again at the next reading.",
        count,
    )
    messages.success(request, words.format(count=count))
    return redirect("feed", pk)


@require_safe
@role(*CURATORS)
def feed_template(request: MemberRequest) -> HttpResponse:
    data = write_xlsx(sources.template_sheets(get_language() or "en"))
    headers = {"Content-Disposition": 'attachment; filename="veivalg-meetings.xlsx"'}
    return HttpResponse(data, content_type=XLSX, headers=headers)


def _begun(request: MemberRequest, source: Source, upload: bytes | None) -> HttpResponse:
    """A second press leads to the reading that is under way."""
    try:
        run = start_run(source=source, by=request.user, upload=upload)
    except BusyError as busy:
        messages.info(request, _("This list is being read already. Wait until it is done."))
        return redirect("feed-run", busy.run.pk)
    send_to_read(run)
    return redirect("feed-run", run.pk)


def _sent(request: MemberRequest) -> tuple[Any, Any]:
    """An empty form that was sent is one with faults, not a new one."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _source_or_404(pk: int) -> Source:
    return get_object_or_404(Source.objects.select_related("organisation", "clinic"), pk=pk)


def _is_admin(request: MemberRequest) -> bool:
    return request.membership.role == Role.CLINIC_ADMIN


def may_set(request: MemberRequest, source: Source) -> bool:
    """Where a list is fetched from is for the administrator to say."""
    return _is_admin(request) or not source.address
