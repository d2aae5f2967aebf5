"""The quarterly sample: how right the catalog is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import CallResult, ChangeKind, CheckedHow, Group, Sample, SampleCall
from groups_catalog.upkeep.changes import Act, ConflictError
from groups_catalog.upkeep.desk.pages import with_open_reports
from groups_catalog.upkeep.desk.services import still_correct
from groups_catalog.upkeep.notices import tell_changed
from groups_catalog.upkeep.sample.forms import CallForm
from groups_catalog.upkeep.sample.pages import call_lines, reached_words, sample_lines
from groups_catalog.upkeep.sample.services import SIZE, NothingToDrawError, draw, note_call


@require_safe
@role("curator", "clinic_admin")
def samples(request: MemberRequest) -> HttpResponse:
    lines = sample_lines(Sample.objects.all())
    context = {"tab": "upkeep", "lines": lines, "size": SIZE, "newest": lines[0].key if lines else 0}
    return render(request, "groups_catalog/upkeep/sample/samples.html", context)


@require_POST
@role("curator", "clinic_admin")
def sample_draw(request: MemberRequest) -> HttpResponse:
    seen = request.POST.get("newest", "")
    newest = int(seen) if seen.isdecimal() and len(seen) < 20 else 0
    try:
        drawn = draw(clinic=request.clinic, by=request.user, newest=newest, today=timezone.localdate())
    except NothingToDrawError:
        messages.warning(request, _("There is no published meeting to draw from."))
        return redirect("samples")
    return redirect("sample", pk=drawn.pk)


@require_safe
@role("curator", "clinic_admin")
def sample(request: MemberRequest, pk: int) -> HttpResponse:
    return _sheet(request, get_object_or_404(Sample, pk=pk))


@require_POST
@role("curator", "clinic_admin")
def sample_call(request: MemberRequest, pk: int, call: int) -> HttpResponse:
    row = get_object_or_404(SampleCall.objects.select_related("sample", "group__clinic"), pk=call, sample=pk)
    form = CallForm(request.POST, key=row.pk)
    if not form.is_valid():
        return _sheet(request, row.sample, form, row.pk)
    note_call(call=row, result=form.said(), by=request.user)
    if form.said() == CallResult.WRONG:
        messages.info(request, _("It is reported, and stands on the desk: {name}").format(name=row.group.name))
    if form.is_a_check():
        _note_check(request, row.group, form.version())
    return redirect(f"{reverse('sample', args=[pk])}#call-{row.pk}")


def _note_check(request: MemberRequest, group: Group, seen: int) -> None:
    act = Act(request.clinic, ChangeKind.CHECKED, request.user)
    try:
        checked = still_correct(act=act, seen={group.slug: seen}, how=CheckedHow.CALL, today=timezone.localdate())
    except ConflictError:
        words = _(
            "The call is noted. {name} is not noted as checked: the entry was changed since you opened the sheet."
        )
        messages.warning(request, words.format(name=group.name))
        return
    if checked.change:
        words = _("{name} is noted as checked today.").format(name=group.name)
        tell_changed(request, checked.change, with_open_reports(words, checked.still_open))


def _sheet(request: MemberRequest, row: Sample, wrong: CallForm | None = None, call: int = 0) -> HttpResponse:
    (line,) = sample_lines(Sample.objects.filter(pk=row.pk))
    context = {
        "tab": "upkeep",
        "line": line,
        "reached": reached_words(line.counts),
        "calls": call_lines(row.pk, today=timezone.localdate(), wrong=wrong, call=call),
        "wrong": wrong,
    }
    return render(request, "groups_catalog/upkeep/sample/sheet.html", context)
