"""The two sheets beside the tables: how to edit them, and what the codes in their cells mean."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from groups_catalog.feeds.sheets import Sheet
from groups_catalog.models import Organisation
from groups_catalog.text import Text
from groups_catalog.upkeep.entries.fact_form import TOLD_BY
from groups_catalog.upkeep.sheets.cells import TOO_LONG
from groups_catalog.upkeep.sheets.columns import TITLES, columns
from groups_catalog.vocabulary import vocabulary
from groups_catalog.wording import here

LEGEND = "legend"


def beside() -> list[Sheet]:
    """In the language of the page. One query."""
    return [legend(), how_to()]


def legend() -> Sheet:
    headings = (_("Sheet"), _("Column"), _("Code"), _("Meaning"))
    rows = (*_codes(), *_organisations(), *_answers(), *_sources())
    return Sheet(_("What the codes mean"), headings, tuple(rows))


def how_to() -> Sheet:
    lines = (
        _("Edit the cells you want to change, save the file, and upload it on the page Spreadsheet."),
        _("You then see every change before it is made. You can undo it for 30 days."),
        _("Leave the columns Id and Version as they are. They tell which row is which."),
        _("A row that is missing changes nothing. To remove a meeting or a fact, write yes under Remove."),
        _("To close a group, write closed as its status."),
        _("For a new row, leave Id and Version empty. A new meeting or fact names its group by the group’s id."),
        _("A new group may have the id “new 1”, so that its meetings and facts can name it."),
        _("Several answers stand in one cell, with commas between. The codes are explained on a sheet of their own."),
        _("Times are written as 18:30, days as 2026-05-17, and coordinates as 59.91."),
        _("An empty cell means that it is not known."),
        _("Where a text is too long for a cell it says {mark}. Leave it, and the text stays.").format(mark=TOO_LONG),
        _("Formulas are never worked out. What they came to when the file was saved is read."),
        _("Never write the name, number or e-mail of a person."),
    )
    return Sheet(_("How to edit"), (_("How to edit"),), tuple((line,) for line in lines))


def _codes() -> Iterator[tuple[str, ...]]:
    for table, title in TITLES.items():
        for column in columns(table):
            for code, meaning in column.codes.items():
                yield str(title), str(column.heading), code, _words(meaning)


def _organisations() -> Iterator[tuple[str, ...]]:
    heading = next(column.heading for column in columns("groups") if column.key == "organisation")
    for row in Organisation.objects.order_by("slug", "pk"):
        yield str(TITLES["groups"]), str(heading), row.slug, here(row.name)


def _answers() -> Iterator[tuple[str, ...]]:
    heading = next(column.heading for column in columns("facts") if column.key == "values")
    for attribute in vocabulary().askable():
        for value in attribute.values.values():
            yield str(TITLES["facts"]), f"{heading}: {attribute.id}", value.id, here(value.says)


def _sources() -> Iterator[tuple[str, ...]]:
    """About how people behave nothing is written freely."""
    heading = next(column.heading for column in columns("facts") if column.key == "source")
    for attribute in vocabulary().askable():
        if attribute.about_people:
            for source, words, _basis in TOLD_BY.values():
                yield str(TITLES["facts"]), f"{heading}: {attribute.id}", source, str(words)


def _words(meaning: object) -> str:
    return here(meaning) if isinstance(meaning, Text) else str(meaning)
