"""Who stands behind the groups: one row per programme, shared by all clinics or a clinic's own."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import SharedOrOwnManager
from groups_catalog.models.partial_dates import has_the_length_of_a_date, partial_date_field
from groups_catalog.text import Text


class Kind(models.TextChoices):
    TWELVE_STEP_FELLOWSHIP = "twelve_step_fellowship"
    OTHER_ADDICTION_SELF_HELP = "other_addiction_self_help"
    USER_ORGANISATION = "user_organisation"
    NGO = "ngo"
    NON_ADDICTION_SUPPORT_GROUP = "non_addiction_support_group"


class Lane(models.TextChoices):
    """Where a group stands on the menu; help with another problem stands beside, never instead."""

    ADDICTION = "addiction", _("Addiction")
    IN_ADDITION = "in_addition", _("In addition: another problem")
    NEXT_OF_KIN = "next_of_kin", _("Next of kin")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def named(self, slug: str) -> "OrganisationQuerySet":
        """The organisation of that id; a clinic's own stands before the shared one."""
        return self.filter(slug=slug).order_by(F("clinic").desc(nulls_last=True))

    def for_page(self) -> "OrganisationQuerySet":
        return self.prefetch_related("texts", "facts")


OrganisationManager = SharedOrOwnManager.from_queryset(OrganisationQuerySet)


# mypy cannot see through `walled()`: it falls back to a plain manager for the groups.
class Organisation(models.Model):  # type: ignore[django-manager-missing]
    slug = models.SlugField(max_length=60)
    clinic = models.ForeignKey(Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """Empty: shared by all clinics."""
    kind = models.CharField(max_length=40, choices=Kind)
    lane = models.CharField(max_length=20, choices=Lane)
    name_en = models.CharField(max_length=160)
    name_nb = models.CharField(max_length=160)
    short_name_en = models.CharField(max_length=80)
    short_name_nb = models.CharField(max_length=80)
    site = models.URLField(blank=True)

    objects = OrganisationManager()

    class Meta:
        ordering: ClassVar = ["name_en", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(clinic__isnull=True),
                name="a_shared_organisation_has_an_id_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["clinic", "slug"],
                name="a_clinics_organisation_has_an_id_of_its_own",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="an_organisation_has_a_known_kind"),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="an_organisation_has_a_known_lane"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> Text:
        return Text(self.name_en, self.name_nb)

    @property
    def short_name(self) -> Text:
        return Text(self.short_name_en, self.short_name_nb)


class TextKind(models.TextChoices):
    DESCRIPTION = "description"
    ASKS = "asks"
    FIRST_MEETING = "first_meeting"
    PRESENCE = "presence"


class OrganisationTextManager(models.Manager["OrganisationText"]):
    """Behind the same wall as the organisations the texts belong to."""

    def get_queryset(self) -> "models.QuerySet[OrganisationText]":
        return super().get_queryset().filter(organisation__in=Organisation.objects.all())


class OrganisationText(models.Model):
    """One sourced text about an organisation, written for a client to read."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=20, choices=TextKind)
    text_en = models.TextField()
    text_nb = models.TextField()
    source = models.TextField()
    dated = partial_date_field()
    unverified = models.BooleanField(default=False)

    objects = OrganisationTextManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="an_organisation_has_one_text_of_each_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="a_text_has_a_known_kind"),
            models.CheckConstraint(
                condition=has_the_length_of_a_date("dated"), name="a_texts_date_is_a_year_a_month_or_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.kind}"

    @property
    def text(self) -> Text:
        return Text(self.text_en, self.text_nb)
