"""Keys of the API, and the log of what was asked with them, over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import CreatedQuery, Query
from api.members import ID
from api.permissions import RunsOrganisation, membership
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.api_keys import issuing, revoking, rotating
from tenants.api_keys.issuing import CannotIssue, Issued, Wanted
from tenants.api_keys.models import ApiKey, LoggedRequest, State
from tenants.api_keys.queries import Wanted as WantedRequests
from tenants.api_keys.queries import keys_of, requests_of
from tenants.api_keys.scopes import SCOPES

_KEY = OpenApiParameter("key", OpenApiTypes.UUID, "path")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class KeySerializer(ModelSerializer[ApiKey]):
    """A key without its secret. `member` is for whom it acts; null when they are gone. `ends_at` is when it
    stops working by itself, `last_used_at` some seconds late."""

    url = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=State.choices, read_only=True)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES), read_only=True)
    addresses = serializers.ListField(child=TextField(), read_only=True)
    member = serializers.UUIDField(source="membership_id", allow_null=True, read_only=True)
    ends_at = serializers.DateTimeField(allow_null=True, read_only=True)
    rotated_from = serializers.UUIDField(source="rotated_from_id", allow_null=True, read_only=True)

    class Meta:
        model = ApiKey
        fields = [
            "id", "url", "name", "prefix", "state", "scopes", "addresses", "per_minute", "member",
            "created_at", "expires_at", "ends_at", "revoked_at", "rotated_from", "last_used_at",
            "last_used_address",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, key: ApiKey) -> str:
        return str(reverse("api:key-detail", kwargs={"key": key.pk}, request=self.context.get("request")))


class NewKeySerializer(KeySerializer):
    """A key with its secret, which is told this once."""

    secret = TextField(read_only=True)

    class Meta(KeySerializer.Meta):
        fields = [*KeySerializer.Meta.fields, "secret"]
        read_only_fields = fields


class WantedSerializer(serializers.Serializer[Any]):
    """What a key is to be. None made with a key may do more than that."""

    name = TextField(max_length=80)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES), allow_empty=False)
    expires_at = serializers.DateTimeField(allow_null=True, default=None)
    addresses = serializers.ListField(
        child=TextField(max_length=50), default=list, max_length=issuing.MOST_ADDRESSES
    )
    per_minute = serializers.IntegerField(
        min_value=1, max_value=issuing.MOST_PER_MINUTE, allow_null=True, default=None
    )


class OverlapSerializer(serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        min_value=0,
        max_value=rotating.LONGEST,
        default=24,
        help_text=_("For how long the old secret works beside the new one."),
    )


class KeysQuery(CreatedQuery):
    """`member` is for whom they act, `q` is in the name."""

    member = serializers.UUIDField(required=False)
    q = TextField(required=False, max_length=80)

    lookups = {**CreatedQuery.lookups, "member": "membership_id", "q": "name__icontains"}


@extend_schema_view(retrieve=extend_schema(parameters=[_KEY]))
class KeyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[ApiKey]):
    """For owners and admins. Lists all that there ever were, the newest first."""

    resource = "keys"
    serializer_class = KeySerializer
    queries = {"list": KeysQuery}
    permission_classes = [RunsOrganisation]
    queryset = ApiKey.objects.none()
    lookup_url_kwarg = "key"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[ApiKey]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return keys_of(membership(self.request).organisation_id)

    @extend_schema(request=WantedSerializer, responses={201: NewKeySerializer})
    def create(self, request: Request) -> Response:
        """Make a key that acts for whoever asks. Its secret stands in this answer and nowhere else."""
        asked = WantedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = Wanted(**asked.validated_data)
        return self._issued(
            lambda: issuing.issue(wanted=wanted, by=membership(request), within=own_key(request))
        )

    @extend_schema(responses={204: None}, parameters=[_KEY])
    def destroy(self, request: Request, key: UUID) -> Response:
        """Revoke a key: within a second it opens nothing any more. It stays in the list."""
        revoking.revoke(key_id=self.get_object().pk, by=membership(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=OverlapSerializer, responses={201: NewKeySerializer}, parameters=[_KEY])
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, key: UUID) -> Response:
        """Make a key like this one with another secret; only for the member whose key it is."""
        one = self.get_object()
        asked = OverlapSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._issued(
            lambda: rotating.rotate(
                key_id=one.pk,
                overlap_hours=asked.validated_data["overlap_hours"],
                by=membership(request),
                within=own_key(request),
            )
        )

    def _issued(self, make: Any) -> Response:
        try:
            issued: Issued = make()
        except CannotIssue as error:
            raise ValidationError({error.field or "non_field_errors": [str(error)]}) from error
        issued.key.secret = issued.secret  # type: ignore[attr-defined]
        answer = NewKeySerializer(issued.key, context=self.get_serializer_context()).data
        headers = {"Location": answer["url"], "Cache-Control": "no-store"}
        return Response(answer, status=status.HTTP_201_CREATED, headers=headers)


def own_key(request: Request) -> ApiKey | None:
    """The key that a request was made with, as it stands now; None for a session."""
    known = getattr(request._request, "api_key", None)
    return ApiKey.objects.get(pk=known.id) if known else None


class LoggedRequestSerializer(ModelSerializer[LoggedRequest]):
    """`milliseconds` is how long the answer took to begin. `key` is the key's id."""

    key = serializers.UUIDField(source="key_id", read_only=True, allow_null=True)

    class Meta:
        model = LoggedRequest
        fields = ["id", "key", "method", "path", "status", "milliseconds", "request_id", "address", "at"]
        read_only_fields = fields


class RequestsQuery(Query):
    """Which requests to list: with one key, one method, a kind of status, between two days (UTC, both
    included), with some words in their path."""

    key = serializers.UUIDField(required=False)
    method = serializers.ChoiceField(choices=METHODS, required=False)
    status = serializers.ChoiceField(
        choices=[(2, "2xx"), (3, "3xx"), (4, "4xx"), (5, "5xx")],
        required=False,
        help_text=_("4 is every status from 400 to 499."),
    )
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    path = TextField(required=False, max_length=200)


class LoggedRequestViewSet(mixins.ListModelMixin, ViewSet[LoggedRequest]):
    """What was asked with keys in the last 30 days, newest first, for owners and admins; some seconds late.
    Nothing of what was sent or answered is kept."""

    resource = "keys"
    serializer_class = LoggedRequestSerializer
    queries = {"list": RequestsQuery}
    orders = {"list": ("-at",)}
    permission_classes = [RunsOrganisation]
    queryset = LoggedRequest.objects.none()

    def get_queryset(self) -> QuerySet[LoggedRequest]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        given = dict(self.query)
        wanted = WantedRequests(key_id=given.pop("key", None), **given)
        return requests_of(membership(self.request).organisation_id, wanted)
