"""Dates and hours as each language writes them, wherever a template or a form shows one."""

from datetime import UTC, date, datetime, time

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import formats, translation
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import NotDuplicate, Report
from groups_catalog.wording import age_words, checked_words, hours_words
from tests.catalog_factories import a_group
from tests.factories import a_member

AT = datetime(2026, 11, 2, 17, 5, tzinfo=UTC)


def shown(browser: Client, address: str, language: str) -> str:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return " ".join(browser.get(address).content.decode().split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "2 November 2026", "2 November 2026 18:05"), ("nb", "2. november 2026", "2. november 2026 kl. 18.05")],
)
def test_a_day_is_written_as_the_language_has_it(
    language: str, day: str, moment: str, browser: Client, clinic: Clinic
) -> None:
    groups = [a_group(clinic, name) for name in ("havna", "kaia")]
    with scope(clinic=clinic):
        apart = NotDuplicate.objects.create(clinic=clinic, first=groups[0], second=groups[1])
        NotDuplicate.objects.filter(pk=apart.pk).update(at=AT)
        Report.objects.create(clinic=clinic, group=groups[0], kind="other", by=a_member(clinic))
        Report.objects.create(clinic=clinic, group=groups[1], kind="other", state="resolved", decided_at=AT)
        Report.objects.update(at=AT)
    reports = shown(browser, "/upkeep/reports/", language)
    assert f'<span class="small">{moment}, ' in reports
    assert f'<span class="small muted">{day}</span>' in reports
    assert f", {day}" in shown(browser, "/upkeep/duplicates/", language)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["2 November 2026", "2 Nov 2026", "18:05", "2 November 2026 18:05", "2 Nov 2026 18:05"]),
        ("nb", ["2. november 2026", "02.11.2026", "18.05", "2. november 2026 kl. 18.05", "02.11.2026 kl. 18.05"]),
    ],
)
def test_every_format_of_a_template_follows(language: str, written: list[str]) -> None:
    names = ("DATE", "SHORT_DATE", "TIME", "DATETIME", "SHORT_DATETIME")
    template = Template("|".join(f'{{{{ at|date:"{name}_FORMAT" }}}}' for name in names))
    with translation.override(language):
        assert template.render(Context({"at": AT})).split("|") == written


@pytest.mark.parametrize(("language", "written"), [("en", "3/4/2026"), ("nb", "3.4.2026")])
def test_what_is_typed_has_the_day_before_the_month(language: str, written: str) -> None:
    """And a field shows its own value as a browser's date field takes it."""
    with translation.override(language):
        wanted = formats.get_format("DATE_INPUT_FORMATS")
        assert wanted[0] == "%Y-%m-%d"
        assert next(filter(None, (parsed(written, form) for form in wanted))) == date(2026, 4, 3)


def parsed(written: str, form: str) -> date | None:
    try:
        return datetime.strptime(written, form).date()
    except ValueError:
        return None


@pytest.mark.parametrize(("language", "words"), [("en", "18:00–19:30"), ("nb", "kl. 18.00–19.30")])
def test_a_span_of_time_names_the_clock_once(language: str, words: str) -> None:
    with translation.override(language):
        assert hours_words(time(18), time(19, 30)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 2), "today"),
        (date(2026, 11, 1), "1 day ago"),
        (date(2024, 11, 2), "730 days ago"),
        (date(2024, 11, 1), "more than 2 years ago"),
        (date(2020, 6, 24), "more than 6 years ago"),
        (date(2020, 11, 2), "more than 5 years ago"),
    ],
)
@pytest.mark.usefixtures("_in_english")
def test_what_is_long_ago_is_told_in_years(day: date, words: str) -> None:
    assert age_words(day, AT.date()) == words


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_english")
def test_that_nobody_has_checked_a_group_is_said_once(browser: Client, clinic: Clinic) -> None:
    a_group(clinic, "havna", checked_on=None)
    assert checked_words(None, "", AT.date()) == "Not checked yet"
    assert 'Not checked yet <span class="tag tag--dusk">Due for a check</span>' in shown(
        browser, "/groups/havna/", "en"
    )
