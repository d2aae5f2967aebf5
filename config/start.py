"""What a server does once, before its first request.

Looking for garbage means visiting every object there is. Those that are loaded once, code and knowledge and all, are
more than a hundred thousand and never become garbage; visiting them again and again held up a page now and then by
three times what it takes to make. So they are loaded first, and then set aside.
"""

import gc

from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext, override

from referral.knowledge import rules

NEW_OBJECTS = 5_000
"""Python looks for garbage when there are so many: about what one menu needs while it is made."""


def get_ready() -> None:
    """Asks no database, so that a server may do it before it divides itself into workers."""
    _load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def _load() -> None:
    rules()
    _imports_every_view = get_resolver().url_patterns
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Groups")
