"""Webhooks over REST: endpoints, what was delivered to them, and which events there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import CreatedQuery
from api.members import ID
from api.permissions import RunsOrganisation, membership
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from notifications.webhooks import endpoints, queries, replaying
from notifications.webhooks.catalogue import CATALOGUE, NAMES
from notifications.webhooks.endpoints import CannotSave, Wanted, wanted_of
from notifications.webhooks.models import (
    LONGEST_URL,
    Attempt,
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointState,
    Problem,
    Reason,
)
from notifications.webhooks.queries import Health
from notifications.webhooks.signing import body_of

Made = TypeVar("Made")
_ENDPOINT = OpenApiParameter("endpoint", OpenApiTypes.UUID, "path")
_DELIVERY = OpenApiParameter("delivery", OpenApiTypes.UUID, "path")


class EndpointSerializer(ModelSerializer[Endpoint]):
    """Where the organisation hears of events. No `events` means all of them. `failing_since` is when the
    first delivery failed since the last one that arrived; until `former_secret_until` two secrets sign."""

    url = serializers.SerializerMethodField()
    address = TextField(source="url", read_only=True)
    events = serializers.ListField(child=TextField(), read_only=True)
    state = serializers.ChoiceField(choices=EndpointState.choices, read_only=True)
    paused_because = serializers.ChoiceField(choices=[("", ""), *Reason.choices], read_only=True)
    health = serializers.SerializerMethodField()

    class Meta:
        model = Endpoint
        fields = [
            "id", "url", "address", "description", "events", "state", "paused_because", "health",
            "failing_since", "last_success_at", "former_secret_until", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, endpoint: Endpoint) -> str:
        kwargs = {"endpoint": endpoint.pk}
        return str(reverse("api:webhook-detail", kwargs=kwargs, request=self.context.get("request")))

    @extend_schema_field(serializers.ChoiceField(choices=[one.value for one in Health]))
    def get_health(self, endpoint: Endpoint) -> str:
        return queries.health_of(endpoint).value


class SecretSerializer(serializers.Serializer[Any]):
    """What signatures are checked with: see the guide to webhooks."""

    secret = TextField(read_only=True)


class WantedEndpointSerializer(serializers.Serializer[Any]):
    """What an endpoint is to be. `address` begins with https:// and leads to a public server."""

    address = TextField(max_length=LONGEST_URL)
    description = TextField(max_length=200, allow_blank=True, required=False)
    events = serializers.ListField(
        child=serializers.ChoiceField(choices=NAMES), required=False, max_length=len(NAMES)
    )


class SinceSerializer(serializers.Serializer[Any]):
    since = serializers.DateTimeField()


class NumberSerializer(serializers.Serializer[Any]):
    """How many deliveries begin again."""

    deliveries = serializers.IntegerField(read_only=True)


class EndpointQuery(CreatedQuery):
    """Which endpoints to list."""

    state = serializers.ChoiceField(required=False, choices=EndpointState.choices)

    lookups = {**CreatedQuery.lookups, "state": "state"}


class AttemptSerializer(ModelSerializer[Attempt]):
    """One request: the `status` of HTTP that came back, or the `problem` why none did. `answer` is the
    beginning of its body."""

    problem = serializers.ChoiceField(choices=[("", ""), *Problem.choices], read_only=True)

    class Meta:
        model = Attempt
        fields = ["at", "url", "status", "problem", "answer", "milliseconds"]
        read_only_fields = fields


class DeliverySerializer(ModelSerializer[Delivery]):
    """One event for one endpoint. `event` is the `webhook-id` of its requests. While the endpoint is paused,
    what waits has no `next_attempt_at`."""

    url = serializers.SerializerMethodField()
    endpoint = serializers.UUIDField(source="endpoint_id", read_only=True)
    event = TextField(source="event.webhook_id", read_only=True)
    type = TextField(source="event.type", read_only=True)
    status = serializers.ChoiceField(choices=DeliveryStatus.choices, read_only=True)
    last_problem = serializers.ChoiceField(choices=[("", ""), *Problem.choices], read_only=True)

    class Meta:
        model = Delivery
        fields = [
            "id", "url", "endpoint", "event", "type", "status", "attempts", "next_attempt_at", "last_status",
            "last_problem", "last_attempt_at", "milliseconds", "created_at", "ended_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, delivery: Delivery) -> str:
        kwargs = {"delivery": delivery.pk}
        return str(reverse("api:webhook-delivery-detail", kwargs=kwargs, request=self.context.get("request")))


class WholeDeliverySerializer(DeliverySerializer):
    """With the `body` that is sent, as it is signed, and the `log` of attempts, the newest first."""

    body = serializers.SerializerMethodField()
    log = AttemptSerializer(many=True, read_only=True)

    class Meta(DeliverySerializer.Meta):
        fields = [*DeliverySerializer.Meta.fields, "body", "log"]
        read_only_fields = fields

    def get_body(self, delivery: Delivery) -> str:
        return body_of(delivery.event).decode()


class DeliveryQuery(CreatedQuery):
    """Which deliveries to list: to one endpoint, of one status, of one type of event."""

    endpoint = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(required=False, choices=DeliveryStatus.choices)
    type = TextField(required=False, max_length=40)

    lookups = {**CreatedQuery.lookups, "endpoint": "endpoint_id", "status": "status", "type": "event__type"}


class EventTypeSerializer(serializers.Serializer[Any]):
    """`when` it comes, in the asked language, and an example of its `data`."""

    name = TextField()
    when = TextField()
    example = serializers.DictField()


@extend_schema_view(retrieve=extend_schema(parameters=[_ENDPOINT]))
class EndpointViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Endpoint]):
    """For owners and admins."""

    resource = "webhooks"
    serializer_class = EndpointSerializer
    queries = {"list": EndpointQuery}
    permission_classes = [RunsOrganisation]
    queryset = Endpoint.objects.none()
    lookup_url_kwarg = "endpoint"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Endpoint]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return Endpoint.objects.filter(organisation_id=membership(self.request).organisation_id)

    @extend_schema(request=WantedEndpointSerializer, responses={201: EndpointSerializer})
    def create(self, request: Request) -> Response:
        """Add an endpoint, which hears of what happens from now on. `secret` tells what it signs with."""
        asked = WantedEndpointSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = _merged(Wanted(""), asked.validated_data)
        made = _saved(lambda: endpoints.add(wanted=wanted, by=membership(request)))
        answer = self.get_serializer(self.get_queryset().get(pk=made.pk)).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": answer["url"]})

    @extend_schema(
        request=WantedEndpointSerializer(partial=True), responses=EndpointSerializer, parameters=[_ENDPOINT]
    )
    def partial_update(self, request: Request, endpoint: UUID) -> Response:
        """Change what is named, and leave the rest."""
        one = self.get_object()
        asked = WantedEndpointSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        wanted = _merged(wanted_of(one), asked.validated_data)
        _saved(lambda: endpoints.change(endpoint_id=one.pk, wanted=wanted, by=membership(request)))
        return self._shown()

    @extend_schema(responses={204: None}, parameters=[_ENDPOINT])
    def destroy(self, request: Request, endpoint: UUID) -> Response:
        """Remove an endpoint, with its deliveries and their log."""
        endpoints.remove(endpoint_id=self.get_object().pk, by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=SecretSerializer, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"])
    def secret(self, request: Request, endpoint: UUID) -> Response:
        """Tell the secret that signs. It takes the right to change webhooks."""
        one = self.get_object()
        return _told(_saved(lambda: endpoints.secret_of(endpoint_id=one.pk, by=membership(request))))

    @extend_schema(request=None, responses=SecretSerializer, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, endpoint: UUID) -> Response:
        """Make a new secret. For 24 hours requests are signed with the former one, too."""
        one = endpoints.rotate_secret(endpoint_id=self.get_object().pk, by=membership(request))
        return _told(endpoints.secret_of(endpoint_id=one.pk, by=membership(request)))

    @extend_schema(request=None, responses=EndpointSerializer, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, endpoint: UUID) -> Response:
        """Send nothing for now. What happens meanwhile is kept for 30 days."""
        endpoints.pause(endpoint_id=self.get_object().pk, by=membership(request))
        return self._shown()

    @extend_schema(request=None, responses=EndpointSerializer, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, endpoint: UUID) -> Response:
        """Send what was kept, and whatever comes."""
        endpoints.resume(endpoint_id=self.get_object().pk, by=membership(request))
        return self._shown()

    @extend_schema(request=None, responses={202: DeliverySerializer}, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"])
    def test(self, request: Request, endpoint: UUID) -> Response:
        """Send an event `webhook.test`; its delivery tells how it went."""
        made = endpoints.test(endpoint_id=self.get_object().pk, by=membership(request))
        answer = DeliverySerializer(made, context=self.get_serializer_context()).data
        return Response(answer, status=status.HTTP_202_ACCEPTED, headers={"Location": answer["url"]})

    @extend_schema(request=SinceSerializer, responses=NumberSerializer, parameters=[_ENDPOINT])
    @action(detail=True, methods=["post"], url_path="replay-failed", url_name="replay-failed")
    def replay_failed(self, request: Request, endpoint: UUID) -> Response:
        """Deliver again all that failed since a moment."""
        asked = SinceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        since = asked.validated_data["since"]
        one = self.get_object()
        number = replaying.replay_failed(endpoint_id=one.pk, since=since, by=membership(request))
        return Response({"deliveries": number})

    def _shown(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


@extend_schema_view(
    retrieve=extend_schema(parameters=[_DELIVERY], responses=WholeDeliverySerializer),
)
class DeliveryViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Delivery]):
    """What the organisation's endpoints were told in the last 30 days, for owners and admins."""

    resource = "webhooks"
    serializer_class = DeliverySerializer
    queries = {"list": DeliveryQuery}
    permission_classes = [RunsOrganisation]
    queryset = Delivery.objects.none()
    lookup_url_kwarg = "delivery"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Delivery]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = queries.deliveries_of(membership(self.request).organisation_id)
        return found.prefetch_related("log") if self.action == "retrieve" else found

    def get_serializer_class(self) -> type[DeliverySerializer]:
        return WholeDeliverySerializer if self.action == "retrieve" else DeliverySerializer

    @extend_schema(request=None, responses={202: DeliverySerializer}, parameters=[_DELIVERY])
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, delivery: UUID) -> Response:
        """Deliver once more, under the same `webhook-id`."""
        made = replaying.replay(delivery_id=self.get_object().pk, by=membership(request))
        answer = DeliverySerializer(made, context=self.get_serializer_context()).data
        return Response(answer, status=status.HTTP_202_ACCEPTED, headers={"Location": answer["url"]})


class EventTypesView(View):
    """All events that endpoints can hear of."""

    resource = "webhooks"
    permission_classes = [RunsOrganisation]

    @extend_schema(responses=EventTypeSerializer(many=True), operation_id="webhooks_events_list")
    def get(self, request: Request) -> Response:
        """Their names, when they come, and an example of each."""
        return Response(
            [{"name": one.name, "when": str(one.when), "example": one.example} for one in CATALOGUE]
        )


def _merged(before: Wanted, given: dict[str, Any]) -> Wanted:
    named = {"address": "url"}
    return replace(before, **{named.get(name, name): value for name, value in given.items()})


def _saved(do: Callable[[], Made]) -> Made:
    try:
        return do()
    except CannotSave as error:
        field = {"url": "address", "": "non_field_errors"}.get(error.field, error.field)
        raise ValidationError({field: [str(error)]}) from error


def _told(secret: str) -> Response:
    return Response({"secret": secret}, headers={"Cache-Control": "no-store"})
