"""The wall between clinics."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.test.utils import isolate_apps
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from clinics.models import Clinic, Membership, User
from clinics.walls import RefusingQuerySet, SharedOrOwnManager
from tests.factories import a_clinic, a_member, signed_in_client

OURS = ("clinics", "groups_catalog", "referral")


def leads_to_a_clinic(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a row of this model belongs to a clinic, by itself or through another row; people are not rows."""
    if model is Clinic:
        return True
    if model in seen or model is User:
        return False
    targets = [field.related_model for field in model._meta.fields if field.related_model]
    return any(leads_to_a_clinic(target, seen | {model}) for target in targets)


def walled_models() -> Iterator[type[models.Model]]:
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model is not Clinic and leads_to_a_clinic(model):
                yield model


@pytest.mark.django_db
@pytest.mark.parametrize("model", list(walled_models()), ids=lambda model: model.__name__)
@pytest.mark.parametrize("read", ["all", "count", "exists", "first", "get", "values_list", "in_bulk", "delete"])
def test_no_model_of_a_clinic_can_be_read_without_a_clinic(model: type[models.Model], read: str) -> None:
    for manager in model._meta.managers:
        with pytest.raises(ScopeError):
            getattr(manager.get_queryset(), read)()
        with pytest.raises(ScopeError):
            manager.all()


def test_the_walk_finds_the_models_it_should() -> None:
    assert Membership in set(walled_models())
    assert User not in set(walled_models())


@isolate_apps("clinics")
def test_an_unwalled_model_would_be_found() -> None:
    class Unwalled(models.Model):  # noqa: DJ008
        clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "clinics"

    assert leads_to_a_clinic(Unwalled)
    assert not isinstance(Unwalled._default_manager.get_queryset(), RefusingQuerySet)


def test_a_shared_or_own_manager_refuses_without_a_clinic() -> None:
    manager = SharedOrOwnManager()
    manager.model = Membership
    for read in ["all", "exists", "a_named_query"]:
        with pytest.raises(ScopeError):
            getattr(manager.get_queryset(), read)()
    with pytest.raises(ScopeError):
        manager.all()


def test_a_shared_or_own_manager_asks_for_own_rows_and_shared_ones() -> None:
    manager = SharedOrOwnManager()
    manager.model = Membership
    with scope(clinic=Clinic(pk=7)):
        asked = str(manager.all().query)
    assert "= 7 OR" in asked
    assert "IS NULL" in asked
    with scopes_disabled():
        assert "WHERE" not in str(manager.all().query)


@pytest.mark.django_db
def test_a_clinic_sees_its_own_people_only() -> None:
    here, there = a_clinic(), a_clinic()
    member, stranger = a_member(here), a_member(there)
    with scope(clinic=here):
        assert [one.user for one in Membership.objects.all()] == [member]
        assert not Membership.objects.filter(user=stranger).exists()
    with scope(clinic=there):
        assert [one.user for one in Membership.objects.all()] == [stranger]


@pytest.mark.django_db
def test_the_wall_is_shut_again_after_each_request() -> None:
    signed_in_client().get("/password/")
    with pytest.raises(ScopeError):
        Membership.objects.count()


@pytest.mark.django_db
def test_nobody_who_is_not_signed_in_opens_a_wall(client: Client) -> None:
    answer = client.get("/sign-in/")
    assert answer.wsgi_request.clinic is None
    assert answer.wsgi_request.membership is None
