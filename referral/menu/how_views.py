"""The page that tells how the menu is made."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinics.access import MemberRequest, signed_in
from referral.menu.how import how_page


@require_safe
@signed_in
def how(request: MemberRequest) -> HttpResponse:
    return render(request, "referral/menu/how/page.html", {"tab": "how", "page": how_page()})
