"""A clinic whose catalog has been kept for a while: each page of upkeep has something to show, in every state.

Built inside the site's own settings, before the site starts; gives the addresses of what has no fixed one.
Nobody changes it afterwards, so that it looks the same in both languages.
"""

from datetime import timedelta

from django.utils import timezone
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.feeds.sheets import write_csv
from groups_catalog.models import (
    CallResult,
    Change,
    ChangeKind,
    Draft,
    Group,
    NotDuplicate,
    Report,
    ReportKind,
    ReportState,
    Sample,
    SampleCall,
)
from groups_catalog.upkeep.changes import Act, Edit, record
from groups_catalog.upkeep.documents import NEW_MEETING, Document, group_document, patched
from groups_catalog.upkeep.duplicates.merging import merged_away
from groups_catalog.upkeep.four_eyes import accept, decline, submit, submit_organisation
from groups_catalog.upkeep.organisation_changes import add
from groups_catalog.upkeep.sample.services import draw, note_call
from groups_catalog.upkeep.sheets.files import headings, read_files
from groups_catalog.upkeep.sheets.services import entries, keep
from groups_catalog.upkeep.sheets.tables import tables
from tests.browser.journey_clinics import a_clinic, a_document, organisation, person
from tests.browser.kept_lists import build_lists
from tests.document_factories import FACT

SLUG = "kept"
TWINS = ("Elvebredden", "Elvebredden", "Dagslys", "Dagslys", "Odden", "Odden")
"""Two that look alike, two that were told apart, two that were merged."""
LONG = "Selvhjelpsgruppa for pårørende på Kirkelandet bydelssamfunnshus"
Addresses = dict[str, str]


def build() -> Addresses:
    clinic = a_clinic(SLUG)
    with scope(clinic=clinic):
        add_groups(clinic)
        facts_and_history(clinic)
        duplicates(clinic)
        own = own_organisation(clinic)
        reports(clinic)
        return {
            **drafts(clinic),
            **samples(clinic),
            **sheets(clinic),
            **build_lists(clinic, person(SLUG, "curator")),
            "own organisation": f"/organisations/{own}/",
            "a change": f"/upkeep/changes/{Change.objects.filter(kind=ChangeKind.EDITED).latest('pk').pk}/",
            "a public report": f"/r/{the('havna').report_code}/",
            "a public report too many": f"/r/{the('fyret').report_code}/",
        }


def the(slug: str) -> Group:
    return Group.objects.for_documents().get(slug=slug)


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def add_groups(clinic: Clinic) -> None:
    tuesday = {**NEW_MEETING, "weekday": 1, "start": "23:00", "minutes": 120, "every": "first", "open": True}
    fortnight = {**NEW_MEETING, "weekday": 3, "start": "17:30", "minutes": 60, "every": "fortnight"}
    fortnight |= {"valid_from": "2026-01-08", "except_on": ["2026-12-24", "2026-12-31"]}
    documents = [
        a_document("Havna", checked_on=days_ago(10), meetings=[a_document("")["meetings"][0], tuesday, fortnight]),
        a_document("Fyret", checked_on=days_ago(200)),
        a_document(LONG, checked_on=days_ago(100), venue=LONG, organisation="alanon", lane="next_of_kin"),
        a_document("Broen", checked_on=None, checked_how="", mode="online", place="", venue=""),
        a_document("Kaia", checked_on=days_ago(80)),
        a_document("Neset", mode="by_appointment", meetings=[], note_en="Call first.", note_nb="Ring først."),
        a_document("Myra", status="draft", organisation="aa"),
        a_document("Lyset", status="paused", organisation="aa", weekday=4),
        a_document("Grinda", status="closed", organisation="aa", weekday=5),
    ]
    record(Act(clinic, ChangeKind.ADDED, person(SLUG, "curator")), [Edit(None, one) for one in documents])


def edited(clinic: Clinic, slug: str, who: str, why: str = "", **changes: object) -> Change:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    act = Act(clinic, ChangeKind.EDITED, person(SLUG, who), why)
    return record(act, [Edit(the(slug), patched(group_document(the(slug)), named))])


def facts_and_history(clinic: Clinic) -> None:
    """What one person told of the people in a group, two facts beside each other, and five versions."""
    told = {**FACT, "values": ["marked"], "basis": "observed", "source": "Visit by staff", "dated": "2026-10"}
    once = {**FACT, "values": ["hugging_common"], "basis": "observed", "source": "A visit", "dated": days_ago(20)}
    said = {**FACT, "values": ["ask_first"], "unverified": True}
    edited(clinic, "havna", "curator", facts__hierarchy_observed=[told])
    edited(clinic, "havna", "second", "They told us by phone.", facts__touch_custom=[said, once])
    edited(clinic, "havna", "curator", "The stairs have a ramp now.", access_step_free=True, venue="Strandgata 12")
    edited(clinic, "havna", "second", venue="Strandgata 12, second floor", note_en="Ring the bell.")


def duplicates(clinic: Clinic) -> None:
    twins = [a_document(name, weekday=6, organisation="aa", venue="Kirkegata 4") for name in TWINS]
    by = person(SLUG, "curator")
    record(Act(clinic, ChangeKind.ADDED, by), [Edit(None, one) for one in twins])
    edited(clinic, "elvebredden-2", "curator", name="Elvebredden AA", venue="Kirkegata 4, the cellar")
    first, second = sorted((the("dagslys"), the("dagslys-2")), key=lambda group: group.pk)
    NotDuplicate.objects.create(clinic=clinic, first=first, second=second, by=by)
    kept, gone = the("odden"), the("odden-2")
    stays = patched(group_document(kept), {"venue": "Kirkegata 4 B"})
    closed = merged_away(group_document(gone), kept.slug)
    record(Act(clinic, ChangeKind.MERGED, by), [Edit(kept, stays), Edit(gone, closed)])


def own_organisation(clinic: Clinic) -> str:
    text = {"text_en": "You are met at the door.", "text_nb": "Du blir møtt i døra.", "source": "A leaflet"}
    document: Document = {
        "kind": "ngo",
        "lane": "addiction",
        "name_en": "The harbour club",
        "name_nb": "Havneklubben",
        "short_name_en": "Harbour",
        "short_name_nb": "Havna",
        "site": "https://example.org/",
        "texts.first_meeting": {**text, "dated": "2026", "unverified": False},
    }
    change = add(Act(clinic, ChangeKind.ADDED, person(SLUG, "curator")), document)
    own = change.versions.get().organisation
    assert own
    return own.slug


def reports(clinic: Clinic) -> None:
    colleague, curator = person(SLUG, "clinician"), person(SLUG, "curator")
    told = [
        ("havna", ReportKind.UNSAFE, None, ReportState.OPEN),
        ("kaia", ReportKind.CLOSED, colleague, ReportState.OPEN),
        ("kaia", ReportKind.OTHER, None, ReportState.OPEN),
        ("broen", ReportKind.WRONG_TIME, colleague, ReportState.OPEN),
        ("neset", ReportKind.CLOSED, None, ReportState.HELD),
        ("kaia", ReportKind.MOVED, colleague, ReportState.RESOLVED),
        ("lyset", ReportKind.OTHER, None, ReportState.DISMISSED),
        # As many as one group may get through the short address in a day.
        *[("fyret", ReportKind.OTHER, None, ReportState.DISMISSED)] * 3,
    ]
    for slug, kind, by, state in told:
        decided = {} if state in {"open", "held"} else {"decided_by": curator, "decided_at": timezone.now()}
        Report.objects.create(clinic=clinic, group=the(slug), kind=kind, by=by, state=state, **decided)


def drafts(clinic: Clinic) -> Addresses:
    """As in a clinic that asks for four eyes; this one has it switched off again."""
    clinic.four_eyes = True
    kari, ola = person(SLUG, "curator"), person(SLUG, "second")

    def drafted(slug: str, **changes: object) -> Draft:
        act = Act(clinic, ChangeKind.EDITED, kari, "We were told by phone.")
        return submit(act, [Edit(the(slug), patched(group_document(the(slug)), changes))]).drafts[0]

    new = submit(Act(clinic, ChangeKind.ADDED, kari), [Edit(None, a_document("Ankeret"))]).drafts[0]
    unmoved, moved = (
        drafted("kaia", venue="Kaigata 3"),
        drafted("broen", name="Broen på nett", note_en="Write first."),
    )
    fact = {"facts.cost": [{**FACT, "values": ["free"]}]}
    about_na = submit_organisation(Act(clinic, ChangeKind.EDITED, ola), organisation("na"), fact).drafts[0]
    declined, accepted = drafted("fyret", venue="Nowhere"), drafted("neset", note_en="Call first, please.")
    decline(draft=declined, by=ola, why="It still meets where it met.")
    accept(draft=accepted, by=ola)
    clinic.four_eyes = False
    edited(clinic, "broen", "second", name="Broen digitalt", contact_role_en="The host", contact_role_nb="Verten")
    found = {"new": new, "unmoved": unmoved, "moved": moved, "of an organisation": about_na, "declined": declined}
    return {f"draft, {name}": f"/upkeep/drafts/{draft.pk}/" for name, draft in found.items()}


def samples(clinic: Clinic) -> Addresses:
    """One of last quarter, called to its end, and one that is half done."""
    by, today = person(SLUG, "curator"), timezone.localdate()
    last = draw(clinic=clinic, by=by, newest=0, today=today)
    for number, call in enumerate(SampleCall.objects.filter(sample=last)):
        note_call(call=call, result=[CallResult.RIGHT, CallResult.SMALL, CallResult.WRONG][number % 3], by=by)
    Sample.objects.filter(pk=last.pk).update(drawn_at=timezone.now() - timedelta(days=95))
    now = draw(clinic=clinic, by=by, newest=last.pk, today=today)
    for call in SampleCall.objects.filter(sample=now)[:3]:
        note_call(call=call, result=CallResult.NO_ANSWER if call.group.slug == "havna" else CallResult.WRONG, by=by)
    return {"a sample": f"/upkeep/sample/{now.pk}/", "a sample, all called": f"/upkeep/sample/{last.pk}/"}


def sheets(clinic: Clinic) -> Addresses:
    """A table that changes two groups and adds one; since it was taken out, a colleague has changed one of them."""
    by = person(SLUG, "curator")
    rows = [list(row) for row in tables(entries())["groups"]]
    by_id = {row[0]: row for row in rows}
    venue = by_id["havna"].index("Strandgata 12, second floor")
    by_id["havna"][venue], by_id["myra"][venue] = "Strandgata 12, third floor", "Myrgata 3"
    rows.append(["", *by_id["kaia"][1:2], "Kaikanten", *by_id["kaia"][3:]])
    edited(clinic, "havna", "second", venue="Strandgata 14")
    found, problems = read_files([("catalog.csv", write_csv(rows, headings("groups")))])
    assert not problems, problems
    return {"a sheet": f"/upkeep/spreadsheet/{keep(found, name='catalog.csv', clinic=clinic, by=by).pk}/"}
