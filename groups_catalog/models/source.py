"""Meeting lists that are read from elsewhere, each run of one, and what a run proposes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import walled
from groups_catalog.models.change import Change
from groups_catalog.models.group import Group
from groups_catalog.models.organisation import Organisation


# mypy cannot see through `walled()`: it falls back to a plain manager for the rows that belong to it.
class Source(models.Model):  # type: ignore[django-manager-missing]
    """One list: a file that is uploaded now and then, or an address that is read on a schedule."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    """Whose meetings these are; the list's codes are read by it."""
    address = models.URLField(max_length=500, blank=True)
    """Empty: the list is uploaded."""
    format = models.CharField(max_length=20, blank=True)
    """Empty: recognised by its content."""
    timezone = models.CharField(max_length=60, default="Europe/Oslo")
    keep_contacts = models.BooleanField(default=False)
    columns: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict, blank=True)
    """For a table with headings of its own: our field → its heading. Beside them, `note_language`."""
    scheduled = models.BooleanField(default=False)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=80, blank=True)

    objects: ClassVar[models.Manager["Source"]] = walled(clinic="clinic")

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "name"], name="a_source_has_a_name_of_its_own_in_its_clinic"),
            models.CheckConstraint(
                condition=Q(scheduled=False) | ~Q(address=""), name="a_scheduled_source_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """One row of a source, and the group it is about. A row that is gone keeps its group, for when it returns."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="listings")
    source_key = models.CharField(max_length=200)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="listings")
    seen: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(default=dict)
    """What the list last said and somebody decided on, in the shape of a group's document. What differs from
    it is news; what is the same was decided before and is not asked again."""
    raw: "models.JSONField[object, object]" = models.JSONField(default=dict)
    """The row as it came, without what could name or reach a person."""
    first_seen = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    gone_since = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Listing"]] = walled(clinic="source__clinic")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="a_row_of_a_source_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.source_key}"


class RunState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    READING = "reading", _("Is being read")
    READY = "ready", _("Ready to decide")
    QUARANTINED = "quarantined", _("Held back: too much would go")
    UNCHANGED = "unchanged", _("Nothing has changed")
    REFUSED = "refused", _("Cannot be read")
    FAILED = "failed", _("Could not be fetched")
    CANCELLED = "cancelled", _("Cancelled")
    WRITING = "writing", _("Is being written")
    DONE = "done", _("Taken over")
    UNDONE = "undone", _("Undone")


# mypy cannot see through `walled()`: it falls back to a plain manager for the rows that belong to it.
class Run(models.Model):  # type: ignore[django-manager-missing]
    """One reading of a source: what came, what it proposes, what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=20, choices=RunState, default=RunState.WAITING)
    reason = models.CharField(max_length=60, blank=True)
    """A code of `feeds/wording.py` where the run was refused or failed."""
    given = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Empty for the schedule."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    """The last sign of life of whoever works on it."""
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    done_rows = models.PositiveIntegerField(default=0)
    all_rows = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    """SHA-256 of what the list says and of how it is read. Empty where the next reading is to compare in full."""
    size = models.PositiveIntegerField(default=0)
    upload = models.BinaryField(null=True)
    """An uploaded file while it waits to be read; afterwards empty."""
    counts: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)
    """`meetings`, `new`, `changed`, `unchanged`, `gone`, `back`, `renamed`, `dropped`, `problems`."""
    problems: "models.JSONField[list[list[object]], list[list[object]]]" = models.JSONField(default=list)
    """Each `[row, field, reason code, given]`."""
    change = models.OneToOneField(Change, null=True, blank=True, on_delete=models.SET_NULL, related_name="run")

    objects: ClassVar[models.Manager["Run"]] = walled(clinic="source__clinic")

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="a_run_is_in_a_known_state")
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.state}"


class ProposalKind(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("No longer in the list")
    BACK = "back", _("In the list again")
    RENAMED = "renamed", _("Under a new id")


class Proposal(models.Model):
    """What one row of a run would change. Nothing of it happens until somebody decides."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind)
    source_key = models.CharField(max_length=200)
    row = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=160)
    listing = models.ForeignKey(Listing, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    based_on = models.PositiveIntegerField(default=0)
    """The number of the group's version that was compared."""
    theirs: "models.JSONField[dict[str, object], dict[str, object]]" = models.JSONField(default=dict)
    """What the list says, in the shape of a group's document."""
    fields: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    """Of those, the ones to decide."""
    raw: "models.JSONField[object, object]" = models.JSONField(default=dict)
    decided: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    """Field → `ours` or `theirs`; for a new or gone one `entry` → `theirs` (take over) or `ours` (leave)."""

    objects: ClassVar[models.Manager["Proposal"]] = walled(clinic="run__source__clinic")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["run", "kind"], name="proposals_of_a_run_by_kind")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "source_key"], name="a_run_proposes_once_about_a_row"),
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="a_proposal_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_key}"
