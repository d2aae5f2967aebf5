"""The places a client can set out from: towns in Norway and where the clinic's own groups meet."""

from groups_catalog import places
from groups_catalog.models import Group
from groups_catalog.places import Place


def suggested() -> tuple[str, ...]:
    """Names for the list of suggestions, the clinic's own first."""
    return places.suggestions(own())


def origin(name: str) -> Place | None:
    """Where the client sets out from; None for a place we do not know."""
    return places.find(name, own()) if name else None


def own() -> tuple[Place, ...]:
    """Where the published groups of the clinic in scope meet, by name."""
    located = Group.objects.published().exclude(latitude=None).exclude(place="")
    rows = located.order_by("place", "slug").values_list("place", "latitude", "longitude")
    named = {name: Place(name, north, east) for name, north, east in rows if north and east}
    return tuple(named.values())
