"""A person's picture, kept small and square."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tenants.accounts.models import Avatar, User
from tenants.models import Membership
from tenants.pictures import version_of
from tenants.signals import picture_changed


def set_avatar(*, user: User, data: bytes, content_type: str) -> None:
    """Show a picture that was made ready (`storage.pictures.portrait`)."""
    with transaction.atomic():
        Avatar.objects.update_or_create(user=user, defaults={"data": data, "content_type": content_type})
        picture_changed.send(User, user=user)


def remove_avatar(*, user: User) -> None:
    """Show initials again."""
    with transaction.atomic():
        gone, _rows = Avatar.objects.filter(user=user).delete()
        if gone:
            picture_changed.send(User, user=user)


def avatar_of(*, user_id: UUID, organisation_id: UUID) -> Avatar | None:
    """The picture of a member of an organisation."""
    here = Membership.objects.filter(organisation_id=organisation_id, user_id=user_id)
    return Avatar.objects.filter(user_id=user_id).first() if here.exists() else None


def versions_of_members(organisation_id: UUID) -> dict[UUID, str]:
    """Which members have a picture, and what stands for its present state."""
    rows = Avatar.objects.filter(user__memberships__organisation_id=organisation_id)
    return {pk: version_of(changed_at) for pk, changed_at in rows.values_list("pk", "changed_at")}
