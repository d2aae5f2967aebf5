"""Makes clinics and the people who sign in. The web never does."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django_scopes import scope

from clinics.models import Clinic, Membership, User


@transaction.atomic
def add_clinic(*, slug: str, name_en: str, name_nb: str, invented: bool = False) -> tuple[Clinic, bool]:
    """The clinic with this slug, and whether it was made now. An existing one keeps its names."""
    return Clinic.objects.get_or_create(
        slug=slug, defaults={"name_en": name_en, "name_nb": name_nb, "invented": invented}
    )


@transaction.atomic
def add_member(*, clinic: Clinic, username: str, password: str, role: str, label: str) -> bool:
    """Adds a person to the clinic; False when the username is already there, which then stays as it is.

    Raises ValidationError for a password that the site would refuse.
    """
    if User.objects.filter(username=username).exists():
        return False
    validate_password(password)
    user = User.objects.create_user(username, password=password, label=label)
    with scope(clinic=clinic):
        Membership.objects.create(user=user, clinic=clinic, role=role)
    return True
