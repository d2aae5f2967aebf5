"""What a reading proposes, and that it changes nothing by itself."""

import pytest
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds.sync import runs
from groups_catalog.feeds.sync.deciding import ask_again, decide, decide_all
from groups_catalog.models import Fact, Group, Source
from tests.catalog_factories import a_fact, a_group, a_meeting, an_organisation
from tests.sync_world import (
    a_row,
    catalog,
    fresh,
    imported,
    proposed,
    read,
    rows,
    take_over,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_first_reading_proposes_every_meeting_and_changes_nothing(kari: User, source: Source) -> None:
    run = read(source, rows(12), kari)
    assert (run.state, proposed(run), run.counts["meetings"]) == ("ready", {"new": 12}, 12)
    assert catalog(source.clinic) == {}
    assert (run.done_rows, run.all_rows, run.upload) == (12, 12, None)


def test_what_is_taken_over_stands_as_the_list_says(kari: User, source: Source) -> None:
    run = imported(source, [a_row(1, updated="2026-03-02 10:00:00", types=["O", "W", "X"])], kari)
    (group,) = catalog(source.clinic).values()
    assert (run.state, run.counts["added"]) == ("done", 1)
    assert group["status"] == "published"
    assert (group["membership"], group["access_step_free"]) == ("women", True)
    assert (group["checked_on"], group["checked_how"]) == ("2026-03-02", "feed")
    assert group["meetings"][0] == {
        "weekday": 0,
        "start": "18:00",
        "minutes": 90,
        "timezone": "Europe/Oslo",
        "every": "week",
        "valid_from": None,
        "valid_until": None,
        "open": True,
        "except_on": [],
    }
    assert group["facts.gender_setting"][0]["source"] == "feed: Områdets liste"


def test_a_row_without_a_date_was_never_checked(kari: User, source: Source) -> None:
    imported(source, [a_row(1), a_row(2, updated="2999-01-01")], kari)
    assert {(group["checked_on"], group["checked_how"]) for group in catalog(source.clinic).values()} == {(None, "")}


def test_a_second_reading_of_the_same_list_proposes_nothing(kari: User, source: Source) -> None:
    imported(source, rows(12), kari)
    for again in (rows(12), list(reversed(rows(12)))):
        run = read(source, again, kari)
        assert (run.state, proposed(run)) == ("unchanged", {})


def test_new_dates_alone_are_no_news(kari: User, source: Source) -> None:
    imported(source, [a_row(n, updated="2026-01-01") for n in range(3)], kari)
    assert read(source, [a_row(n, updated="2026-02-02") for n in range(3)], kari).state == "unchanged"


def test_only_what_differs_is_asked(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    run = read(source, [a_row(0), a_row(1, name="Ny gruppe", time="12:00"), a_row(2)], kari)
    with scope(clinic=source.clinic):
        (proposal,) = run.proposals.all()
    assert (proposal.kind, set(proposal.fields)) == ("changed", {"name", "meetings"})


def test_a_field_that_the_list_leaves_out_stays_as_it_is(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    silent = dict.fromkeys(("location", "address", "city", "latitude", "longitude", "end_time", "types"))
    run = read(source, [a_row(0, **silent)], kari)
    assert (run.state, proposed(run)) == ("unchanged", {})


def test_a_code_that_the_list_takes_back_is_asked_about(kari: User, source: Source) -> None:
    imported(source, [a_row(0, types=["O", "W"])], kari)
    run = read(source, [a_row(0, types=["O"])], kari)
    with scope(clinic=source.clinic):
        (proposal,) = run.proposals.all()
    assert set(proposal.fields) == {"membership", "facts.gender_setting"}
    take_over(run, kari)
    (group,) = catalog(source.clinic).values()
    assert (group["membership"], "facts.gender_setting" in group) == ("everyone", False)


def test_what_we_say_already_is_no_difference(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    with scope(clinic=source.clinic):
        Group.objects.update(name="Nytt navn")
    run = read(source, [a_row(0, name="Nytt navn")], kari)
    assert (run.state, proposed(run)) == ("unchanged", {})


def test_a_rejected_difference_is_not_asked_again(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    moved = [a_row(0, time="12:00"), a_row(1)]
    before = catalog(source.clinic)
    run = take_over(read(source, moved, kari), kari, {"changed": "ours"})
    assert (run.state, catalog(source.clinic)) == ("done", before)
    assert read(source, moved, kari).state == "unchanged"
    assert read(source, [*moved, a_row(9)], kari).counts["changed"] == 0


def test_a_difference_that_nobody_decided_is_asked_again(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    moved = [a_row(0, time="12:00"), a_row(1)]
    read(source, moved, kari)
    assert read(source, moved, kari).reason == "same_as_waiting"
    assert proposed(read(source, [*moved, a_row(9)], kari)) == {"new": 1, "changed": 1}


def test_what_was_decided_and_waits_survives_a_newer_reading(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    moved = [a_row(0, time="12:00"), a_row(1)]
    older = read(source, moved, kari)
    with scope(clinic=source.clinic):
        decide_all(run=older, kind="changed", choice="theirs", by=kari)
    newer = read(source, [*moved, a_row(9)], kari)
    with scope(clinic=source.clinic):
        assert newer.proposals.get(kind="changed").decided == {"meetings": "theirs"}
    assert (fresh(older).state, fresh(older).reason, newer.decided_by) == ("cancelled", "superseded", kari)


def test_a_row_that_was_left_out_is_not_proposed_again_until_it_is_asked_for(kari: User, source: Source) -> None:
    take_over(read(source, rows(3), kari), kari, {"new": "leave"})
    assert read(source, rows(3), kari).state == "unchanged"
    assert proposed(read(source, rows(4), kari)) == {"new": 1}
    with scope(clinic=source.clinic):
        assert ask_again(source=source) == 3
    assert proposed(read(source, rows(5), kari)) == {"new": 5}


def test_renaming_every_row_keeps_every_group(kari: User, source: Source) -> None:
    imported(source, rows(145), kari)
    before = catalog(source.clinic)
    renamed = [{**row, "slug": f"ny-{number}"} for number, row in enumerate(rows(145))]
    run = read(source, renamed, kari)
    assert proposed(run) == {"renamed": 145}
    take_over(run, kari)
    assert catalog(source.clinic) == before
    assert read(source, renamed, kari).state == "unchanged"


def test_two_meetings_that_only_look_the_same_are_parted(kari: User, source: Source) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, slug="en-annen")], kari)
    with scope(clinic=source.clinic):
        decide(run=run, choices={run.proposals.get(): {"entry": "ours"}}, by=kari)
    write(fresh(run), kari)
    states = {slug: group["status"] for slug, group in catalog(source.clinic).items()}
    assert states == {"gruppe-0": "closed", "gruppe-0-2": "published"}
    assert read(source, [a_row(0, slug="en-annen")], kari).state == "unchanged"


def test_a_group_entered_by_hand_is_found_and_not_doubled(kari: User, source: Source) -> None:
    group = a_group(
        source.clinic, "havna", organisation=source.organisation, name="Havna", place="Fjordvik", venue="Hus 1"
    )
    a_meeting(group, 0, "18:00")
    row = a_row(1, name="Havna", location="Hus 1", address=None, latitude=62.2001, longitude=9.5)
    run = read(source, [row], kari)
    assert proposed(run) == {"changed": 1}
    take_over(run, kari)
    assert list(catalog(source.clinic)) == ["havna"]
    assert catalog(source.clinic)["havna"]["meetings"][0]["minutes"] == 90
    assert read(source, [row], kari).state == "unchanged"


def test_a_group_of_another_organisation_is_not_taken_for_it(kari: User, source: Source) -> None:
    group = a_group(source.clinic, "havna", organisation=an_organisation("aa"), name="Gruppe 1", venue="Hus 1")
    a_meeting(group, 0, "18:00")
    assert proposed(read(source, [a_row(1)], kari)) == {"new": 1}


def test_our_own_knowledge_stays_beside_the_lists(kari: User, source: Source) -> None:
    imported(source, [a_row(0, types=["W"])], kari)
    with scope(clinic=source.clinic):
        a_fact(Group.objects.get(), "gender_setting", "men", basis="observed", source="A visit")
    run = read(source, [a_row(0, types=["M"])], kari)
    assert proposed(run) == {"changed": 1}
    take_over(run, kari)
    (group,) = catalog(source.clinic).values()
    told = {(entry["source"], *entry["values"]) for entry in group["facts.gender_setting"]}
    assert told == {("A visit", "men"), ("feed: Områdets liste", "men")}


def test_what_a_list_told_under_its_former_name_is_its_own_and_is_not_doubled(kari: User, source: Source) -> None:
    imported(source, [a_row(0, types=["W"])], kari)
    with scope(clinic=source.clinic):
        Fact.objects.update(source="Meeting list: Områdets liste")
    assert read(source, [a_row(0, types=["W"], name="A")], kari).counts["changed"] == 1
    take_over(read(source, [a_row(0, types=["M"])], kari), kari)
    (group,) = catalog(source.clinic).values()
    told = [(entry["source"], *entry["values"]) for entry in group["facts.gender_setting"]]
    assert told == [("feed: Områdets liste", "men")]


def test_a_row_that_cannot_be_read_is_not_gone(kari: User, source: Source) -> None:
    imported(source, rows(3), kari)
    run = read(source, [a_row(0), a_row(1), {"slug": "gruppe-2"}], kari)
    assert (run.state, proposed(run), run.counts["dropped"]) == ("unchanged", {}, 1)


def test_what_disappears_is_closed_and_what_returns_opens_under_the_same_id(kari: User, source: Source) -> None:
    imported(source, rows(8), kari)
    before = catalog(source.clinic)
    run = read(source, rows(7), kari)
    assert (run.state, proposed(run)) == ("ready", {"gone": 1})
    take_over(run, kari)
    assert catalog(source.clinic)["gruppe-7"] == {**before["gruppe-7"], "status": "closed"}
    assert read(source, rows(7), kari).state == "unchanged"
    back = read(source, rows(8), kari)
    assert proposed(back) == {"back": 1}
    take_over(back, kari)
    assert catalog(source.clinic) == before


def test_a_group_we_keep_although_it_is_gone_is_not_asked_about_again(kari: User, source: Source) -> None:
    imported(source, rows(8), kari)
    before = catalog(source.clinic)
    take_over(read(source, rows(7), kari), kari, {"gone": "ours"})
    assert catalog(source.clinic) == before
    assert read(source, rows(7), kari).state == "unchanged"
    assert (read(source, rows(8), kari).state, catalog(source.clinic)) == ("unchanged", before)


def test_too_much_gone_is_held_back(kari: User, source: Source) -> None:
    imported(source, rows(40), kari)
    assert read(source, rows(35), kari).state == "ready"
    run = read(source, rows(34), kari)
    assert (run.state, run.counts["gone"]) == ("quarantined", 6)
    with scope(clinic=source.clinic):
        assert not runs.start_writing(run=run, by=kari)
        assert not runs.release(run=run, typed="5")
        assert runs.release(run=run, typed=" 6 ")
    take_over(fresh(run), kari)
    assert sum(group["status"] == "closed" for group in catalog(source.clinic).values()) == 6


def test_a_merged_group_is_compared_as_the_one_it_became(kari: User, source: Source) -> None:
    imported(source, rows(2), kari)
    with scope(clinic=source.clinic):
        kept, closed = Group.objects.order_by("slug")
        Group.objects.filter(pk=closed.pk).update(merged_into=kept, status="closed")
    run = read(source, [a_row(0), a_row(1, time="12:00")], kari)
    with scope(clinic=source.clinic):
        assert run.proposals.get().group == kept
