"""One press keeps what is chosen on the page and takes over what is decided; what came of it is told, and undone."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from clinics.models import Clinic, User
from groups_catalog.feeds.sync.deciding import decide_all
from groups_catalog.models import Change, Group, Proposal, Run, Source
from tests.factories import a_member, signed_in_client
from tests.sync_world import a_row, a_source, catalog, fresh, imported, read, rows, take_over, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_english")]


@pytest.fixture
def _four_eyes(kari: User) -> None:
    Clinic.objects.update(four_eyes=True)


def post(browser: Client, step: str, run: Run, **form: object) -> str:
    answer: HttpResponse = browser.post(reverse(f"feed-run-{step}", args=[run.pk]), form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(browser: Client, run: Run, **query: object) -> str:
    return browser.get(reverse("feed-run", args=[run.pk]), query).content.decode()


def proposals(run: Run) -> list[Proposal]:
    with scope(clinic=run.source.clinic):
        return list(run.proposals.all())


def decided(run: Run) -> list[dict[str, str]]:
    return [proposal.decided for proposal in proposals(run)]


def chosen(run: Run, *answers: str) -> dict[str, str]:
    return {f"p{one.pk}.entry": answer for one, answer in zip(proposals(run), answers, strict=False) if answer}


def test_what_is_chosen_on_the_page_and_not_saved_is_taken_over_too(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, rows(30), kari)
    last = proposals(run)[-1]
    post(browser, "decide", run, show="new", page="2", **{f"p{last.pk}.entry": "publish"})
    html = post(browser, "apply", run, show="new", page="1", **chosen(run, "publish", "draft", "leave"))
    assert "Taken over: 3 added, 0 changed, 0 closed." in html
    states = {slug: group["status"] for slug, group in catalog(source.clinic).items()}
    assert states == {"gruppe-0": "published", "gruppe-1": "draft", "gruppe-29": "published"}


def test_the_button_belongs_to_the_choices_and_is_there_before_anything_is_saved(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, [*rows(2), "nonsense"], kari)
    html = shown(browser, run)
    assert f'form="choices" formaction="{reverse("feed-run-apply", args=[run.pk])}"' in html
    assert html.count('id="choices"') == 1
    problems = shown(browser, run, show="problems")
    assert "Take over what is decided" not in problems
    post(browser, "decide", run, show="new", all="publish")
    problems = shown(browser, run, show="problems")
    assert ("Take over what is decided" in problems, 'form="choices"' in problems) == (True, False)


@pytest.mark.parametrize("wrong", ["nothing", ""])
def test_a_choice_that_does_not_exist_takes_nothing_over_and_says_so(
    wrong: str, browser: Client, kari: User, source: Source
) -> None:
    run = read(source, rows(2), kari)
    first, second = proposals(run)
    form = {f"p{first.pk}.entry": "publish", f"p{second.pk}.entry": wrong, "show": "new", "page": "1"}
    html = post(browser, "apply", run, **form)
    assert "Nothing was saved. Look at it again." in html
    assert (fresh(run).state, decided(run), catalog(source.clinic)) == ("ready", [{}, {}], {})


def test_choices_of_another_reading_or_another_clinic_are_not_taken(
    browser: Client, kari: User, source: Source
) -> None:
    run = read(source, rows(1), kari)
    stranger = a_member(role="curator")
    others = read(a_source(stranger.membership.clinic, organisation=source.organisation), rows(1, 9), stranger)
    assert "Nothing was saved" in post(browser, "apply", run, **chosen(others, "publish"))
    assert "Nothing was saved" in post(browser, "decide", run, **chosen(others, "publish"))
    assert (decided(others), decided(run)) == ([{}], [{}])


def test_a_second_press_of_the_same_page_writes_nothing_twice(browser: Client, kari: User, source: Source) -> None:
    run = read(source, rows(2), kari)
    form = {"show": "new", "page": "1", **chosen(run, "publish", "publish")}
    post(browser, "apply", run, **form)
    html = post(browser, "apply", run, **form)
    assert "Nothing was taken over" not in html
    assert "Taken over: 2 added" in html
    assert len(catalog(source.clinic)) == 2
    assert "not open for decisions" in post(browser, "apply", run, **chosen(run, "leave", "leave"))
    assert len(catalog(source.clinic)) == 2


def test_choices_of_before_a_colleague_changed_the_group_are_not_taken_for_new_ones(
    browser: Client, kari: User, source: Source
) -> None:
    imported(source, rows(1), kari)
    run = read(source, [a_row(0, name="A")], kari)
    (proposal,) = proposals(run)
    form = {f"p{proposal.pk}.name": "theirs", "seen": fresh(run).beat_at.isoformat(), "show": "changed", "page": "1"}
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="changed", choice="theirs", by=kari)
        Proposal.objects.update(based_on=7)
    write(fresh(run), kari)
    assert (fresh(run).reason, decided(run)) == ("moved", [{}])
    assert "Nothing was saved. Look at it again." in post(browser, "apply", run, **form)
    assert next(iter(catalog(source.clinic).values()))["name"] == "Gruppe 0"


@pytest.mark.usefixtures("_four_eyes")
def test_where_four_eyes_are_asked_for_the_press_saves_and_a_colleague_takes_over(
    browser: Client, kari: User, ola: User, source: Source
) -> None:
    run = read(source, rows(2), kari)
    html = post(browser, "apply", run, show="new", page="1", **chosen(run, "publish", "publish"))
    assert ("Saved." in html, "somebody else takes over what you decided" in html) == (True, True)
    assert (fresh(run).state, fresh(run).decided_by, catalog(source.clinic)) == ("ready", kari, {})
    # the page of the colleague sends back what Kari has chosen
    html = post(signed_in_client(ola), "apply", run, show="new", page="1", **chosen(run, "publish", "publish"))
    assert "Taken over: 2 added" in html
    with scope(clinic=source.clinic):
        change = Change.objects.get()
    assert (change.by, change.approved_by) == (kari, ola)


@pytest.mark.usefixtures("_four_eyes")
def test_a_reading_has_one_author_so_nobody_gets_their_own_decisions_back_to_take_over(
    kari: User, ola: User, source: Source
) -> None:
    run = read(source, rows(2), kari)
    post(signed_in_client(kari), "decide", run, show="new", all="publish")
    html = post(signed_in_client(ola), "apply", run, show="new", page="1", **chosen(run, "leave"))
    assert "A colleague has decided in this reading" in html
    assert "A colleague has decided" in post(signed_in_client(ola), "decide", run, show="new", all="leave")
    assert (fresh(run).state, fresh(run).decided_by, decided(run)[0]["entry"]) == ("ready", kari, "theirs")
    assert "somebody else takes over what you decided" in post(signed_in_client(kari), "apply", run)
    assert catalog(source.clinic) == {}


@pytest.mark.usefixtures("_four_eyes")
def test_who_only_turns_the_pages_has_decided_nothing(kari: User, ola: User, source: Source) -> None:
    run = read(source, rows(2), kari)
    post(signed_in_client(kari), "decide", run, show="new", all="publish")
    post(signed_in_client(ola), "decide", run, show="new", page="1", **chosen(run, "publish", "publish"))
    assert fresh(run).decided_by == kari
    assert "somebody else takes over" in post(signed_in_client(kari), "apply", run)


def test_what_came_of_it_is_listed_with_links(browser: Client, kari: User, source: Source) -> None:
    imported(source, rows(30), kari)
    run = read(source, [*rows(28)[1:], a_row(0, name="Nytt navn"), *rows(25, 100)], kari)
    with scope(clinic=source.clinic):
        decide_all(run=run, kind="gone", choice="theirs", by=kari)
        decide_all(run=run, kind="changed", choice="theirs", by=kari)
        decide_all(run=run, kind="new", choice="draft", by=kari)
    run = write(fresh(run), kari)
    html = shown(browser, run, show="changed")
    part = html.partition('aria-label="What was taken over">')[2].partition("</section>")[0]
    assert part.count('<span class="tag">Draft</span>') == 20
    assert "and 5 more" in part
    for slug in ("gruppe-0", "gruppe-28", "gruppe-29", "gruppe-100"):
        assert f'href="/groups/{slug}/"' in part
    assert part.index("New groups") < part.index("Changed groups") < part.index("Closed groups")
    assert run.change is not None
    assert f'href="{reverse("change", args=[run.change.pk])}"' in part


def test_an_undoing_tells_what_it_did(browser: Client, kari: User, source: Source) -> None:
    run = imported(source, rows(2), kari)
    html = post(browser, "undo", run)
    assert "2 entries stand as they did before." in html
    assert "Undo all of it" not in html
    assert "cannot be undone any more" in post(browser, "undo", run)


@pytest.mark.usefixtures("_four_eyes")
def test_nobody_undoes_alone_what_two_have_agreed_on(kari: User, ola: User, source: Source) -> None:
    run = take_over(read(source, rows(2), kari), kari, approved_by=ola)
    before = catalog(source.clinic)
    assert "somebody else has to undo your change" in post(signed_in_client(kari), "undo", run)
    assert (fresh(run).state, catalog(source.clinic)) == ("done", before)
    assert "2 entries stand as they did before." in post(signed_in_client(ola), "undo", run)
    with scope(clinic=source.clinic):
        assert set(Group.objects.values_list("status", flat=True)) == {"closed"}


def test_what_is_too_old_to_undo_has_no_button(browser: Client, kari: User, source: Source) -> None:
    run = imported(source, rows(2), kari)
    assert "Undo all of it" in shown(browser, run)
    with scope(clinic=source.clinic):
        Change.objects.update(at="2020-01-01T12:00:00Z")
    assert "Undo all of it" not in shown(browser, run)
