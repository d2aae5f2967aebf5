"""`manage.py sync_feeds`: every scheduled list, each with one truthful line."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.feeds.sync.runs import start_run
from groups_catalog.models import Run, Source
from tests.catalog_factories import an_organisation
from tests.factories import a_clinic
from tests.feed_server import FeedServer
from tests.sync_world import a_source, as_json, catalog, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        running.lists["good"] = as_json(rows(4))
        yield running


@pytest.fixture
def clinics(server: FeedServer) -> list[Clinic]:
    """Two clinics, each with a good list and one that is not read by itself."""
    organisation = an_organisation("na")
    made = [a_clinic(f"clinic-{letter}") for letter in "ab"]
    for clinic in made:
        a_source(clinic, organisation=organisation, name="Daily", address=server.url("good"), scheduled=True)
        a_source(clinic, organisation=organisation, name="By hand", address=server.url("good"))
    return made


def states(clinic: Clinic) -> list[str]:
    with scope(clinic=clinic):
        return list(Run.objects.values_list("state", flat=True))


def test_scheduled_lists_of_every_clinic_are_read_and_nothing_is_written(
    clinics: list[Clinic], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("sync_feeds", "--wait")
    assert capsys.readouterr().out.splitlines() == [
        "clinic-a: Daily: 4 differences to decide.",
        "clinic-b: Daily: 4 differences to decide.",
    ]
    assert [(states(clinic), catalog(clinic)) for clinic in clinics] == [(["ready"], {})] * 2


def test_a_list_that_fails_is_told_and_the_others_are_read(
    clinics: list[Clinic], server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with scope(clinic=clinics[0]):
        Source.objects.filter(name="Daily").update(address=server.url("500"))
    with pytest.raises(SystemExit) as ended:
        call_command("sync_feeds", "--wait")
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 1
    assert (
        lines[0]
        == "clinic-a: Daily: The publisher's server has a fault of its own. It says “500”. Nothing was changed."
    )
    assert lines[1] == "clinic-b: Daily: 4 differences to decide."


def test_without_waiting_each_list_is_put_in_the_queue_once(
    clinics: list[Clinic], settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    backend = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.TASKS = backend  # type: ignore[attr-defined]
    call_command("sync_feeds")
    call_command("sync_feeds")
    assert capsys.readouterr().out.splitlines() == [
        "clinic-a: Daily: waits for the worker",
        "clinic-b: Daily: waits for the worker",
        "clinic-a: Daily: is under way already",
        "clinic-b: Daily: is under way already",
    ]
    assert states(clinics[0]) == ["waiting"]
    call_command("sync_feeds", "--wait")
    assert states(clinics[0]) == ["ready"]


def test_one_list_can_be_named(clinics: list[Clinic], capsys: pytest.CaptureFixture[str]) -> None:
    with scope(clinic=clinics[1]):
        source = Source.objects.get(name="By hand")
    call_command("sync_feeds", "--wait", "--source", str(source.pk))
    assert capsys.readouterr().out == "clinic-b: By hand: 4 differences to decide.\n"
    assert states(clinics[0]) == []


def test_a_list_that_is_not_there_is_no_success(clinics: list[Clinic]) -> None:
    with scope(clinic=clinics[0]):
        uploaded = a_source(clinics[0], organisation=Source.objects.all()[0].organisation, name="A file")
    for number in (uploaded.pk, 10**6):
        with pytest.raises(CommandError, match="no list of the number"):
            call_command("sync_feeds", "--source", str(number))


def test_a_list_that_cannot_even_be_begun_does_not_stop_the_others(
    clinics: list[Clinic], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_in_the_first(*, source: Source, by: None) -> Run:
        if source.clinic == clinics[0]:
            raise OSError
        return start_run(source=source, by=by)

    monkeypatch.setattr("groups_catalog.management.commands.sync_feeds.start_run", not_in_the_first)
    with pytest.raises(SystemExit) as ended:
        call_command("sync_feeds", "--wait")
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "clinic-a: Daily: could not be begun; the log says why",
        "clinic-b: Daily: 4 differences to decide.",
    ]


def test_a_list_that_somebody_reads_now_is_left_to_them(
    clinics: list[Clinic], capsys: pytest.CaptureFixture[str]
) -> None:
    with scope(clinic=clinics[0]):
        Run.objects.create(source=Source.objects.get(name="Daily"), state="reading", beat_at=timezone.now())
    call_command("sync_feeds", "--wait")
    assert capsys.readouterr().out.splitlines()[0] == "clinic-a: Daily: is under way already"
    assert states(clinics[0]) == ["reading"]
