"""`manage.py run_demo`: the demo's server, and beside it the worker that reads meeting lists."""

import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serves the demo on 127.0.0.1 together with its worker; both end together."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", default="8000")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("For the demo only; a clinic runs its server and worker as services of their own.")
        with _worker():
            call_command("runserver", f"127.0.0.1:{options['port']}", use_static_handler=False, use_reloader=False)


@contextmanager
def _worker() -> Iterator[None]:
    # A polite end of this process ends the worker as well.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
    command = [sys.executable, sys.argv[0], "db_worker", "--no-startup-delay", "--verbosity", "0"]
    # In a session of its own, so that Ctrl-C reaches it once only, through us.
    worker = subprocess.Popen(command, start_new_session=True)  # noqa: S603
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)
