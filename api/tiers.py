"""Tiers over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.members import ID
from api.permissions import SeesPeople, membership
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.models import Tier
from tenants.people import tiers

_TIER = OpenApiParameter("tier", OpenApiTypes.UUID, "path")


class TierSerializer(ModelSerializer[Tier]):
    """A level of members. The highest `rank` counts; 1 is the lowest. `size` is for how many members it
    counts."""

    url = serializers.SerializerMethodField()
    name = TextField(max_length=60)
    size = serializers.SerializerMethodField()

    class Meta:
        model = Tier
        fields = ["id", "url", "name", "rank", "size"]
        read_only_fields = ["id", "rank"]

    def get_url(self, tier: Tier) -> str:
        kwargs = {"tier": tier.pk}
        return str(reverse("api:tier-detail", kwargs=kwargs, request=self.context.get("request")))

    def get_size(self, tier: Tier) -> int:
        sizes: dict[int, int] = self.context["sizes"]
        return sizes.get(tier.rank, 0)


class TierOrderSerializer(serializers.Serializer[Any]):
    """Each tier of the organisation once, by its id, from the highest to the lowest."""

    tiers = serializers.ListField(child=serializers.UUIDField(), max_length=tiers.MOST)


@extend_schema_view(retrieve=extend_schema(parameters=[_TIER]))
class TierViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Tier]):
    """Everybody but guests may look; owners and admins make, rename, order and delete them. A member is given
    one at `members/{member}/`, a group at `groups/{group}/`."""

    resource = "people"
    serializer_class = TierSerializer
    permission_classes = [SeesPeople]
    pagination_class = None
    orders = {}
    queryset = Tier.objects.none()
    lookup_url_kwarg = "tier"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Tier]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return tiers.tiers_in(membership(self.request).organisation_id)

    def get_serializer_context(self) -> dict[str, Any]:
        fake = getattr(self, "swagger_fake_view", False)
        sizes = {} if fake else tiers.holders(membership(self.request).organisation_id)
        return {**super().get_serializer_context(), "sizes": sizes}

    @extend_schema(request=TierSerializer, responses={201: TierSerializer})
    def create(self, request: Request) -> Response:
        """Make a tier, above all others."""
        made = tiers.make_tier(by=membership(request), name=self._name())
        answer = self.get_serializer(made).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": answer["url"]})

    @extend_schema(request=TierSerializer, responses=TierSerializer, parameters=[_TIER])
    def partial_update(self, request: Request, tier: UUID) -> Response:
        """Rename a tier."""
        one = self.get_object()
        renamed = tiers.rename_tier(tier_id=one.pk, by=membership(request), name=self._name())
        return Response(self.get_serializer(renamed).data)

    @extend_schema(responses={204: None}, parameters=[_TIER])
    def destroy(self, request: Request, tier: UUID) -> Response:
        """Delete a tier. Whoever had it has the next lower one that they have, or none."""
        tiers.delete_tier(tier_id=self.get_object().pk, by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=TierOrderSerializer, responses=TierSerializer(many=True))
    @action(detail=False, methods=["put"])
    def order(self, request: Request) -> Response:
        """Put them in another order."""
        asked = TierOrderSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        tiers.order_tiers(tier_ids=asked.validated_data["tiers"], by=membership(request))
        return Response(self.get_serializer(self.get_queryset(), many=True).data)

    def _name(self) -> str:
        asked = TierSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return str(asked.validated_data["name"])
