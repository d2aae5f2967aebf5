"""Library and demo load in one go, say what they did, and do nothing the second time."""

import shutil
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from clinics.models import Clinic, User
from groups_catalog.models import CatalogState, Fact, Group, Meeting, Organisation, OrganisationText
from tests.catalog_factories import a_fact, a_group, a_meeting, a_text, an_organisation
from tests.factories import a_clinic, a_user

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


def run(command: str, folder: Path | None = None, **options: Any) -> str:
    out = StringIO()
    call_command(command, folder=folder or FIXTURES / command.removeprefix("load_"), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of two organisations that a test may spoil."""
    folder = tmp_path / "library"
    folder.mkdir()
    for name in ("na", "aa"):
        shutil.copy(FIXTURES / "library" / f"{name}.yaml", folder)
    return folder


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURES / "demo", tmp_path / "demo"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def all_rows() -> dict[str, int]:
    with scopes_disabled():
        models = (Organisation, OrganisationText, Group, Meeting, Fact, Clinic, User)
        return {model.__name__: model.objects.count() for model in models}


# --- the library -----------------------------------------------------------------------------------------


def test_the_library_loads_every_organisation() -> None:
    said = run("load_library")
    assert "organisations: added 33, changed 0, unchanged 0" in said
    assert all_rows()["Fact"] >= 200


def test_a_second_run_changes_nothing() -> None:
    run("load_library")
    before = all_rows()
    said = run("load_library")
    assert "added 0, changed 0, unchanged 33" in said
    assert said.count("added 0, changed 0") == 3
    assert all_rows() == before


def test_a_changed_word_is_saved_and_counted(library: Path) -> None:
    run("load_library", library)
    spoil(library / "na.yaml", "nb: Anonyme Narkomane", "nb: De anonyme narkomane")
    assert "organisations: added 0, changed 1, unchanged 1" in run("load_library", library)


def test_a_fact_that_left_the_file_is_removed(library: Path) -> None:
    run("load_library", library)
    text = (library / "na.yaml").read_text("utf-8")
    first = text.index("- attribute: problem_focus")
    second = text.index("- attribute:", first + 1)
    (library / "na.yaml").write_text(text[:first] + text[second:], "utf-8")
    assert "removed 1" in run("load_library", library)


def test_what_a_clinic_or_a_person_recorded_is_left_alone(library: Path) -> None:
    run("load_library", library)
    with scopes_disabled():
        na = Organisation.objects.get(slug="na")
    kept = [a_fact(na, "cost", "paid", clinic=a_clinic()), a_fact(na, "cost", "paid", recorded_by=a_user())]
    run("load_library", library)
    with scopes_disabled():
        assert Fact.objects.filter(pk__in=[fact.pk for fact in kept]).count() == 2


def test_a_change_in_the_library_is_announced_to_every_clinic(library: Path) -> None:
    clinics = [a_clinic(), a_clinic()]
    run("load_library", library)
    versions = [version_of(clinic) for clinic in clinics]
    assert None not in versions
    run("load_library", library)
    assert [version_of(clinic) for clinic in clinics] == versions, "nothing changed, nothing to announce"


def version_of(clinic: Clinic) -> object:
    with scope(clinic=clinic):
        return CatalogState.objects.version_of(clinic)


FAULTS: list[tuple[str, Callable[[Path], None], str]] = [
    (
        "a missing translation",
        lambda path: spoil(path, "name:\n  en:", "name:\n  english:"),
        "na.yaml: name: en is missing",
    ),
    (
        "an unknown attribute",
        lambda path: spoil(path, "attribute: problem_focus", "attribute: colour"),
        "na.yaml: facts[colour].attribute: is not an attribute of the vocabulary that holds values",
    ),
    (
        "an unknown value",
        lambda path: spoil(path, "- all_mind_altering_substances", "- everything"),
        "'everything' is not one of alcohol,",
    ),
    ("a wrong kind", lambda path: spoil(path, "kind: twelve", "kind: thirteen"), "na.yaml: kind: 'thirteen_step"),
    ("another id than the file", lambda path: spoil(path, "id: na", "id: nb"), "na.yaml: id: is nb, not the name"),
    ("a wrong date", lambda path: spoil(path, "  date: null", '  date: "2017-13"'), "is not a date like 2024"),
    ("an address that is none", lambda path: spoil(path, "site: https://", "site: //"), "is not a web address"),
]


@pytest.mark.parametrize(("name", "fault", "told"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_faulty_file_is_told_and_nothing_is_saved(
    name: str, fault: Callable[[Path], None], told: str, library: Path
) -> None:
    fault(library / "na.yaml")
    before = all_rows()
    with pytest.raises(CommandError) as problem:
        run("load_library", library)
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)
    assert all_rows() == before


# --- the demo --------------------------------------------------------------------------------------------


def loaded_demo(**options: Any) -> str:
    run("load_library")
    return run("load_demo", **options)


def test_the_demo_has_groups_of_every_kind_and_lane() -> None:
    loaded_demo()
    with scope(clinic=Clinic.objects.get(slug="fjordlia")):
        groups = Group.objects.published().select_related("organisation")
        assert groups.count() >= 36
        assert {group.lane for group in groups} == {"addiction", "in_addition", "next_of_kin"}
        assert len({group.organisation.kind for group in groups}) == 5
        assert Meeting.objects.count() >= 75


def test_the_second_clinic_has_groups_that_the_first_cannot_see() -> None:
    loaded_demo()
    with scope(clinic=Clinic.objects.get(slug="fjordlia")):
        assert not Group.objects.filter(slug="aa-heivik").exists()
    with scope(clinic=Clinic.objects.get(slug="heivik")):
        assert {group.slug for group in Group.objects.all()} == {"aa-heivik", "aa-heivik-lordag"}


def test_the_demo_people_can_sign_in() -> None:
    loaded_demo()
    curator = User.objects.get(username="curator")
    assert curator.check_password("veivalg-demo-2026")


def test_dates_are_counted_back_from_the_day_given() -> None:
    loaded_demo(today=date(2025, 11, 1))
    with scopes_disabled():
        assert Group.objects.get(slug="na-torget").checked_on == date(2025, 10, 20)
        touch = Fact.objects.get(group__slug="na-torget", attribute="touch_custom")
    assert touch.dated == "2025-09-22"


def test_a_later_run_of_the_demo_changes_nothing() -> None:
    loaded_demo(today=date(2025, 11, 1))
    said = run("load_demo", today=date(2025, 12, 1))
    assert all("added 0, changed 0" in line and "removed" not in line for line in said.splitlines())
    with scopes_disabled():
        assert Group.objects.get(slug="na-torget").checked_on == date(2025, 10, 20)


def test_a_group_that_changed_is_dated_anew(demo: Path) -> None:
    loaded_demo(today=date(2025, 11, 1))
    spoil(demo / "groups" / "na.yaml", "venue: Torget aktivitetshus", "venue: Torget kulturhus")
    said = run("load_demo", demo, today=date(2025, 12, 1))
    assert "groups: added 0, changed 1" in said
    with scopes_disabled():
        torget = Group.objects.get(slug="na-torget")
    assert (torget.venue, torget.checked_on) == ("Torget kulturhus", date(2025, 11, 19))


def test_the_demo_needs_the_library() -> None:
    before = all_rows()
    with pytest.raises(CommandError, match=r"\.yaml: organisation: \w+ is not there; load the library first"):
        run("load_demo")
    assert all_rows() == before


def test_the_demo_never_loads_outside_a_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="well-known passwords"):
        run("load_demo")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("place: Fjordlia", "place: Oslo", "na.yaml: groups[na-torget].place: 'Oslo' is not one of Fjordlia"),
        ("place: Fjordlia", "place: null", "na.yaml: groups[na-torget].place: is None, not text"),
        ("weekday: monday", "weekday: someday", "weekday: 'someday' is not one of monday"),
        ('start: "18:30"', 'start: "25:30"', "start: is not a time like 18:30"),
        ("id: na-kvinnemotet", "id: na-torget", "the id na-torget is used twice"),
        ("weekday: wednesday", "weekday: monday", "meetings: names the same time twice"),
    ],
)
def test_a_faulty_demo_file_is_told(old: str, new: str, told: str, demo: Path) -> None:
    run("load_library")
    spoil(demo / "groups" / "na.yaml", old, new)
    with pytest.raises(CommandError) as problem:
        run("load_demo", demo)
    assert told in str(problem.value)


# --- guards in the database itself ------------------------------------------------------------------------

PLANTED: list[tuple[str, Callable[[Clinic], object]]] = [
    ("a fact about nothing", lambda clinic: a_fact(a_group(clinic), "cost", "free", group=None)),
    (
        "a fact about a group and an organisation",
        lambda clinic: a_fact(a_group(clinic), "cost", "free", organisation=an_organisation()),
    ),
    ("a group's fact without a clinic", lambda clinic: a_fact(a_group(clinic), "cost", "free", clinic=None)),
    ("a fact without a value", lambda clinic: a_fact(a_group(clinic), "cost")),
    ("a fact without a source", lambda clinic: a_fact(a_group(clinic), "cost", "free", source="")),
    ("a fact with half a date", lambda clinic: a_fact(a_group(clinic), "cost", "free", dated="2025-1")),
    ("a fact that nobody saw", lambda clinic: a_fact(a_group(clinic), "cost", "free", observers=0)),
    ("a fact of an unknown basis", lambda clinic: a_fact(a_group(clinic), "cost", "free", basis="guessed")),
    ("a group with one coordinate", lambda clinic: a_group(clinic, longitude=None)),
    ("a group off the globe", lambda clinic: a_group(clinic, latitude=91)),
    ("a published group in person without a place", lambda clinic: a_group(clinic, place="")),
    ("two groups of one id", lambda clinic: (a_group(clinic, "twin"), a_group(clinic, "twin"))),
    ("a group in no lane", lambda clinic: a_group(clinic, lane="other")),
    ("a meeting on the eighth day", lambda clinic: a_meeting(a_group(clinic), 7)),
    (
        "a meeting that ends before it begins",
        lambda clinic: a_meeting(a_group(clinic), valid_from=date(2025, 2, 1), valid_until=date(2025, 1, 1)),
    ),
    ("two shared organisations of one id", lambda _: (an_organisation("twin"), an_organisation("twin"))),
    ("an organisation of no kind", lambda _: an_organisation(kind="club")),
    ("two first-meeting texts", lambda _: [a_text(organisation) for organisation in [an_organisation()] * 2]),
]


@pytest.mark.parametrize(("name", "plant"), PLANTED, ids=[name for name, _plant in PLANTED])
def test_the_database_refuses(name: str, plant: Callable[[Clinic], object]) -> None:
    clinic = a_clinic()
    with pytest.raises(IntegrityError), transaction.atomic():
        plant(clinic)


def test_two_clinics_may_use_the_same_id() -> None:
    a_group(a_clinic(), "torsdag")
    a_group(a_clinic(), "torsdag")
    an_organisation("samtale")
    an_organisation("samtale", clinic=a_clinic())


@pytest.mark.parametrize("model", [Group, Meeting, Fact, Organisation, OrganisationText, CatalogState])
def test_nothing_is_read_without_a_clinic(model: Any) -> None:
    with pytest.raises(ScopeError):
        list(model.objects.all())
