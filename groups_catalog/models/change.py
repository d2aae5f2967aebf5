"""Who changed what, when and why, and how it stood after each change."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import walled
from groups_catalog.models.group import Group
from groups_catalog.models.organisation import Organisation


class ChangeKind(models.TextChoices):
    ADDED = "added", _("Added")
    EDITED = "edited", _("Edited")
    CHECKED = "checked", _("Found still correct")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")
    IMPORTED = "imported", _("Imported")
    RESTORED = "restored", _("Restored")
    UNDONE = "undone", _("Undone")


class ChangeQuerySet(models.QuerySet["Change"]):
    def newest_first(self) -> "ChangeQuerySet":
        return self.order_by("-at", "-pk")


ChangeManager = models.Manager.from_queryset(ChangeQuerySet)


# mypy cannot see through `walled()`: it falls back to a plain manager for the rows that belong to it.
class Change(models.Model):  # type: ignore[django-manager-missing]
    """One act of one person, on one entry or on many at once. It is undone as a whole."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The second person, where the clinic asks for one."""
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="undone_by")

    objects: "ClassVar[ChangeManager[Change]]" = walled(ChangeManager, clinic="clinic")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["clinic", "-at"], name="a_clinics_changes_by_time")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="a_change_is_of_a_known_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Version(models.Model):
    """How one entry stood after a change, whole. Number 1 without a change: as it stood before anybody edited.

    The unique number is also what catches two people saving at once: both would write the same number.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey(Change, null=True, on_delete=models.CASCADE, related_name="versions")
    group = models.ForeignKey(Group, null=True, on_delete=models.CASCADE, related_name="versions")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="versions")
    """What this clinic says of the organisation: its own facts, and all of it where it is the clinic's own."""
    number = models.PositiveIntegerField()
    document: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField()
    """See `groups_catalog/upkeep/documents.py`."""

    objects: ClassVar[models.Manager["Version"]] = walled(clinic="clinic")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, group__isnull=True)
                | Q(organisation__isnull=True, group__isnull=False),
                name="a_version_is_of_a_group_or_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=Q(group__isnull=False),
                name="a_groups_versions_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["organisation", "clinic", "number"],
                condition=Q(organisation__isnull=False),
                name="an_organisations_versions_are_numbered_in_each_clinic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id or self.organisation_id} #{self.number}"


class DraftState(models.TextChoices):
    WAITING = "waiting", _("Waits for a second person")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Draft(models.Model):
    """A change that waits for a second person, where the clinic asks for four eyes."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    """Empty, like the organisation, for something new: the document says what."""
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    document: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField()
    based_on = models.PositiveIntegerField(default=0)
    """The number of the version that was edited; 0 for something new."""
    batch = models.UUIDField(null=True, blank=True)
    """Shared by drafts of one act, such as the two halves of a merge: they stand or fall together."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=DraftState, default=DraftState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Draft"]] = walled(clinic="clinic")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="a_draft_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(organisation__isnull=True),
                name="a_draft_is_about_one_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
