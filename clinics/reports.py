"""Error reports and logs that hold no answers: no posted values, no query strings, no local variables.

The words of an exception are left out too, since a database or a parser often quotes what it was given.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

QUERY = re.compile(r"\?[^\s\"']+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def where_it_happened(error: BaseException | None, frames: TracebackType | None = None) -> str:
    """The kinds of error and the places in the code, causes first; never what the error says."""
    if error is None:
        return ""
    places = traceback.extract_tb(frames or error.__traceback__)
    lines = [f'  File "{place.filename}", line {place.lineno}, in {place.name}' for place in places]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    cause = where_it_happened(error.__cause__ or error.__context__)
    return "\n".join([*([cause] if cause else []), *lines, kind])


class SilentExceptionReporter(ExceptionReporter):
    """Says where it went wrong, and nothing about what was typed."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {}

    def _report(self) -> str:
        path = f"{self.request.method} {self.request.path}\n" if self.request else ""
        return path + where_it_happened(self.exc_value, self.tb)

    def get_traceback_text(self) -> SafeString:
        # For a mail or a terminal, where escaping would only blur it.
        return mark_safe(self._report())  # noqa: S308

    def get_traceback_html(self) -> SafeString:
        return format_html("<pre>{}</pre>", self._report())


class PathsOnly(logging.Filter):
    """Cuts every query string, and swaps a traceback for the bare places."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = CONTROL.sub(" ", QUERY.sub("?…", record.getMessage()))
        record.args = ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = where_it_happened(record.exc_info[1], record.exc_info[2])
        record.exc_info = None
        return True
