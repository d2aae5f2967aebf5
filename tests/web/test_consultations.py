"""A consultation belongs to the person who opened it, lives briefly, and leaves nothing behind."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django_scopes import ScopeError, scope, scopes_disabled

from clinics.models import User
from referral.intake.models import HIGHEST_SEED, Consultation
from referral.intake.sealing import BrokenSealError
from referral.intake.services import (
    EndedError,
    open_consultation,
    purge,
    read_answers,
    save_answers,
    wipe_all_of,
)
from referral.intake.stored import StoredAnswers
from tests.factories import a_clinic, a_member, signed_in_client

pytestmark = pytest.mark.django_db
CANARY = StoredAnswers(choices={"q5_safety_history": frozenset({"yes_want_group_for_it"})}, place="Canaryby")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def opened_by(user: User, answers: StoredAnswers = CANARY) -> Consultation:
    with scope(clinic=user.membership.clinic):
        consultation = open_consultation(clinic=user.membership.clinic, user=user)
        save_answers(consultation=consultation, answers=answers)
    return consultation


def stored(consultation: Consultation) -> Consultation:
    with scopes_disabled():
        return Consultation.objects.get(pk=consultation.pk)


def leave_idle(consultation: Consultation, **how_long: int) -> None:
    past = timezone.now() - timedelta(**how_long)
    with scopes_disabled():
        Consultation.objects.filter(pk=consultation.pk).update(opened_at=past, touched_at=past)


def everything_in_the_database() -> bytes:
    """Every value of every row, as bytes and text."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                found += b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    return found


def test_answers_are_never_readable_in_the_database() -> None:
    opened_by(a_member())
    kept = everything_in_the_database()
    assert b"Canaryby" not in kept
    assert b"yes_want_group_for_it" not in kept


def test_answers_moved_to_another_consultation_do_not_open() -> None:
    one, other = opened_by(a_member()), opened_by(a_member())
    other.sealed = one.sealed
    with pytest.raises(BrokenSealError):
        read_answers(other)


def test_the_seed_is_drawn_at_opening() -> None:
    user = a_member()
    seeds = {opened_by(user).seed for _ in range(30)}
    assert len(seeds) > 1
    assert all(1 <= seed <= HIGHEST_SEED for seed in seeds)


def test_a_query_without_a_clinic_is_refused() -> None:
    with pytest.raises(ScopeError):
        Consultation.objects.count()


def test_an_ended_consultation_cannot_hold_answers() -> None:
    consultation = opened_by(a_member())
    with scopes_disabled(), pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(ended_at=timezone.now())


def test_a_late_save_never_brings_wiped_answers_back() -> None:
    user = a_member()
    consultation = opened_by(user)
    wipe_all_of(user=user)
    with scope(clinic=consultation.clinic), pytest.raises(EndedError):
        save_answers(consultation=consultation, answers=CANARY)
    assert bytes(stored(consultation).sealed) == b""


ADDRESSES = ["intake", "intake-update", "intake-hand-over", "intake-live", "intake-language"]
QUESTION_ADDRESSES = ["intake-question", "intake-skip", "intake-question-language"]


def every_answer(client: Client, consultation: Any) -> set[int]:
    """The status of every address of a consultation, by GET and POST."""
    addresses = [reverse(name, args=[consultation]) for name in ADDRESSES]
    addresses += [reverse(name, args=[consultation, "q2_goal"]) for name in QUESTION_ADDRESSES]
    statuses = {client.post(address).status_code for address in addresses}
    return statuses | {client.get(addresses[0]).status_code, client.get(addresses[5]).status_code}


def test_the_opener_reaches_every_address() -> None:
    user = a_member()
    assert every_answer(signed_in_client(user), opened_by(user).pk) <= {200, 302}


@pytest.mark.parametrize("role", ["clinician", "curator", "clinic_admin"])
def test_a_colleague_finds_nothing(role: str) -> None:
    user = a_member()
    colleague = a_member(user.membership.clinic, role)
    assert every_answer(signed_in_client(colleague), opened_by(user).pk) == {404}


def test_a_stranger_from_another_clinic_finds_nothing() -> None:
    assert every_answer(signed_in_client(a_member(a_clinic())), opened_by(a_member()).pk) == {404}


def test_an_unknown_consultation_is_not_found() -> None:
    assert every_answer(signed_in_client(), uuid4()) == {404}


def test_somebody_signed_out_is_sent_to_sign_in_with_nothing_in_the_address() -> None:
    consultation = opened_by(a_member())
    response = Client().post(reverse("intake", args=[consultation.pk]), {"q12_place": "Canaryby"})
    assert response.status_code == 302
    assert "Canaryby" not in response.url


def test_a_stranger_does_not_wake_a_consultation_left_idle() -> None:
    consultation = opened_by(a_member())
    leave_idle(consultation, minutes=19)
    before = stored(consultation).touched_at
    signed_in_client().get(reverse("intake", args=[consultation.pk]))
    assert stored(consultation).touched_at == before


def test_being_opened_counts_as_use() -> None:
    user = a_member()
    consultation = opened_by(user)
    leave_idle(consultation, minutes=19)
    assert signed_in_client(user).get(reverse("intake", args=[consultation.pk])).status_code == 200
    assert timezone.now() - stored(consultation).touched_at < timedelta(minutes=1)


def test_after_twenty_idle_minutes_the_next_touch_wipes_and_says_so() -> None:
    user = a_member()
    consultation = opened_by(user)
    leave_idle(consultation, minutes=20)
    response = signed_in_client(user).get(reverse("intake", args=[consultation.pk]))
    assert response.status_code == 410
    assert "after 20 minutes without use" in response.content.decode()
    assert bytes(stored(consultation).sealed) == b""
    assert stored(consultation).ended_at


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_is_saved_in_a_consultation_left_idle(name: str) -> None:
    user = a_member()
    consultation = opened_by(user)
    leave_idle(consultation, hours=3)
    response = signed_in_client(user).post(reverse(name, args=[consultation.pk]), {"q2_goal": "unsure"})
    assert response.status_code == 410
    assert bytes(stored(consultation).sealed) == b""


def test_a_part_of_a_page_sends_the_browser_to_the_whole_page_when_the_answers_are_wiped() -> None:
    user = a_member()
    consultation = opened_by(user)
    leave_idle(consultation, hours=3)
    address = reverse("intake-live", args=[consultation.pk])
    response = signed_in_client(user).post(address, headers={"hx-request": "true"})
    assert response.headers["HX-Redirect"] == reverse("intake", args=[consultation.pk])


def test_a_part_of_a_page_never_shows_the_sign_in_page() -> None:
    consultation = opened_by(a_member())
    address = reverse("intake-live", args=[consultation.pk])
    response = Client().post(address, headers={"hx-request": "true"})
    assert response.headers["HX-Redirect"] == reverse("intake", args=[consultation.pk])
    assert not response.content


def test_answers_that_cannot_be_opened_are_wiped_and_the_person_is_told() -> None:
    user = a_member()
    consultation = opened_by(user)
    with scopes_disabled():
        Consultation.objects.filter(pk=consultation.pk).update(sealed=b"not a seal")
    response = signed_in_client(user).get(reverse("intake", args=[consultation.pk]))
    assert response.status_code == 410
    assert bytes(stored(consultation).sealed) == b""


def test_the_purge_wipes_what_was_left_idle_and_nothing_in_use() -> None:
    idle, in_use = opened_by(a_member()), opened_by(a_member())
    leave_idle(idle, minutes=21)
    assert purge(now=timezone.now())["wiped"] == 1
    assert bytes(stored(idle).sealed) == b""
    assert bytes(stored(in_use).sealed) != b""


def test_the_purge_run_again_finds_nothing_more() -> None:
    leave_idle(opened_by(a_member()), minutes=21)
    purge(now=timezone.now())
    assert purge(now=timezone.now()) == {"wiped": 0, "deleted": 0, "sessions": 0}


def test_the_purge_deletes_a_tombstone_after_a_day() -> None:
    consultation = opened_by(a_member())
    leave_idle(consultation, minutes=21)
    purge(now=timezone.now())
    assert purge(now=timezone.now() + timedelta(hours=23))["deleted"] == 0
    assert purge(now=timezone.now() + timedelta(hours=25))["deleted"] == 1
    with scopes_disabled():
        assert not Consultation.objects.filter(pk=consultation.pk).exists()


def test_the_purge_deletes_expired_sessions() -> None:
    client = signed_in_client()
    assert purge(now=timezone.now())["sessions"] == 0
    assert purge(now=timezone.now() + timedelta(minutes=21))["sessions"] == 1
    assert client.session.session_key not in set(Session.objects.values_list("session_key", flat=True))


def test_the_command_prints_its_counts() -> None:
    leave_idle(opened_by(a_member()), minutes=21)
    said = StringIO()
    call_command("purge_expired", stdout=said)
    assert said.getvalue().splitlines() == [
        "wiped 1 consultations, deleted 0 tombstones and 0 expired sessions",
        "deleted 0 reports and 0 spreadsheets that waited too long",
        "emptied 0 old readings of meeting lists",
    ]


def start(client: Client, token: Any) -> str:
    return str(client.post(reverse("intake-start"), {"token": str(token)}).url)


def test_pressing_start_twice_opens_one_consultation() -> None:
    client, token = signed_in_client(), uuid4()
    assert start(client, token) == start(client, token)
    with scopes_disabled():
        assert Consultation.objects.count() == 1


def test_start_needs_the_token_of_its_page() -> None:
    client = signed_in_client()
    assert client.post(reverse("intake-start"), {}).url == reverse("intake-start")
    with scopes_disabled():
        assert not Consultation.objects.exists()


def test_with_one_open_the_start_page_asks_what_becomes_of_it() -> None:
    user = a_member()
    client, consultation = signed_in_client(user), opened_by(user)
    page = client.get(reverse("intake-start")).content.decode()
    assert reverse("intake", args=[consultation.pk]) in page
    assert reverse("clear-next") in page


def test_starting_with_another_one_open_never_shows_its_answers() -> None:
    user = a_member()
    client, consultation = signed_in_client(user), opened_by(user)
    assert start(client, uuid4()) == reverse("intake-start")
    assert bytes(stored(consultation).sealed) != b""


def test_a_start_page_kept_from_before_opens_a_new_one_after_clearing() -> None:
    user = a_member()
    client, token = signed_in_client(user), uuid4()
    first = start(client, token)
    wipe_all_of(user=user)
    assert start(client, token) not in {first, reverse("intake-start")}


def test_starting_wipes_ones_own_that_were_left_idle() -> None:
    user = a_member()
    client, consultation = signed_in_client(user), opened_by(user)
    leave_idle(consultation, minutes=30)
    start(client, uuid4())
    assert bytes(stored(consultation).sealed) == b""


@pytest.mark.parametrize("name", ["clear-and-leave", "sign-out"])
def test_leaving_wipes_everything_and_ends_the_session(name: str) -> None:
    user = a_member()
    client, one, other = signed_in_client(user), opened_by(user), opened_by(user)
    response = client.post(reverse(name))
    assert response.url == reverse("left")
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {bytes(stored(one).sealed), bytes(stored(other).sealed)} == {b""}
    assert "_auth_user_id" not in client.session


def test_leaving_leaves_a_colleagues_consultation_alone() -> None:
    user = a_member()
    kept = opened_by(a_member(user.membership.clinic))
    signed_in_client(user).post(reverse("clear-and-leave"))
    assert bytes(stored(kept).sealed) != b""


def test_leaving_works_for_somebody_already_signed_out() -> None:
    assert Client().post(reverse("clear-and-leave")).url == reverse("left")


@pytest.mark.parametrize("name", ["clear-and-leave", "clear-next", "sign-out"])
def test_nothing_is_cleared_by_merely_opening_an_address(name: str) -> None:
    user = a_member()
    consultation = opened_by(user)
    assert signed_in_client(user).get(reverse(name)).status_code == 405
    assert bytes(stored(consultation).sealed) != b""


def test_clearing_for_the_next_client_wipes_and_opens_an_empty_one() -> None:
    user = a_member()
    client, before = signed_in_client(user), opened_by(user)
    response = client.post(reverse("clear-next"))
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert bytes(stored(before).sealed) == b""
    assert str(before.pk) not in response.url
    assert "Canaryby" not in client.get(response.url).content.decode()


def test_a_cleared_consultation_says_that_it_was_cleared() -> None:
    user = a_member()
    client, before = signed_in_client(user), opened_by(user)
    client.post(reverse("clear-next"))
    response = client.get(reverse("intake", args=[before.pk]))
    assert response.status_code == 410
    assert "without use" not in response.content.decode()


def test_answers_reach_no_address_log_or_session(caplog: pytest.LogCaptureFixture) -> None:
    user = a_member()
    client, consultation = signed_in_client(user), opened_by(user, StoredAnswers())
    sent = {"q12_place": "Canaryby", "q9_avoid": ["gossip_recognised", "canary-option"], "matters": "q9_avoid"}
    with caplog.at_level(logging.DEBUG):
        responses = [client.post(reverse(name, args=[consultation.pk]), sent) for name in ADDRESSES]
        client.get(reverse("intake", args=[consultation.pk]))
    shown = caplog.text + "".join(str(response.headers) for response in responses)
    shown += str(dict(client.session)) + str(client.cookies)
    for canary in ("Canaryby", "gossip_recognised", "canary-option"):
        assert canary not in shown
        assert canary.encode() not in everything_in_the_database()
