"""Who signs in, and for which clinic. No client ever stands here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinics.walls import walled


class User(AbstractUser):
    """A professional. Signs in by username; an e-mail address is not needed."""

    label = models.CharField(max_length=80, blank=True, help_text="What colleagues see.")

    def __str__(self) -> str:
        return self.label or self.username


class Clinic(models.Model):
    """The tenant: one clinic sees its own groups, people and consultations, never another's."""

    slug = models.SlugField(max_length=60)
    name_en = models.CharField(max_length=120)
    name_nb = models.CharField(max_length=120)
    four_eyes = models.BooleanField(default=False, help_text="Changes to the catalog wait for a second person.")
    invented = models.BooleanField(default=False, help_text="A demo clinic: every page says so.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="a_clinic_has_a_slug_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_nb if get_language() == "nb" else self.name_en


class Role(models.TextChoices):
    CLINICIAN = "clinician", _("Clinician")
    CURATOR = "curator", _("Curator")
    CLINIC_ADMIN = "clinic_admin", _("Clinic administrator")


class Membership(models.Model):
    """A person's one place in one clinic. An inactive membership opens nothing.

    `objects` is walled like every other clinic's rows. The two questions that come before any wall is open
    (`of`, `of_invented_clinics`) are asked through the base manager, here and nowhere else.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="membership")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["Membership"]] = walled(clinic="clinic")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="a_membership_has_a_known_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    @classmethod
    def of(cls, user: User | AnonymousUser) -> "Membership | None":
        """The person's active membership, with the clinic."""
        if not user.is_authenticated:
            return None
        return cls._base_manager.select_related("clinic").filter(user=user, active=True).first()

    @classmethod
    def of_invented_clinics(cls) -> "models.QuerySet[Membership]":
        """Who can sign in to a demo clinic."""
        found = cls._base_manager.filter(clinic__invented=True, active=True, user__is_active=True)
        return found.select_related("clinic", "user").order_by("clinic__slug", "user__username")
