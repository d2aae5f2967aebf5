"""The catalog as a spreadsheet: out, back in, and every change on the screen before it is made."""

import uuid
from collections.abc import Callable, Sequence
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import SheetUpload
from groups_catalog.upkeep.changes import ConflictError
from groups_catalog.upkeep.notices import tell_submitted
from groups_catalog.upkeep.sheets import pages
from groups_catalog.upkeep.sheets.columns import TITLES
from groups_catalog.upkeep.sheets.files import csv_of, read_files, sheet_as_csv, workbook_of
from groups_catalog.upkeep.sheets.forms import DecideForm, UploadForm
from groups_catalog.upkeep.sheets.legend import LEGEND, beside, legend
from groups_catalog.upkeep.sheets.plan import Plan
from groups_catalog.upkeep.sheets.services import (
    AlreadyTakenOver,
    entries,
    keep,
    kept_tables,
    new_faults,
    take_over,
    too_many_conflicts,
    work_out,
)
from groups_catalog.upkeep.sheets.tables import Problem

PAGE_SIZE = 50
PROBLEMS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
OnSheet = Callable[[MemberRequest, SheetUpload, Plan], HttpResponse]


def _of_what_a_sheet_changes(view: OnSheet) -> Callable[[MemberRequest, uuid.UUID], HttpResponse]:
    """Worked out anew each time, since the catalog moves on. Where nothing is left to decide, the page says why."""

    @wraps(view)
    def answer(request: MemberRequest, pk: uuid.UUID) -> HttpResponse:
        upload = get_object_or_404(SheetUpload, pk=pk)
        if not upload.data:
            return _is_done(request)
        made, problems = work_out(kept_tables(upload), by=request.user)
        if problems:
            return _upload_page(request, UploadForm(), problems)
        return view(request, upload, made)

    return answer


@require_safe
@role("curator", "clinic_admin")
def catalog_export(request: MemberRequest, kind: str) -> HttpResponse:
    """All in one workbook; or one table as CSV, since a CSV holds one only."""
    table = request.GET.get("table", "groups")
    if kind == "xlsx":
        return _download(request, workbook_of(entries(), beside()), XLSX, ".xlsx")
    if table == LEGEND:
        return _download(request, sheet_as_csv(legend()), CSV, f"-{table}.csv")
    if table not in TITLES:
        raise Http404
    return _download(request, csv_of(entries(), table), CSV, f"-{table}.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@role("curator", "clinic_admin")
def sheet_import(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form)
    return _received(request, form)


@require_safe
@role("curator", "clinic_admin")
@_of_what_a_sheet_changes
def sheet(request: MemberRequest, upload: SheetUpload, made: Plan) -> HttpResponse:
    return _preview(request, upload, DecideForm(None, made, pages.names_for(made)))


@require_POST
@role("curator", "clinic_admin")
@_of_what_a_sheet_changes
def sheet_apply(request: MemberRequest, upload: SheetUpload, made: Plan) -> HttpResponse:
    form = DecideForm(request.POST, made, pages.names_for(made))
    if form.is_valid() and _may_be_written(request, form):
        return _take_over(request, upload, form)
    return _preview(request, upload, form)


def _download(request: MemberRequest, data: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"veivalg-{request.clinic.slug}-{timezone.localdate():%Y-%m-%d}{ending}"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _upload_page(request: MemberRequest, form: UploadForm, problems: Sequence[Problem] = ()) -> HttpResponse:
    shown = {"problems": problems[:PROBLEMS_SHOWN], "more": max(0, len(problems) - PROBLEMS_SHOWN)}
    context = {"tab": "upkeep", "form": form, "tables": TITLES.items(), **shown}
    return render(request, "groups_catalog/upkeep/sheets/import.html", context)


def _received(request: MemberRequest, form: UploadForm) -> HttpResponse:
    """Everything that is wrong is told at once; as long as something is, nothing is taken."""
    contents = form.contents()
    tables, problems = read_files(contents)
    if problems:
        return _upload_page(request, form, problems)
    made, problems = work_out(tables, by=request.user)
    if problems := [*problems, *too_many_conflicts(made)]:
        return _upload_page(request, form, problems)
    if not made.steps:
        messages.info(request, _nothing_to_do(made))
        return redirect("sheet-import")
    names = ", ".join(name for name, _data in contents)
    return redirect("sheet", keep(tables, name=names, clinic=request.clinic, by=request.user).pk)


def _nothing_to_do(made: Plan) -> str:
    """Whoever deleted a row will wonder."""
    told = _("The sheet says what the catalog says. There is nothing to take over.")
    stays = _("A row that is missing changes nothing. To remove a meeting or a fact, write yes under Remove.")
    return f"{told} {stays}" if made.rows_absent else told


def _preview(request: MemberRequest, upload: SheetUpload, form: DecideForm) -> HttpResponse:
    made = form.made
    page = Paginator(made.changed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tab": "upkeep",
        "upload": upload,
        "made": made,
        "form": form,
        "added": pages.added(made, form.names),
        "page": page,
        "changed": pages.changed(page, form.names),
    }
    return render(request, "groups_catalog/upkeep/sheets/sheet.html", context)


def _may_be_written(request: MemberRequest, form: DecideForm) -> bool:
    """Only what was on the screen is written, and only what may stand; otherwise the form says why."""
    if request.POST.get("seen") != form.made.fingerprint():
        form.moved_on()
    else:
        for words in new_faults(form.made, form.outcomes()):
            form.add_error(None, words)
    return not form.errors


def _take_over(request: MemberRequest, upload: SheetUpload, form: DecideForm) -> HttpResponse:
    try:
        done = take_over(form.made, form.outcomes(), upload=upload, by=request.user)
    except AlreadyTakenOver:
        return _is_done(request)
    except ConflictError:
        form.moved_on()
        return _preview(request, upload, form)
    count = len(form.made.steps)
    told = ngettext(
        "{count} group was taken over from the sheet.", "{count} groups were taken over from the sheet.", count
    )
    tell_submitted(request, done, told.format(count=count))
    return redirect("sheet-import")


def _is_done(request: MemberRequest) -> HttpResponse:
    messages.info(request, _("This sheet was taken over already."))
    return redirect("sheet-import")
