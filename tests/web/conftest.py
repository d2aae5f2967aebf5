"""A signed-in clinician with a consultation."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope

from clinics.models import User
from referral.intake.models import Consultation
from referral.intake.services import open_consultation
from tests.factories import a_member, signed_in_client


@pytest.fixture
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def user() -> User:
    return a_member()


@pytest.fixture
def browser(user: User) -> Client:
    return signed_in_client(user)


@pytest.fixture
def consultation(user: User) -> Consultation:
    with scope(clinic=user.membership.clinic):
        return open_consultation(clinic=user.membership.clinic, user=user)
