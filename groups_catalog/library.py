"""Loads the starter library: all files are checked, then saved in one go. A second run changes nothing."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django_scopes import scopes_disabled

from clinics.models import Clinic
from groups_catalog.library_files import FactSpec, OrganisationSpec, TextSpec, read_organisations
from groups_catalog.models import Fact, Organisation, OrganisationText
from groups_catalog.rows import Report, drop, put
from groups_catalog.services import catalog_changed
from groups_catalog.vocabulary import vocabulary


def load_library(folder: Path) -> Report:
    """Raises ContentError, with nothing saved, when a file is wrong. Organisations without a file stay."""
    specs = read_organisations(folder, vocabulary())
    report = Report()
    with transaction.atomic(), scopes_disabled():
        for spec in specs:
            put_organisation(spec, report, clinic=None)
        if report.changed_anything():
            for clinic in Clinic.objects.all():
                catalog_changed(clinic=clinic)
    return report


def put_organisation(spec: OrganisationSpec, report: Report, *, clinic: Clinic | None) -> Organisation:
    """The organisation with its texts and facts; shared by all where no clinic is given."""
    row = put(
        Organisation.objects.all(),
        report.of("organisations"),
        {"slug": spec.slug, "clinic": clinic},
        {
            "kind": spec.kind,
            "lane": spec.lane,
            "name_en": spec.name.en,
            "name_nb": spec.name.nb,
            "short_name_en": spec.short_name.en,
            "short_name_nb": spec.short_name.nb,
            "site": spec.site,
        },
    )
    _put_texts(spec.texts, report, row)
    put_facts(spec.facts, report, {"organisation": row, "clinic": clinic})
    return row


def put_facts(
    specs: tuple[FactSpec, ...], report: Report, owner: dict[str, Any], *, today: date | None = None
) -> None:
    """The owner's facts as the file has them. What a person recorded by hand is left alone."""
    facts, tally = Fact.objects.filter(**owner, recorded_by=None), report.of("facts")
    kept = []
    for spec in specs:
        identity = {"attribute": spec.attribute, "basis": spec.basis, "source": spec.source}
        kept.append(put(facts, tally, {**owner, **identity}, _fact_content(spec), **_fact_date(spec, today)))
    drop(facts, tally, keep=kept)


def _put_texts(specs: tuple[TextSpec, ...], report: Report, organisation: Organisation) -> None:
    texts, tally = OrganisationText.objects.filter(organisation=organisation), report.of("texts")
    kept = [
        put(texts, tally, {"organisation": organisation, "kind": spec.kind}, _text_content(spec)) for spec in specs
    ]
    drop(texts, tally, keep=kept)


def _text_content(spec: TextSpec) -> dict[str, Any]:
    return {
        "text_en": spec.text.en,
        "text_nb": spec.text.nb,
        "source": spec.source,
        "dated": spec.dated,
        "unverified": spec.unverified,
    }


def _fact_content(spec: FactSpec) -> dict[str, Any]:
    content = {
        "values": list(spec.values),
        "unverified": spec.unverified,
        "inherit": spec.inherit,
        "observers": spec.observers,
        "note_en": spec.note.en,
        "note_nb": spec.note.nb,
    }
    return content if spec.days_ago is not None else {**content, "dated": spec.dated}


def _fact_date(spec: FactSpec, today: date | None) -> dict[str, str]:
    """Counted back from today where the file says *days ago*; otherwise the date is content like the rest."""
    if spec.days_ago is None or today is None:
        return {}
    return {"dated": (today - timedelta(days=spec.days_ago)).isoformat()}
