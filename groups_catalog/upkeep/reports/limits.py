"""How often somebody without a name may report: by sender, by group and by clinic. Nothing about the sender is kept
longer than an hour, and then only as a keyed hash."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from groups_catalog.models import Group, Report

SENDER_AN_HOUR = 5
GROUP_A_DAY = 3
CLINIC_A_DAY = 30
HOUR = 3600


def may_report(request: HttpRequest, group: Group) -> bool:
    """Counts this attempt. The clinic of the group is in scope."""
    if not _sender_may(request):
        return False
    since = timezone.now() - timedelta(days=1)
    unnamed = Report.objects.filter(by=None, at__gte=since)
    return unnamed.filter(group=group).count() < GROUP_A_DAY and unnamed.count() < CLINIC_A_DAY


def _sender_may(request: HttpRequest) -> bool:
    # allauth knows how many proxies stand before the site, so that nobody can choose an address.
    address = get_adapter().get_client_ip(request) or ""
    key = f"report-{salted_hmac('reports.limits', address, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return bool(cache.incr(key) <= SENDER_AN_HOUR)
    except ValueError:
        # It ran out between the two lines: a new hour.
        return True
