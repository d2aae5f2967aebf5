"""Plain functions that make valid catalog rows; a test names only what it is about."""

from datetime import date, time
from itertools import count
from typing import Any

from django_scopes import scopes_disabled

from clinics.models import Clinic
from groups_catalog.models import Fact, Group, Meeting, Organisation, OrganisationText
from groups_catalog.resolution import KnownFact, Reached

_numbers = count(1)


def an_organisation(slug: str = "", *, clinic: Clinic | None = None, **fields: Any) -> Organisation:
    slug = slug or f"organisation-{next(_numbers)}"
    valid = {
        "kind": "user_organisation",
        "lane": "addiction",
        "name_en": slug.title(),
        "name_nb": slug.title(),
        "short_name_en": slug,
        "short_name_nb": slug,
    }
    with scopes_disabled():
        return Organisation.objects.create(slug=slug, clinic=clinic, **{**valid, **fields})


def a_text(organisation: Organisation, kind: str = "first_meeting", **fields: Any) -> OrganisationText:
    valid = {"text_en": "You are met at the door.", "text_nb": "Du blir møtt i døra.", "source": "seed article"}
    with scopes_disabled():
        return OrganisationText.objects.create(organisation=organisation, kind=kind, **{**valid, **fields})


def a_group(clinic: Clinic, slug: str = "", *, organisation: Organisation | None = None, **fields: Any) -> Group:
    """A published group that meets in person in Fjordlia, checked on 1 November 2025."""
    slug = slug or f"group-{next(_numbers)}"
    valid = {
        "name": slug.title(),
        "lane": "addiction",
        "mode": "in_person",
        "status": "published",
        "place": "Fjordlia",
        "latitude": 62.2,
        "longitude": 9.5,
        "languages": ["nb"],
        "checked_on": date(2025, 11, 1),
        "checked_how": "visit",
    }
    with scopes_disabled():
        return Group.objects.create(
            slug=slug, clinic=clinic, organisation=organisation or an_organisation(), **{**valid, **fields}
        )


def a_meeting(group: Group, weekday: int = 0, start: str = "18:30", **fields: Any) -> Meeting:
    with scopes_disabled():
        return Meeting.objects.create(
            group=group, weekday=weekday, start=time.fromisoformat(start), **{"minutes": 60, **fields}
        )


def a_fact(about: Group | Organisation, attribute: str, *values: str, **fields: Any) -> Fact:
    """A group's fact belongs to its clinic, an organisation's to everybody unless a clinic is named."""
    owner = {"group": about, "clinic": about.clinic} if isinstance(about, Group) else {"organisation": about}
    valid = {"basis": "stated", "source": "A leaflet", "dated": "2025-10-01", "observers": 2}
    with scopes_disabled():
        return Fact.objects.create(attribute=attribute, values=sorted(values), **{**valid, **owner, **fields})


def a_known_fact(
    attribute: str = "touch_custom", *values: str, reached: Reached = Reached.GROUP, **fields: Any
) -> KnownFact:
    """As it is handed to the resolution; `ask_first` about hugs unless said otherwise."""
    valid = {"basis": "stated", "source": "A leaflet", "dated": "2025-10-01", "observers": 2}
    return KnownFact(attribute, values or ("ask_first",), reached=reached, **{**valid, **fields})
