"""Somebody of another clinic who knows every id, somebody who has just left, and one person alone."""

from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from clinics.models import Clinic, Membership, User
from groups_catalog.models import (
    Change,
    ChangeKind,
    Draft,
    Group,
    NotDuplicate,
    Proposal,
    Report,
    ReportKind,
    Run,
    Sample,
    SampleCall,
    SheetUpload,
    Source,
)
from groups_catalog.upkeep.changes import Act, Edit
from groups_catalog.upkeep.documents import group_document
from groups_catalog.upkeep.duplicates.service import tell_apart
from groups_catalog.upkeep.four_eyes import accept, submit
from groups_catalog.upkeep.reports.services import tell
from tests.catalog_factories import a_group, an_organisation
from tests.factories import a_member, signed_in_client
from tests.sent_forms import sent
from tests.web.test_every_page import PAGES
from tests.web.upkeep.history_world import Desk, a_curator, a_desk
from tests.web.upkeep.sheets_world import a_file, exported, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]
OUT_OF_REACH = {302, 403, 404, 405}


@dataclass(frozen=True)
class World:
    """A clinic with one of everything that upkeep keeps, and the values of every address that leads to it."""

    desk: Desk
    keys: dict[str, Any]

    def address(self, name: str) -> str:
        fixed = {"slug": "egen" if name.startswith("organisation") else "havna", "first": "havna", "second": "odden"}
        fixed |= {"attribute": "cost", "number": "1", "kind": "xlsx", "code": self.desk.group.report_code}
        about = next((kind for kind in KEYS if name.startswith(kind)), "")
        values: dict[str, Any] = {**fixed, "pk": self.keys.get(KEYS.get(about, ""), 0), "call": self.keys["call"]}
        return reverse(name, kwargs={need: values[need] for need in PAGES[name].needs})


KEYS = {"feed-run": "run", "feed-columns": "run", "feed": "source", "sheet": "sheet", "sample": "sample"}
KEYS |= {"draft": "draft", "change": "change", "unmerge": "change", "report": "report", "maybe": "apart"}
PUBLIC = {"public-report", "public-report-thanks"}
ROOMS = [name for name in PAGES if "consultation" not in PAGES[name].needs and name not in PUBLIC]
ABOUT = [name for name in ROOMS if PAGES[name].needs and name != "catalog-export"]


@pytest.fixture
def world() -> World:
    desk = a_desk()
    clinic, kari = desk.clinic, desk.kari
    odden = a_group(clinic, "odden", name="Odden", organisation=desk.group.organisation)
    own = an_organisation("egen", clinic=clinic)
    change = desk.edited(kari, place="Bergen")
    with scope(clinic=clinic):
        tell_apart(clinic=clinic, pair=(desk.group, odden), by=kari)
        source = Source.objects.create(clinic=clinic, name="A list", organisation=own)
        run = Run.objects.create(source=source, state="ready")
        Proposal.objects.create(run=run, group=odden, kind="gone", source_key="1", name="Odden")
        sample = Sample.objects.create(clinic=clinic, drawn_by=kari, seed=1)
        draft = Draft(clinic=clinic, kind="edited", by=kari, group=desk.group, document=desk.document(), based_on=2)
        draft.save()
        keys = {
            "apart": NotDuplicate.objects.get().pk,
            "source": source.pk,
            "run": run.pk,
            "sample": sample.pk,
            "call": SampleCall.objects.create(sample=sample, group=odden, weekday=0, start=time(18)).pk,
            "sheet": SheetUpload.objects.create(clinic=clinic, by=kari, name="catalog.xlsx", data=b"x").pk,
            "draft": draft.pk,
            "change": change.pk,
            "report": tell(group=desk.group, kind=ReportKind.MOVED).pk,
        }
    return World(desk, keys)


def everything() -> str:
    """All that any clinic's catalog holds, as it stands now."""
    with scopes_disabled():
        rows = [
            row
            for model in apps.get_app_config("groups_catalog").get_models()
            for row in model._default_manager.all()
        ]
        return str(serializers.serialize("json", rows))


@pytest.mark.parametrize("name", ABOUT)
def test_another_clinics_curator_finds_nothing_under_ids_that_are_known(name: str, world: World) -> None:
    for role in ("curator", "clinic_admin"):
        stranger = signed_in_client(a_member(role=role))
        before = everything()
        for answer in (stranger.get(world.address(name)), stranger.post(world.address(name), {"status": "closed"})):
            assert answer.status_code in {404, 405}, name
        assert everything() == before


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("upkeep-check", {"groups": ["havna:2"], "how": "call", "reports": "on"}),
        ("upkeep-check", {"only": "odden:1", "how": "call"}),
        ("not-duplicates", {"first": "havna", "second": "odden"}),
        ("not-duplicates", {"first": "own", "second": "odden"}),
        ("reports-let-through", {}),
    ],
)
def test_ids_of_another_clinic_that_are_sent_along_lead_nowhere(
    name: str, form: dict[str, Any], world: World
) -> None:
    stranger = a_member(role="curator")
    a_group(stranger.membership.clinic, "own")
    with scopes_disabled():
        Report.objects.update(state="held")
    before = everything()
    signed_in_client(stranger).post(reverse(name), form)
    assert everything() == before


def test_a_new_group_is_never_put_under_another_clinics_organisation(world: World) -> None:
    stranger = signed_in_client(a_member(role="curator"))
    page = stranger.get(reverse("group-new"), {"organisation": "egen"}).content.decode()
    assert 'value="egen"' not in page
    copied = stranger.get(reverse("group-new"), {"copy": "havna"})
    assert copied.status_code == 404
    before = everything()
    form = sent(page, name="Ny", organisation="egen", lane="addiction", mode="online", membership="everyone")
    assert "There is a problem" in stranger.post(reverse("group-new"), form).content.decode()
    assert everything() == before


@pytest.mark.parametrize("name", ROOMS)
def test_whoever_has_just_left_the_clinic_is_let_into_no_room(name: str, world: World) -> None:
    browser = signed_in_client(world.desk.kari)
    with scope(clinic=world.desk.clinic):
        Membership.objects.filter(user=world.desk.kari).update(active=False)
    before = everything()
    for answer in (browser.get(world.address(name)), browser.post(world.address(name), PAGES[name].form)):
        assert answer.status_code in OUT_OF_REACH or name in {"account_login", "left"}
        assert "Havna" not in answer.content.decode()
    assert everything() == before


# --- four eyes: what one person can do alone ---------------------------------------------------------------


@pytest.fixture
def alone() -> tuple[Desk, Client]:
    desk = a_desk(four_eyes=True)
    a_group(desk.clinic, "odden", name="Havna", organisation=desk.group.organisation)
    return desk, signed_in_client(desk.kari)


def live(clinic: Clinic) -> dict[str, Any]:
    """What clients can be shown, without when it was last found to be right."""
    with scope(clinic=clinic):
        rows = {row.slug: group_document(row) for row in Group.objects.for_documents()}
    return {slug: {**row, "checked_on": None, "checked_how": ""} for slug, row in rows.items()}


def everything_that_waits(desk: Desk, by: Client) -> None:
    with scope(clinic=desk.clinic):
        waiting = list(Draft.objects.values_list("pk", flat=True))
    for draft in waiting:
        by.post(reverse("draft-decide", args=[draft]), {"decision": "accept", "seen": "1"})


def test_one_person_brings_nothing_live_by_any_page(alone: tuple[Desk, Client]) -> None:
    desk, kari = alone
    before = live(desk.clinic)
    edit, fact, merge = reverse("group-edit", args=["havna"]), "/groups/havna/facts/cost/", "/upkeep/duplicates/"
    new = {"name": "Ny", "organisation": "na", "lane": "addiction", "mode": "online", "membership": "everyone"}
    said = {"answer": "free", "basis": "stated", "source": "A leaflet"}
    for address, form in [
        (edit, sent(kari.get(edit).content.decode(), venue="Huset", publish="1")),
        (fact, sent(kari.get(fact).content.decode(), **said)),
        (f"{merge}havna/odden/", sent(kari.get(f"{merge}havna/odden/").content.decode())),
        (reverse("group-status", args=["havna"]), {"status": "closed"}),
        (reverse("group-new"), sent(kari.get(reverse("group-new")).content.decode(), **new, publish="1")),
        (reverse("upkeep-check"), {"groups": ["havna", "odden"], "how": "call"}),
    ]:
        assert kari.post(address, form).status_code == 302, address
        assert live(desk.clinic) == before
    everything_that_waits(desk, kari)
    assert live(desk.clinic) == before


def test_one_person_brings_nothing_live_by_a_sheet(alone: tuple[Desk, Client]) -> None:
    desk, kari = alone
    before = live(desk.clinic)
    file = SimpleUploadedFile("c.xlsx", a_file(typed(exported(kari), "Groups", "havna", Venue="Huset")))
    preview = kari.post(reverse("sheet-import"), {"sheets": file}, follow=True)
    kari.post(f"{preview.redirect_chain[-1][0]}take-over/", sent(preview.content.decode()))
    everything_that_waits(desk, kari)
    with scope(clinic=desk.clinic):
        assert Draft.objects.count() == 1
    assert live(desk.clinic) == before


def accepted(desk: Desk, by: User, **changes: Any) -> Change:
    with scope(clinic=desk.clinic):
        edit = Edit(desk.group, {**desk.document(), **changes})
        (draft,) = submit(Act(desk.clinic, ChangeKind.EDITED, desk.kari), [edit]).drafts
        return accept(draft=draft, by=by)


def test_one_person_brings_nothing_live_by_going_back(alone: tuple[Desk, Client]) -> None:
    desk, kari = alone
    change = accepted(desk, desk.ola, venue="Huset")
    before = live(desk.clinic)
    kari.post(reverse("change-undo", args=[change.pk]))
    kari.post(reverse("group-restore", args=["havna", 1]), {"why": "A mistake", "seen": "2"})
    everything_that_waits(desk, kari)
    assert live(desk.clinic) == before


def test_what_an_author_drafted_waits_on_after_the_switch_is_turned_off_and_on(alone: tuple[Desk, Client]) -> None:
    desk, kari = alone
    kari.post(reverse("group-status", args=["havna"]), {"status": "closed"})
    before = live(desk.clinic)
    chief = signed_in_client(a_curator(desk.clinic, "Eva", "clinic_admin"))
    for form in ({"sent": "1"}, {"four_eyes": "on"}):
        chief.post(reverse("clinic-settings"), form)
        everything_that_waits(desk, kari)
        assert live(desk.clinic) == before


def test_a_changed_document_sent_along_with_the_yes_is_not_what_is_accepted(alone: tuple[Desk, Client]) -> None:
    """Whoever accepts chooses between what two people wrote, and adds nothing."""
    desk, kari = alone
    kari.post(reverse("group-status", args=["havna"]), {"status": "paused"})
    with scope(clinic=desk.clinic):
        draft = Draft.objects.get()
    form = {"decision": "accept", "seen": "1", "venue": "Mine", "document": '{"venue": "Mine"}', "status": "closed"}
    signed_in_client(desk.ola).post(reverse("draft-decide", args=[draft.pk]), form)
    after = live(desk.clinic)["havna"]
    assert (after["status"], after["venue"]) == ("paused", "")
