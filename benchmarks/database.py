"""A throw-away SQLite database with one clinic, its groups, a clinician and an intake that is under way."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import time
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.catalog import Body, Local, local_groups
from benchmarks.intake import CHOICES, HOME, MARKS
from groups_catalog.resolution import KnownFact

if TYPE_CHECKING:
    from clinics.models import Clinic, User
    from groups_catalog.models import Fact, Group, Organisation
    from referral.intake.models import Consultation

TEXTS = ("description", "asks", "first_meeting")
ROWS_AT_ONCE = 2_000


@contextmanager
def temporary_site() -> Iterator[None]:
    """The demo's settings with every file in a folder that is gone afterwards. Models can be imported inside."""
    with TemporaryDirectory(prefix="veivalg-bench-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VEIVALG_VAR": folder}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield
        connection.close()


def consultation_with(size: int) -> "Consultation":
    """A clinic with this many published groups, and a clinician's consultation with every answer given."""
    from django_scopes import scope

    from referral.intake.services import open_consultation, save_answers
    from referral.intake.stored import StoredAnswers
    from referral.knowledge import rules

    user = clinic_with(size, role="clinician")
    clinic = user.membership.clinic
    with scope(clinic=clinic):
        said = {question: frozenset(chosen) for question, chosen in CHOICES.items()} | {
            "q12_place": frozenset({HOME})
        }
        answers = StoredAnswers(matters_most=frozenset(MARKS)).with_said(said, rules().questionnaire.questions)
        consultation = open_consultation(clinic=clinic, user=user)
        save_answers(consultation=consultation, answers=answers)
    return consultation


def clinic_with(size: int, *, role: str) -> "User":
    """Somebody with this role in a clinic with this many published groups."""
    from django_scopes import scope

    from clinics.models import Clinic, Membership, User

    clinic = Clinic.objects.create(slug="bench", name_en="Bench", name_nb="Benk", invented=True)
    user: User = User.objects.create_user("bench")
    with scope(clinic=clinic):
        Membership.objects.create(user=user, clinic=clinic, role=role)
        _fill(clinic, local_groups(size))
    return user


def _fill(clinic: "Clinic", every: tuple[Local, ...]) -> None:
    from groups_catalog.models import Fact, Group, Meeting
    from groups_catalog.services import catalog_changed

    organisations = {body.slug: _organisation(body) for body in dict.fromkeys(local.profile.body for local in every)}
    rows = [_group(clinic, organisations[local.profile.body.slug], local) for local in every]
    Group.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    Fact.objects.bulk_create(_local_facts(clinic, rows, every), batch_size=ROWS_AT_ONCE)
    meetings = (
        Meeting(group=row, weekday=day, start=time(hour), minutes=60, open=local.profile.open)
        for row, local in zip(rows, every, strict=True)
        for day, hour in local.meetings
    )
    Meeting.objects.bulk_create(meetings, batch_size=ROWS_AT_ONCE)
    catalog_changed(clinic=clinic)


def _organisation(body: Body) -> "Organisation":
    from groups_catalog.models import Fact, Organisation, OrganisationText

    names = dict.fromkeys(("name_en", "name_nb", "short_name_en", "short_name_nb"), body.slug)
    row: Organisation = Organisation.objects.create(slug=body.slug, kind=body.kind, lane=body.lane, **names)
    Fact.objects.bulk_create(_fact(fact, organisation=row) for fact in body.facts)
    told = {"text_en": "Invented for measuring. " * 8, "text_nb": "Funnet på for å måle. " * 8, "source": "Invented"}
    OrganisationText.objects.bulk_create(OrganisationText(organisation=row, kind=kind, **told) for kind in TEXTS)
    return row


def _group(clinic: "Clinic", organisation: "Organisation", local: Local) -> "Group":
    from groups_catalog.models import Group

    place, profile = local.place, local.profile
    return Group(
        slug=local.id,
        clinic=clinic,
        organisation=organisation,
        name=local.id,
        lane=profile.body.lane,
        mode=profile.mode,
        status="published",
        place=place.name if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        venue=local.venue,
        languages=list(profile.languages),
        membership=profile.members,
        checked_on=profile.checked_on,
        checked_how="visit",
        **{f"access_{need}": has for need, has in local.access},
    )


def _local_facts(clinic: "Clinic", rows: list["Group"], every: Iterable[Local]) -> Iterator["Fact"]:
    for row, local in zip(rows, every, strict=True):
        for fact in local.profile.local:
            yield _fact(fact, group=row, clinic=clinic)


def _fact(fact: KnownFact, **about: object) -> "Fact":
    from groups_catalog.models import Fact

    recorded = {"basis": fact.basis, "source": fact.source, "dated": fact.dated, "observers": fact.observers}
    return Fact(attribute=fact.attribute, values=list(fact.values), **recorded, **about)
