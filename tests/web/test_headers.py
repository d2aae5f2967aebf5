"""Every answer is private, whoever asks and whatever the outcome."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests.factories import signed_in_client


def boom(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("boom/", boom), path("", include(settings.ROOT_URLCONF))]
handler404 = "clinics.views.not_found"
handler500 = "clinics.views.server_error"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

EXPECTED = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def assert_private(answer: HttpResponse) -> None:
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("page", ["/", "/sign-in/", "/left/", "/nowhere/", "/boom/", "/language/"])
def test_every_answer_to_a_stranger_is_private(page: str) -> None:
    assert_private(Client(raise_request_exception=False).get(page))


@pytest.mark.parametrize("page", ["/", "/password/", "/sign-out/", "/nowhere/", "/boom/"])
def test_every_answer_to_a_member_is_private(page: str) -> None:
    client = signed_in_client()
    client.raise_request_exception = False
    assert_private(client.get(page))


def test_a_refused_form_is_private() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("account_login"), {"login": "x"})
    assert answer.status_code == 403
    assert_private(answer)


def test_every_page_has_one_heading_a_language_and_no_inline_code(client: Client) -> None:
    for page in ["/sign-in/", "/left/", "/nowhere/"]:
        html = client.get(page).content.decode()
        assert html.count("<h1") == 1
        assert '<html lang="en">' in html
        assert "style=" not in html
        assert "onclick" not in html
        assert "data:" not in html


def test_cookies_cannot_be_read_by_a_script() -> None:
    client = Client()
    client.get(reverse("account_login"))
    assert client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


def test_cookies_go_with_the_browser() -> None:
    client = Client()
    client.get(reverse("account_login"))
    for cookie in client.cookies.values():
        assert not cookie["max-age"]
        assert not cookie["expires"]


def test_the_stylesheet_and_the_script_hold_nothing_from_elsewhere() -> None:
    for name in ["veivalg/app.css", "veivalg/app.js", "veivalg/icon.svg"]:
        text = Path(str(finders.find(name))).read_text(encoding="utf-8")
        assert "data:" not in text.replace("no data: URLs", "")
        assert "@import" not in text
        for address in ("https://", "//cdn"):
            assert address not in text
        assert "localStorage" not in text
        assert "sessionStorage" not in text.replace("sessionStorage.removeItem", "")
