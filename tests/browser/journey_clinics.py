"""The clinics of the journeys of upkeep: one for each journey, so that none sees what another has done.

Built inside the site's own settings, before the site starts. Each has four people, `<clinic>-curator` and so on.
"""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django_scopes import scope, scopes_disabled

from clinics.demo import DEMO_PASSWORD
from clinics.models import Clinic, Membership, User
from clinics.services import add_clinic
from groups_catalog.models import ChangeKind, CheckedHow, Group, Organisation
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import NEW_GROUP, NEW_MEETING, Document
from tests.browser.people import LABELS, PEOPLE

CLINICS = (
    *("entry-mouse", "entry-keys", "entry-plain", "desk-mouse", "desk-keys", "desk-plain"),
    *("feed-mouse", "feed-keys", "feed-plain", "two-mouse", "two-keys"),
    *("report-mouse", "report-keys", "report-plain", "sheet-mouse", "sheet-keys", "sheet-plain"),
    *("eyes-mouse", "eyes-keys", "twins-mouse", "twins-keys", "sample-mouse", "sample-plain"),
)
OVERDUE = 140
"""Days since the last check of what stands there."""
NAMES = (
    *("Ankeret", "Broen", "Dagslys", "Elvebredden", "Fyret", "Grinda"),
    *("Havna", "Innsjøen", "Kaia", "Lyset", "Myra", "Neset"),
)


def build() -> dict[str, str]:
    """Gives the short addresses where a client may report."""
    for slug in CLINICS:
        add_groups(a_clinic(slug), person(slug, "curator"))
    Clinic.objects.filter(slug__startswith="eyes-").update(four_eyes=True)
    with scopes_disabled():
        reported = Group.objects.filter(clinic__slug__startswith="report-", slug="broen")
        return {group.clinic.slug: f"/r/{group.report_code}/" for group in reported.select_related("clinic")}


def add_groups(clinic: Clinic, by: User) -> None:
    documents = [a_document(name, weekday=number % 7) for number, name in enumerate(NAMES)]
    if clinic.slug.startswith("twins-"):
        documents += [a_document("Tvillingen", weekday=2, venue=venue) for venue in ("Storgata 1", "Storgata 2")]
    with scope(clinic=clinic):
        record(Act(clinic, ChangeKind.ADDED, by), [Edit(None, document) for document in documents])


def a_clinic(slug: str) -> Clinic:
    clinic, _ = add_clinic(slug=slug, name_en=f"The clinic {slug}", name_nb=f"Klinikken {slug}", invented=True)
    with scope(clinic=clinic):
        for name, role in PEOPLE.items():
            user = User.objects.create(username=f"{slug}-{name}", password=_password(), label=LABELS[name])
            Membership.objects.create(user=user, clinic=clinic, role=role)
    return clinic


@cache
def _password() -> str:
    """The same for all: to hash it for each of a hundred people would take a minute."""
    return make_password(DEMO_PASSWORD)


def person(clinic: str, name: str) -> User:
    return User.objects.get(username=f"{clinic}-{name}")


def a_document(name: str, *, weekday: int = 0, **fields: Any) -> Document:
    """A published group that meets in Hamar once a week; its last check is overdue."""
    checked = (date.today() - timedelta(days=OVERDUE)).isoformat()
    meeting = {**NEW_MEETING, "weekday": weekday, "start": "18:00", "minutes": 90}
    valid = {
        "name": name,
        "organisation": "na",
        "lane": "addiction",
        "mode": "in_person",
        "status": "published",
        "place": "Hamar",
        "venue": f"{name}, Storgata 1",
        "latitude": 60.7945,
        "longitude": 11.068,
        "languages": ["nb"],
        "checked_on": checked,
        "checked_how": CheckedHow.CALL.value,
        "meetings": [meeting],
    }
    return {**NEW_GROUP, **valid, **fields}


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug, clinic=None)
