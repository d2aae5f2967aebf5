"""What nobody decided stays when the decided part is taken over: in a reading of its own, counted and linked to."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync.deciding import decide
from groups_catalog.feeds.sync.remembering import undo_run
from groups_catalog.feeds.sync.runs import cancel
from groups_catalog.models import Proposal, Run, Source
from tests.catalog_factories import a_group, a_meeting
from tests.factories import a_member
from tests.sync_world import a_row, a_source, catalog, fresh, imported, proposed, read, rows, take_over, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


def chosen(run: Run, by: User, choices: dict[str, dict[str, str]]) -> None:
    """By the key of the row."""
    with scope(clinic=run.source.clinic):
        rows = {one.source_key: one for one in run.proposals.all()}
        decide(run=run, choices={rows[key]: sides for key, sides in choices.items()}, by=by)


def partly(run: Run, by: User, choices: dict[str, dict[str, str]]) -> tuple[Run, Run]:
    """The part that was taken over, and the rest."""
    chosen(run, by, choices)
    taken = write(fresh(run), by)
    with scope(clinic=run.source.clinic):
        rest = run.source.runs.exclude(pk=run.pk).get(counts__rest=1, state="ready")
    return taken, fresh(rest)


def waiting(source: Source) -> list[Run]:
    with scope(clinic=source.clinic):
        return list(source.runs.filter(state="ready"))


def shown(browser: Client, run: Run) -> str:
    return browser.get(reverse("feed-run", args=[run.pk])).content.decode()


ADDED = {"entry": "theirs", "status": "theirs"}


def test_what_was_not_decided_waits_in_a_reading_of_its_own(kari: User, source: Source) -> None:
    taken, rest = partly(read(source, rows(7), kari), kari, {"gruppe-0": ADDED})
    assert (taken.state, taken.counts["new"], proposed(taken)) == ("done", 1, {"new": 1})
    assert (rest.counts["new"], proposed(rest), set(catalog(source.clinic))) == (6, {"new": 6}, {"gruppe-0"})
    rest = take_over(rest, kari)
    assert (rest.state, len(catalog(source.clinic)), waiting(source)) == ("done", 7, [])


def test_where_all_is_decided_nothing_is_left(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    with scope(clinic=source.clinic):
        assert source.runs.count() == 1


def test_a_row_of_which_some_fields_were_decided_keeps_the_others(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, name="Nytt navn", time="12:00", end_time="13:30")], kari)
    taken, rest = partly(run, kari, {"gruppe-0": {"name": "theirs"}})
    assert (catalog(source.clinic)["gruppe-0"]["name"], taken.counts["left"]) == ("Nytt navn", 1)
    with scope(clinic=source.clinic):
        (left,) = rest.proposals.all()
    assert (left.kind, left.fields, left.decided, left.based_on) == ("changed", ["meetings"], {}, 2)
    take_over(rest, kari)
    assert catalog(source.clinic)["gruppe-0"]["meetings"][0]["start"] == "12:00"


def test_a_group_found_again_by_hand_keeps_its_open_questions_without_asking_which_it_is(
    kari: User, source: Source
) -> None:
    group = a_group(source.clinic, "havna", name="Havna", organisation=source.organisation, place="Fjordvik")
    a_meeting(group, 6, "17:00")
    run = read(source, [a_row(0, name="Havna", latitude=None, longitude=None)], kari)
    with scope(clinic=source.clinic):
        (found,) = run.proposals.all()
    assert (found.kind, found.group_id) == ("changed", group.pk)
    _taken, rest = partly(run, kari, {"gruppe-0": {"entry": "theirs", found.fields[0]: "theirs"}})
    with scope(clinic=source.clinic):
        (left,) = rest.proposals.all()
        assert left.listing is not None
    assert found.fields[0] not in left.fields
    assert take_over(rest, kari).state == "done"


def test_a_newer_reading_takes_its_place_and_keeps_what_was_decided_in_it(kari: User, source: Source) -> None:
    _taken, rest = partly(read(source, rows(4), kari), kari, {"gruppe-0": ADDED})
    chosen(rest, kari, {"gruppe-1": {"entry": "ours"}})
    newer = read(source, rows(4), kari)
    assert (fresh(rest).state, fresh(rest).reason, proposed(newer)) == ("cancelled", "superseded", {"new": 3})
    with scope(clinic=source.clinic):
        assert newer.proposals.get(source_key="gruppe-1").decided == {"entry": "ours"}


def test_what_is_given_up_is_proposed_again_by_the_same_list(kari: User, source: Source) -> None:
    _taken, rest = partly(read(source, rows(4), kari), kari, {"gruppe-0": ADDED})
    with scope(clinic=source.clinic):
        assert cancel(run=rest)
    assert proposed(read(source, rows(4), kari)) == {"new": 3}


def test_undoing_the_first_part_leaves_the_rest_to_be_decided(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    changed = [a_row(0, name="A", city="Fjellby"), a_row(1, name="B"), a_row(2)]
    taken, rest = partly(read(source, changed, kari), kari, {"gruppe-0": {"name": "theirs"}})
    with scope(clinic=source.clinic):
        assert undo_run(run=taken, by=kari)
        again = {one.source_key: one.fields for one in fresh(rest).proposals.all()}
    # what was undone is open again, in the same reading
    assert {key: set(fields) for key, fields in again.items()} == {
        "gruppe-0": {"name", "place"},
        "gruppe-1": {"name"},
    }
    assert take_over(fresh(rest), kari).state == "done"
    assert {group["name"] for group in catalog(source.clinic).values()} == {"A", "B", "Gruppe 2"}


def test_what_was_decided_of_a_group_that_an_undoing_moves_is_asked_anew_and_said(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, name="A", city="Fjellby")], kari)
    taken, rest = partly(run, kari, {"gruppe-0": {"name": "theirs"}})
    chosen(rest, kari, {"gruppe-0": {"place": "theirs"}})
    with scope(clinic=source.clinic):
        assert undo_run(run=taken, by=kari)
    assert (fresh(rest).reason, fresh(rest).state) == ("moved", "ready")


def test_a_rest_of_which_an_undoing_leaves_nothing_is_given_up(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    renamed = [a_row(0, slug="ny", name="Gruppe 0 på nytt", types=["W"])]
    run = read(source, renamed, kari)
    taken, rest = partly(run, kari, {"ny": {"entry": "theirs", "name": "theirs"}})
    with scope(clinic=source.clinic):
        assert undo_run(run=taken, by=kari)
    assert (fresh(rest).state, proposed(rest)) == ("cancelled", {})
    assert proposed(read(source, renamed, kari)) == {"renamed": 1}


def test_the_pages_say_what_was_taken_over_what_was_not_and_where_it_waits(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, rows(4), kari)
    chosen(run, kari, {"gruppe-0": ADDED})
    assert "Take over 1, leave 3 for later" in shown(browser, run)
    chosen(run, kari, {"gruppe-1": {"entry": "ours"}})
    taken = write(fresh(run), kari)
    (rest,) = waiting(source)
    html = shown(browser, taken)
    assert "2 differences were not decided." in html
    assert f'href="{reverse("feed-run", args=[rest.pk])}">Decide on the rest' in html
    assert '<span class="tag">Taken over</span>' in html
    assert '<span class="tag">Left out</span>' in html
    html = shown(browser, rest)
    assert "The rest of the reading of" in html
    assert "2 differences to decide." in html
    assert reverse("feed-run", args=[taken.pk]) in html
    lists = browser.get(reverse("feeds")).content.decode()
    assert ("2 differences to decide." in lists, reverse("feed-run", args=[rest.pk]) in lists) == (True, True)
    assert "(the rest)" in browser.get(reverse("feed", args=[source.pk])).content.decode()


def test_the_same_number_stands_on_the_reading_in_the_lists_and_on_the_desk(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, rows(7), kari)
    chosen(run, kari, {"gruppe-0": ADDED})
    assert "6 differences to decide." in shown(browser, run)
    assert "6 differences to decide." in browser.get(reverse("feeds")).content.decode()
    assert '<b class="num">6</b>' in browser.get(reverse("upkeep")).content.decode()
    chosen(run, kari, {f"gruppe-{number}": ADDED for number in range(7)})
    assert "All is decided, and waits to be taken over." in shown(browser, run)


def test_where_one_of_several_fields_is_open_the_row_counts_as_open(
    browser: Client, kari: User, source: Source
) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, name="A", city="Fjellby")], kari)
    chosen(run, kari, {"gruppe-0": {"name": "theirs"}})
    assert "1 difference to decide." in shown(browser, run)


def test_where_four_eyes_are_asked_for_the_rest_is_decided_by_nobody_yet(kari: User, source: Source) -> None:
    Clinic.objects.update(four_eyes=True)
    ola = a_member(source.clinic, "curator")
    run = read(source, rows(2), kari)
    chosen(run, kari, {"gruppe-0": ADDED})
    write(fresh(run), ola)
    (rest,) = waiting(source)
    assert rest.decided_by is None


def test_a_fault_while_the_rest_is_left_changes_nothing(
    kari: User, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("groups_catalog.feeds.sync.writing.leave_the_rest", broken)
    run = read(source, rows(3), kari)
    chosen(run, kari, {"gruppe-0": ADDED})
    run = write(fresh(run), kari)
    assert (run.state, run.reason, proposed(run), catalog(source.clinic)) == ("ready", "unexpected", {"new": 3}, {})


def test_leaving_a_rest_costs_the_same_for_one_row_and_for_fifty(
    kari: User, source: Source, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number, count in enumerate((2, 51)):
        other = a_source(source.clinic, organisation=source.organisation, name=f"Liste {number}")
        run = read(other, rows(count, 100 * number), kari)
        chosen(run, kari, {f"gruppe-{100 * number}": ADDED})
        with scope(clinic=source.clinic), django_assert_max_num_queries(60):
            write(fresh(run), kari)
    with scope(clinic=source.clinic):
        assert Proposal.objects.filter(run__counts__rest=1).count() == 51
