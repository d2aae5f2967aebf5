"""Errors say where, never what was typed."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from clinics import checks
from clinics.models import User
from clinics.reports import PathsOnly, SilentExceptionReporter
from tests.factories import a_member, signed_in_client

CANARY = "canary-trauma-4711"


def boom(request: HttpRequest) -> HttpResponse:
    answer = request.POST.get("answer", "")
    try:
        int(answer)
    except ValueError as error:
        raise RuntimeError(f"could not read {answer}") from error
    return HttpResponse()


def unholdable(request: HttpRequest) -> HttpResponse:
    raise DataError(CANARY)


def too_large(request: HttpRequest, number: int) -> HttpResponse:
    """SQLite fails at it; PostgreSQL finds nobody."""
    return HttpResponse(User.objects.filter(groups=number).exists())


urlpatterns = [
    path("boom/", boom),
    path("unholdable/", unholdable),
    path("numbers/<int:number>/", too_large),
    path("", include(settings.ROOT_URLCONF)),
]
handler400 = "clinics.views.bad_request"
handler404 = "clinics.views.not_found"
handler500 = "clinics.views.server_error"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler writes."""
    handler, text = logging.getLogger("django").handlers[0], io.StringIO()
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(text)
    yield text
    handler.setStream(before)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_failing_page_writes_no_answer_to_the_log_or_the_screen(log: io.StringIO) -> None:
    client = signed_in_client(a_member())
    client.raise_request_exception = False
    answer = client.post(f"/boom/?town={CANARY}", {"answer": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    written = log.getvalue()
    assert "/boom/" in written
    assert "RuntimeError" in written
    assert "in boom" in written
    assert CANARY not in written


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_what_no_database_holds_is_a_bad_request_and_no_fault_of_the_site(log: io.StringIO) -> None:
    answer = signed_in_client(a_member()).get("/unholdable/")
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert CANARY not in log.getvalue() + answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
def test_a_number_of_twenty_digits_never_fails_the_site() -> None:
    assert signed_in_client(a_member()).get(f"/numbers/{10**20}/").status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/upkeep/groups/new/?copy=%00", "/groups/?q=%00", "/upkeep/?q=%00"])
def test_a_sign_that_no_database_holds_never_fails_the_site(address: str) -> None:
    assert signed_in_client(a_member(role="curator")).get(address).status_code < 500


@pytest.mark.django_db
def test_a_page_that_is_not_there_writes_its_path_and_no_query(log: io.StringIO) -> None:
    Client().get(f"/nowhere/?town={CANARY}")
    assert "/nowhere/" in log.getvalue()
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_refused_form_writes_no_answer(log: io.StringIO) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/sign-in/?x={CANARY}", {"login": CANARY})
    assert answer.status_code == 403
    assert "The form had been open too long" in answer.content.decode()
    assert CANARY not in log.getvalue() + answer.content.decode()


def test_a_request_line_loses_its_query() -> None:
    record = logging.LogRecord("x", 30, "f", 1, '"%s" %s', (f"GET /a/?q={CANARY} HTTP/1.1", "404"), None)
    assert PathsOnly().filter(record)
    assert record.getMessage() == '"GET /a/?… HTTP/1.1" 404'


def test_a_log_line_stays_one_line() -> None:
    record = logging.LogRecord("x", 30, "f", 1, "a\r\n2026 INFO forged", (), None)
    PathsOnly().filter(record)
    assert "\n" not in record.getMessage()


def caught(value: str) -> SilentExceptionReporter:
    request = RequestFactory().post(f"/p/?town={value}", {"answer": value})
    try:
        int(value)
    except ValueError:
        return SilentExceptionReporter(request, *sys.exc_info())
    raise AssertionError


def test_an_error_report_holds_places_and_no_values() -> None:
    report = caught(CANARY)
    for text in (report.get_traceback_text(), report.get_traceback_html()):
        assert "POST /p/" in text
        assert "ValueError" in text
        assert "in caught" in text
        assert CANARY not in text
        assert settings.SECRET_KEY not in text


@pytest.mark.django_db
def test_a_wrong_host_gets_a_plain_page(client: Client) -> None:
    answer = client.get("/sign-in/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.urls(__name__)
def test_the_error_page_needs_no_database() -> None:
    """No `django_db` mark: a query here would fail the test."""
    from clinics.views import bad_request, server_error

    request = RequestFactory().get("/")
    assert server_error(request).status_code == 500
    assert bad_request(request).status_code == 400


@pytest.mark.django_db
def test_another_clinics_page_and_a_missing_one_look_the_same(client: Client) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "nowhere" not in page.content.decode().replace('value="/nowhere/"', "")


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def test_a_cache_of_one_process_stops_a_real_site_and_not_the_demo(settings: Settings) -> None:
    assert checks.cache_is_shared() == []
    settings.DEMO = False
    assert ids(checks.cache_is_shared()) == ["clinics.E001"]


@pytest.mark.parametrize("keys", [["short"], ["not base64 at all!"], ["a2V5"]])
def test_a_broken_answer_key_stops_the_site(settings: Settings, keys: list[str]) -> None:
    assert checks.answer_keys_are_whole() == []
    settings.ANSWER_KEYS = [*settings.ANSWER_KEYS, *keys]
    messages = checks.answer_keys_are_whole()
    assert ids(messages) == ["clinics.E003"]
    assert "number 2" in messages[0].msg
    assert keys[0] not in messages[0].msg


def test_no_answer_key_at_all_stops_the_site(settings: Settings) -> None:
    settings.ANSWER_KEYS = []
    assert ids(checks.answer_keys_are_whole()) == ["clinics.E002"]
