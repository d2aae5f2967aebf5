"""What stands around the page of a group or an organisation: how the entry stands, and what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from clinics.access import MemberRequest
from clinics.models import Role
from groups_catalog.models import Group, Organisation, Report, Status
from groups_catalog.upkeep.history.drafts import Waiting, waiting_about


@dataclass(frozen=True, slots=True)
class Bar:
    """`may_edit` is false for those who only read."""

    slug: str
    may_edit: bool
    own: bool
    """An organisation of the clinic's own; a group always is."""
    status: str = ""
    merged_into: Group | None = None
    waiting: Sequence[Waiting] = ()
    """Drafts of a change of it, for those who may decide on them."""
    is_reported: bool = False
    """Somebody has told that it is not as listed, and nobody has looked into it yet."""
    short_address: str = ""
    """Where a client tells that, without signing in; for those who write it on the paper."""

    @property
    def may_publish(self) -> bool:
        return self.status != Status.PUBLISHED and not self.merged_into

    @property
    def may_pause(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def may_close(self) -> bool:
        return self.status != Status.CLOSED


def group_bar(request: MemberRequest, row: Group) -> Bar:
    reported = Report.objects.open().filter(group=row).exists()
    return Bar(
        row.slug,
        _may_edit(request),
        own=True,
        status=row.status,
        merged_into=row.merged_into,
        waiting=waiting_about(row) if _may_edit(request) else (),
        is_reported=reported,
        short_address=_short_address(request, row) if _may_edit(request) else "",
    )


def organisation_bar(request: MemberRequest, row: Organisation) -> Bar:
    return Bar(row.slug, _may_edit(request), own=row.clinic_id is not None)


def _short_address(request: MemberRequest, row: Group) -> str:
    """None for a draft, which nobody outside has heard of."""
    if row.status == Status.DRAFT:
        return ""
    return request.build_absolute_uri(reverse("public-report", args=[row.report_code]))


def _may_edit(request: MemberRequest) -> bool:
    return request.membership.role in {Role.CURATOR, Role.CLINIC_ADMIN}
