"""A spreadsheet that waits, for at most a day, between its upload and the decision to take it over."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from clinics.models import Clinic
from clinics.walls import walled

KEPT = timedelta(days=1)


class SheetUploadQuerySet(models.QuerySet["SheetUpload"]):
    def forgotten(self, now: datetime) -> "SheetUploadQuerySet":
        return self.filter(at__lt=now - KEPT)


SheetUploadManager = models.Manager.from_queryset(SheetUploadQuerySet)


class SheetUpload(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=120)
    data = models.BinaryField()

    objects: "ClassVar[SheetUploadManager[SheetUpload]]" = walled(SheetUploadManager, clinic="clinic")

    def __str__(self) -> str:
        return self.name
