"""Telling that a listing is wrong, signed in or through the short address; and deciding what was told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from clinics.access import MemberRequest, role, signed_in
from groups_catalog.models import Group, Report, ReportState
from groups_catalog.upkeep.reports.forms import ReportForm
from groups_catalog.upkeep.reports.limits import sender_may
from groups_catalog.upkeep.reports.pages import reports_page
from groups_catalog.upkeep.reports.services import decide, let_through, tell, tell_unnamed

OUTCOMES = {"resolved": ReportState.RESOLVED, "dismissed": ReportState.DISMISSED}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def group_report(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.readable_by(request.membership.role), slug=slug)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tell(group=group, kind=form.said(), by=request.user)
        messages.success(request, _("Thank you. Somebody will look into it."))
        return redirect("group", slug=slug)
    context = {"tab": "groups", "group": group, "form": form}
    return render(request, "groups_catalog/upkeep/reports/tell.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def public_report(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever holds the paper. Says nothing but the group's name, and keeps nothing about the sender."""
    group = Group.of_report_code(code)
    if group is None:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    with scope(clinic=group.clinic):
        if request.method == "POST" and form.is_valid():
            if sender_may(request) and tell_unnamed(group=group, kind=form.said()):
                return redirect("public-report-thanks")
            return render(request, "groups_catalog/upkeep/reports/enough.html", status=429)
        return render(request, "groups_catalog/upkeep/reports/public.html", {"group": group, "form": form})


@require_safe
def public_report_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "groups_catalog/upkeep/reports/thanks.html")


@require_safe
@role("curator", "clinic_admin")
def reports(request: MemberRequest) -> HttpResponse:
    return render(request, "groups_catalog/upkeep/reports/reports.html", reports_page())


@require_POST
@role("curator", "clinic_admin")
def report_decide(request: MemberRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report, pk=pk)
    outcome = OUTCOMES.get(request.POST.get("outcome", ""))
    if outcome is None:
        messages.error(request, _("Choose whether it was so or not. Nothing was changed."))
        return redirect("reports")
    if decide(report=report, state=outcome, by=request.user):
        messages.success(request, _("The report is dealt with."))
    else:
        messages.info(request, _("This report was dealt with already."))
    return redirect("reports")


@require_POST
@role("curator", "clinic_admin")
def reports_let_through(request: MemberRequest) -> HttpResponse:
    let_through(by=request.user)
    return redirect("reports")
