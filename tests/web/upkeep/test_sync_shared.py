"""Captured lists through the whole sync: taken over, read again in another order, and again under new ids."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.catalog_factories import an_organisation
from tests.factories import a_member
from tests.sync_world import a_source, catalog, imported, proposed, read, take_over

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
LISTS = {
    "tsml_feed_sussex_delaware_145.json": ("aa", 145),
    "mg_feed_kansas_city_206_lowercase_types.json": ("aa", 206),
    "tsml_feed_alanon_360.json": ("alanon", 360),
    "bmlt_live_capture_meeting-search-42.867970-day2.json": ("na", 53),
}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FEEDS.exists(), reason="the project's shared evidence folder is not here"),
    pytest.mark.django_db,
]


def renamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    key = "slug" if "slug" in rows[0] else "id_bigint"
    return [{**row, key: str(10**6 + number)} for number, row in enumerate(rows)]


@pytest.mark.parametrize("name", LISTS)
def test_a_real_list_keeps_every_group_in_any_order_and_under_any_ids(name: str) -> None:
    organisation, count = LISTS[name]
    kari = a_member(role="curator")
    source = a_source(kari.membership.clinic, organisation=an_organisation(organisation))
    content = json.loads((FEEDS / name).read_text("utf-8"))
    listed = content if isinstance(content, list) else content["meetings"]
    run = imported(source, listed, kari)
    stood = catalog(source.clinic)
    assert (run.state, len(stood)) == ("done", count)
    listed.sort(key=str)
    assert read(source, listed, kari).state == "unchanged"
    run = read(source, renamed(listed), kari)
    assert proposed(run) == {"renamed": count}
    assert take_over(run, kari).state == "done"
    assert catalog(source.clinic) == stood
    assert read(source, renamed(listed), kari).state == "unchanged"
