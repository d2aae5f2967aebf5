"""What every page knows: the clinic, the person's role, and how long answers live without use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    return {
        "clinic": getattr(request, "clinic", None),
        "membership": membership,
        "role": membership.role if membership else "",
        "demo": settings.DEMO,
        "idle_minutes": settings.IDLE_MINUTES,
    }
