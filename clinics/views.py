"""The shell's own pages."""

from allauth.account.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clinics.access import MemberRequest, signed_in
from clinics.demo import DEMO_PASSWORD, demo_people
from clinics.forms import NewPasswordForm, SignInForm

sign_in = LoginView.as_view(
    form_class=SignInForm,
    extra_context={"demo_people": demo_people, "demo_password": DEMO_PASSWORD},
)
password_change = PasswordChangeView.as_view(form_class=NewPasswordForm)


@require_safe
@signed_in
def home(request: MemberRequest) -> HttpResponse:
    return redirect("intake-start")


@require_safe
@signed_in
def password_changed(request: MemberRequest) -> HttpResponse:
    return render(request, "account/password_changed.html")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """After *Clear and leave* or a sign-out: the browser is told to forget what it kept for this site."""
    if request.user.is_authenticated:
        return redirect("home")
    response = render(request, "clinics/left.html")
    # A picture on another site must not be able to sign people out.
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(None, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: whatever failed (the database, the session) may fail again."""
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago, or cookies are off."""
    return render(request, "403_form.html", status=403)
