"""What a person is told after an action, with the way back beside it."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups_catalog.models import Change
from groups_catalog.upkeep.changes import Undone
from groups_catalog.upkeep.four_eyes import Submitted

NAMED = 5


def tell_submitted(request: HttpRequest, done: Submitted, saved: str = "") -> None:
    """«Saved», with Undo; or that it waits for a second person."""
    if done.change:
        return tell_changed(request, done.change, saved or _("Saved."))
    messages.info(request, _("It waits as a draft until a second person accepts it."))
    return None


def tell_changed(request: HttpRequest, change: Change, words: str) -> None:
    messages.success(request, words, extra_tags=f"undo-{change.pk}")


def tell_undone(request: HttpRequest, undone: Undone, names: Sequence[str]) -> None:
    """`names` of what was left because somebody has changed it since."""
    if count := undone.change.versions.count():
        words = ngettext("{count} entry stands as it did before.", "{count} entries stand as they did before.", count)
        messages.success(request, words.format(count=count))
    if names:
        words = _("Left as it is, because somebody has changed it since: {names}")
        more = _(" and more") if len(names) > NAMED else ""
        messages.warning(request, words.format(names=", ".join(names[:NAMED]) + more))
