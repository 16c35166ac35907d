"""Invitations over REST: by e-mail, by link, and taking them back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import CreatedQuery
from api.members import ID
from api.permissions import RunsOrganisation, membership
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.models import Invitation, Role
from tenants.people import invitations

ROLES = [(role.value, role.label) for role in Role if role != Role.OWNER]


class InvitationSerializer(ModelSerializer[Invitation]):
    """A way into the organisation that is open. `email` is empty for a link, `link` null for an address.
    `invited_by` is a name."""

    email = TextField(read_only=True)
    link = serializers.SerializerMethodField()
    invited_by = serializers.SerializerMethodField()

    class Meta:
        model = Invitation
        fields = ["id", "email", "link", "role", "uses_left", "invited_by", "created_at", "expires_at"]
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_link(self, invitation: Invitation) -> str | None:
        return None if invitation.email else invitations.link_of(invitation)

    def get_invited_by(self, invitation: Invitation) -> str:
        return invitation.invited_by.get_full_name() if invitation.invited_by else ""


class InvitationQuery(CreatedQuery):
    """Those for one address, or in one role."""

    email = TextField(required=False, max_length=254)
    role = serializers.ChoiceField(required=False, choices=ROLES)

    lookups = {**CreatedQuery.lookups, "email": "email__iexact", "role": "role"}


class InviteSerializer(serializers.Serializer[Any]):
    """Whom to invite, each with a message of their own."""

    emails = serializers.ListField(
        child=TextField(max_length=254), min_length=1, max_length=invitations.MOST_AT_ONCE
    )
    role = serializers.ChoiceField(choices=ROLES, default=Role.MEMBER)


class InvitedSerializer(serializers.Serializer[Any]):
    """All that were made."""

    results = InvitationSerializer(many=True)


class LinkSerializer(serializers.Serializer[Any]):
    """A link for whoever has it: for how many people, and for how many days."""

    role = serializers.ChoiceField(choices=ROLES, default=Role.MEMBER)
    uses = serializers.IntegerField(min_value=1, max_value=invitations.MOST_USES, default=20)
    days = serializers.IntegerField(min_value=1, max_value=invitations.LONGEST.days, default=7)


class InvitationViewSet(mixins.ListModelMixin, ViewSet[Invitation]):
    """For owners and admins. Lists those that are open."""

    resource = "people"
    serializer_class = InvitationSerializer
    queries = {"list": InvitationQuery}
    orders = {"list": ("-created_at", "expires_at")}
    permission_classes = [RunsOrganisation]
    queryset = Invitation.objects.none()
    lookup_url_kwarg = "invitation"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Invitation]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return invitations.open_invitations(membership(self.request).organisation_id)

    @extend_schema(request=InviteSerializer, responses={201: InvitedSerializer})
    def create(self, request: Request) -> Response:
        """Invite people by e-mail: all of them, or nobody."""
        asked = InviteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        made = invitations.invite(emails=given["emails"], role=Role(given["role"]), by=membership(request))
        return Response(InvitedSerializer({"results": made}).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=LinkSerializer, responses={201: InvitationSerializer})
    @action(detail=False, methods=["post"])
    def links(self, request: Request) -> Response:
        """Make a link by which people can join."""
        asked = LinkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        made = invitations.make_link(
            role=Role(given["role"]),
            by=membership(request),
            uses=given["uses"],
            valid=timedelta(days=given["days"]),
        )
        return Response(InvitationSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        responses={204: None}, parameters=[OpenApiParameter("invitation", OpenApiTypes.UUID, "path")]
    )
    def destroy(self, request: Request, invitation: UUID) -> Response:
        """Take an invitation back: its link no longer works."""
        invitations.revoke(invitation_id=self.get_object().pk, by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
