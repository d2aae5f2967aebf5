"""How often somebody without a name may report: by sender, by group and by clinic. Nothing about the sender is kept
longer than an hour, and then only as a keyed hash."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from groups_catalog.models import Group, Report, ReportKind

SENDER_AN_HOUR = 5
GROUP_A_DAY = 3
"""Of one kind."""
CLINIC_A_DAY = 30
HOUR = 3600


def sender_may(request: HttpRequest) -> bool:
    """Counts this attempt: each takes one of a few places for an hour.

    A counter would not do. The cache in the database counts in two steps, which two at once can share, and gives
    what it has counted five minutes instead of the hour.
    """
    # allauth knows how many proxies stand before the site, so that nobody can choose an address.
    address = get_adapter().get_client_ip(request) or ""
    key = f"report-{salted_hmac('reports.limits', address, algorithm='sha256').hexdigest()}"
    return any(cache.add(f"{key}-{place}", "", timeout=HOUR) for place in range(SENDER_AN_HOUR))


def is_room_for(group: Group, kind: ReportKind) -> bool:
    """Three who say that the time is wrong do not silence the one who did not feel safe."""
    unnamed = Report.objects.filter(by=None, at__gte=timezone.now() - timedelta(days=1))
    of_this = unnamed.filter(group=group, kind=kind)
    return of_this.count() < GROUP_A_DAY and unnamed.count() < CLINIC_A_DAY
