"""Who may see a page: `@signed_in` and `@role(...)` stand above a view, never inside it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from clinics.models import Clinic, Membership, User

P = ParamSpec("P")


class SiteRequest(HttpRequest):
    """Every request, once ClinicScopeMiddleware has looked at it."""

    clinic: Clinic | None
    membership: Membership | None
    htmx: HtmxDetails


class MemberRequest(SiteRequest):
    """What a view behind `@signed_in` receives."""

    user: User
    clinic: Clinic
    membership: Membership


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
GuardedView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> GuardedView[P]:
    """Only for people with an active membership; others see the sign-in page, or 403 once signed in."""
    return _guarded(view, lambda membership: True)


def role(*roles: str) -> Callable[[View[P]], GuardedView[P]]:
    """As `signed_in`, and only for these roles: `@role("curator", "clinic_admin")`."""

    def decorate(view: View[P]) -> GuardedView[P]:
        return _guarded(view, lambda membership: membership.role in roles)

    return decorate


def _guarded(view: View[P], allows: Callable[[Membership], bool]) -> GuardedView[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            # The path only: a query string could hold an answer.
            return redirect_to_login(request.path)
        membership = cast("SiteRequest", request).membership
        if membership is None or not allows(membership):
            raise PermissionDenied
        return view(cast("MemberRequest", request), *args, **kwargs)

    return guarded
