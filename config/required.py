"""Settings that a clinic must give; a missing one stops the site with a sentence that says what to do.

Settings are read before any translation is, so the sentence stands in both languages.
"""

import os

from django.core.exceptions import ImproperlyConfigured

MISSING = (
    "The setting {name} is missing. Set it in the server's environment; docs/production.md tells how. / "
    "Innstillingen {name} mangler. Sett den i tjenerens miljø; docs/production.md forteller hvordan."
)


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(MISSING.format(name=name))
    return value


def required_list(name: str) -> list[str]:
    """A comma-separated setting; at least one item."""
    return [item.strip() for item in required(name).split(",") if item.strip()]
