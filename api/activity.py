"""The activity log over REST: the organisation's, and one's own."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Query
from api.permissions import IsMember, RunsOrganisation, membership, person
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from insights.models import ActivityLog
from insights.queries import Filter, activity_of_organisation, own_activity, subjects


class ActivitySerializer(ModelSerializer[ActivityLog]):
    """One thing that somebody did. `action` is a word for programs, such as "member.joined", `sentence` says
    it to people. `actor` is the `user` of a member, or null for the platform itself."""

    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    sentence = TextField(source="get_action_display")

    class Meta:
        model = ActivityLog
        fields = [
            "id", "created_at", "action", "sentence", "actor", "actor_name", "resource_type", "resource_id",
            "resource_name", "details", "ip_address",
        ]  # fmt: skip
        read_only_fields = fields


class ActivityQuery(Query):
    """Which lines to list: those of one kind of thing, such as "book", by one person, between two days (UTC,
    both included)."""

    subject = serializers.ChoiceField(required=False, choices=[(name, name) for name in subjects()])
    actor = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class ActivityViewSet(mixins.ListModelMixin, ViewSet[ActivityLog]):
    """What happened in the organisation, newest first; for owners and admins."""

    resource = "activity"
    serializer_class = ActivitySerializer
    queries = {"list": ActivityQuery, "me": ActivityQuery}
    orders = {"list": ("-created_at",), "me": ("-created_at",)}
    permission_classes = [RunsOrganisation]
    queryset = ActivityLog.objects.none()

    def get_queryset(self) -> QuerySet[ActivityLog]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        organisation_id = membership(self.request).organisation_id
        if self.action == "me":
            return own_activity(person(self.request).pk, organisation_id, self._wanted())
        return activity_of_organisation(organisation_id, self._wanted())

    @extend_schema(responses=ActivitySerializer(many=True))
    @action(detail=False, permission_classes=[IsMember])
    def me(self, request: Request) -> Response:
        """What one did oneself, here and outside any organisation."""
        return self.list(request)

    def _wanted(self) -> Filter:
        given = self.query
        return Filter(
            subject=given.get("subject", ""),
            actor_id=given.get("actor"),
            since=given.get("since"),
            until=given.get("until"),
        )
