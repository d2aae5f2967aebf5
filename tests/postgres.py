"""`python -m tests.postgres COMMAND…` runs COMMAND with DATABASE_URL set.

A DATABASE_URL that is set already is used as it is. Otherwise a cluster is made from the installed PostgreSQL, on
loopback and a free port, for this one run; it is stopped and removed when the command has ended.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import psycopg

INSTALLED_UNDER = Path("/usr/lib/postgresql")
# The servers refuse to run as root; one of these lends its name.
STAND_INS = ("postgres", "nobody")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
# Nothing here outlives the run, so nothing needs to survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, _end)
    if os.environ.get("DATABASE_URL"):
        return _run(command, os.environ["DATABASE_URL"])
    programs = installed()
    if programs is None:
        print("skipped: PostgreSQL is not installed", flush=True)
        return int(os.environ.get("CI") == "true")
    with a_cluster(programs) as url:
        return _run(command, url)


def installed() -> Path | None:
    """The folder with initdb and postgres: on the PATH, or the newest where Debian puts them."""
    versions = sorted(INSTALLED_UNDER.glob("*/bin"), key=lambda folder: int(folder.parent.name.split(".")[0]))
    on_path = [Path(folder) for folder in os.get_exec_path()]
    return next((folder for folder in (*on_path, *reversed(versions)) if _is_whole(folder)), None)


@contextmanager
def a_cluster(programs: Path) -> Iterator[str]:
    """The address of a new, empty database, as long as the block lasts."""
    runs_as = _runs_as()
    folder = Path(tempfile.mkdtemp(prefix="veivalg-postgres-"))
    try:
        if runs_as:
            shutil.chown(folder, runs_as["user"], runs_as["group"])
        with _serving(programs, folder / "data", runs_as) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(programs: Path, data: Path, runs_as: dict[str, Any]) -> Iterator[str]:
    initdb = [programs / "initdb", "-D", data, "-U", "veivalg", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=data.parent, **runs_as)  # noqa: S603
    port = _free_port()
    options = [word for option in QUICK for word in ("-c", option)]
    serve = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), *options]
    with (data.parent / "log").open("wb") as log:
        server = subprocess.Popen(serve, stdout=log, stderr=log, cwd=data.parent, **runs_as)  # noqa: S603
    try:
        yield _when_ready(server, f"postgresql://veivalg@127.0.0.1:{port}")
    finally:
        _stop(server)


def _when_ready(server: subprocess.Popen[bytes], address: str) -> str:
    """Waits until the server answers, and makes the database."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE veivalg")
            return f"{address}/veivalg"
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("The PostgreSQL server did not start.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _run(command: list[str], url: str) -> int:
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode  # noqa: S603


def _is_whole(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres"))


def _runs_as() -> dict[str, Any]:
    """Whom to run the server as; nobody else unless this is root."""
    if os.geteuid() != 0:
        return {}
    known = {person.pw_name: person for person in pwd.getpwall()}
    person = next(known[name] for name in STAND_INS if name in known)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(_signal: int, _frame: object) -> NoReturn:
    """So that the cluster is stopped and removed when this is told to stop."""
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
