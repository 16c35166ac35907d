"""Ending keys: by hand, and with the membership that they act for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from tenants.accounts.models import User
from tenants.api_keys.models import ApiKey
from tenants.api_keys.recognising import forget_changed
from tenants.models import Membership, Organisation
from tenants.people import members
from tenants.signals import api_key_revoked


def revoke(*, key_id: UUID, by: Membership) -> ApiKey:
    """Let a key open nothing any more, within a second; one that is revoked stays so.

    Raises `tenants.people.members.NotAllowed`, or `ApiKey.DoesNotExist`.
    """
    with members.alone(by.organisation_id):
        by = members.running(by)
        key = ApiKey.objects.select_for_update().get(pk=key_id, organisation_id=by.organisation_id)
        _end(key, by.organisation, by.user)
    return key


def revoke_for_platform(*, key_id: UUID, organisation: Organisation, by: User, reason: str) -> ApiKey:
    """The same by the platform's own people, who tell the organisation why. Raises `ApiKey.DoesNotExist`."""
    with members.alone(organisation.pk):
        key = ApiKey.objects.select_for_update().get(pk=key_id, organisation=organisation)
        _end(key, organisation, by, reason)
    return key


def _end(key: ApiKey, organisation: Organisation, actor: User, reason: str = "") -> None:
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        api_key_revoked.send(ApiKey, organisation=organisation, actor=actor, key=key, reason=reason)


def end_keys_of(*, membership: Membership, **signal: Any) -> None:
    """Receiver of `member_gone`: nobody acts for whom is no longer there."""
    ApiKey.objects.filter(membership=membership, revoked_at=None).update(revoked_at=timezone.now())
    forget_changed()
