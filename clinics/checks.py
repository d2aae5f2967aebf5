"""System checks: settings that would be quietly unsafe stop the site instead."""

import base64
import binascii
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# Each worker would count failed sign-ins for itself, or not at all.
NOT_SHARED = ("LocMemCache", "DummyCache")
KEY_BYTES = 32


@register(Tags.security)
def cache_is_shared(app_configs: Sequence[AppConfig] | None = None, **_kwargs: object) -> list[CheckMessage]:
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.DEMO or not backend.endswith(NOT_SHARED):
        return []
    return [
        Error(
            f"The cache {backend} is not shared, so the limit on sign-in attempts would not hold.",
            hint="Use the database cache, or another one that all workers share.",
            id="clinics.E001",
        )
    ]


@register(Tags.security)
def answer_keys_are_whole(app_configs: Sequence[AppConfig] | None = None, **_kwargs: object) -> list[CheckMessage]:
    if not settings.ANSWER_KEYS:
        return [Error("ANSWER_KEYS is empty, so answers cannot be sealed.", id="clinics.E002")]
    broken = [number for number, key in enumerate(settings.ANSWER_KEYS, start=1) if not _is_whole(key)]
    return [
        Error(
            f"Answer key number {number} is not the base64 of {KEY_BYTES} bytes.",
            hint="Make one with: openssl rand -base64 32",
            id="clinics.E003",
        )
        for number in broken
    ]


def _is_whole(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
