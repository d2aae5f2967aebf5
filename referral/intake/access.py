"""Who may open a consultation: the person who opened it, as long as it is in use. Stands above a view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from clinics.access import MemberRequest, signed_in
from referral.intake.models import Consultation
from referral.intake.sealing import BrokenSealError
from referral.intake.services import EndedError, new_token, touch, wipe

P = ParamSpec("P")
ConsultationView = Callable[Concatenate[MemberRequest, Consultation, P], HttpResponseBase]


def own_consultation(view: ConsultationView[P]) -> Callable[..., HttpResponseBase]:
    """Gives the view the `Consultation` instead of its id. Includes `@signed_in`.

    Anybody else's or an unknown one is 404, a colleague's too. The person's own that has ended is a page that
    says so (410). Being opened counts as use.
    """

    @wraps(view)
    def guarded(request: MemberRequest, consultation: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        mine = get_object_or_404(Consultation.objects.of(request.user), pk=consultation)
        if not touch(consultation=mine, user=request.user, now=timezone.now()):
            return _ended(request, mine)
        try:
            return view(request, mine, *args, **kwargs)
        except (BrokenSealError, EndedError):
            wipe(consultation=mine)
            return _ended(request, mine)

    return _whole_page_if_signed_out(signed_in(guarded))


def _whole_page_if_signed_out(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A part of a page must never be filled with the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, consultation: UUID, *args: object, **kwargs: object) -> HttpResponseBase:
        if _is_part(request) and not request.user.is_authenticated:
            return HttpResponseClientRedirect(redirect("intake", consultation).url)
        return view(request, consultation, *args, **kwargs)

    return guarded


def _ended(request: MemberRequest, consultation: Consultation) -> HttpResponse:
    if _is_part(request):
        return HttpResponseClientRedirect(redirect("intake", consultation.pk).url)
    context = {"tab": "menu", "idle": consultation.ended_by_idleness(), "token": new_token()}
    return render(request, "referral/intake/ended.html", context, status=410)


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
