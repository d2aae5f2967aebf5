"""The desk as a page: figures, filters, and the rows of one page of the list."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups_catalog.models import Group
from groups_catalog.upkeep.desk.figures import figures
from groups_catalog.upkeep.desk.filters import DeskFilter
from groups_catalog.upkeep.desk.forms import CheckForm
from groups_catalog.upkeep.desk.queries import with_urgency
from groups_catalog.upkeep.desk.rows import desk_rows
from groups_catalog.upkeep.desk.services import Checked

PAGE_SIZE = 50


def desk_page(query: QueryDict, check: CheckForm | None = None) -> dict[str, Any]:
    """What the desk's template shows for an address; `check` is what was sent and could not be taken."""
    today, groups = timezone.localdate(), Group.objects.in_use()
    form = DeskFilter(query, groups=groups)
    found = form.in_order(form.narrowed(with_urgency(groups, today), today))
    page = Paginator(found, PAGE_SIZE).get_page(query.get("page"))
    check = check or CheckForm(initial={"how": form.asked.get("said", "")})
    return {
        "tab": "upkeep",
        "figures": figures(groups, today),
        "form": form,
        "check": check,
        "page": page,
        "back": query.urlencode(),
        "rows": desk_rows([row.pk for row in page], today=today, ticked=check.ticked()),
    }


def way_back(query: QueryDict, *, said: str) -> str:
    """The address's query as it was, with how it was checked for the next time."""
    query = query.copy()
    query["said"] = said
    return query.urlencode()


def checked_words(checked: Checked) -> str:
    said = ngettext(
        "{count} entry is noted as still correct today.",
        "{count} entries are noted as still correct today.",
        checked.entries,
    ).format(count=checked.entries)
    if not checked.reports:
        return said
    closed = ngettext("{count} report is closed.", "{count} reports are closed.", checked.reports)
    return f"{said} {closed.format(count=checked.reports)}"


def conflict_words(names: list[str]) -> str:
    said = _("Nothing was saved: {names} was changed by somebody since you opened the list. Look again.")
    return said.format(names=", ".join(names))
