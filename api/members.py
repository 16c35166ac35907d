"""Members over REST: who is here, their roles and tiers, removal, and one's own membership."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import Query
from api.permissions import IsMember, SeesPeople, membership
from api.portraits import shown
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.accounts import avatars
from tenants.models import Membership, Role, Tier
from tenants.people import members, tiers
from tenants.people.roster import LONGEST_SEARCH, Wanted, people_of

ID = "[0-9a-f-]{36}"
_MEMBER = OpenApiParameter("member", OpenApiTypes.UUID, "path")


class TierNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = TextField()


class GroupNameSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = TextField()


class MemberSerializer(ModelSerializer[Membership]):
    """Somebody who belongs to the organisation. `own_tier` is what they were given themselves; `tier` is what
    counts: the highest of it and those of their groups. `user` names the same person in the activity.

    The context has `tiers`, the organisation's; the rows come from `tenants.people.roster`.
    """

    url = serializers.SerializerMethodField()
    user = serializers.UUIDField(source="user_id", read_only=True)
    name = TextField(source="user.get_full_name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    tier = serializers.SerializerMethodField()
    own_tier = serializers.SerializerMethodField()
    groups = serializers.SerializerMethodField()
    joined_at = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "url", "user", "name", "email", "role", "tier", "own_tier", "groups", "joined_at"]
        read_only_fields = fields

    def get_url(self, member: Membership) -> str:
        kwargs = {"member": member.pk}
        return str(reverse("api:member-detail", kwargs=kwargs, request=self.context.get("request")))

    @extend_schema_field(TierNameSerializer(allow_null=True))
    def get_tier(self, member: Any) -> dict[str, Any] | None:
        return self._tier(lambda tier: tier.rank == member.held_rank)

    @extend_schema_field(TierNameSerializer(allow_null=True))
    def get_own_tier(self, member: Membership) -> dict[str, Any] | None:
        return self._tier(lambda tier: tier.pk == member.tier_id)

    @extend_schema_field(GroupNameSerializer(many=True))
    def get_groups(self, member: Membership) -> list[dict[str, Any]]:
        return [{"id": each.group_id, "name": each.group.name} for each in member.groups.all()]

    def _tier(self, is_it: Callable[[Tier], bool]) -> dict[str, Any] | None:
        found = next(filter(is_it, self.context["tiers"]), None)
        return {"id": found.pk, "name": found.name} if found else None


class PeopleQuery(Query):
    """Whom to list. `q` is in their name or e-mail address; `tier` is the one that counts for them."""

    q = TextField(required=False, allow_blank=True, max_length=LONGEST_SEARCH)
    role = serializers.ChoiceField(required=False, choices=Role.choices)
    group = serializers.UUIDField(required=False)
    tier = serializers.UUIDField(required=False)


class HeirQuery(Query):
    """The member who takes over their books; left out, whoever calls."""

    heir = serializers.UUIDField(required=False)


class MemberChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays. `own_tier` is a tier's id, or null for none of their own."""

    role = serializers.ChoiceField(required=False, choices=Role.choices)
    own_tier = serializers.UUIDField(required=False, allow_null=True)


@extend_schema_view(retrieve=extend_schema(parameters=[_MEMBER]))
class MemberViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Membership]):
    """Everybody but guests may look; owners and admins change roles and tiers and remove people."""

    resource = "people"
    serializer_class = MemberSerializer
    queries = {"list": PeopleQuery, "destroy": HeirQuery}
    bytes = ("picture",)
    permission_classes = [SeesPeople]
    queryset = Membership.objects.none()
    lookup_url_kwarg = "member"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        wanted = _wanted_of(self.query) if self.action == "list" else Wanted()
        return people_of(membership(self.request).organisation_id, wanted)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **tiers_for(self.request)}

    @extend_schema(request=MemberChangeSerializer, responses=MemberSerializer, parameters=[_MEMBER])
    def partial_update(self, request: Request, member: UUID) -> Response:
        """Change a member's role, their own tier, or both."""
        asked = MemberChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given, by, one = asked.validated_data, membership(request), self.get_object()
        with transaction.atomic():
            if "own_tier" in given:
                self._give_tier(one, given["own_tier"])
            if "role" in given:
                members.change_role(membership_id=one.pk, role=Role(given["role"]), by=by)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        responses={204: None},
        parameters=[_MEMBER],
    )
    def destroy(self, request: Request, member: UUID) -> Response:
        """Remove a member from the organisation. Their books stay."""
        by, one = membership(request), self.get_object()
        heir = self._heir(one, self.query.get("heir", by.pk))
        members.remove_member(membership_id=one.pk, by=by, heir=heir.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=MemberSerializer, parameters=[_MEMBER])
    @action(detail=True, methods=["post"], url_path="transfer-ownership", url_name="transfer-ownership")
    def transfer_ownership(self, request: Request, member: UUID) -> Response:
        """Make a member the owner in one's own place. Only an owner can; they stay as an admin."""
        members.transfer_ownership(membership_id=self.get_object().pk, by=membership(request))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(methods=["GET"], responses=MemberSerializer)
    @extend_schema(methods=["DELETE"], responses={204: None})
    @action(detail=False, methods=["get", "delete"], permission_classes=[IsMember], pagination_class=None)
    def me(self, request: Request) -> Response:
        """One's own membership; DELETE leaves the organisation, and one's books go to the first owner."""
        if request.method == "DELETE":
            members.leave(membership=membership(request))
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(self.get_serializer(self.get_queryset().get(pk=membership(request).pk)).data)

    @extend_schema(parameters=[_MEMBER], responses={(200, "image/*"): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=True)
    def picture(self, request: Request, member: UUID) -> HttpResponse:
        """A member's picture; 404 where they have none."""
        one = self.get_object()
        return shown(avatars.avatar_of(user_id=one.user_id, organisation_id=one.organisation_id))

    def _give_tier(self, one: Membership, tier_id: UUID | None) -> None:
        try:
            tiers.give_tier(membership_id=one.pk, tier_id=tier_id, by=membership(self.request))
        except Tier.DoesNotExist as error:
            raise ValidationError({"own_tier": [_("Choose a tier of this organisation.")]}) from error

    def _heir(self, leaving: Membership, heir_id: UUID) -> Membership:
        try:
            return members.possible_heirs(leaving).get(pk=heir_id)
        except Membership.DoesNotExist as error:
            raise ValidationError({"heir": [_("Choose a member who takes over their books.")]}) from error


def _wanted_of(given: dict[str, Any]) -> Wanted:
    return Wanted(
        text=given.get("q", ""),
        role=Role(given["role"]) if "role" in given else None,
        group_id=given.get("group"),
        tier_id=given.get("tier"),
    )


def tiers_for(request: Request | None) -> dict[str, Any]:
    """What `MemberSerializer` needs in its context; nothing while the description is made."""
    if request is None or not request.user.is_authenticated:
        return {"tiers": []}
    return {"tiers": list(tiers.tiers_in(membership(request).organisation_id))}
