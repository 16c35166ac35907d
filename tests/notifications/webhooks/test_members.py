"""What endpoints hear of members: neither their names nor their addresses."""

from __future__ import annotations

import json

from notifications.webhooks.models import Event
from tenants.models import Membership, Role
from tenants.people import members
from tenants.signals import member_joined


def said(kind: str) -> dict[str, object]:
    return Event.objects.get(type=kind).data


def test_members_come_change_and_go(endpoint, by, organisation, member):
    membership = Membership.objects.get(user=member, organisation=organisation)
    member_joined.send(None, organisation=organisation, actor=None, membership=membership, invitation=None)
    assert said("member.joined")["id"] == str(membership.pk)
    assert said("member.joined")["url"].endswith(f"/api/v1/members/{membership.pk}/")
    members.change_role(membership_id=membership.pk, role=Role.ADMIN, by=by)
    assert (said("member.role_changed")["before"], said("member.role_changed")["role"]) == ("MEMBER", "ADMIN")
    members.remove_member(membership_id=membership.pk, by=by)
    assert said("member.removed")["id"] == str(membership.pk)
    everything = json.dumps([event.data for event in Event.objects.all()])
    assert "Max" not in everything and "@" not in everything
