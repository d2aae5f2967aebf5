"""Clear and leave, clear for the next client, sign out: nothing stays behind."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clinics.access import MemberRequest, signed_in
from referral.intake.services import open_consultation, wipe_all_of

FORGET_EVERYTHING = '"cache", "cookies", "storage"'
FORGET_PAGES = '"cache"'


@require_POST
def clear_and_leave(request: HttpRequest) -> HttpResponse:
    """Also for a person whose membership or session has just ended: they must not be held back."""
    if request.user.is_authenticated:
        wipe_all_of(user=request.user)
    logout(request)
    response = redirect("left")
    response.headers["Clear-Site-Data"] = FORGET_EVERYTHING
    return response


@require_POST
@signed_in
def clear_next(request: MemberRequest) -> HttpResponseBase:
    wipe_all_of(user=request.user)
    response = redirect("intake", open_consultation(clinic=request.clinic, user=request.user).pk)
    response.headers["Clear-Site-Data"] = FORGET_PAGES
    return response
