"""What stands in the site before the tests begin. Run once, in the site's own settings."""

import json
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from clinics.demo import DEMO_PASSWORD
from clinics.models import User
from clinics.services import add_clinic, add_member
from tests.browser import journey_clinics, kept_clinic
from tests.browser.people import WITHOUT_ANYTHING_KEPT, WITHOUT_GROUPS
from tests.browser.site import ADDRESSES, SESSIONS


def prepare(folder: str) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_library")
    call_command("load_demo")
    clinic, _ = add_clinic(slug="new", name_en="A new clinic", name_nb="En ny klinikk")
    for username, role in ((WITHOUT_GROUPS, "clinician"), (WITHOUT_ANYTHING_KEPT, "clinic_admin")):
        add_member(clinic=clinic, username=username, password=DEMO_PASSWORD, role=role, label="Newcomer")
    built = {**journey_clinics.build(), **kept_clinic.build()}
    with transaction.atomic():
        sessions = {user.username: session_of(user) for user in User.objects.all()}
    Path(folder, SESSIONS).write_text(json.dumps(sessions), encoding="utf-8")
    Path(folder, ADDRESSES).write_text(json.dumps(built), encoding="utf-8")


def session_of(user: User) -> str:
    """Signed in."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
