"""The columns of a table that waits for them to be matched."""

from collections.abc import Mapping, Sequence

from groups_catalog.feeds.cells import is_about_persons
from groups_catalog.feeds.limits import NotReadable
from groups_catalog.feeds.opening import open_list
from groups_catalog.feeds.privacy import given
from groups_catalog.models import Run


def columns_with_examples(run: Run) -> dict[str, str]:
    """Heading → the first thing that stands under it, short, and never of a person. Empty where the file is gone,
    or is no table.
    """
    if run.upload is None:
        return {}
    try:
        opened = open_list(bytes(run.upload))
    except NotReadable:
        return {}
    if opened.format == "json" or not opened.content:
        return {}
    return {heading: _example(heading, opened.content) for heading in opened.content[0]}


def _example(heading: str, rows: Sequence[Mapping[str, str]]) -> str:
    if is_about_persons(heading):
        return ""
    return given(next((text for row in rows if (text := row.get(heading, "")).strip()), ""))
