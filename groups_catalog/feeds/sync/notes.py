"""In which language a list's notes are: as its curator says, or as our own table is filled in. Pure.

A group keeps a note in two languages. One whose language nobody knows is not taken in.
"""

from collections.abc import Collection, Iterable

from groups_catalog.feeds.columns import columns, template_headings
from groups_catalog.feeds.model import Meeting

LANGUAGES = ("nb", "en")
NOTES = tuple(f"note_{language}" for language in LANGUAGES)


def note_field(stated: str, headings: Collection[str]) -> str:
    """`note_nb`, `note_en`, or nothing. `headings`: of the table, where it is one."""
    language = stated if stated in LANGUAGES else _of_our_table({heading.strip() for heading in headings})
    return f"note_{language}" if language else ""


def rows_with_notes(meetings: Iterable[Meeting]) -> int:
    return len({meeting.source_key for meeting in meetings if meeting.note})


def _of_our_table(headings: Collection[str]) -> str:
    """A single word such as «Start» stands in many tables; most of ours stand in ours only."""
    note = next(column.heading for column in columns().listed if column.id == "note")
    return next((code for code in LANGUAGES if note.in_language(code) in headings and _is_ours(code, headings)), "")


def _is_ours(language: str, headings: Collection[str]) -> bool:
    ours = template_headings(language)
    return 2 * sum(heading in headings for heading in ours) > len(ours)
