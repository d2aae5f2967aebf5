"""Plain functions that make valid rows; a test names only what it is about."""

from itertools import count

from django.test import Client
from django_scopes import scope

from clinics.models import Clinic, Membership, User

PASSWORD = "a-long-pass-phrase"
_numbers = count(1)


def a_clinic(slug: str = "", *, name: str = "The clinic", invented: bool = False) -> Clinic:
    return Clinic.objects.create(
        slug=slug or f"clinic-{next(_numbers)}", name_en=name, name_nb=name, invented=invented
    )


def a_user(username: str = "", *, label: str = "") -> User:
    return User.objects.create_user(username or f"person-{next(_numbers)}", password=PASSWORD, label=label)


def a_member(clinic: Clinic | None = None, role: str = "clinician", *, active: bool = True) -> User:
    """A person who can sign in; of a clinic of their own unless one is named."""
    user, clinic = a_user(), clinic or a_clinic()
    with scope(clinic=clinic):
        Membership.objects.create(user=user, clinic=clinic, role=role, active=active)
    return user


def signed_in_client(user: User | None = None) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user or a_member())
    return client
