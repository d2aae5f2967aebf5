"""`manage.py read_feed`: what a meeting list says, without a database."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext, ngettext

from groups_catalog.feeds.limits import MAX_BYTES
from groups_catalog.feeds.model import Meeting, Problem, Reading, Settings
from groups_catalog.feeds.opening import NotReadable, open_list
from groups_catalog.feeds.reader import FORMATS, read_list
from groups_catalog.feeds.rows import DROPPED
from groups_catalog.feeds.times import parse_zone
from groups_catalog.feeds.wording import problem_sentence, refused_sentence
from groups_catalog.wording import WEEKDAYS

BAD_INPUT, REFUSED = 2, 1
SHOWN = 20
"""Meetings and problems that the summary names one by one."""


class Command(BaseCommand):
    help = "Reads a meeting list (Meeting Guide, BMLT, CSV or XLSX) and prints what it says. Needs no database."
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, default=None, help="default: what the file looks like")
        parser.add_argument("--json", action="store_true", help="everything, for programs")
        parser.add_argument("--organisation", default="", metavar="ID", help="whose list it is; codes are read by it")
        parser.add_argument("--timezone", default="Europe/Oslo", metavar="TZ", help="where rows name none themselves")
        parser.add_argument("--formats", type=Path, metavar="FILE", help="GetFormats of the same BMLT server")
        parser.add_argument("--service-bodies", type=Path, metavar="FILE", help="GetServiceBodies of that server")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = _reading(options)
        except OSError as wrong:
            self._stop(f"{wrong.filename}: {wrong.strerror}")
        except ValueError as wrong:
            self._stop(str(wrong))
        for line in as_json(reading) if options["json"] else as_text(reading):
            self.stdout.write(line)
        if reading.refused:
            sys.exit(REFUSED)

    def _stop(self, line: str) -> NoReturn:
        self.stderr.write(" ".join(line.split()))
        sys.exit(BAD_INPUT)


def _reading(options: dict[str, Any]) -> Reading:
    zone = parse_zone(options["timezone"])
    if not zone:
        raise ValueError(gettext("{name} is not a time zone like Europe/Oslo").format(name=options["timezone"]))
    return read_list(
        _bytes(options["file"]),
        Settings(organisation=options["organisation"], timezone=zone),
        name=options["file"].name,
        format=options["format"],
        formats=_answer(options["formats"]),
        service_bodies=_answer(options["service_bodies"]),
    )


def _answer(path: Path | None) -> object:
    """A BMLT server's own list of formats or areas."""
    if path is None:
        return None
    try:
        return open_list(_bytes(path), name=path.name, format="json").content
    except NotReadable as wrong:
        raise ValueError(f"{path.name}: {refused_sentence(wrong.refused)}") from None


def _bytes(path: Path) -> bytes:
    """One more than may be read is enough to see that a file is too large."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def as_json(reading: Reading) -> Iterator[str]:
    """Line by line: fifty thousand meetings as one text would take more memory than the list itself."""
    yield f'{{"format": {_json(reading.format)},'
    yield from _listed("meetings", map(_meeting, reading.meetings))
    yield from _listed("problems", map(_problem, reading.problems))
    yield f'"refused": {_json(refused_sentence(reading.refused) if reading.refused else None)}}}'


def _listed(name: str, told: Iterable[dict[str, Any]]) -> Iterator[str]:
    comma = ""
    yield f'"{name}": ['
    for one in told:
        yield f"{comma}{_json(one)}"
        comma = ","
    yield "],"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "source_key": meeting.source_key,
        "name": meeting.name,
        "organisation": meeting.organisation or None,
        "weekday": meeting.weekday,
        "start": meeting.start or None,
        "minutes": meeting.minutes,
        "timezone": meeting.timezone,
        "mode": meeting.mode.value,
        "open": meeting.open,
        "place": meeting.place or None,
        "latitude": meeting.latitude,
        "longitude": meeting.longitude,
        "codes": list(meeting.codes),
        "facts": {attribute: list(values) for attribute, values in meeting.facts.items()},
        "problems": [_problem(problem) for problem in meeting.problems],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"row": problem.row, "field": problem.field, "reason": problem_sentence(problem)}


def as_text(reading: Reading) -> Iterator[str]:
    """How much was read, the first meetings, and what was doubtful, the commonest first."""
    if reading.refused:
        yield refused_sentence(reading.refused)
        return
    count = len(reading.meetings)
    yield ngettext("{count} meeting", "{count} meetings", count).format(count=count) + f" ({reading.format})"
    yield from (_line(meeting) for meeting in reading.meetings[:SHOWN])
    if count > SHOWN:
        yield "…"
    for problem in (problem for problem in reading.problems if problem.reason.startswith(DROPPED)):
        yield gettext("Row {row}: {sentence}").format(row=problem.row, sentence=problem_sentence(problem))
    kept = (problem for problem in reading.problems if not problem.reason.startswith(DROPPED))
    counted = Counter(problem_sentence(Problem(0, problem.field, problem.reason)) for problem in kept)
    yield from (f"{times} × {told}" for told, times in counted.most_common(SHOWN))


def _line(meeting: Meeting) -> str:
    day = str(WEEKDAYS[meeting.weekday]) if meeting.weekday is not None else ""
    return "  " + " · ".join(
        filter(None, (meeting.name, f"{day} {meeting.start}".strip(), meeting.place, meeting.mode))
    )
