"""What the pages about spreadsheets show, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from groups_catalog.models import Group
from groups_catalog.places import plain
from groups_catalog.upkeep.comparison import FieldDifference, compare
from groups_catalog.upkeep.documents import NEW_GROUP, Document
from groups_catalog.upkeep.field_words import Names, field_lines, field_name
from groups_catalog.upkeep.history.entries import names_in
from groups_catalog.upkeep.sheets.plan import Plan, Step


@dataclass(frozen=True, slots=True)
class FieldShown:
    name: str
    lines: tuple[str, ...]
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    name: str
    fields: tuple[FieldShown, ...]
    twin: str
    """The id of a group of the same name and organisation that is there already; mostly empty."""


@dataclass(frozen=True, slots=True)
class Changed:
    slug: str
    name: str
    differences: tuple[FieldDifference, ...]


def names_for(made: Plan) -> Names:
    return names_in(document for step in made.steps for document in (step.ours, step.theirs, step.merged))


def added(made: Plan, names: Names) -> list[Added]:
    """One query, whatever their number."""
    twins = _slugs_by_name() if made.added else {}
    return [_added(step.merged, names, twins) for step in made.added]


def changed(steps: Iterable[Step], names: Names) -> list[Changed]:
    """Without what is still to decide."""
    found = (Changed(step.slug, step.ours["name"], _differences(step, names)) for step in steps)
    return [one for one in found if one.differences]


def _differences(step: Step, names: Names) -> tuple[FieldDifference, ...]:
    return tuple(compare(step.ours, step.merged, step.fields(), names=names))


def _added(document: Document, names: Names, twins: dict[tuple[str, str], str]) -> Added:
    said = [field for field in document if document[field] != NEW_GROUP.get(field)]
    fields = tuple(FieldShown(field_name(field), tuple(field_lines(field, document[field], names))) for field in said)
    return Added(document["name"], fields, twins.get((document["organisation"], plain(document["name"])), ""))


def _slugs_by_name() -> dict[tuple[str, str], str]:
    rows = Group.objects.values_list("organisation__slug", "name", "slug")
    return {(organisation, plain(name)): slug for organisation, name, slug in rows}
