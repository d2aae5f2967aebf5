"""What nobody answered is asked again, also by the very same list."""

import pytest
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds.sync import runs
from groups_catalog.feeds.sync.deciding import ask_again, decide
from groups_catalog.feeds.sync.reading import read_run
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.sources import match_columns
from groups_catalog.models import Source
from groups_catalog.upkeep.changes import undo
from tests.feed_server import FeedServer
from tests.sync_world import (
    COLUMNS,
    TABLE,
    a_row,
    as_json,
    fresh,
    imported,
    proposed,
    read,
    rows,
    take_over,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


def test_what_was_given_up_is_proposed_again_by_the_same_list(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    moved = [a_row(0, time="12:00"), a_row(1)]
    run = read(source, moved, kari)
    assert read(source, moved, kari).reason == "same_as_waiting"
    assert read(source, moved, kari).reason == "same_as_waiting"
    with scope(clinic=source.clinic):
        assert runs.cancel(run=run)
    assert proposed(read(source, moved, kari)) == {"changed": 1}


def test_an_address_is_fetched_whole_after_a_reading_was_given_up(kari: User, source: Source) -> None:
    with FeedServer() as server:
        server.lists["list"] = as_json(rows(2))
        with scope(clinic=source.clinic):
            Source.objects.filter(pk=source.pk).update(address=server.url("list"))
            source.refresh_from_db()
        take_over(read(source, None, kari), kari)
        server.lists["list"] = as_json(rows(3))
        run = read(source, None, kari)
        with scope(clinic=source.clinic):
            Source.objects.filter(pk=source.pk).update(etag='"newest"')
            assert runs.cancel(run=run)
            source.refresh_from_db()
        assert (source.etag, source.last_modified) == ("", "")
        assert proposed(read(source, None, kari)) == {"new": 1}


def test_a_question_left_open_is_asked_again_by_the_same_list(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    listed = [a_row(0, time="12:00", name="Nytt navn"), a_row(1)]
    run = read(source, listed, kari)
    with scope(clinic=source.clinic):
        decide(run=run, choices={run.proposals.get(): {"name": "theirs"}}, by=kari)
    write(fresh(run), kari)
    again = read(source, listed, kari)
    with scope(clinic=source.clinic):
        assert again.proposals.get().fields == ["meetings"]


def test_what_was_left_out_is_asked_for_again_of_the_same_list(kari: User, source: Source) -> None:
    take_over(read(source, rows(2), kari), kari, {"new": "leave"})
    assert read(source, rows(2), kari).state == "unchanged"
    with scope(clinic=source.clinic):
        assert ask_again(source=source) == 2
    assert proposed(read(source, rows(2), kari)) == {"new": 2}


def test_what_was_left_out_is_asked_for_again_while_a_reading_waits(kari: User, source: Source) -> None:
    take_over(read(source, rows(2), kari), kari, {"new": "leave"})
    assert proposed(read(source, rows(3), kari)) == {"new": 1}
    with scope(clinic=source.clinic):
        ask_again(source=source)
    assert proposed(read(source, rows(3), kari)) == {"new": 3}


def test_an_address_whose_headings_are_unknown_has_its_columns_matched(kari: User, source: Source) -> None:
    with FeedServer() as server:
        server.lists["table"] = TABLE
        with scope(clinic=source.clinic):
            Source.objects.filter(pk=source.pk).update(address=server.url("table"))
            source.refresh_from_db()
        run = read(source, None, kari)
        assert (run.state, run.reason) == ("refused", "headings_unknown")
        with scope(clinic=source.clinic):
            assert match_columns(run=run, columns=COLUMNS)
            read_run(run.pk)
        assert proposed(fresh(run)) == {"new": 1}
        take_over(fresh(run), kari)
        source = fresh(run).source
        assert read(source, None, kari).state == "unchanged"


@pytest.mark.parametrize("elsewhere", [True, False])
def test_an_older_reading_undone_after_a_newer_one_is_asked_about_by_the_same_list(
    elsewhere: bool, kari: User, source: Source
) -> None:
    imported(source, rows(2), kari)
    older = take_over(read(source, [a_row(0, name="A"), a_row(1)], kari), kari)
    listed = [a_row(0, name="A"), a_row(1), a_row(9)]
    imported(source, listed, kari)
    with scope(clinic=source.clinic):
        if elsewhere:
            undo(change=older.change, by=kari)
        else:
            undo_run(run=fresh(older), by=kari)
    assert proposed(read(source, listed, kari)) == {"changed": 1}
