"""Groups of members over REST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import CreatedQuery
from api.members import ID, MemberSerializer, tiers_for
from api.permissions import SeesPeople, membership
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.models import Group, Membership
from tenants.people import groups
from tenants.people.groups import Particulars
from tenants.people.roster import Wanted, people_of

_GROUP = OpenApiParameter("group", OpenApiTypes.UUID, "path")
_MEMBER = OpenApiParameter("member", OpenApiTypes.UUID, "path")


class GroupSerializer(ModelSerializer[Group]):
    """Members under a name. `tier` is the id of what everybody in it has, or null; `size` counts them."""

    url = serializers.SerializerMethodField()
    name = TextField(max_length=80)
    description = TextField(max_length=300, allow_blank=True, required=False)
    tier = serializers.UUIDField(source="tier_id", allow_null=True, required=False)
    size = serializers.IntegerField(read_only=True)

    class Meta:
        model = Group
        fields = ["id", "url", "name", "description", "tier", "size", "created_at"]
        read_only_fields = ["id", "created_at"]

    def get_url(self, group: Group) -> str:
        kwargs = {"group": group.pk}
        return str(reverse("api:group-detail", kwargs=kwargs, request=self.context.get("request")))


class GroupQuery(CreatedQuery):
    """`q` is in the name; `tier` is what everybody in the group has."""

    q = TextField(required=False, max_length=80)
    tier = serializers.UUIDField(required=False)

    lookups = {**CreatedQuery.lookups, "q": "name__icontains", "tier": "tier_id"}


class ChosenSerializer(serializers.Serializer[Any]):
    """Members, by their ids."""

    members = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=groups.MOST_AT_ONCE
    )


class MovedSerializer(serializers.Serializer[Any]):
    """Whom it moved, by their ids: nobody where all of them were there already."""

    members = serializers.ListField(child=serializers.UUIDField(), max_length=groups.MOST_AT_ONCE)


@extend_schema_view(retrieve=extend_schema(parameters=[_GROUP]))
class GroupViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Group]):
    """Everybody but guests may look; owners and admins make, change, fill and delete them."""

    resource = "people"
    serializer_class = GroupSerializer
    queries = {"list": GroupQuery}
    orders = {"list": ("-created_at", "name"), "members": ("-created_at",)}
    permission_classes = [SeesPeople]
    queryset = Group.objects.none()
    lookup_url_kwarg = "group"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Group]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return groups.groups_of(membership(self.request).organisation_id)

    @extend_schema(request=GroupSerializer, responses={201: GroupSerializer})
    def create(self, request: Request) -> Response:
        """Make a group, empty."""
        asked = GroupSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = groups.make_group(by=membership(request), particulars=Particulars(**asked.validated_data))
        answer = self.get_serializer(self.get_queryset().get(pk=made.pk)).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": answer["url"]})

    @extend_schema(request=GroupSerializer(partial=True), responses=GroupSerializer, parameters=[_GROUP])
    def partial_update(self, request: Request, group: UUID) -> Response:
        """Change what is named, and leave the rest."""
        one = self.get_object()
        asked = GroupSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        before = groups.particulars_of(one)
        groups.change_group(
            group_id=one.pk, by=membership(request), particulars=replace(before, **asked.validated_data)
        )
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses={204: None}, parameters=[_GROUP])
    def destroy(self, request: Request, group: UUID) -> Response:
        """Delete a group. Its members stay in the organisation."""
        groups.delete_group(group_id=self.get_object().pk, by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(methods=["GET"], responses=MemberSerializer(many=True), parameters=[_GROUP])
    @extend_schema(methods=["POST"], request=ChosenSerializer, responses=MovedSerializer, parameters=[_GROUP])
    @action(detail=True, methods=["get", "post"])
    def members(self, request: Request, group: UUID) -> Response:
        """Who is in it. POST adds members, all or nobody, and answers with those who were not in it."""
        one = self.get_object()
        if request.method == "POST":
            return self._moved(groups.add_members, one)
        rows = people_of(one.organisation_id, Wanted(group_id=one.pk))
        context = {**self.get_serializer_context(), **tiers_for(request)}
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(MemberSerializer(page, many=True, context=context).data)

    @extend_schema(request=ChosenSerializer, responses=MovedSerializer, parameters=[_GROUP])
    @action(detail=True, methods=["post"], url_path="members/remove", url_name="remove-members")
    def remove_members(self, request: Request, group: UUID) -> Response:
        """Take several members out, and answer with those who were in it."""
        return self._moved(groups.remove_members, self.get_object())

    @extend_schema(responses={204: None}, parameters=[_GROUP, _MEMBER])
    @action(detail=True, methods=["delete"], url_path=f"members/(?P<member>{ID})", url_name="member")
    def member(self, request: Request, group: UUID, member: UUID) -> Response:
        """Take one member out."""
        one = self.get_object()
        inside = get_object_or_404(groups.members_of(one), pk=member)
        groups.remove_members(group_id=one.pk, membership_ids=[inside.pk], by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _moved(self, move: Callable[..., list[Membership]], group: Group) -> Response:
        asked = ChosenSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        chosen = asked.validated_data["members"]
        try:
            moved = move(group_id=group.pk, membership_ids=chosen, by=membership(self.request))
        except Membership.DoesNotExist as error:
            told = _("Some of these are not members of the organisation.")
            raise ValidationError({"members": [told]}) from error
        return Response({"members": [one.pk for one in moved]})
