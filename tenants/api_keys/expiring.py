"""Saying a week before that a key expires: each key once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tenants.api_keys.models import ApiKey
from tenants.context import in_public
from tenants.signals import api_key_expiring

AHEAD: Final = timedelta(days=7)


def warn() -> int:
    """Tell of every key that works still and expires within a week; how many that was."""
    now = timezone.now()
    due = ApiKey.objects.filter(
        expires_at__gt=now,
        expires_at__lte=now + AHEAD,
        warned_at=None,
        revoked_at=None,
        retires_at=None,
        membership__isnull=False,
    )
    with in_public():
        return sum(_warn_of(pk) for pk in due.values_list("pk", flat=True))


def _warn_of(pk: UUID) -> bool:
    with transaction.atomic():
        if not ApiKey.objects.filter(pk=pk, warned_at=None).update(warned_at=timezone.now()):
            return False
        key = ApiKey.objects.select_related("organisation", "membership__user").get(pk=pk)
        api_key_expiring.send(ApiKey, organisation=key.organisation, actor=None, key=key)
    return True
