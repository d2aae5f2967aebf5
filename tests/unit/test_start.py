"""A server loads everything before its first request, and then sets it aside from the search for garbage."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STARTED = """
import config.wsgi, gc, sys
from referral.knowledge import rules
assert "referral.menu.views" in sys.modules, "the views are imported"
assert rules.cache_info().currsize == 1, "the knowledge is read"
print(gc.get_freeze_count(), len(gc.get_objects()))
"""


def test_what_is_loaded_at_the_start_is_never_looked_through_again() -> None:
    """In a process of its own, with a database that has no table: nothing may be asked of it."""
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-c", STARTED]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)  # noqa: S603
    set_aside, looked_through = map(int, done.stdout.split())
    assert set_aside > 50_000
    assert looked_through < 5_000
