"""Reports without a name: how many, for how long, and what somebody who means harm can do with them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from clinics.models import Clinic
from groups_catalog.models import Group, Report
from groups_catalog.upkeep.reports import limits
from tests.catalog_factories import a_group
from tests.factories import a_clinic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


def report(group: Group, kind: str, sender: str) -> int:
    address = reverse("public-report", args=[group.report_code])
    return int(Client(REMOTE_ADDR=sender).post(address, {"kind": kind}).status_code)


def spent(sender: str) -> list[bool]:
    request = RequestFactory(REMOTE_ADDR=sender).post("/")
    return [limits.sender_may(request) for _attempt in range(limits.SENDER_AN_HOUR)]


@pytest.fixture
def clock(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, timedelta]:
    """The cache that a clinic's site has, and a way to let time go by in it."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"}}
    call_command("createcachetable", verbosity=0)
    gone = {"by": timedelta()}
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: timezone.now() + gone["by"])
    return gone


def test_an_hour_lasts_an_hour_in_the_cache_of_a_real_site(clock: dict[str, timedelta]) -> None:
    assert all(spent("192.0.2.1"))
    clock["by"] = timedelta(minutes=59)
    assert not any(spent("192.0.2.1"))
    assert all(spent("192.0.2.2"))
    clock["by"] = timedelta(minutes=61)
    assert all(spent("192.0.2.1"))


def test_whoever_says_that_the_time_is_wrong_does_not_silence_who_felt_unsafe(clinic: Clinic) -> None:
    group = a_group(clinic)
    wrong = [report(group, "wrong_time", f"192.0.2.{number}") for number in range(limits.GROUP_A_DAY + 1)]
    assert wrong == [302] * limits.GROUP_A_DAY + [429]
    assert report(group, "unsafe", "192.0.2.99") == 302


def test_a_whole_clinic_is_not_flooded(clinic: Clinic) -> None:
    groups = [a_group(clinic) for _number in range(limits.CLINIC_A_DAY + 1)]
    answers = [report(group, "closed", f"192.0.2.{number}") for number, group in enumerate(groups)]
    assert answers == [302] * limits.CLINIC_A_DAY + [429]
    with scope(clinic=clinic):
        assert Report.objects.open().count() == 5
        assert Report.objects.held().count() == limits.CLINIC_A_DAY - 5


def test_nothing_of_the_sender_stands_in_the_cache_or_the_session(clinic: Clinic) -> None:
    sender = Client(REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="A-certain-phone")
    sender.post(reverse("public-report", args=[a_group(clinic).report_code]), {"kind": "other"})
    assert "192.0.2.77" not in repr(cache._cache)  # type: ignore[attr-defined]
    assert "sessionid" not in sender.cookies


@pytest.mark.parametrize("status", ["published", "paused", "closed"])
def test_the_short_address_shows_a_name_and_nothing_else_of_the_clinic(status: str, clinic: Clinic) -> None:
    group = a_group(clinic, name="Havna", status=status, venue="Havnegata 1", note_en="Ring the bell")
    answer = Client().get(reverse("public-report", args=[group.report_code]))
    html = answer.content.decode()
    assert "Havna" in html
    for hidden in (group.slug, str(clinic.name), clinic.slug, "Havnegata", "Ring the bell", "Fjordlia"):
        assert hidden not in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
