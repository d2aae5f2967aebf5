"""Switches the language without losing what is typed: the answers are saved by the same request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


@contextmanager
def chosen_language(request: HttpRequest) -> Iterator[str]:
    """The language of the button that was pressed; the present one where it names none of ours."""
    asked = request.POST.get("language", "")
    code = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(code):
        yield code


def speaking(code: str, response: HttpResponseBase) -> HttpResponseBase:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=cast("Literal['Lax', 'Strict']", settings.LANGUAGE_COOKIE_SAMESITE),
    )
    return response
