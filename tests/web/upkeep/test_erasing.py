"""A name that somebody wrote by mistake goes from everything that is kept, and from nothing else."""

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from groups_catalog.models import Change, ChangeKind, Draft, Listing, Source
from groups_catalog.upkeep.changes import Act, Edit
from groups_catalog.upkeep.four_eyes import decline, submit
from tests.web.upkeep.history_world import Desk, a_desk

pytestmark = pytest.mark.django_db
NAME = "Kari Nordmann"


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def erase(desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str = NAME) -> None:
    monkeypatch.setattr("builtins.input", lambda _asked: text)
    call_command("erase_text", desk.clinic.slug, verbosity=0)


def test_a_name_goes_from_versions_and_reasons(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edited(desk.kari, note_en="Ask KARI nordmann for the key", why=f"{NAME} said so")
    desk.edited(desk.kari, note_en="Ask for the key")
    erase(desk, monkeypatch)
    assert [version.document["note_en"] for version in desk.versions()][-2:] == [
        "Ask […] for the key",
        "Ask for the key",
    ]
    with scope(clinic=desk.clinic):
        assert "[…] said so" in set(Change.objects.values_list("why", flat=True))


def test_a_name_goes_from_lists(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with scope(clinic=desk.clinic):
        source = Source.objects.create(clinic=desk.clinic, name="A list", organisation=desk.group.organisation)
        Listing.objects.create(
            source=source, source_key="1", group=desk.group, raw={"notes": [f"Call {NAME}"], "name": "Havna"}
        )
    erase(desk, monkeypatch)
    with scope(clinic=desk.clinic):
        assert Listing.objects.get(source=source).raw == {"notes": ["Call […]"], "name": "Havna"}


def test_a_waiting_draft_has_to_be_declined_first(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = a_desk(four_eyes=True)
    with scope(clinic=desk.clinic):
        act = Act(desk.clinic, ChangeKind.EDITED, desk.kari)
        submit(act, [Edit(desk.group, {**desk.document(), "note_en": f"Ask {NAME}"}, 1)])
        draft = Draft.objects.get()
    with pytest.raises(CommandError, match=f"draft {draft.pk}"):
        erase(desk, monkeypatch)
    with scope(clinic=desk.clinic):
        decline(draft=draft, by=desk.ola, why=f"Do not name {NAME}")
    erase(desk, monkeypatch)
    with scope(clinic=desk.clinic):
        draft.refresh_from_db()
    assert draft.document["note_en"] == "Ask […]"
    assert draft.decided_why == "Do not name […]"


def test_while_the_entry_holds_the_name_nothing_is_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.edited(desk.kari, note_en=f"Ask {NAME}")
    with pytest.raises(CommandError, match=r"It still stands in havna\. Mend that first\. Nothing was changed\."):
        erase(desk, monkeypatch)
    assert desk.versions()[-1].document["note_en"] == f"Ask {NAME}"


def test_another_clinic_keeps_its_history(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = a_desk()
    for each in (desk, other):
        each.edited(each.kari, note_en=f"Ask {NAME}")
        each.edited(each.kari, note_en="Ask")
    erase(desk, monkeypatch)
    assert NAME in str([version.document for version in other.versions()])
    assert NAME not in str([version.document for version in desk.versions()])


@pytest.mark.parametrize("text", ["", "  ", "ab"])
def test_a_text_that_stands_in_every_other_word_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    with pytest.raises(CommandError, match="at least 3 letters"):
        erase(desk, monkeypatch, text)


def test_an_unknown_clinic_is_told() -> None:
    with pytest.raises(CommandError, match="There is no clinic called nowhere"):
        call_command("erase_text", "nowhere")
