"""The places a client can set out from: towns in Norway and where the clinic's own groups meet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django_scopes import get_scope

from groups_catalog import places
from groups_catalog.places import Place, plain
from groups_catalog.snapshot import CatalogGroup, clinic_snapshot


@dataclass(frozen=True, slots=True)
class Own:
    """Where the groups of one snapshot meet, to be found by name without reading them all."""

    places: tuple[Place, ...]
    by_name: dict[str, list[Place]]

    def find(self, name: str) -> Place | None:
        """The place of that name, the clinic's own first; None for a place we do not know."""
        return places.find(name, self.by_name.get(plain(name), ())) if name else None


_kept: dict[int, tuple[tuple[CatalogGroup, ...], Own]] = {}


def suggested() -> tuple[str, ...]:
    """Names for the list of suggestions, the clinic's own first."""
    return places.suggestions(_of_the_clinic_in_scope().places)


def origin(name: str) -> Place | None:
    """Where the client sets out from; None for a place we do not know."""
    return _of_the_clinic_in_scope().find(name) if name else None


def own(groups: Iterable[CatalogGroup]) -> Own:
    """Where these groups meet, by name."""
    located = (group.coordinates for group in groups if group.coordinates and group.coordinates.name)
    named = {place.name: place for place in located}
    by_name: dict[str, list[Place]] = {}
    for _, place in sorted(named.items()):
        for spelled in {plain(place.name), plain(place.name.partition(" (")[0])}:
            by_name.setdefault(spelled, []).append(place)
    return Own(tuple(place for _, place in sorted(named.items())), by_name)


def _of_the_clinic_in_scope() -> Own:
    clinic = get_scope()["clinic"]
    snapshot = clinic_snapshot(clinic)
    kept = _kept.get(clinic.pk)
    if kept is None or kept[0] is not snapshot:
        kept = _kept[clinic.pk] = snapshot, own(snapshot)
    return kept[1]
