"""The desk as a page: figures, filters, and the rows of one page of the list."""

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups_catalog.upkeep.desk.figures import figures
from groups_catalog.upkeep.desk.filters import DeskFilter, groups_around
from groups_catalog.upkeep.desk.forms import CheckForm
from groups_catalog.upkeep.desk.queries import standings
from groups_catalog.upkeep.desk.rows import desk_rows
from groups_catalog.upkeep.desk.services import Checked

PAGE_SIZE = 50


def desk_page(query: QueryDict, check: CheckForm) -> dict[str, Any]:
    """What the desk's template shows for an address; `check` is the bulk bar, with what could not be taken."""
    today, form = timezone.localdate(), DeskFilter(query)
    standing = standings(groups_around(form), today)
    page = Paginator(form.keys(standing), PAGE_SIZE).get_page(query.get("page"))
    rows = desk_rows(list(page), today=today, ticked=check.ticked())
    return {
        "tab": "upkeep",
        "figures": figures(standing, today),
        "form": form,
        "check": check,
        "page": page,
        "back": query.urlencode(),
        "rows": rows,
        "to_note": sum(row.in_use for row in rows),
        "reported": any(row.reported and row.in_use for row in rows),
    }


def way_back(query: QueryDict, row: str) -> str:
    """The same list, and in it the place where one was."""
    asked = f"?{query.urlencode()}" if query else ""
    return f"{reverse('upkeep')}{asked}" + (f"#row-{row}" if row.isdecimal() else "")


def checked_words(checked: Checked) -> str:
    """What is still open comes with the way to it."""
    said = [_noted_words(checked)]
    if checked.closed:
        closed = ngettext("{count} report is closed.", "{count} reports are closed.", checked.closed)
        said.append(closed.format(count=checked.closed))
    return with_open_reports(" ".join(said), checked.still_open)


def with_open_reports(said: str, count: int) -> str:
    if not count:
        return said
    words = ngettext("{count} report about it is still open.", "{count} reports are still open.", count)
    link = format_html('<a href="{}">{}</a>', reverse("reports"), words.format(count=count))
    return format_html("{} {}", said, link)


def _noted_words(checked: Checked) -> str:
    if checked.change is None:
        return _("This was noted already today. Nothing was changed.")
    return ngettext(
        "{count} entry is noted as still correct today.",
        "{count} entries are noted as still correct today.",
        checked.entries,
    ).format(count=checked.entries)


def conflict_words(names: list[str]) -> str:
    said = _("Nothing was saved: {names} was changed by somebody since you opened the list. Look again.")
    return said.format(names=", ".join(names))
