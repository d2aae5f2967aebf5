"""A clinic with a small catalog, and a spreadsheet of it that somebody edits."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import Clinic
from groups_catalog.feeds.sheets import Sheet, read_back, write_xlsx
from groups_catalog.models import Group, SheetUpload
from groups_catalog.upkeep.documents import Document
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.factories import a_clinic
from tests.web.upkeep.history_world import document, html_of

IN = "/upkeep/spreadsheet/"
XLSX = "/upkeep/catalog.xlsx"
CSV = "/upkeep/catalog.csv?table="
Cells = dict[str, list[list[str]]]


def a_catalog() -> Clinic:
    """Havna with two meetings and a fact, and the draft Lyset, both of NA."""
    clinic, na = a_clinic(), an_organisation("na", name_en="NA")
    havna = a_group(clinic, "havna", name="Havna", organisation=na, note_en='=HYPERLINK("x")', contact_role_en="Host")
    a_meeting(havna, 0, "18:30")
    a_meeting(havna, 3, "12:00", minutes=90)
    a_fact(havna, "touch_custom", "ask_first", note_en="")
    a_group(clinic, "lyset", name="Lyset", organisation=na, status="draft")
    return clinic


def exported(browser: Client) -> Cells:
    """Headings and rows by title."""
    sheets = read_back(browser.get(XLSX).content)
    return {sheet.title: [list(sheet.headings), *(list(row) for row in sheet.rows)] for sheet in sheets}


def typed(cells: Cells, sheet: str, key: str, **said: str) -> Cells:
    """With these words under these headings in the row of that id; `Stands_under` is `Stands under`."""
    headings, *rows = cells[sheet]
    row = next(row for row in rows if row[0] == key)
    for heading, words in said.items():
        row[headings.index(heading.replace("_", " "))] = words
    return cells


def added(cells: Cells, sheet: str, **said: str) -> Cells:
    named = {heading.replace("_", " "): words for heading, words in said.items()}
    cells[sheet].append([named.get(heading, "") for heading in cells[sheet][0]])
    return cells


def a_file(cells: Cells) -> bytes:
    return write_xlsx([Sheet(title, tuple(rows[0]), tuple(map(tuple, rows[1:]))) for title, rows in cells.items()])


def uploaded(browser: Client, *files: bytes, name: str = "catalog.xlsx") -> HttpResponse:
    sent = [SimpleUploadedFile(name, data) for data in files]
    return browser.post(IN, {"sheets": sent}, follow=True)


def seen(browser: Client, cells: Cells) -> str:
    """The page that an upload leads to."""
    return uploaded(browser, a_file(cells)).content.decode()


def waiting(clinic: Clinic) -> SheetUpload:
    with scope(clinic=clinic):
        return SheetUpload.objects.exclude(data=b"").latest("at")


def fingerprint(browser: Client, upload: SheetUpload) -> str:
    html = browser.get(reverse("sheet", args=[upload.pk])).content.decode()
    return html.split('name="seen" value="')[1].split('"')[0]


def taken_over(browser: Client, clinic: Clinic, **choices: str) -> str:
    upload = waiting(clinic)
    return html_of(browser, reverse("sheet-apply", args=[upload.pk]), seen=fingerprint(browser, upload), **choices)


def state(clinic: Clinic) -> dict[str, Document]:
    with scope(clinic=clinic):
        return {group.slug: document(group) for group in Group.objects.all()}
