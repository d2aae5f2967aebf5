"""The headings of a table that waits for its columns to be matched."""

from groups_catalog.feeds.limits import NotReadable
from groups_catalog.feeds.opening import open_list
from groups_catalog.models import Run


def headings(run: Run) -> list[str]:
    """Empty where the file is gone, or is no table."""
    if run.upload is None:
        return []
    try:
        opened = open_list(bytes(run.upload))
    except NotReadable:
        return []
    return list(opened.content[0]) if opened.format != "json" and opened.content else []
