"""Organisations that one's own plan covers, over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from api.members import ID
from api.permissions import OwnsOrganisation, acting, membership
from api.text import ModelSerializer
from api.views import ViewSet
from billing.models import Subscription
from billing.subscriptions import covering
from tenants.models import Organisation

_ORGANISATION = OpenApiParameter("organisation", OpenApiTypes.UUID, "path")


class CoveredSerializer(ModelSerializer[Organisation]):
    """Another organisation of the owner's, and whether the plan covers it."""

    covered = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = ["id", "name", "slug", "covered", "created_at"]
        read_only_fields = fields

    def get_covered(self, organisation: Organisation) -> bool:
        return organisation.pk in self.context["covered"]


class CoveredViewSet(mixins.ListModelMixin, ViewSet[Organisation]):
    """For owners, where the plan covers several organisations."""

    resource = "billing"
    serializer_class = CoveredSerializer
    permission_classes = [OwnsOrganisation]
    queryset = Organisation.objects.none()
    lookup_url_kwarg = "organisation"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Organisation]:
        if getattr(self, "swagger_fake_view", False):
            return Organisation.objects.none()  # type: ignore[no-any-return]
        by = acting(self.request)
        own = Subscription.objects.select_related("plan").get(organisation_id=by.organisation_id)
        if not covering.covers_others(own.plan) or own.covered_by_id:
            raise Http404
        could = covering.coverable(membership=by).values("pk")
        found: QuerySet[Organisation] = Organisation.objects.filter(
            Q(pk__in=could) | Q(pk__in=self._covered())
        )
        return found

    def get_serializer_context(self) -> dict[str, Any]:
        fake = getattr(self, "swagger_fake_view", False)
        return {**super().get_serializer_context(), "covered": set() if fake else set(self._covered())}

    @extend_schema(request=None, responses=CoveredSerializer, parameters=[_ORGANISATION])
    def update(self, request: Request, organisation: UUID) -> Response:
        """Cover an organisation with one's own plan."""
        one = self.get_object()
        covering.cover(membership=acting(request), organisation=one)
        return Response(self.get_serializer(one).data)

    @extend_schema(responses={204: None}, parameters=[_ORGANISATION])
    def destroy(self, request: Request, organisation: UUID) -> Response:
        """Cover it no longer: it is on the free plan then."""
        covering.uncover(membership=acting(request), organisation=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _covered(self) -> Any:
        rows = covering.covered(organisation_id=membership(self.request).organisation_id)
        return rows.values_list("organisation_id", flat=True)
