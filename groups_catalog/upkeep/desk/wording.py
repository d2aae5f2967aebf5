"""The words and colours of the desk's reasons."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups_catalog.upkeep.desk.urgency import Reason

REASONS: dict[Reason, Promise] = {
    Reason.UNSAFE: _("Somebody did not feel safe"),
    Reason.CLOSED: _("Reported closed"),
    Reason.REPORTED: _("Reported: not as listed"),
    Reason.GONE: _("No longer in its meeting list"),
    Reason.DIFFERS: _("Its meeting list differs"),
    Reason.OFF_HANDOUT: _("Over 180 days: off the handout"),
    Reason.OVERDUE: _("Overdue: over 135 days"),
    Reason.DUE: _("Due: over 90 days"),
    Reason.NEVER: _("Never checked"),
    Reason.FACTS: _("Facts over 180 days old"),
    Reason.SOON: _("Due within two weeks"),
}
STUCK: dict[str, Promise] = {
    "held": _("Held back, because too much would go:"),
    "unread": _("Could not be read last time:"),
    "decided": _("Decided, but not taken over yet:"),
}
"""Why a reading of a meeting list waits for somebody."""
LOOKS = {
    Reason.UNSAFE: "stop",
    Reason.CLOSED: "stop",
    Reason.REPORTED: "warn",
    Reason.GONE: "info",
    Reason.DIFFERS: "info",
    Reason.OFF_HANDOUT: "stop",
    Reason.OVERDUE: "warn",
    Reason.DUE: "warn",
    Reason.NEVER: "dusk",
    Reason.FACTS: "dusk",
    Reason.SOON: "ok",
}
"""How each is coloured; the words say the same."""
