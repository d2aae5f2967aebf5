"""Opens, reads, saves and wipes consultations."""

import base64
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from clinics.models import Clinic, User
from referral.intake import branches, sealing
from referral.intake.models import Consultation
from referral.intake.stored import StoredAnswers
from referral.knowledge import rules
from referral.matching.model import Answers


class EndedError(Exception):
    """The consultation was wiped; nothing can be saved in it."""


@transaction.atomic
def open_consultation(*, clinic: Clinic, user: User, token: UUID | None = None) -> Consultation:
    """A new consultation with no answers. The same token again gives the one it opened before."""
    now = timezone.now()
    times = {"clinic": clinic, "opened_at": now, "touched_at": now}
    consultation, is_new = Consultation.objects.get_or_create(
        opened_by=user, token=token or new_token(), defaults=times
    )
    if is_new:
        save_answers(consultation=consultation, answers=StoredAnswers(), now=now)
    return consultation


@transaction.atomic
def begin(*, clinic: Clinic, user: User, token: UUID) -> Consultation | None:
    """What pressing Start gives: a new consultation, or the one this press opened before.

    None when another one is open: the person must say what becomes of it.
    """
    now = timezone.now()
    Consultation.objects.of(user).left_idle(now).wipe(now)
    if Consultation.objects.open_for(user, now).exclude(token=token).exists():
        return None
    used = Consultation.objects.of(user).exclude(ended_at=None).filter(token=token).exists()
    return open_consultation(clinic=clinic, user=user, token=None if used else token)


def touch(*, consultation: Consultation, user: User, now: datetime) -> bool:
    """Marks the person's consultation as in use. One left idle too long is wiped instead, and False returned."""
    mine = Consultation.objects.filter(pk=consultation.pk)
    if mine.open_for(user, now).update(touched_at=now):
        return True
    mine.wipe(now)
    consultation.refresh_from_db()
    return False


def read_answers(consultation: Consultation) -> StoredAnswers:
    """Raises sealing.BrokenSealError where the row was changed, swapped, or its key is gone."""
    text = sealing.unseal(bytes(consultation.sealed), context=consultation.pk.bytes, keys=answer_keys())
    return StoredAnswers.from_bytes(text)


def save_answers(*, consultation: Consultation, answers: StoredAnswers, now: datetime | None = None) -> None:
    """Raises EndedError when the consultation was wiped meanwhile: a late save never brings answers back."""
    now = now or timezone.now()
    sealed = sealing.seal(answers.to_bytes(), context=consultation.pk.bytes, keys=answer_keys())
    still_open = Consultation.objects.filter(pk=consultation.pk).not_ended()
    if not still_open.update(sealed=sealed, touched_at=now):
        raise EndedError
    consultation.sealed, consultation.touched_at = sealed, now


def wipe(*, consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).wipe(timezone.now())
    consultation.refresh_from_db()


def wipe_all_of(*, user: User) -> int:
    """Wipes everything the person has open, in whichever clinic it was opened."""
    with scopes_disabled():
        return Consultation.objects.of(user).wipe(timezone.now())


@transaction.atomic
def purge(*, now: datetime) -> dict[str, int]:
    """Wipes what was left idle, and deletes old tombstones and expired sessions, of all clinics."""
    with scopes_disabled():
        wiped = Consultation.objects.left_idle(now).wipe(now)
        deleted, _ = Consultation.objects.old_tombstones(now).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return {"wiped": wiped, "deleted": deleted, "sessions": sessions}


def to_engine(stored: StoredAnswers) -> Answers:
    """What the engine hears: only questions that stand open, and marks that belong to them."""
    open_now = branches.asked(rules().questionnaire, stored.choices, stored.opened)
    choices = {question: stored.choices[question] for question in open_now if question in stored.choices}
    marks = (mark for mark in stored.matters_most if mark.split(".", 1)[0] in open_now)
    return Answers(choices=choices, matters_most=frozenset(marks))


def new_token() -> UUID:
    """For a start form: pressing its button twice opens one consultation."""
    return uuid4()


def answer_keys() -> list[bytes]:
    return [base64.b64decode(key) for key in settings.ANSWER_KEYS]
