"""What an entry made by hand looks like on its page, and what a second load of the demo leaves alone."""

from datetime import date, time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic
from groups_catalog.demo import load_demo
from groups_catalog.library import load_library
from groups_catalog.models import ChangeKind, Fact, Group, Organisation
from groups_catalog.snapshot import CatalogMeeting
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import group_document, organisation_document
from groups_catalog.upkeep.organisation_changes import rewrite
from groups_catalog.wording import in_order, meeting_details, meeting_words
from tests.catalog_factories import a_group, a_meeting
from tests.factories import a_clinic, a_member, signed_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
TODAY = date(2026, 12, 1)


def a_catalog_meeting(**fields: Any) -> CatalogMeeting:
    valid = {"weekday": 1, "start": time(22, 0), "minutes": 60, "every": "week", "open": None}
    return CatalogMeeting(**{**valid, **fields})


def test_a_meeting_over_midnight_says_when_it_ends() -> None:
    assert meeting_details(a_catalog_meeting(minutes=480)) == "480 minutes, ends 06:00 the next day"


def test_every_other_week_says_from_which_day() -> None:
    meeting = a_catalog_meeting(every="fortnight", valid_from=date(2026, 11, 3))
    assert meeting_words(meeting) == "Every other Tuesday 22:00"
    assert meeting_details(meeting) == "60 minutes, counted from 3 November 2026"


def test_days_off_are_told_as_long_as_they_lie_ahead() -> None:
    meeting = a_catalog_meeting(except_on=("2026-11-24", "2026-12-29"))
    assert meeting_details(meeting, TODAY) == "60 minutes, not on 29 December 2026"


def test_several_days_off_are_one_phrase() -> None:
    meeting = a_catalog_meeting(except_on=("2026-12-24", "2026-12-31"))
    assert meeting_details(meeting, TODAY) == "60 minutes, not on 24 December 2026 and 31 December 2026"


def test_meetings_of_one_week_in_the_month_come_as_the_month_goes() -> None:
    monthly = [a_catalog_meeting(every=every, weekday=3) for every in ("last", "fourth", "second", "week", "first")]
    assert [meeting.every for meeting in in_order(monthly)] == ["week", "first", "second", "fourth", "last"]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "shown"), [("curator", True), ("clinician", False)])
def test_who_keeps_the_catalog_sees_the_short_address_for_clients(role: str, shown: bool) -> None:
    clinic = a_clinic()
    for slug, status in (("havna", "published"), ("skissen", "draft")):
        a_group(clinic, slug, status=status)
    browser = signed_in_client(a_member(clinic, role))
    with scope(clinic=clinic):
        code = Group.objects.get(slug="havna").report_code
        draft = Group.objects.get(slug="skissen").report_code
    assert (f"http://testserver/r/{code}/" in browser.get("/groups/havna/").content.decode()) is shown
    if shown:
        assert draft not in browser.get("/groups/skissen/").content.decode()


def test_a_last_day_is_told() -> None:
    assert meeting_details(a_catalog_meeting(valid_until=date(2027, 6, 1))) == "60 minutes, until 1 June 2027"


@pytest.fixture
def browser() -> Client:
    clinic = a_clinic()
    group = a_group(clinic, "havna", mode="online", place="", link="https://video.example.org/havna")
    a_meeting(group, start="23:30", minutes=60)
    a_group(clinic, "stua", status="draft")
    return signed_in_client(a_member(clinic, "curator"))


def test_the_page_shows_the_link_and_the_night(browser: Client) -> None:
    html = browser.get("/groups/havna/").content.decode()
    assert 'href="https://video.example.org/havna"' in html
    assert "ends 00:30 the next day" in html


def test_a_draft_says_so(browser: Client) -> None:
    assert "This is a draft" in browser.get("/groups/stua/").content.decode()


# --- the demo, loaded again -----------------------------------------------------------------------------------


@pytest.fixture
def demo() -> Clinic:
    load_library(settings.BASE_DIR / "fixtures" / "library")
    load_again()
    first = Clinic.objects.order_by("pk").first()
    assert first is not None
    return first


def load_again() -> Any:
    return load_demo(settings.BASE_DIR / "fixtures" / "demo", today=TODAY)


def test_a_group_that_somebody_has_edited_stays_as_it_is(demo: Clinic) -> None:
    with scope(clinic=demo):
        group = Group.objects.for_documents().exclude(facts=None).exclude(meetings=None).first()
        assert group is not None
        document = {key: value for key, value in group_document(group).items() if not key.startswith("facts.")}
        edited = {**document, "name": "Our own name", "status": "paused", "meetings": document["meetings"][:1]}
        record(Act(demo, ChangeKind.EDITED, None), [Edit(group, edited)])
    report = load_again()
    assert not report.changed_anything()
    with scope(clinic=demo):
        again = Group.objects.for_documents().get(pk=group.pk)
        assert group_document(again) == edited
        assert not Fact.objects.filter(group=group).exists()


def test_it_counts_as_unchanged(demo: Clinic) -> None:
    before = load_again().of("groups").unchanged
    with scope(clinic=demo):
        group = Group.objects.for_documents().first()
        record(Act(demo, ChangeKind.EDITED, None), [Edit(group, {**group_document(group), "name": "Our own name"})])
    assert load_again().of("groups").unchanged == before


def test_an_own_organisation_that_somebody_has_edited_stays_as_it_is(demo: Clinic) -> None:
    with scope(clinic=demo):
        own = Organisation.objects.filter(clinic=demo).for_page().first()
        document = {**organisation_document(own, demo), "name_en": "Our own name"}
        rewrite(Act(demo, ChangeKind.EDITED, None), own, document)
    assert not load_again().changed_anything()
    with scopes_disabled():
        assert Organisation.objects.get(pk=own.pk).name_en == "Our own name"
