"""Groups that may be the same: looking, telling apart, merging, parting again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinics.access import MemberRequest, role
from groups_catalog.models import Change, ChangeKind, Group, NotDuplicate, Status
from groups_catalog.upkeep.changes import CannotBeUndoneError, ConflictError
from groups_catalog.upkeep.duplicates import pages
from groups_catalog.upkeep.duplicates.forms import MergeForm, merge_form
from groups_catalog.upkeep.duplicates.merges import Merger, closed_words, merge_groups
from groups_catalog.upkeep.duplicates.service import suggestions, tell_apart
from groups_catalog.upkeep.four_eyes import SamePersonError, Submitted, undo

PAGE_SIZE = 20
APART_SHOWN = 50
FOUND_SHOWN = 30


@require_safe
@role("curator", "clinic_admin")
def duplicates(request: MemberRequest) -> HttpResponse:
    page = Paginator(suggestions(request.clinic), PAGE_SIZE).get_page(request.GET.get("page"))
    apart = NotDuplicate.objects.select_related("first", "second", "by").order_by("-at", "-pk")
    context = {
        "tab": "upkeep",
        "page": page,
        "pairs": pages.pairs(page, timezone.localdate()),
        "apart": apart[:APART_SHOWN],
        "merges": pages.merges(),
    }
    return render(request, "groups_catalog/upkeep/duplicates/duplicates.html", context)


@require_POST
@role("curator", "clinic_admin")
def not_duplicates(request: MemberRequest) -> HttpResponse:
    first, second = _pair(request.POST.get("first", ""), request.POST.get("second", ""))
    tell_apart(clinic=request.clinic, pair=(first, second), by=request.user)
    said = _("“{first}” and “{second}” are two groups. They are not suggested again.")
    messages.success(request, said.format(first=first.name, second=second.name))
    return redirect("duplicates")


@require_POST
@role("curator", "clinic_admin")
def maybe_duplicates(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes back that two groups are two; said twice it is taken back once."""
    get_object_or_404(NotDuplicate, pk=pk).delete()
    messages.success(request, _("Taken back. If the two still look alike, they are suggested again."))
    return redirect("duplicates")


@require_safe
@role("curator", "clinic_admin")
def merge_choose(request: MemberRequest, slug: str) -> HttpResponse:
    """The other group to merge with, found by name or place."""
    group = get_object_or_404(Group.objects.exclude(status=Status.CLOSED), slug=slug)
    written = request.GET.get("q", "")[:80]
    found = pages.search(written, besides=group)
    context = {"tab": "groups", "group": group, "q": written, "found": found[:FOUND_SHOWN], "all": len(found)}
    return render(request, "groups_catalog/upkeep/duplicates/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role("curator", "clinic_admin")
def merge(request: MemberRequest, first: str, second: str) -> HttpResponse:
    """The first is kept, the second leads on to it."""
    kept, gone = _pair(first, second)
    if closed := closed_words(kept, gone):
        messages.info(request, closed)
        return redirect("group", slug=first)
    form = merge_form(request.POST or None, kept, gone)
    if request.method == "POST" and (made := _merged(request, form, kept, gone)):
        _tell_merged(request, made, kept, gone)
        return redirect("group", slug=first)
    cards = pages.cards({first, second}, timezone.localdate())
    choices = form.choices(pages.names_of(kept, gone))
    context = {"tab": "upkeep", "kept": cards[first], "gone": cards[second], "form": form, "choices": choices}
    context["kept_label"], context["gone_label"] = pages.labels(cards[first], cards[second])
    return render(request, "groups_catalog/upkeep/duplicates/merge.html", context)


@require_POST
@role("curator", "clinic_admin")
def unmerge(request: MemberRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(Change, pk=pk, kind=ChangeKind.MERGED)
    _part(request, change)
    return redirect("duplicates")


def _pair(first: str, second: str) -> tuple[Group, Group]:
    # PostgreSQL refuses to be asked for a text with this character in it.
    asked = [slug for slug in (first, second) if "\0" not in slug]
    rows = {row.slug: row for row in Group.objects.filter(slug__in=asked).for_documents()}
    if len(rows) != 2:
        raise Http404
    return rows[first], rows[second]


def _merged(request: MemberRequest, form: MergeForm, kept: Group, gone: Group) -> Submitted | None:
    """What became of it; None where the form now says what stands in the way."""
    if not form.is_valid() or form.find_faults():
        return None
    merger = Merger(kept, gone, form.document(), form.theirs, form.numbers)
    try:
        return merge_groups(merger, by=request.user, why=form.cleaned_data["why"])
    except ConflictError:
        form.moved_on()
        return None


def _tell_merged(request: MemberRequest, made: Submitted, kept: Group, gone: Group) -> None:
    if made.change is None:
        messages.info(request, _("Saved as drafts, one for each of the two groups. A second person takes them over."))
        return
    said = _("“{gone}” and “{kept}” are now one group. Links to “{gone}” lead here.")
    undo_tag = f"undo-{made.change.pk}"
    messages.success(request, said.format(gone=gone.name, kept=kept.name), extra_tags=undo_tag)


def _part(request: MemberRequest, change: Change) -> None:
    try:
        undone = undo(change=change, by=request.user)
    except SamePersonError:
        messages.error(request, _("Your clinic works with four eyes: somebody else has to undo your change."))
        return
    except (CannotBeUndoneError, ConflictError):
        told = _("This can no longer be undone here. The history of the closed group can bring it back.")
        messages.error(request, told)
        return
    left = [entry for entry in undone.left if isinstance(entry, Group)]
    for group in left:
        messages.warning(request, _left_words(group))
    if not any(group.status == Status.CLOSED for group in left):
        messages.success(request, _("The two groups are two again."))


def _left_words(group: Group) -> str:
    """One that was edited since the merge keeps its edits; no click undoes a colleague's work."""
    if group.status == Status.CLOSED:
        said = _("“{name}” was changed after the merge, so it stays closed. Its history can bring it back.")
    else:
        said = _("“{name}” was changed after the merge, so what it took over stays there. Take it out by hand.")
    return said.format(name=group.name)
