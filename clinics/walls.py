"""The wall between clinics: managers that show the signed-in clinic's rows, and refuse when no clinic is set.

A model with rows of one clinic:

    class Group(models.Model):
        clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE)
        objects: ClassVar[GroupManager] = walled(GroupManager, clinic="clinic")

or, without named queries, `objects: ClassVar[models.Manager["Group"]] = walled(clinic="clinic")`. A model
reached through another row: `walled(clinic="consultation__clinic")`. A model whose rows are shared (clinic is
NULL) or belong to one clinic: `SharedOrOwnManager()` or `SharedOrOwnManager.from_queryset(FactQuerySet)()`.

Outside a request, open the wall yourself: `with scope(clinic=clinic): ...` (from django_scopes).
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, overload

from django.db import models
from django_scopes import ScopedManager, get_scope
from django_scopes.exceptions import ScopeError
from django_scopes.manager import DisabledQuerySet

M = TypeVar("M", bound=models.Manager[Any])


class RefusingQuerySet(DisabledQuerySet):  # type: ignore[misc]
    """Refuses every read without a clinic, also the ones django-scopes lets through.

    There `exists()` answers for all clinics at once, and a named QuerySet method fails as an unknown
    attribute, which hides the real mistake.
    """

    def exists(self) -> bool:
        return bool(self.error())

    def explain(self, **_options: object) -> str:
        return str(self.error())

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_") or name == "missing_scopes":
            raise AttributeError(name)
        refuse: Callable[..., None] = self.error
        return refuse


def _refusing(model: type[models.Model], using: str | None, missing: Iterable[str]) -> RefusingQuerySet:
    return RefusingQuerySet(model, using=using, missing_scopes=set(missing))


class _Refuses:
    """Put in front of a scoped manager: swaps its disabled queryset for the stricter one."""

    def get_queryset(self) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        if isinstance(found, DisabledQuerySet):
            return _refusing(found.model, found._db, found.missing_scopes)
        return found


@overload
def walled(**paths: str) -> models.Manager[Any]: ...
@overload
def walled(manager_class: type[M], /, **paths: str) -> M: ...
def walled(manager_class: type[models.Manager[Any]] = models.Manager, /, **paths: str) -> Any:
    """A manager that shows only rows whose path leads to the clinic in scope: `clinic="group__clinic"`."""
    scoped = type(ScopedManager(_manager_class=manager_class, **paths))
    return type("WalledManager", (_Refuses, scoped), {})()


class SharedOrOwnManager(models.Manager[Any]):
    """Rows with no clinic are everybody's; the others are seen by their own clinic only."""

    def get_queryset(self) -> models.QuerySet[Any]:
        active = get_scope()
        if not active.get("_enabled", True):
            return super().get_queryset()
        if active.get("clinic") is None:
            return _refusing(self.model, self._db, ["clinic"])
        own = models.Q(clinic=active["clinic"])
        return super().get_queryset().filter(own | models.Q(clinic__isnull=True))

    def all(self) -> models.QuerySet[Any]:
        """Like Django's own, hands out the prefetched rows; a copy would ask the database again."""
        found: models.QuerySet[Any] = self.get_queryset()
        if isinstance(found, RefusingQuerySet):
            found.error()
        return found


__all__ = ["RefusingQuerySet", "ScopeError", "SharedOrOwnManager", "walled"]
