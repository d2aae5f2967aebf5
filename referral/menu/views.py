"""The menu, and the tray of chosen groups."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest
from groups_catalog.models import Group
from referral.intake.access import own_consultation
from referral.intake.models import Consultation
from referral.intake.services import read_answers
from referral.intake.stored import StoredAnswers
from referral.menu.page import menu_page, tray
from referral.menu.service import Served, serve
from referral.menu.tray import put_back_group, take_group


@require_safe
@own_consultation
def menu(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    return _menu(request, consultation)


@require_safe
@own_consultation
def everything(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """All entries, not only the first twelve."""
    return _menu(request, consultation, everything=True)


@require_safe
@own_consultation
def anyway(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """With the groups that a practical fact puts out of reach."""
    return _menu(request, consultation, everything=True, anyway=True)


@require_POST
@own_consultation
def choose(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    group = _group(request)
    is_full = not take_group(consultation=consultation, group=group.slug)
    return _tray(request, consultation, group, is_full=is_full)


@require_POST
@own_consultation
def put_back(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    group = _group(request)
    put_back_group(consultation=consultation, group=group.slug)
    return _tray(request, consultation, group, is_full=False)


def _group(request: MemberRequest) -> Group:
    return get_object_or_404(Group.objects.published(), slug=request.POST.get("group", ""))


def _menu(
    request: MemberRequest,
    consultation: Consultation,
    *,
    everything: bool = False,
    anyway: bool = False,
    is_full: bool = False,
) -> HttpResponse:
    stored = read_answers(consultation)
    page = menu_page(_served(request, consultation, stored), stored, everything=everything, anyway=anyway)
    context = {
        "tab": "menu",
        "consultation": consultation,
        "page": page,
        "everything": everything,
        "anyway": anyway,
        "is_full": is_full,
    }
    return render(request, "referral/menu/menu.html", context)


def _served(request: MemberRequest, consultation: Consultation, stored: StoredAnswers) -> Served:
    return serve(clinic=request.clinic, stored=stored, seed=consultation.seed, today=timezone.localdate())


def _tray(request: MemberRequest, consultation: Consultation, group: Group, *, is_full: bool) -> HttpResponseBase:
    """With script only the tray and the one button change; without it the menu is shown again."""
    if is_full and not request.htmx:
        return _menu(request, consultation, is_full=True)
    if not request.htmx:
        return redirect("menu", consultation.pk)
    stored = read_answers(consultation)
    context = {
        "consultation": consultation,
        "tray": tray(_served(request, consultation, stored), stored),
        "group": group.slug,
        "name": group.name,
        "chosen": group.slug in stored.chosen,
        "is_full": is_full,
    }
    return render(request, "referral/menu/chosen.html", context)
