"""Where a consultation begins."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinics.access import MemberRequest, signed_in
from referral.intake.forms import StartForm
from referral.intake.models import Consultation
from referral.intake.services import begin, new_token


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def start(request: MemberRequest) -> HttpResponseBase:
    return _begin(request) if request.method == "POST" else _page(request)


def _page(request: MemberRequest) -> HttpResponse:
    open_one = Consultation.objects.open_for(request.user, timezone.now()).order_by("-touched_at").first()
    context = {"tab": "menu", "open_one": open_one, "token": new_token()}
    return render(request, "referral/intake/start.html", context)


def _begin(request: MemberRequest) -> HttpResponseBase:
    form = StartForm(request.POST)
    if not form.is_valid():
        return redirect("intake-start")
    consultation = begin(clinic=request.clinic, user=request.user, token=form.cleaned_data["token"])
    return redirect("intake", consultation.pk) if consultation else redirect("intake-start")
