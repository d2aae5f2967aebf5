"""All changes of the clinic, the newest first; one of them; and taking one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest, role
from clinics.models import User
from groups_catalog.models import Change, Version
from groups_catalog.upkeep.changes import CannotBeUndoneError
from groups_catalog.upkeep.four_eyes import SamePersonError, undo
from groups_catalog.upkeep.history.all_changes import change_lines, entries_changed
from groups_catalog.upkeep.history.entries import entry_name
from groups_catalog.upkeep.history.forms import ChangeFilter
from groups_catalog.upkeep.notices import tell_undone

PAGE_SIZE = 20
PEOPLE = ("by", "approved_by", "undone_by")


@require_safe
@role("curator", "clinic_admin")
def changes(request: MemberRequest) -> HttpResponse:
    people = User.objects.filter(pk__in=Change.objects.order_by().values("by")).order_by("label", "username")
    form = ChangeFilter(request.GET, people=people)
    found = form.found(Change.objects.newest_first()).select_related(*PEOPLE).annotate(entries=Count("versions"))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"tab": "upkeep", "form": form, "page": page, "lines": change_lines(page)}
    return render(request, "groups_catalog/upkeep/history/changes.html", context)


@require_safe
@role("curator", "clinic_admin")
def change(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Change.objects.select_related(*PEOPLE).annotate(entries=Count("versions")), pk=pk)
    versions = Version.objects.filter(change=row).select_related("group", "organisation").order_by("pk")
    page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    (line,) = change_lines([row])
    context = {"tab": "upkeep", "line": line, "page": page, "changed": entries_changed(list(page))}
    return render(request, "groups_catalog/upkeep/history/change.html", context)


@require_POST
@role("curator", "clinic_admin")
def undo_change(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Change.objects.select_related("clinic"), pk=pk)
    try:
        undone = undo(change=row, by=request.user)
    except SamePersonError:
        messages.error(request, _("Your clinic works with four eyes: somebody else has to undo your change."))
    except CannotBeUndoneError:
        messages.info(request, _("This cannot be undone any more: it was undone before, or it is too old."))
    else:
        tell_undone(request, undone, [entry_name(entry) for entry in undone.left])
    return redirect(_back(request))


def _back(request: MemberRequest) -> str:
    """To the page with the button, where the browser tells it."""
    told = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure())
    return told if own else reverse("changes")
