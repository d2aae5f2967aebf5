"""Where a group is, in words, without asking anybody outside: the towns we know, and the outline of Norway."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from groups_catalog import places
from groups_catalog.models import Group
from groups_catalog.places import Place
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.entries.norway import inside_outline, on_map
from groups_catalog.wording import distance_words

NEAR_KM = 10
"""So near to a known Norwegian place, a point is in Norway, however coarse the outline."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A point in words. `outside` Norway is a warning, never a reason to refuse it."""

    words: str
    outside: bool
    spot: tuple[str, str]
    """Where that is on the drawn map."""


def own_places() -> tuple[Place, ...]:
    """Where the groups of the clinic in scope are, by name."""
    located = Group.objects.exclude(latitude=None).exclude(place="").order_by("place", "slug")
    rows = located.values_list("place", "latitude", "longitude")
    named = {name: Place(name, north, east) for name, north, east in rows if north is not None and east is not None}
    return tuple(named.values())


def located(document: Document, before: Mapping[str, Any], own: Iterable[Place]) -> Document:
    """With the coordinates of its town where none are given, or where they are still those of the town before."""
    town = places.find(document["place"], own)
    if town is None:
        return document
    given = (document["latitude"], document["longitude"])
    left_over = given == (before.get("latitude"), before.get("longitude"))
    moved = left_over and document["place"] != before.get("place", "")
    if given == (None, None) or moved:
        return {**document, "latitude": town.latitude, "longitude": town.longitude}
    return document


def whereabouts(latitude: float | None, longitude: float | None) -> Whereabouts | None:
    """«about 3 km from Hamar»; None without a point on the map."""
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    point = Place("", latitude, longitude)
    nearest = min(places.norway(), key=lambda place: places.distance_km(place, point))
    km = places.distance_km(nearest, point)
    words = _("{distance} from {place}").format(distance=distance_words(km), place=nearest.name)
    outside = km > NEAR_KM and not inside_outline(latitude, longitude)
    return Whereabouts(words, outside, _spot(latitude, longitude))


def _spot(latitude: float, longitude: float) -> tuple[str, str]:
    x, y = on_map(max(latitude, -80.0), longitude)
    return f"{x:.1f}", f"{y:.1f}"
