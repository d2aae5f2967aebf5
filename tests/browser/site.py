"""The demo site on a free loopback port, with a database of its own, for as long as the tests run."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from clinics.demo import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60
# A clinic that has published nothing yet, and somebody who works there.
WITHOUT_GROUPS = "newcomer"
PREPARE = f"""
from django.core.management import call_command
from clinics.services import add_clinic, add_member
call_command("migrate", verbosity=0)
call_command("createcachetable")
call_command("load_library")
call_command("load_demo")
clinic, _ = add_clinic(slug="new", name_en="A new clinic", name_nb="En ny klinikk")
add_member(clinic=clinic, username="{WITHOUT_GROUPS}", password="{DEMO_PASSWORD}", role="clinician", label="Newcomer")
"""
LEAVE_IDLE = """
UPDATE referral_consultation
SET opened_at = datetime('now', '-2 hours'), touched_at = datetime('now', '-1 hours') WHERE ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    folder: Path

    def leave_idle(self) -> None:
        """As if nobody had touched the open consultations for an hour."""
        with closing(sqlite3.connect(self.folder / "demo.sqlite3", timeout=20)) as database, database:
            database.execute(LEAVE_IDLE)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Loads library and demo into `folder`, serves them, and stops the server it started."""
    _manage(folder, "shell", "--no-imports", "--command", PREPARE)
    port = _free_port()
    command = [sys.executable, "manage.py", "runserver", "--nostatic", "--noreload", f"127.0.0.1:{port}"]
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
