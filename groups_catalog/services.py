"""Announces that a clinic's catalog has changed, so that nobody goes on reading an old one."""

import uuid

from django.db import transaction
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.models import CatalogState


@transaction.atomic
def catalog_changed(*, clinic: Clinic) -> None:
    """Call it in the same transaction as the change."""
    with scope(clinic=clinic):
        CatalogState.objects.update_or_create(clinic=clinic, defaults={"version": uuid.uuid4()})
