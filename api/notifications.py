"""Notifications over REST: what one has been told, and how one wishes to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import CreatedQuery
from api.jobs import to_stream
from api.members import ID
from api.permissions import person
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from notifications.models import EmailPace, Kind, Notification, Pace, Weekday
from notifications.notifying import user_topic
from notifications.pace import pace_of, set_pace
from notifications.preferences import wish, wishes_of
from notifications.queries import mark_read, notifications_of, unread_count


class NotificationSerializer(ModelSerializer[Notification]):
    """Something one has been told, in words of the asked language. `path` is where to go on, on this host;
    `read_at` is null for what is unread."""

    title = TextField(source="words.title")
    body = TextField(source="words.body")
    path = TextField(source="words.path")

    class Meta:
        model = Notification
        fields = ["id", "kind", "title", "body", "path", "created_at", "read_at"]
        read_only_fields = fields


class NotificationQuery(CreatedQuery):
    """Which notifications to list."""

    kind = serializers.ChoiceField(required=False, choices=Kind.choices)
    unread = serializers.BooleanField(required=False)

    lookups = {**CreatedQuery.lookups, "kind": "kind", "unread": "read_at__isnull"}


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class WishSerializer(serializers.Serializer[Any]):
    """By which ways one wishes to be told of a kind of thing, as `sentence` says. What has `always` is told
    in every way, whatever one wishes."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    sentence = TextField(read_only=True)
    always = serializers.BooleanField(read_only=True)
    in_app = serializers.BooleanField(required=False)
    by_email = serializers.BooleanField(required=False)

    def to_representation(self, one: Any) -> dict[str, Any]:
        kind = Kind(one.kind)
        return {
            "kind": kind.value,
            "sentence": str(kind.label),
            "always": kind.cannot_wait,
            "in_app": one.in_app,
            "by_email": one.by_email,
        }


class EmailPaceSerializer(ModelSerializer[EmailPace]):
    """When e-mails come: at once, together at an hour of one's own time zone, or not at all. `weekday` counts
    from Monday, which is 0."""

    pace = serializers.ChoiceField(choices=Pace.choices, required=False)
    hour = serializers.IntegerField(min_value=0, max_value=23, required=False)
    weekday = serializers.IntegerField(min_value=0, max_value=max(Weekday.values), required=False)

    class Meta:
        model = EmailPace
        fields = ["pace", "hour", "weekday"]


class PreferencesSerializer(serializers.Serializer[Any]):
    kinds = WishSerializer(many=True, required=False)
    emails = EmailPaceSerializer(required=False)


class NotificationViewSet(mixins.ListModelMixin, ViewSet[Notification]):
    """One's own, newest first."""

    resource = "notifications"
    serializer_class = NotificationSerializer
    queries = {"list": NotificationQuery}
    bytes = ("events",)
    queryset = Notification.objects.none()
    lookup_url_kwarg = "notification"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Notification]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return notifications_of(person(self.request))

    @extend_schema(
        responses={307: OpenApiResponse(OpenApiTypes.STR, description="To the stream (text/event-stream).")}
    )
    @action(detail=False, pagination_class=None)
    def events(self, request: Request) -> HttpResponse:
        """A stream of server-sent events; `Last-Event-ID` resumes it. Answers with a redirect to it."""
        return to_stream(request, user_topic(person(request)))

    @extend_schema(responses=UnreadSerializer)
    @action(detail=False, pagination_class=None)
    def unread(self, request: Request) -> Response:
        """How many are unread."""
        return Response({"unread": unread_count(person(request))})

    @extend_schema(operation_id="notifications_read_all", request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read", url_name="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark all as read."""
        mark_read(person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=None,
        responses=NotificationSerializer,
        parameters=[OpenApiParameter("notification", OpenApiTypes.UUID, "path")],
    )
    @action(detail=True, methods=["post"])
    def read(self, request: Request, notification: UUID) -> Response:
        """Mark one as read."""
        mark_read(person(request), notification_ids=[self.get_object().pk])
        return Response(self.get_serializer(self.get_object()).data)


class PreferencesView(View):
    """One's own wishes."""

    resource = "notifications"

    @extend_schema(responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        """How one wishes to be told of each kind of thing, and when e-mails come."""
        return Response(_preferences(request))

    @extend_schema(request=PreferencesSerializer, responses=PreferencesSerializer)
    def patch(self, request: Request) -> Response:
        """Change the wishes that are named."""
        asked = PreferencesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = person(request)
        with transaction.atomic():
            for each in asked.validated_data.get("kinds", ()):
                ways = {name: value for name, value in each.items() if name != "kind"}
                wish(user=user, kind=Kind(each["kind"]), ways=ways)
            if emails := asked.validated_data.get("emails"):
                before = pace_of(user)
                kept = {name: getattr(before, name) for name in EmailPaceSerializer.Meta.fields}
                set_pace(user=user, **{**kept, **emails})
        return Response(_preferences(request))


def _preferences(request: Request) -> Any:
    user = person(request)
    return PreferencesSerializer({"kinds": wishes_of(user), "emails": pace_of(user)}).data
