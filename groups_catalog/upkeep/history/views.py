"""The history of one entry: every version, any of them whole, and the way back to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import ChangeKind, Version
from groups_catalog.upkeep.changes import Act, ConflictError
from groups_catalog.upkeep.comparison import compare
from groups_catalog.upkeep.history.conflict import settle
from groups_catalog.upkeep.history.entries import (
    Entry,
    current,
    document_of,
    entry_address,
    entry_kind,
    entry_name,
    entry_or_404,
    faults_of,
    names_in,
    submit_entry,
    versions_of,
)
from groups_catalog.upkeep.history.forms import ReasonForm
from groups_catalog.upkeep.history.pages import deed, shown, version_lines
from groups_catalog.upkeep.notices import tell_submitted

PAGE_SIZE = 20


@require_safe
@role("curator", "clinic_admin")
def history(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    entry = entry_or_404(kind, slug)
    versions = versions_of(entry).order_by("-number")
    page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    # One more than is shown: the last line is compared with it.
    read = list(versions[page.start_index() - 1 : page.end_index() + 1]) if page.paginator.count else []
    lines = version_lines(entry, read, page.end_index() - page.start_index() + 1)
    context = {"tab": "upkeep", **_about(entry), "page": page, "lines": lines}
    return render(request, "groups_catalog/upkeep/history/history.html", context)


@require_safe
@role("curator", "clinic_admin")
def version(request: MemberRequest, slug: str, kind: str, number: int) -> HttpResponse:
    entry = entry_or_404(kind, slug)
    row = get_object_or_404(versions_of(entry), number=number)
    return _version_page(request, entry, row, ReasonForm())


@require_POST
@role("curator", "clinic_admin")
def restore(request: MemberRequest, slug: str, kind: str, number: int) -> HttpResponse:
    entry = entry_or_404(kind, slug)
    row = get_object_or_404(versions_of(entry), number=number)
    form = ReasonForm(request.POST)
    if form.is_valid() and _restored(request, entry, row, form):
        return redirect(entry_address(entry, "history"))
    return _version_page(request, entry, row, form)


@require_POST
@role("curator", "clinic_admin")
def conflict(request: MemberRequest, slug: str, kind: str) -> HttpResponse:
    return settle(request, entry_or_404(kind, slug))


def _restored(request: MemberRequest, entry: Entry, row: Version, form: ReasonForm) -> bool:
    """Otherwise the form says why not."""
    document = document_of(row)
    _number, now = current(entry, request.clinic)
    for message in faults_of(document, entry_kind(entry), before=now):
        form.add_error(None, message)
    if form.errors:
        return False
    act = Act(request.clinic, ChangeKind.RESTORED, request.user, form.cleaned_data["why"])
    stands = _("Version {number} stands again.").format(number=row.number)
    try:
        done = submit_entry(act, entry, document, _seen(request))
    except ConflictError:
        if compare(current(entry, request.clinic)[1], document):
            form.add_error(None, _("Somebody changed the entry while you looked at it. See again what would change."))
            return False
        # Mostly a second press of the same button.
        messages.success(request, stands)
        return True
    tell_submitted(request, done, stands)
    return True


def _version_page(request: MemberRequest, entry: Entry, row: Version, form: ReasonForm) -> HttpResponse:
    newest, now = current(entry, request.clinic)
    document = document_of(row)
    context = {
        "tab": "upkeep",
        **_about(entry),
        "number": row.number,
        "seen": newest,
        "deed": deed(row.change) if row.change else None,
        "fields": shown(document),
        "differences": compare(now, document, names=names_in([now, document])),
        "restore": entry_address(entry, "restore", number=row.number),
        "form": form,
    }
    return render(request, "groups_catalog/upkeep/history/version.html", context)


def _about(entry: Entry) -> dict[str, str]:
    return {"name": entry_name(entry), "entry": entry_address(entry), "history": entry_address(entry, "history")}


def _seen(request: MemberRequest) -> int:
    """The newest version when the page was made; 0, which is none, where that is not told."""
    told = request.POST.get("seen", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
