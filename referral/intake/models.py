"""One intake, short-lived: its answers are sealed, belong to the person who opened it, and are wiped soon."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from clinics.models import Clinic, User
from clinics.walls import walled

HIGHEST_SEED = 9999
TOMBSTONES_STAND = timedelta(days=1)


def idle_limit() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def new_seed() -> int:
    return secrets.randbelow(HIGHEST_SEED) + 1


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def of(self, user: User) -> "ConsultationQuerySet":
        return self.filter(opened_by=user)

    def not_ended(self) -> "ConsultationQuerySet":
        return self.filter(ended_at=None)

    def open_for(self, user: User, now: datetime) -> "ConsultationQuerySet":
        """This person's own, still in use; a colleague's is never open."""
        return self.of(user).not_ended().filter(touched_at__gt=now - idle_limit())

    def left_idle(self, now: datetime) -> "ConsultationQuerySet":
        """Out of use for too long, and their answers not yet wiped."""
        return self.not_ended().filter(touched_at__lte=now - idle_limit())

    def old_tombstones(self, now: datetime) -> "ConsultationQuerySet":
        return self.filter(ended_at__lte=now - TOMBSTONES_STAND)

    def wipe(self, now: datetime) -> int:
        """Empties the answers for good; how many consultations were still open."""
        return self.not_ended().update(sealed=b"", ended_at=now)


ConsultationManager = models.Manager.from_queryset(ConsultationQuerySet)


class Consultation(models.Model):
    """A wiped consultation stands a day as an empty tombstone, so that its opener can be told what happened."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField(default=b"")
    seed = models.PositiveSmallIntegerField(default=new_seed)
    token = models.UUIDField(default=uuid4, editable=False, help_text="Pressing Start twice opens one.")
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar["ConsultationManager[Consultation]"] = walled(ConsultationManager, clinic="clinic")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opened_by", "token"], name="one_start_opens_one_consultation"),
            models.CheckConstraint(
                condition=models.Q(seed__gte=1, seed__lte=HIGHEST_SEED), name="a_seed_is_1_to_9999"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(sealed=b""),
                name="an_ended_consultation_holds_no_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(touched_at__gte=models.F("opened_at")),
                name="a_consultation_is_opened_before_it_is_used",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ended_at", "touched_at"], name="consultations_to_purge"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def ended_by_idleness(self) -> bool:
        """Whether the idle limit wiped it, not *Clear*."""
        return self.ended_at is not None and self.ended_at - self.touched_at >= idle_limit()
