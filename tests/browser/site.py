"""The demo site on a free loopback port, with a database of its own, for as long as the tests run."""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60
ADDRESSES = "addresses.json"
SESSIONS = "sessions.json"
PREPARE = "from tests.browser.prepare import prepare; prepare({folder!r})"
LEAVE_IDLE = """
UPDATE referral_consultation
SET opened_at = datetime('now', '-2 hours'), touched_at = datetime('now', '-1 hours') WHERE ended_at IS NULL
"""
STAY_SIGNED_IN = "UPDATE django_session SET expire_date = datetime('now', '+20 minutes')"
FORGET_SENDERS = "DELETE FROM rate_limit WHERE cache_key LIKE '%report-%'"


@dataclass(frozen=True)
class Site:
    address: str
    folder: Path

    def leave_idle(self) -> None:
        """As if nobody had touched the open consultations for an hour."""
        self._is_told(LEAVE_IDLE)

    def forget_senders(self) -> None:
        """As if nobody had told anything through the short address in the last hour."""
        self._is_told(FORGET_SENDERS)

    def session_of(self, username: str) -> str:
        """For the cookie, as if they had signed in just now; that costs as much as a page, and has its own tests."""
        self._is_told(STAY_SIGNED_IN)
        return self._sessions[username]

    @cached_property
    def _sessions(self) -> dict[str, str]:
        told: dict[str, str] = json.loads((self.folder / SESSIONS).read_text(encoding="utf-8"))
        return told

    @cached_property
    def addresses(self) -> dict[str, str]:
        """By name, of what was prepared and has no address of its own choosing."""
        told: dict[str, str] = json.loads((self.folder / ADDRESSES).read_text(encoding="utf-8"))
        return told

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def _is_told(self, statement: str) -> None:
        with closing(sqlite3.connect(self.folder / "demo.sqlite3", timeout=20)) as database, database:
            database.execute(statement)


def prepared(shared: Path, folder: Path) -> None:
    """Puts a site with everything in it into `folder`. It is made once, whichever process comes first."""
    made = shared / "prepared-site"
    with (shared / "prepared-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / ADDRESSES).exists():
            made.mkdir(exist_ok=True)
            _manage(made, "shell", "--no-imports", "--command", PREPARE.format(folder=str(made)))
    shutil.copytree(made, folder, dirs_exist_ok=True)


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serves what was prepared in `folder`, and stops the server it started."""
    port = _free_port()
    command = [sys.executable, "manage.py", "run_demo", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=_surroundings(folder), stdout=log, stderr=log)  # noqa: S603
    try:
        site = Site(f"http://127.0.0.1:{port}", folder)
        _wait_for(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(15)


def _manage(folder: Path, *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=_surroundings(folder), check=True, capture_output=True)  # noqa: S603


def _surroundings(folder: Path) -> dict[str, str]:
    """The demo's settings, whatever the tests themselves run with."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VEIVALG_VAR": str(folder)}


def _wait_for(site: Site, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{site.address}/sign-in/") as answer:  # noqa: S310
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{site.log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
