"""The clinic's own organisations, and its own word on those that all clinics share."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import Organisation
from groups_catalog.upkeep.entries.listing import own_and_shared
from groups_catalog.upkeep.entries.organisation_form import NEW_ORGANISATION, OrganisationEntry
from groups_catalog.upkeep.entries.saving import add_organisation, as_it_was_shown, save
from groups_catalog.upkeep.history.entries import current

curators = role("curator", "clinic_admin")


@require_safe
@curators
def own_organisations(request: MemberRequest) -> HttpResponse:
    own, shared = own_and_shared(request.clinic)
    context = {"tab": "upkeep", "own": own, "shared": shared}
    return render(request, "groups_catalog/upkeep/entries/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def organisation_new(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, OrganisationEntry(NEW_ORGANISATION, token=uuid4()))
    entry = OrganisationEntry(NEW_ORGANISATION, request.POST)
    if not entry.is_right(timezone.localdate()):
        return _page(request, entry)
    sent = entry.form.cleaned_data
    return add_organisation(request, entry.document(), token=str(sent["token"] or ""), why=sent["why"])


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def organisation_edit(request: MemberRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Organisation, slug=slug, clinic=request.clinic)
    if request.method != "POST":
        number, known = current(row, request.clinic)
        return _page(request, OrganisationEntry(known, based_on=number), row)
    shown = as_it_was_shown(request, row)
    entry = OrganisationEntry(shown[1], request.POST)
    if not entry.is_right(timezone.localdate()):
        return _page(request, entry, row)
    back, why = reverse("organisation", args=[slug]), entry.form.cleaned_data["why"]
    return save(request, row, shown=shown, document=entry.document(), back=back, why=why)


def _page(request: MemberRequest, entry: OrganisationEntry, row: Organisation | None = None) -> HttpResponse:
    context = {
        "tab": "upkeep",
        "organisation": row,
        "form": entry.form,
        "texts": entry.titled_texts(),
        "problems": entry.problems(),
    }
    return render(request, "groups_catalog/upkeep/entries/organisation_form.html", context)
