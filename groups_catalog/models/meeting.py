"""A recurring time of a group: wall-clock time in a named zone, never a bare offset."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinics.walls import walled
from groups_catalog.models.group import Group


class Every(models.TextChoices):
    """Each week, every other week from the day it begins, or one week of the month."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


class Meeting(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    start = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    timezone = models.CharField(max_length=60, default="Europe/Oslo")
    every = models.CharField(max_length=10, choices=Every, default=Every.WEEK)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    open = models.BooleanField(null=True, blank=True)
    """Whether anybody may come; empty where not known."""

    except_on: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    """Days on which it is not held, as ISO text, in order."""

    objects: ClassVar[models.Manager["Meeting"]] = walled(clinic="group__clinic")

    class Meta:
        ordering: ClassVar = ["weekday", "start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="a_meeting_is_on_a_weekday"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="a_meeting_lasts_a_day_at_most"),
            models.CheckConstraint(condition=Q(every__in=Every.values), name="a_meeting_returns_in_a_known_way"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="a_meeting_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(every="fortnight") | Q(valid_from__isnull=False),
                name="a_meeting_every_other_week_has_a_first_day",
            ),
            models.UniqueConstraint(
                fields=["group", "weekday", "start", "every"], name="a_group_meets_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.weekday} {self.start:%H:%M}"

    def runs_on(self, day: date) -> bool:
        """Whether the meeting belongs to the timetable of that day's week."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or self.valid_until >= day)
