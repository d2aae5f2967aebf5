"""What somebody has told about a group: closed, moved, felt unsafe. A report never edits; it asks for a look."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import walled
from groups_catalog.models.group import Group


class ReportKind(models.TextChoices):
    """No words of one's own: they could name somebody."""

    CLOSED = "closed", _("Closed, or nobody came")
    MOVED = "moved", _("Moved")
    WRONG_TIME = "wrong_time", _("Another day or time")
    UNSAFE = "unsafe", _("It did not feel safe")
    OTHER = "other", _("Something else is not right")


class ReportState(models.TextChoices):
    OPEN = "open", _("Open")
    HELD = "held", _("Held back: unusually many on one day")
    RESOLVED = "resolved", _("Looked into")
    DISMISSED = "dismissed", _("Not so")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        return self.filter(state=ReportState.OPEN)

    def held(self) -> "ReportQuerySet":
        return self.filter(state=ReportState.HELD)


ReportManager = models.Manager.from_queryset(ReportQuerySet)


class Report(models.Model):
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20, choices=ReportKind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The colleague who told it; empty for a report through the short address, of which nothing else is kept."""
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: "ClassVar[ReportManager[Report]]" = walled(ReportManager, clinic="clinic")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["group", "state"], name="reports_of_a_group")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="a_report_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="a_report_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.kind}"
