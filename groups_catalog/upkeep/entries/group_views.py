"""A group's entry by hand: new, edited, published, paused, closed, copied."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinics.access import MemberRequest, role
from groups_catalog import places
from groups_catalog.models import ChangeKind, Group, Organisation, Status
from groups_catalog.upkeep.documents import Document, group_document
from groups_catalog.upkeep.entries.entry import NOT_CHOSEN, EntryForm, copy_of
from groups_catalog.upkeep.entries.map_picture import map_picture
from groups_catalog.upkeep.entries.saving import add_group, as_it_was_shown, said_of, save
from groups_catalog.upkeep.faults import faults
from groups_catalog.upkeep.history.drafts import waiting_about
from groups_catalog.upkeep.history.entries import current

KINDS = {
    Status.PUBLISHED.value: ChangeKind.PUBLISHED,
    Status.PAUSED.value: ChangeKind.PAUSED,
    Status.CLOSED.value: ChangeKind.CLOSED,
    Status.DRAFT.value: ChangeKind.EDITED,
}
curators = role("curator", "clinic_admin")


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def group_new(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, EntryForm(_start(request.GET), token=uuid4()))
    entry = EntryForm(NOT_CHOSEN, request.POST, publish="publish" in request.POST)
    if "redraw" in request.POST or not entry.is_right(timezone.localdate()):
        return _page(request, entry)
    _warn_about_the_point(request, entry)
    sent = entry.form.cleaned_data
    return add_group(request, entry.document(), token=str(sent["token"] or ""), why=sent["why"])


@require_http_methods(["GET", "HEAD", "POST"])
@curators
def group_edit(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group, slug=slug)
    if request.method != "POST":
        number, known = current(group, request.clinic)
        return _page(request, EntryForm(known, based_on=number), group)
    shown = as_it_was_shown(request, group)
    entry = EntryForm(shown[1], request.POST, publish="publish" in request.POST)
    if "redraw" in request.POST or not entry.is_right(timezone.localdate()):
        return _page(request, entry, group)
    return _save(request, group, entry, shown)


@require_POST
@curators
def group_status(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group, slug=slug)
    status, back = request.POST.get("status", ""), reverse("group", args=[slug])
    if status not in KINDS or group.merged_into_id:
        messages.error(request, _("The status stays as it is."))
        return redirect(back)
    shown = current(group, request.clinic)
    document = {**shown[1], "status": status}
    if wrong := faults(document, today=timezone.localdate(), before=shown[1]):
        messages.error(request, f"{_('This was not done.')} {wrong[0].message}")
        return redirect("group-edit", slug)
    words, kind = said_of(document), KINDS[status]
    return save(request, group, shown=shown, document=document, back=back, kind=kind, words=words)


@require_POST
@curators
def group_copy(request: MemberRequest, slug: str) -> HttpResponse:
    """Opens the form for a new group, filled in. Nothing is written before that is saved."""
    get_object_or_404(Group, slug=slug)
    return redirect(f"{reverse('group-new')}?copy={slug}")


def _save(request: MemberRequest, group: Group, entry: EntryForm, shown: tuple[int, Document]) -> HttpResponse:
    _warn_about_the_point(request, entry)
    return save(
        request,
        group,
        shown=shown,
        document=entry.document(),
        back=reverse("group", args=[group.slug]),
        kind=ChangeKind.PUBLISHED if entry.publish else ChangeKind.EDITED,
        why=entry.form.cleaned_data["why"],
        words=said_of(entry.document()) if entry.publish else "",
    )


def _start(asked: QueryDict) -> Document:
    """An empty entry; or one like another group's, or one of an organisation that is named."""
    if "copy" in asked:
        return copy_of(group_document(get_object_or_404(Group.objects.for_documents(), slug=asked["copy"])))
    organisation = Organisation.objects.named(asked.get("organisation", "")).first()
    if organisation is None:
        return NOT_CHOSEN
    return {**NOT_CHOSEN, "organisation": organisation.slug, "lane": organisation.lane}


def _copied(asked: QueryDict) -> Group | None:
    # PostgreSQL refuses to be asked for a text with this character in it.
    slug = asked.get("copy", "").replace("\0", "")
    return Group.objects.filter(slug=slug).first() if slug else None


def _warn_about_the_point(request: MemberRequest, entry: EntryForm) -> None:
    point = entry.whereabouts()
    if point and point.outside:
        messages.warning(request, _("The coordinates lie outside Norway: {where}.").format(where=point.words))


def _page(request: MemberRequest, entry: EntryForm, group: Group | None = None) -> HttpResponse:
    problems = [] if "redraw" in request.POST else entry.problems()
    where = entry.whereabouts()
    if "redraw" in request.POST:
        entry.sent_again(request.POST)
    context = {
        "tab": "upkeep",
        "group": group,
        "copied": None if group else _copied(request.GET),
        "waiting": waiting_about(group) if group else [],
        "may_publish": group is None or group.status == Status.DRAFT,
        "form": entry.form,
        "rows": entry.rows,
        "added": request.POST.get("redraw") == "row",
        "problems": problems,
        "where": where,
        "map": map_picture(where),
        "places": places.suggestions(entry.places),
    }
    return render(request, "groups_catalog/upkeep/entries/group_form.html", context)
