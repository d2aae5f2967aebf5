"""Rows that are shared or a clinic's own, read through prefetches."""

from typing import Any

from django.db import models

from clinics.walls import RefusingQuerySet, SharedOrOwnManager


class SharedOrOwn(SharedOrOwnManager):
    """Like Django's own manager, `all()` hands out the prefetched rows; a copy would ask the database again."""

    def all(self) -> models.QuerySet[Any]:
        found = self.get_queryset()
        if isinstance(found, RefusingQuerySet):
            found.error()
        return found
