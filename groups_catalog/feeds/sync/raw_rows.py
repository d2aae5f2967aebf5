"""The records of a list as they came: kept, without what is personal, so that a reading can be checked. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from groups_catalog.feeds.columns import suggest_columns
from groups_catalog.feeds.limits import NotReadable
from groups_catalog.feeds.model import Settings
from groups_catalog.feeds.opening import open_list
from groups_catalog.feeds.privacy import clean_row
from groups_catalog.feeds.rows import Row
from groups_catalog.feeds.sync.listings import kept_key

KEYS = ("slug", "id_bigint", "id")
"""The fields in which the JSON families keep a row's own id."""


WHEN = ("updated", "last_contact")
"""When a row was last right: a new day alone is no news."""


class RawRows:
    """Records are asked for only of a list that could be read; until then nothing of it is held but its bytes."""

    def __init__(self, data: bytes, settings: Settings, format: str = "", *, also: str = "") -> None:
        """`also`: what else decides how the list is read."""
        self._data, self._settings, self._format, self._also = data, settings, format, also

    def fingerprint(self) -> str:
        """Of what the list says and how it is read: neither the order of its rows nor their dates change it."""
        digest = hashlib.sha256(repr(self._read_by()).encode())
        try:
            said = sorted(_said(row) for row in self._opened())
        except NotReadable:
            digest.update(self._data)
        else:
            digest.update(b"\0".join(said))
        return digest.hexdigest()

    def headings(self) -> list[str]:
        return list(map(str, self._row(1)))

    def record(self, row: int) -> dict[str, Any]:
        """The record of a row, which counts from 1; empty where there is none."""
        return clean_row(self._row(row))

    def keys_of(self, rows: Iterable[int]) -> set[str]:
        """What could be the key of a row that was not read."""
        return {key for row in rows for key in self._keys(row) if key}

    def _read_by(self) -> tuple[object, ...]:
        return (self._settings, self._format, *([self._also] if self._also else []))

    def _keys(self, number: int) -> list[str]:
        raw = self._row(number)
        column = self._settings.columns.get("key") or suggest_columns(map(str, raw)).get("key", "")
        row = Row(number, self._settings)
        return [kept_key(row.key(raw[name])) for name in {*KEYS, column} if name in raw]

    def _row(self, number: int) -> Mapping[str, Any]:
        found = self._rows[number - 1] if 1 <= number <= len(self._rows) else {}
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def _rows(self) -> Sequence[Any]:
        return self._opened()

    def _opened(self) -> Sequence[Any]:
        content = open_list(self._data, format=self._format if self._format in {"csv", "xlsx"} else None).content
        if isinstance(content, Mapping):
            content = content.get("meetings", ())
        return content if isinstance(content, list | tuple) else ()


def _said(row: Any) -> bytes:
    told = {name: value for name, value in row.items() if name not in WHEN} if isinstance(row, Mapping) else row
    return json.dumps(told, sort_keys=True).encode()
