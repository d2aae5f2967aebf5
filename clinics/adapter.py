"""Accounts are made by the clinic, never on the web."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinics.models import User

# Our own words, so that both languages come from our own texts. One sentence for every failed sign-in:
# nobody learns whether a username exists.
ERRORS = {
    "username_password_mismatch": _("The username or the password is not right. Try again."),
    "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    "enter_current_password": _("The password you have now is not right."),
    "incorrect_password": _("The password you have now is not right."),
}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only; allauth's JSON answers would be a second door beside the tested one."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """A closed account gets the same answer as a wrong password."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def add_message(self, *_args: object, **_kwargs: object) -> None:
        """Nothing: the pages say what happened, and a message would put the username in a cookie."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("password-changed")
