"""One attribute's value for an organisation or a group, with its source. An unknown fact is an absent row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinics.models import Clinic
from clinics.walls import SharedOrOwnManager
from groups_catalog.models.group import Group
from groups_catalog.models.organisation import Organisation
from groups_catalog.models.partial_dates import has_the_length_of_a_date, partial_date_field
from groups_catalog.text import Text


class Basis(models.TextChoices):
    STATED = "stated", _("Stated")
    OBSERVED = "observed", _("Observed")


class FactQuerySet(models.QuerySet["Fact"]):
    def local(self) -> "FactQuerySet":
        """About one group, not about its organisation."""
        return self.filter(group__isnull=False)


FactManager = SharedOrOwnManager.from_queryset(FactQuerySet)


class Fact(models.Model):
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="facts")
    clinic = models.ForeignKey(Clinic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """Empty: shared by all clinics. A group's fact always has the group's clinic."""
    attribute = models.CharField(max_length=60)
    values: "models.JSONField[list[str], list[str]]" = models.JSONField()
    """Sorted, at least one."""
    basis = models.CharField(max_length=10, choices=Basis)
    source = models.TextField()
    dated = partial_date_field()
    unverified = models.BooleanField(default=False)
    inherit = models.BooleanField(default=True)
    observers = models.PositiveSmallIntegerField(default=1)
    note_en = models.TextField(blank=True)
    note_nb = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FactManager()

    class Meta:
        ordering: ClassVar = ["attribute", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["group", "attribute"], name="facts_of_a_group"),
            models.Index(fields=["organisation", "attribute"], name="facts_of_an_organisation"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, group__isnull=True)
                | Q(organisation__isnull=True, group__isnull=False),
                name="a_fact_is_about_an_organisation_or_a_group",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(clinic__isnull=False),
                name="a_fact_about_a_group_belongs_to_a_clinic",
            ),
            models.CheckConstraint(condition=~Q(values=[]), name="a_fact_has_a_value"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="a_fact_is_stated_or_observed"),
            models.CheckConstraint(condition=~Q(source=""), name="a_fact_has_a_source"),
            models.CheckConstraint(condition=Q(observers__gte=1), name="a_fact_has_an_observer"),
            models.CheckConstraint(
                condition=has_the_length_of_a_date("dated"), name="a_facts_date_is_a_year_a_month_or_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute}: {', '.join(self.values)}"

    @property
    def note(self) -> Text | None:
        return Text(self.note_en, self.note_nb) if self.note_en or self.note_nb else None
