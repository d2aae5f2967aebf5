"""What stands in a workbook's cell, as the plain text a person would have typed: 19:00, 2026-05-01, 7."""

import math
import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_datetime, is_timedelta_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot hold."""
ISO = re.compile(r"(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d)?(:\d\d)?(\.\d+)?Z?")
HALF_A_SECOND = timedelta(milliseconds=500)


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), text) if "_x" in text else text


def column_number(letters: str) -> int:
    """A is 0."""
    return int(column_index_from_string(letters)) - 1


def format_code(number: int, own: Mapping[int, str]) -> str:
    return own.get(number) or BUILTIN_FORMATS.get(number, "")


def number_text(raw: str, code: str, *, from_1904: bool) -> str:
    value = float(raw)
    if not math.isfinite(value):
        return ""
    if code and is_date_format(code):
        return _moment_text(value, code, MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    return _plain_number(value)


def _plain_number(value: float) -> str:
    """With the fifteen digits that Excel itself shows."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _moment_text(value: float, code: str, epoch: datetime) -> str:
    try:
        moment = from_excel(value, epoch, timedelta=is_timedelta_format(code))
    except (OverflowError, ValueError):
        return "#VALUE!"
    if isinstance(moment, timedelta):
        return _duration(moment)
    if isinstance(moment, time):
        return _clock(datetime.combine(epoch, moment))
    if is_datetime(code) == "time":
        return _clock(moment)
    return _day_and_clock(moment + HALF_A_SECOND)


def _duration(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _clock(moment: datetime) -> str:
    rounded = moment + HALF_A_SECOND
    return f"{rounded:%H:%M:%S}".removesuffix(":00") if rounded.second else f"{rounded:%H:%M}"


def _day_and_clock(moment: datetime) -> str:
    day = moment.date().isoformat()
    return day if moment.time().replace(microsecond=0) == time.min else f"{day} {moment:%H:%M}"


def other_text(raw: str, kind: str) -> str:
    """Yes and no, dates written out, texts, and Excel's own errors."""
    if kind == "b":
        return "true" if raw.strip() in {"1", "true"} else "false"
    if kind == "d" and (found := ISO.fullmatch(raw)):
        return " ".join(part for part in found.group(1, 2) if part)
    return unescaped(raw)
