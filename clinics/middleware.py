"""Opens the wall for the signed-in clinic, and marks every answer as private."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from clinics.access import SiteRequest
from clinics.models import Membership
from clinics.views import bad_request

Answer = Callable[[HttpRequest], HttpResponse]

# Reachable without an active membership, so that nobody is locked in or out.
OPEN_TO_ALL = {
    "account_login",
    "left",
    "set_language",
    "clear-and-leave",
    "sign-out",
    "public-report",
    "public-report-thanks",
}

# Every browser feature the site never uses.
FEATURES_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
PRIVATE_HEADERS = {
    # Nothing is left for the next person at the same machine: no cache, no Back.
    "Cache-Control": "no-store",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES_OFF),
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ClinicScopeMiddleware:
    """Sets `request.membership` and `request.clinic`; the clinic's scope is open for the whole request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SiteRequest) -> HttpResponse:
        request.membership = Membership.of(request.user)
        request.clinic = request.membership.clinic if request.membership else None
        if request.clinic is None:
            return self.get_response(request)
        with scope(clinic=request.clinic):
            return self.get_response(request)

    def process_view(self, request: SiteRequest, view: object, args: object, kwargs: object) -> None:
        """A signed-in person without an active membership gets the 403 page everywhere else."""
        if not request.user.is_authenticated or request.membership is not None:
            return
        match = request.resolver_match
        if match is None or match.url_name not in OPEN_TO_ALL:
            raise PermissionDenied


class UnholdableInputMiddleware:
    """What no database can hold is the asker's mistake and not the site's: a NUL sign, a number of twenty digits."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # SQLite's driver says the second where PostgreSQL says the first.
        return bad_request(request, error) if isinstance(error, (DataError, OverflowError)) else None


class PrivateHeadersMiddleware:
    """Stands inside WhiteNoise, so that it sees every page and no static file."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in PRIVATE_HEADERS.items():
            response.headers[name] = value
        return response
