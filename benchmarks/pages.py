"""Pages as somebody signed in asks for them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

    from clinics.models import User

Request = Callable[[], bytes]


def client_of(user: "User") -> "Client":
    """A client that lets every error through."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def page(response: Any) -> bytes:
    """Stops at anything but a page."""
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"Not a page but {response.status_code}")
    content: bytes = response.content
    return content


def queries(request: Request) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        request()
    return len(captured)
