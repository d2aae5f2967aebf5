"""Two curators, a browser and a list. A module whose clinic has something in it has a `clinic` of its own."""

import pytest
from django.test import Client

from clinics.models import Clinic, User
from groups_catalog.models import Group, Organisation, Source
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.factories import a_clinic, a_member, signed_in_client
from tests.sync_world import a_source


@pytest.fixture
def clinic() -> Clinic:
    return a_clinic()


@pytest.fixture
def curator(clinic: Clinic) -> User:
    return a_member(clinic, "curator")


@pytest.fixture
def kari(curator: User) -> User:
    """The curator, where there is a second one to tell her from."""
    return curator


@pytest.fixture
def ola(clinic: Clinic) -> User:
    return a_member(clinic, "curator")


@pytest.fixture
def source(clinic: Clinic) -> Source:
    return a_source(clinic)


@pytest.fixture
def browser(curator: User) -> Client:
    return signed_in_client(curator)


@pytest.fixture
def na() -> Organisation:
    """Shared by all clinics."""
    return an_organisation("na", name_en="NA")


@pytest.fixture
def havna(clinic: Clinic, na: Organisation) -> Group:
    """On Mondays, with a fact of its own."""
    group = a_group(clinic, "havna", name="Havna", organisation=na)
    a_meeting(group, minutes=90)
    a_fact(group, "touch_custom", "ask_first")
    return group
