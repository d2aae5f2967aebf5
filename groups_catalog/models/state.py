"""Which edition of its catalog a clinic has, so that what was read can be kept until something changes."""

import uuid
from typing import ClassVar

from django.db import models

from clinics.models import Clinic
from clinics.walls import walled


class CatalogStateManager(models.Manager["CatalogState"]):
    def version_of(self, clinic: Clinic) -> uuid.UUID | None:
        """None where nothing was ever announced: then nothing may be kept."""
        return self.filter(clinic=clinic).values_list("version", flat=True).first()


class CatalogState(models.Model):
    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="+")
    # Random, not counted: after a restored backup a counter would come round to a number already used.
    version = models.UUIDField(default=uuid.uuid4)

    objects: ClassVar[CatalogStateManager] = walled(CatalogStateManager, clinic="clinic")

    class Meta:
        verbose_name: ClassVar = "catalog state"

    def __str__(self) -> str:
        return f"{self.clinic_id}: {self.version}"
