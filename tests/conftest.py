"""What every test starts from."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _no_language_is_left_from_another_test() -> None:
    """A request leaves its language behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_rate_limit_is_left_from_another_test() -> None:
    cache.clear()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is there, so a test that is skipped is something left unchecked."""
    if session.exitstatus == pytest.ExitCode.OK and _skipped_in_ci(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if skipped := _skipped_in_ci(config):
        terminalreporter.section("CI")
        terminalreporter.line(f"{len(skipped)} skipped, and CI=true: this run fails.", red=True)


def _skipped_in_ci(config: pytest.Config) -> list[Any]:
    """The skipped tests where that counts; on a worker there is no reporter, and the main process counts."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter and os.environ.get("CI") == "true" else []
