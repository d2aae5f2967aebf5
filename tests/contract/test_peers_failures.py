"""What emptied or doubled other directories, done to ours: nothing is lost, nothing is half done, the truth is told.

The publisher is real, on loopback; so are the worker that is killed and its database file.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from clinics.models import User
from groups_catalog.feeds import fetch
from groups_catalog.models import Source
from groups_catalog.upkeep.documents import Document
from tests.contract.killing import MANY
from tests.factories import a_member
from tests.feed_server import FeedServer
from tests.sync_world import a_source, as_json, catalog, proposed, read, rows, take_over
from tests.unit.feeds.test_opening_workbooks import LAUGHS, OUTSIDE
from tests.unit.feeds.workbooks import by_hand, sheet_of

MEETINGS = 145
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def kari() -> User:
    return a_member(role="curator")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        running.lists["list"] = as_json(rows(MEETINGS))
        yield running


@pytest.fixture
def source(kari: User, server: FeedServer) -> Source:
    """A list of 145 meetings, read from its address and taken over."""
    made = a_source(kari.membership.clinic, address=server.url("list"))
    assert take_over(read(made, None, kari), kari).state == "done"
    return made


def published(documents: dict[str, Document]) -> int:
    return sum(document["status"] == "published" for document in documents.values())


def asked_at(source: Source, address: str) -> Source:
    with scope(clinic=source.clinic):
        Source.objects.filter(pk=source.pk).update(address=address)
        return Source.objects.select_related("clinic", "organisation").get(pk=source.pk)


ANSWERS = {
    "500": ("failed", "server_error"),
    "404": ("failed", "not_found"),
    "403": ("failed", "not_allowed"),
    "html": ("refused", "web_page"),
    "empty_list": ("refused", "empty_list"),
    "error_object": ("refused", "error_answer"),
    "truncated": ("refused", "json_cut_off"),
    "slow": ("failed", "timed_out"),
    "redirect_inside": ("failed", "inside_address"),
    "redirect_other_port": ("failed", "inside_address"),
    "redirect_loop": ("failed", "redirected"),
    "endless": ("failed", "too_large"),
    "gzip_bomb": ("failed", "too_large"),
    "zip_bomb": ("refused", None),
    "wrong_length": ("failed", "cut_short"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ANSWERS)
def test_a_bad_answer_loses_no_meeting_and_is_told_truthfully(
    answer: str, kari: User, source: Source, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    if answer == "slow":
        monkeypatch.setattr(fetch, "READ_SECONDS", 0.5)
    before = catalog(source.clinic)
    run = read(asked_at(source, server.url(answer)), None, kari)
    state, reason = ANSWERS[answer]
    assert (run.state, run.reason) == (state, reason or run.reason)
    assert run.reason
    assert (proposed(run), catalog(source.clinic)) == ({}, before)
    assert read(asked_at(source, server.url("list")), None, kari).state == "unchanged"


BOMBS: dict[str, Callable[[], bytes]] = {
    "entities in entities": lambda: by_hand(LAUGHS + sheet_of("<row><c t='str'><v>&b;</v></c></row>")),
    "an entity from outside": lambda: by_hand(OUTSIDE + sheet_of("<row><c t='str'><v>&a;</v></c></row>")),
    "a cell of 50 MB": lambda: b'[{"name": "' + b"a" * (50 * 1024 * 1024) + b'"}]',
}


@pytest.mark.django_db
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_made_to_hurt_is_refused_whole(bomb: str, kari: User, source: Source) -> None:
    before = catalog(source.clinic)
    run = read(source, BOMBS[bomb](), kari)
    assert (run.state, proposed(run), catalog(source.clinic)) == ("refused", {}, before)


@pytest.mark.django_db
def test_one_meeting_left_of_145_closes_nothing(kari: User, source: Source, server: FeedServer) -> None:
    server.lists["list"] = as_json(rows(1))
    run = read(source, None, kari)
    assert (run.state, run.counts["gone"]) == ("quarantined", MEETINGS - 1)
    assert published(catalog(source.clinic)) == MEETINGS


@pytest.mark.django_db
def test_new_ids_for_every_meeting_lose_none_and_make_none(kari: User, source: Source, server: FeedServer) -> None:
    before = catalog(source.clinic)
    server.lists["list"] = as_json(
        [{**row, "slug": f"{10_000 + number}"} for number, row in enumerate(rows(MEETINGS))]
    )
    run = read(source, None, kari)
    assert proposed(run) == {"renamed": MEETINGS}
    take_over(run, kari)
    assert catalog(source.clinic) == before


@pytest.mark.django_db
def test_a_publisher_who_says_that_nothing_changed_is_believed_only_when_nothing_waits(
    kari: User, source: Source, server: FeedServer
) -> None:
    polite = asked_at(source, server.url("json"))
    run = read(polite, None, kari)
    assert run.state == "quarantined"
    assert "If-None-Match" not in server.asked[-1][1]
    with scope(clinic=source.clinic):
        polite.refresh_from_db()
    assert polite.etag
    read(polite, None, kari)
    assert "If-None-Match" not in server.asked[-1][1], "a run still waits, so the whole list is asked for"


# --- a worker that is killed ---------------------------------------------------------------------------------

POLL = 0.002
IN_THE_MIDDLE = 0.3
"""Seconds after the writing has begun; it takes more than one."""
COUNTED = ("group", "proposal", "listing", "change")


class Site:
    """A site of its own on a file of SQLite, with a worker in a process of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.env = {**os.environ, "VEIVALG_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        self.env.pop("DATABASE_URL", None)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "manage.py", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL)  # noqa: S603

    def do(self, what: str) -> None:
        code = f"from tests.contract.killing import {what}; {what}()"
        assert self.start("shell", "--no-imports", "-c", code).wait(120) == 0

    def worker(self) -> "subprocess.Popen[bytes]":
        return self.start("db_worker", "--batch", "--no-startup-delay", "--verbosity", "0")

    def ask(self, question: str) -> tuple[Any, ...]:
        with closing(sqlite3.connect(f"file:{self.var / 'demo.sqlite3'}?mode=ro", uri=True, timeout=5)) as database:
            found: tuple[Any, ...] = database.execute(question).fetchone()
        return found

    def state(self) -> str:
        return str(self.ask("SELECT state FROM groups_catalog_run")[0])

    def has_begun_to_read(self) -> bool:
        return bool(self.ask("SELECT done_rows FROM groups_catalog_run")[0])

    def beat(self) -> object:
        return self.ask("SELECT beat_at FROM groups_catalog_run")[0]

    def kill_when(self, reached: Callable[[], bool], later: float = 0) -> None:
        worker = self.worker()
        until = time.monotonic() + 60
        while worker.poll() is None and not reached() and time.monotonic() < until:
            time.sleep(POLL)
        time.sleep(later)
        worker.kill()
        worker.wait(30)

    def counts(self) -> tuple[int, ...]:
        return tuple(self.ask(f"SELECT count(*) FROM groups_catalog_{name}")[0] for name in COUNTED)  # noqa: S608


def test_a_killed_worker_leaves_all_or_nothing_and_the_next_one_does_it_all(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.do("begin")
    site.kill_when(site.has_begun_to_read)
    assert (site.state(), site.counts()) == ("reading", (0, 0, 0, 0)), "killed in mid-reading: nothing stands"
    site.do("take_up_again")
    assert site.worker().wait(120) == 0
    assert (site.state(), site.counts()) == ("ready", (0, MANY, 0, 0))
    site.do("accept")
    asked = site.beat()
    site.kill_when(lambda: site.beat() != asked, later=IN_THE_MIDDLE)
    assert (site.state(), site.counts()) in (("writing", (0, MANY, 0, 0)), ("done", (MANY, MANY, MANY, 1)))
    if site.state() == "writing":
        site.do("take_up_again")
        assert site.worker().wait(120) == 0
    assert (site.state(), site.counts()) == ("done", (MANY, MANY, MANY, 1))
