"""The menu, and the tray of chosen groups."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest
from groups_catalog.models import Group
from referral.intake.access import own_consultation
from referral.intake.models import Consultation
from referral.intake.services import read_answers
from referral.intake.stored import MOST_CHOSEN, StoredAnswers
from referral.menu.forms import View, forms
from referral.menu.page import menu_page, tray
from referral.menu.service import Served, serve
from referral.menu.tray import put_back_group, take_group

PAGES = {"": "menu", "all": "menu-all", "anyway": "menu-anyway"}
"""What a form sends along, and the page to come back to."""
REFUSED = "full"
"""In the address after a fifth choice: it tells that the tray is full, and nothing of what is in it."""


@require_safe
@own_consultation
def menu(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    return _menu(request, consultation, View())


@require_safe
@own_consultation
def everything(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """All entries, not only the first twelve."""
    return _menu(request, consultation, View(everything=True, page=request.GET.get("page", "")))


@require_safe
@own_consultation
def anyway(request: MemberRequest, consultation: Consultation) -> HttpResponseBase:
    """With the groups that a practical fact puts out of reach."""
    return _menu(request, consultation, View(everything=True, anyway=True, page=request.GET.get("page", "")))


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


def _menu(request: MemberRequest, consultation: Consultation, view: View) -> HttpResponse:
    stored = read_answers(consultation)
    page = menu_page(_served(request, consultation, stored), stored, view, forms(request, consultation, view))
    context = {
        "tab": "menu",
        "consultation": consultation,
        "page": page,
        "view": view,
        "is_full": REFUSED in request.GET and len(stored.chosen) == MOST_CHOSEN,
    }
    return render(request, "referral/menu/menu.html", context)


def _served(request: MemberRequest, consultation: Consultation, stored: StoredAnswers) -> Served:
    return serve(clinic=request.clinic, stored=stored, seed=consultation.seed, today=timezone.localdate())


def _tray(request: MemberRequest, consultation: Consultation, group: Group, *, is_full: bool) -> HttpResponseBase:
    """With script only the tray and the one button change; without it the page one was on is shown again."""
    if not request.htmx:
        return redirect(_where_one_was(request, consultation, is_full=is_full))
    stored = read_answers(consultation)
    view = _view(request)
    button = forms(request, consultation, view)
    context = {
        "consultation": consultation,
        "tray": tray(_served(request, consultation, stored), stored),
        "pick": button.pick(group.slug, group.name, chosen=group.slug in stored.chosen),
        "view": view,
        "is_full": is_full,
    }
    return render(request, "referral/menu/chosen.html", context)


def _view(request: HttpRequest) -> View:
    """The page that the form stood on."""
    name, page = request.POST.get("view", ""), request.POST.get("page", "")
    return View(everything=name in {"all", "anyway"}, anyway=name == "anyway", page=page if page.isdecimal() else "")


def _where_one_was(request: HttpRequest, consultation: Consultation, *, is_full: bool) -> str:
    view = _view(request)
    query = ({"page": view.page} if view.page else {}) | ({REFUSED: "1"} if is_full else {})
    address = reverse(PAGES[view.name], args=[consultation.pk])
    return f"{address}?{urlencode(query)}" if query else address
