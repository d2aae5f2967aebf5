"""The catalog out to a spreadsheet and back: read, kept while somebody decides, taken over as one change."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.models import Clinic, User
from groups_catalog.models import ChangeKind, Group, Organisation, SheetUpload, Version
from groups_catalog.upkeep.changes import Act, Edit, version_numbers
from groups_catalog.upkeep.documents import Document, group_document
from groups_catalog.upkeep.entries.locating import own_places
from groups_catalog.upkeep.faults import faults
from groups_catalog.upkeep.four_eyes import Submitted, submit
from groups_catalog.upkeep.sheets.matching import Catalog, named_versions
from groups_catalog.upkeep.sheets.plan import Plan, plan
from groups_catalog.upkeep.sheets.reading import Asked, read
from groups_catalog.upkeep.sheets.tables import Entry, Problem, Row, Table, normal

LONGEST_NAME = 120
MOST_CONFLICTS = 200


def entries() -> list[Entry]:
    """Every group of the clinic in scope, drafts and closed ones too, by name. A constant number of queries.

    The numbers first, as `history.entries.current` says.
    """
    numbers = version_numbers(Group.objects.only("pk"))
    rows = Group.objects.for_documents().order_by("name", "pk")
    return [Entry(row.slug, numbers.get(row.pk, 1), normal(group_document(row))) for row in rows]


def work_out(tables: Iterable[Table], *, by: User) -> tuple[Plan, list[Problem]]:
    """What the tables would change in the catalog as it stands now. A constant number of queries."""
    listed = list(tables)
    catalog = _catalog(listed)
    said, problems = read(listed, Asked(catalog, by.pk, timezone.localdate(), own_places()))
    return plan(said, catalog), problems


@transaction.atomic
def keep(tables: Iterable[Table], *, name: str, clinic: Clinic, by: User) -> SheetUpload:
    """Until somebody decides. What lies there for more than a day goes."""
    SheetUpload.objects.forgotten(timezone.now()).delete()
    data = zlib.compress(json.dumps([asdict(table) for table in tables]).encode())
    return SheetUpload.objects.create(clinic=clinic, by=by, name=name[:LONGEST_NAME], data=data)


def kept_tables(upload: SheetUpload) -> list[Table]:
    listed = json.loads(zlib.decompress(bytes(upload.data)))
    return [Table(**{**table, "rows": tuple(Row(**row) for row in table["rows"])}) for table in listed]


class AlreadyTakenOver(Exception):  # noqa: N818 - it says what is so
    """By a second press, or by a colleague."""


@transaction.atomic
def take_over(made: Plan, outcomes: Mapping[str, Document], *, upload: SheetUpload, by: User) -> Submitted:
    """All of it as one change. `outcomes`: by slug, where somebody had to decide.

    Raises ConflictError or AlreadyTakenOver, with nothing written.
    """
    # First of all, so that of two at once only one goes on. What is left is the sign that it is done.
    if not SheetUpload.objects.filter(pk=upload.pk).exclude(data=b"").update(data=b""):
        raise AlreadyTakenOver
    groups = {group.slug: group for group in Group.objects.filter(slug__in=[step.slug for step in made.changed])}
    edits = [Edit(groups.get(step.slug), outcomes.get(step.slug, step.merged), step.number) for step in made.steps]
    why = _("Spreadsheet: {name}").format(name=upload.name)
    return submit(Act(upload.clinic, ChangeKind.IMPORTED, by, why), edits)


def too_many_conflicts(made: Plan) -> list[Problem]:
    """More than anybody would decide one by one, and more than fits into one form."""
    if sum(len(step.conflicts) for step in made.conflicts) <= MOST_CONFLICTS:
        return []
    return [
        Problem("", 0, "", _("Too much has changed in the catalog since the export. Export again, and edit that."))
    ]


def new_faults(made: Plan, outcomes: Mapping[str, Document]) -> list[str]:
    """What keeps a group from being written as it would come out of the sheet and what others have changed."""
    today = timezone.localdate()
    found: list[str] = []
    for step in made.changed:
        before = set(faults(step.ours, today=today))
        after = faults(outcomes.get(step.slug, step.merged), today=today)
        found.extend(f"{step.ours['name']}: {fault.message}" for fault in after if fault not in before)
    return found


def _catalog(tables: Iterable[Table]) -> Catalog:
    now = entries()
    numbers = {entry.slug: entry.number for entry in now}
    wanted = {(slug, number) for slug, number in named_versions(tables) if numbers.get(slug, number) != number}
    return Catalog(
        numbers=numbers,
        documents={entry.slug: entry.document for entry in now},
        earlier=_earlier(wanted),
        organisations=frozenset(Organisation.objects.values_list("slug", flat=True)),
    )


def _earlier(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Document]:
    slugs, numbers = {slug for slug, _number in wanted}, {number for _slug, number in wanted}
    found = Version.objects.filter(group__slug__in=slugs, number__in=numbers).select_related("group")
    versions = {(version.group.slug, version.number): version for version in found if version.group}
    return {key: normal(version.document) for key, version in versions.items() if key in wanted}
