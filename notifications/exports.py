"""Who is told of an export of a whole organisation: receiver of `tenants.signals`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from notifications.models import Kind
from notifications.notifying import notify
from tenants import signals
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation, Role
from tenants.portable.models import Export

_KINDS = {"ready": Kind.EXPORT_READY, "failed": Kind.EXPORT_FAILED}


def listen() -> None:
    signals.export_changed.connect(tell)


def tell(*, organisation: Organisation, export: Export, change: str, **signal: Any) -> None:
    """All owners of one that is ready, since everything is in it; of one that failed only who asked."""
    if change not in _KINDS:
        return
    asker = export.asked_by
    data = {
        "organisation": organisation.name,
        "name": asker.get_full_name() if asker else "",
        "expires_at": export.expires_at.isoformat() if export.expires_at else "",
        "reason": export.reason,
        "path": "/organisation/exports/",
    }
    with entered(organisation):
        for user in _people(organisation, export, change):
            notify(user, _KINDS[change], data)


def _people(organisation: Organisation, export: Export, change: str) -> QuerySet[User]:
    owning = {"memberships__organisation": organisation, "memberships__role": Role.OWNER}
    owners = User.objects.filter(**owning).order_by("pk")
    asker = owners.filter(pk__in=[export.asked_by_id])
    return asker if change == "failed" and asker.exists() else owners
