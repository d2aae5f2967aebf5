"""The source of a fact that a meeting list tells: kept in no language, worded where it is shown. Pure."""

KEPT = "feed: "
FORMERLY = "Meeting list: "
"""As it was kept once; rows and old versions still say so."""
PARTS_SOURCES = " ; "


def fact_source(name: str) -> str:
    """`name`: what the clinic calls the list."""
    return f"{KEPT}{_one_source(name)}"


def list_named(source: str) -> str:
    """The name of the list; empty where the source is none."""
    for start in (KEPT, FORMERLY):
        if source.startswith(start):
            return _one_source(source.removeprefix(start))
    return ""


def _one_source(name: str) -> str:
    """The catalog reads « ; » as the border between two sources."""
    return name.replace(PARTS_SOURCES, "; ")
