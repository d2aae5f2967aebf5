"""The one way a clinic changes what it says of an organisation: its own facts, or an organisation of its own."""

from django.db import transaction
from django.db.models import Max, QuerySet

from clinics.models import Clinic, User
from groups_catalog.models import Change, ChangeKind, Organisation, Version
from groups_catalog.services import catalog_changed
from groups_catalog.upkeep.changes import (
    LATEST,
    Act,
    CannotBeUndoneError,
    ConflictError,
    Undone,
    lock_for_undoing,
    lock_names,
    two_at_once_is_a_conflict,
)
from groups_catalog.upkeep.documents import Document, organisation_document
from groups_catalog.upkeep.slugs import new_slugs
from groups_catalog.upkeep.writing import add_organisation, rewrite_organisation


def add(act: Act, document: Document) -> Change:
    """An organisation of the clinic's own. Its id is never that of a shared one."""
    with transaction.atomic():
        change = act.begun()
        lock_names(act.clinic)
        taken = set(Organisation.objects.values_list("slug", flat=True))
        (slug,) = new_slugs([str(document["name_en"])], taken)
        organisation = add_organisation(slug, document, clinic=act.clinic)
        _keep(act.clinic, organisation, 1, document, change)
        catalog_changed(clinic=act.clinic)
    return change


def rewrite(act: Act, organisation: Organisation, document: Document, *, based_on: int = LATEST) -> Change:
    """Writes what the clinic says of the organisation. Raises ConflictError, with nothing written."""
    with transaction.atomic(), two_at_once_is_a_conflict(organisation):
        change = act.begun()
        row = _locked(organisation)
        number = newest_number(row, act.clinic)
        if based_on not in {LATEST, number}:
            raise ConflictError(organisation)
        before = organisation_document(row, act.clinic)
        if not _versions(row, act.clinic).exists():
            _keep(act.clinic, row, 1, before)
        rewrite_organisation(row, before, document, clinic=act.clinic)
        _keep(act.clinic, organisation, number + 1, document, change)
        catalog_changed(clinic=act.clinic)
    return change


@transaction.atomic
def undo(*, change: Change, by: User) -> Undone:
    """Puts what the clinic says of the organisation back as it was. Raises CannotBeUndoneError.

    An organisation that came with the change stays: groups may stand under it already.
    """
    lock_for_undoing(change)
    row = _locked(Organisation.objects.get(versions__change=change))
    version = _versions(row, change.clinic).get(change=change)
    if version.number == 1:
        raise CannotBeUndoneError
    act = Act(change.clinic, ChangeKind.UNDONE, by, change.why, undoes=change)
    if newest_number(row, change.clinic) != version.number:
        return Undone(act.begun(), (row,))
    before = _versions(row, change.clinic).get(number=version.number - 1)
    return Undone(rewrite(act, row, before.document, based_on=version.number), ())


def newest_number(organisation: Organisation, clinic: Clinic) -> int:
    """1 where nobody has edited it yet."""
    newest: int | None = _versions(organisation, clinic).aggregate(newest=Max("number"))["newest"]
    return newest or 1


def _locked(organisation: Organisation) -> Organisation:
    """As it stands now, and nobody else writes it until the end of the transaction."""
    # Its key stays free for a colleague who adds a group under it meanwhile: see `lock_names`.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return Organisation.objects.for_page().get(pk=organisation.pk)


def _versions(organisation: Organisation, clinic: Clinic) -> QuerySet[Version]:
    return Version.objects.filter(organisation=organisation, clinic=clinic)


def _keep(
    clinic: Clinic, organisation: Organisation, number: int, document: Document, change: Change | None = None
) -> None:
    Version.objects.create(clinic=clinic, change=change, organisation=organisation, number=number, document=document)
