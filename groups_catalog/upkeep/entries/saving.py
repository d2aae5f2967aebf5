"""What becomes of a page that was sent: saved, drafted for a second person, or in conflict with a colleague."""

from collections.abc import Callable

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.access import MemberRequest
from groups_catalog.models import ChangeKind, Status, Version
from groups_catalog.upkeep.changes import Act, ConflictError, Edit
from groups_catalog.upkeep.documents import Document
from groups_catalog.upkeep.four_eyes import Submitted, submit, submit_organisation
from groups_catalog.upkeep.history.conflict import conflict_page
from groups_catalog.upkeep.history.entries import Entry, current, document_at, submit_entry
from groups_catalog.upkeep.notices import tell_submitted

TOKEN_SECONDS = 12 * 3600
BECAME = {
    Status.PUBLISHED.value: gettext_lazy("“{name}” is published."),
    Status.PAUSED.value: gettext_lazy("“{name}” is paused."),
    Status.CLOSED.value: gettext_lazy("“{name}” is closed. It can be found under Status: Closed."),
    Status.DRAFT.value: gettext_lazy("“{name}” is a draft."),
}


def as_it_was_shown(request: MemberRequest, entry: Entry) -> tuple[int, Document]:
    """The version that the page was made from, so that what nobody touched on it is not taken for a change."""
    number, now = current(entry, request.clinic)
    # Nine figures are more versions than there will be, and as many as every database can compare.
    sent = request.POST.get("based_on", "")[:9]
    if not sent.isdecimal() or int(sent) == number:
        return number, now
    then = document_at(entry, int(sent))
    return (int(sent), then) if then else (number, now)


def save(
    request: MemberRequest,
    entry: Entry,
    *,
    shown: tuple[int, Document],
    document: Document,
    back: str,
    kind: ChangeKind = ChangeKind.EDITED,
    why: str = "",
    words: str = "",
) -> HttpResponse:
    """`shown` is what `as_it_was_shown` gave; `words` say what happened, where it is more than «Saved».

    A page that changes nothing leaves nothing in the history.
    """
    number, before = shown
    if before == document:
        messages.info(request, _("Nothing was changed."))
        return redirect(back)
    try:
        done = submit_entry(Act(request.clinic, kind, request.user, why), entry, document, number)
    except ConflictError:
        return conflict_page(request, entry=entry, mine=document, based_on=number, back=back, why=why, kind=kind)
    tell_submitted(request, done, words)
    return redirect(back)


def said_of(document: Document) -> str:
    """What happened to a group whose status was changed to what it is here."""
    return str(BECAME[document["status"]]).format(name=document["name"])


def add_group(request: MemberRequest, document: Document, *, token: str, why: str) -> HttpResponse:
    return _add_once(request, token, lambda act: submit(act, [Edit(None, document)]), why, said_of_new(document))


def said_of_new(document: Document) -> str:
    """Points to what a new group still lacks."""
    saved = said_of(document) if document["status"] == Status.PUBLISHED else _("Saved.")
    return f"{saved} {_('Go on with what happens in the group: open Facts.')}"


def add_organisation(request: MemberRequest, document: Document, *, token: str, why: str = "") -> HttpResponse:
    return _add_once(request, token, lambda act: submit_organisation(act, None, document), why)


def _add_once(
    request: MemberRequest, token: str, add: Callable[[Act], Submitted], why: str, words: str = ""
) -> HttpResponse:
    """A second press of *Save* on the same page leads to what the first one made."""
    key = f"added:{request.user.pk}:{token}"
    if token and not cache.add(key, "", TOKEN_SECONDS):
        return redirect(cache.get(key) or reverse("upkeep"))
    try:
        done = add(Act(request.clinic, ChangeKind.ADDED, request.user, why))
    except Exception:
        cache.delete(key)
        raise
    tell_submitted(request, done, words)
    address = _address_of(done)
    cache.set(key, address, TOKEN_SECONDS)
    return redirect(address)


def _address_of(done: Submitted) -> str:
    """Of the new entry's own page, or of the drafts where it waits."""
    if done.change is None:
        return reverse("drafts")
    version = Version.objects.select_related("group", "organisation").get(change=done.change)
    if version.group:
        return reverse("group", args=[version.group.slug])
    assert version.organisation  # noqa: S101 - the database holds that it is one of the two
    return reverse("organisation", args=[version.organisation.slug])
