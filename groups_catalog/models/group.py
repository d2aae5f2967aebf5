"""One local group or offer. It belongs to the clinic that keeps its entry; a closed one keeps its id."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic, Role
from clinics.walls import walled
from groups_catalog.models.organisation import Lane, Organisation
from groups_catalog.text import Text

REPORT_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and figures that are read wrongly from paper."""


def new_report_code() -> str:
    """Ten letters that nobody can guess: about 49 bits."""
    return "".join(secrets.choice(REPORT_CODE_LETTERS) for _letter in range(10))


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")
    BY_APPOINTMENT = "by_appointment", _("By appointment")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


IN_USE = (Status.PUBLISHED, Status.PAUSED)
"""What has to be kept true: on offer, or paused and perhaps to come back."""


class Members(models.TextChoices):
    """Who may come: a rule of the group, not a wish."""

    EVERYONE = "everyone", _("All genders")
    WOMEN = "women", _("Women only")
    MEN = "men", _("Men only")


class CheckedHow(models.TextChoices):
    VISIT = "visit", _("by a visit")
    CALL = "call", _("by phone")
    OWN_STATEMENT = "own_statement", _("in the group's own words")
    MEMBER = "member", _("by a member's report")
    FEED = "feed", _("from its meeting list")


class GroupQuerySet(models.QuerySet["Group"]):
    def published(self) -> "GroupQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def in_use(self) -> "GroupQuerySet":
        return self.filter(status__in=IN_USE)

    def with_status(self, status: str) -> "GroupQuerySet":
        return self.filter(status=status)

    def readable_by(self, role: str) -> "GroupQuerySet":
        """Drafts are for those who write them; a paused or closed group can still be looked up."""
        return self.exclude(status=Status.DRAFT) if role == Role.CLINICIAN else self.all()

    def of(self, organisation: Organisation) -> "GroupQuerySet":
        return self.filter(organisation=organisation)

    def in_lane(self, lane: str) -> "GroupQuerySet":
        return self.filter(lane=lane)

    def for_matching(self) -> "GroupQuerySet":
        """With everything that is read of a group: a constant number of queries, however many groups."""
        return self.with_organisation().prefetch_related("meetings", "facts")

    def with_organisation(self) -> "GroupQuerySet":
        """In the order of their ids, each with all that is read of its organisation.

        Fetched, not joined: a join makes an organisation anew for every row, and gathers its facts for each.
        """
        related = ("organisation", "organisation__facts", "organisation__texts")
        return self.prefetch_related(*related).order_by("slug")

    def for_documents(self) -> "GroupQuerySet":
        """With everything that stands in a group's document."""
        return self.select_related("organisation", "merged_into").prefetch_related("meetings", "facts")


GroupManager = models.Manager.from_queryset(GroupQuerySet)


# mypy cannot see through `walled()`: it falls back to a plain manager for the meetings.
class Group(models.Model):  # type: ignore[django-manager-missing]
    slug = models.SlugField(max_length=60)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=160)
    lane = models.CharField(max_length=20, choices=Lane)
    mode = models.CharField(max_length=20, choices=Mode)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    place = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    venue = models.CharField(max_length=160, blank=True)
    languages: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list, blank=True)
    """ISO codes; empty where not known."""
    membership = models.CharField(max_length=20, choices=Members, default=Members.EVERYONE)
    access_step_free = models.BooleanField(null=True, blank=True)
    access_hearing = models.BooleanField(null=True, blank=True)
    access_sight = models.BooleanField(null=True, blank=True)
    access_child_care = models.BooleanField(null=True, blank=True)
    contact_role_en = models.CharField(max_length=120, blank=True)
    contact_role_nb = models.CharField(max_length=120, blank=True)
    """A role, never a person's name or number."""
    note_en = models.CharField(max_length=300, blank=True)
    note_nb = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    """Where an online meeting is held, without its passcode."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from"
    )
    """The group that this one turned out to be; this one is then closed."""
    report_code = models.CharField(max_length=12, unique=True, default=new_report_code, editable=False)
    """The end of the short address on the handout, where anybody may tell that the listing is wrong."""
    checked_on = models.DateField(null=True, blank=True)
    checked_how = models.CharField(max_length=20, choices=CheckedHow, blank=True)

    objects: "ClassVar[GroupManager[Group]]" = walled(GroupManager, clinic="clinic")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "slug"], name="a_group_has_an_id_of_its_own_in_its_clinic"),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="a_group_has_a_known_lane"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="a_group_has_a_known_mode"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="a_group_has_a_known_status"),
            models.CheckConstraint(condition=Q(membership__in=Members.values), name="a_group_says_who_may_come"),
            models.CheckConstraint(
                # The two "not null" are needed: a check that comes out as NULL passes.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__range=(-90, 90))
                & Q(longitude__isnull=False, longitude__range=(-180, 180)),
                name="a_group_has_both_coordinates_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(status="published", mode__in=["in_person", "hybrid"], place=""),
                name="a_published_group_that_meets_in_person_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def of_report_code(cls, code: str) -> "Group | None":
        """Asked before any wall is open, through the base manager: the code itself is the key."""
        found = cls._base_manager.select_related("clinic").filter(report_code=code)
        return found.exclude(status=Status.DRAFT).first()

    @property
    def contact_role(self) -> Text:
        return Text(self.contact_role_en, self.contact_role_nb)

    @property
    def note(self) -> Text:
        return Text(self.note_en, self.note_nb)

    @property
    def access(self) -> dict[str, bool]:
        """What is known of the access; a key is absent where it is not known."""
        asked = {
            "step_free": self.access_step_free,
            "hearing": self.access_hearing,
            "sight": self.access_sight,
            "child_care": self.access_child_care,
        }
        return {name: known for name, known in asked.items() if known is not None}
