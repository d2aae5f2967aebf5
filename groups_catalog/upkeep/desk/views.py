"""What needs a look today."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import ChangeKind
from groups_catalog.upkeep.changes import Act, ConflictError
from groups_catalog.upkeep.desk.forms import CheckForm
from groups_catalog.upkeep.desk.pages import checked_words, conflict_words, desk_page, way_back
from groups_catalog.upkeep.desk.services import Checked, UnknownEntryError, still_correct

TEMPLATE = "groups_catalog/upkeep/desk/desk.html"
HOW = "desk_how"
"""In the session: how the last entries were checked; proposed for the next ones."""


@require_safe
@role("curator", "clinic_admin")
def desk(request: MemberRequest) -> HttpResponse:
    return render(request, TEMPLATE, desk_page(request.GET, CheckForm(how=request.session.get(HOW, ""))))


@require_POST
@role("curator", "clinic_admin")
def check(request: MemberRequest) -> HttpResponse:
    form, query = CheckForm(request.POST), QueryDict(request.POST.get("query", ""))
    checked = _checked(request, form)
    if checked is None:
        return render(request, TEMPLATE, desk_page(query, form))
    request.session[HOW] = form.cleaned_data["how"]
    undo = f"undo-{checked.change.pk}" if checked.change else ""
    level = messages.SUCCESS if checked.change else messages.INFO
    messages.add_message(request, level, checked_words(checked), extra_tags=undo)
    return HttpResponseRedirect(way_back(query, request.POST.get("row", "")))


def _checked(request: MemberRequest, form: CheckForm) -> Checked | None:
    """None, with the reason in the form, where nothing could be noted."""
    if not form.is_valid():
        return None
    act = Act(request.clinic, ChangeKind.CHECKED, request.user)
    sent = form.cleaned_data
    try:
        return still_correct(
            act=act, seen=sent["groups"], how=sent["how"], today=timezone.localdate(), reports_too=sent["reports"]
        )
    except UnknownEntryError:
        raise Http404 from None
    except ConflictError as conflict:
        form.add_error(None, conflict_words([str(entry.name) for entry in conflict.entries]))
        return None
