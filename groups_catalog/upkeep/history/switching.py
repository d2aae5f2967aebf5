"""Four eyes, switched on or off for a clinic. Who did it, and when, stands among the changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from clinics.models import Clinic, User
from groups_catalog.models import ChangeKind
from groups_catalog.upkeep.changes import Act


@transaction.atomic
def switch_four_eyes(*, clinic: Clinic, on: bool, by: User) -> None:
    """Said twice it is switched once, and kept once."""
    if Clinic.objects.filter(pk=clinic.pk).exclude(four_eyes=on).update(four_eyes=on):
        why = _("Settings: four eyes on") if on else _("Settings: four eyes off")
        Act(clinic, ChangeKind.EDITED, by, why).begun()
