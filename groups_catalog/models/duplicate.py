"""Pairs of groups that look alike and are not the same."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinics.models import Clinic
from clinics.walls import walled
from groups_catalog.models.group import Group


class NotDuplicate(models.Model):
    """Two groups that look alike, and that somebody has said are two. Kept with the smaller id first."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["NotDuplicate"]] = walled(clinic="clinic")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="two_groups_are_told_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="two_groups_told_apart_stand_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
