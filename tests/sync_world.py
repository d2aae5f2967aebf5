"""Meeting lists and what becomes of them, for tests of the sync: plain functions, valid by default."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync.deciding import decide_all
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.feeds.sync.runs import start_run, start_writing
from groups_catalog.feeds.sync.writing import apply_run
from groups_catalog.models import Group, Organisation, ProposalKind, Run, Source
from groups_catalog.upkeep.documents import Document, group_document
from tests.catalog_factories import an_organisation

Row = dict[str, Any]
KINDS = [kind.value for kind in ProposalKind]
TABLE = b"Hva;Hvilken;Naar?\nOnsdagsgruppa;onsdag;19:00\n"
"""One meeting under headings that nobody knows."""
COLUMNS = {"name": "Hva", "day": "Hvilken", "start": "Naar?"}
"""What its columns hold."""


def a_row(number: int = 0, **fields: Any) -> Row:
    """A meeting of a Meeting Guide list, of which every number is another one, each in a house of its own."""
    valid = {
        "name": f"Gruppe {number}",
        "slug": f"gruppe-{number}",
        "day": number % 7,
        "time": f"{17 + number % 5}:00",
        "end_time": f"{18 + number % 5}:30",
        "location": f"Hus {number}",
        "address": f"Storgata {number}",
        "city": "Fjordvik",
        "latitude": round(60 + number * 0.003, 5),
        "longitude": round(10 + number * 0.003, 5),
        "types": ["O"],
    }
    return {key: value for key, value in {**valid, **fields}.items() if value is not None}


def rows(count: int, start: int = 0) -> list[Row]:
    return [a_row(number) for number in range(start, start + count)]


def as_json(listed: Iterable[object]) -> bytes:
    return json.dumps(list(listed)).encode()


def a_source(clinic: Clinic, *, organisation: Organisation | None = None, **fields: Any) -> Source:
    valid = {"name": "Områdets liste", "organisation": organisation or an_organisation("na")}
    with scope(clinic=clinic):
        return Source.objects.create(clinic=clinic, **{**valid, **fields})


def read(source: Source, listed: Iterable[object] | bytes | None, by: User | None = None) -> Run:
    """A whole run over an uploaded list, or over the source's address; it proposes, and waits."""
    data = listed if isinstance(listed, bytes) or listed is None else as_json(listed)
    with scope(clinic=source.clinic):
        run = start_run(source=source, by=by, upload=data)
        read_run(run.pk)
        return fresh(run)


def take_over(run: Run, by: User, choices: Mapping[str, str] | None = None, approved_by: User | None = None) -> Run:
    """Takes the list's side in everything but what `choices` says by kind, and writes."""
    sides = {"new": "publish"} | dict(choices or {})
    with scope(clinic=run.source.clinic):
        for kind in KINDS:
            decide_all(run=run, kind=kind, choice=sides.get(kind, "theirs"), by=by)
        return write(fresh(run), approved_by or by)


def write(run: Run, by: User) -> Run:
    with scope(clinic=run.source.clinic):
        assert start_writing(run=run, by=by)
        apply_run(run.pk, by.pk)
        return fresh(run)


def fresh(run: Run) -> Run:
    with scope(clinic=run.source.clinic):
        return Run.objects.select_related("source__clinic", "source__organisation", "change").get(pk=run.pk)


def imported(source: Source, listed: Iterable[object] | bytes, by: User) -> Run:
    return take_over(read(source, listed, by), by)


def catalog(clinic: Clinic) -> dict[str, Document]:
    """Every group of the clinic as it stands, by id."""
    with scope(clinic=clinic):
        return {row.slug: group_document(row) for row in Group.objects.for_documents()}


def proposed(run: Run) -> dict[str, int]:
    """How many proposals of each kind."""
    with scope(clinic=run.source.clinic):
        kinds = list(run.proposals.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}
