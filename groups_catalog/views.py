"""All groups, one group, one organisation."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinics.access import MemberRequest, signed_in
from groups_catalog.cards import group_cards
from groups_catalog.filters import GroupFilter
from groups_catalog.models import Group, Organisation
from groups_catalog.pages import group_page, organisation_page
from groups_catalog.snapshot import clinic_snapshot
from groups_catalog.upkeep.entries.bar import group_bar, organisation_bar

PAGE_SIZE = 50


@require_safe
@signed_in
def groups(request: MemberRequest) -> HttpResponse:
    catalog = clinic_snapshot(request.clinic)
    form = GroupFilter(request.GET, groups=catalog)
    page = Paginator(form.found(), PAGE_SIZE).get_page(request.GET.get("page"))
    cards = group_cards(page, timezone.localdate())
    context = {"tab": "groups", "form": form, "page": page, "cards": cards, "total": len(catalog)}
    return render(request, "groups_catalog/groups.html", context)


@require_safe
@signed_in
def group(request: MemberRequest, slug: str) -> HttpResponse:
    seen = Group.objects.readable_by(request.membership.role).for_matching()
    row = get_object_or_404(seen, slug=slug)
    context = {"tab": "groups", "page": group_page(row, timezone.localdate()), "bar": group_bar(request, row)}
    return render(request, "groups_catalog/group.html", context)


@require_safe
@signed_in
def organisation(request: MemberRequest, slug: str) -> HttpResponse:
    row = Organisation.objects.named(slug).for_page().first()
    if row is None:
        raise Http404
    local = Group.objects.published().of(row).for_matching()
    page = organisation_page(row, list(local), timezone.localdate())
    context = {"tab": "groups", "page": page, "bar": organisation_bar(request, row)}
    return render(request, "groups_catalog/organisation.html", context)
