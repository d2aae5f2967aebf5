"""The source of a fact from a list: one form in the database, the reader's words on the page."""

import pytest
from django.utils import translation

from groups_catalog.feeds.told_by_list import fact_source, list_named
from groups_catalog.wording import sources


@pytest.mark.parametrize("kept", [fact_source("Områdets liste"), "Meeting list: Områdets liste"])
def test_both_the_form_of_today_and_the_former_one_are_worded(kept: str) -> None:
    assert list_named(kept) == "Områdets liste"
    with translation.override("en"):
        assert [source.words for source in sources(kept)] == ["Meeting list: Områdets liste"]


def test_what_is_kept_holds_no_words_of_a_language() -> None:
    assert fact_source("Områdets liste") == "feed: Områdets liste"
    assert list_named("A visit; they told of the feed: a list") == ""


def test_a_name_that_looks_like_two_sources_stays_one() -> None:
    with translation.override("en"):
        assert [source.words for source in sources(fact_source("AA ; NA"))] == ["Meeting list: AA; NA"]
    assert list_named("Meeting list: AA ; NA") == list_named(fact_source("AA ; NA"))
