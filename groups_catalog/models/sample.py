"""The quarterly sample: twenty meetings drawn at random and called, to measure how right the catalog is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import walled
from groups_catalog.models.group import Group


# mypy cannot see through `walled()`: it falls back to a plain manager for the rows that belong to it.
class Sample(models.Model):  # type: ignore[django-manager-missing]
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    seed = models.PositiveIntegerField()
    """Draws the same meetings again from the same catalog."""

    objects: ClassVar[models.Manager["Sample"]] = walled(clinic="clinic")

    class Meta:
        ordering: ClassVar = ["-drawn_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.drawn_at:%Y-%m-%d}"


class CallResult(models.TextChoices):
    RIGHT = "right", _("Everything was right")
    SMALL = "small", _("A small thing was wrong; one would still have found the meeting")
    WRONG = "wrong", _("One would not have found the meeting")
    NO_ANSWER = "no_answer", _("Nobody could be reached")


class SampleCall(models.Model):
    """One meeting of a sample. The words are kept as they stood, whatever happens to the meeting."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="calls")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    start = models.TimeField()
    result = models.CharField(max_length=20, choices=CallResult, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["SampleCall"]] = walled(clinic="sample__clinic")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result="") | Q(result__in=CallResult.values), name="a_call_has_a_known_result"
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="a_call_is_about_a_weekday"),
            models.UniqueConstraint(
                fields=["sample", "group", "weekday", "start"], name="a_sample_calls_about_a_meeting_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.result}"
