"""Books in the making over REST: how far they are, and what can be done about it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import ChangedQuery
from api.permissions import membership, person
from api.serializers import ApprovalSerializer, JobSerializer
from api.steps import StepActions
from api.views import ViewSet
from collaboration import permissions
from generation import commission, progress
from generation.models import BookJob
from notifications import tickets
from notifications.tickets import Ticket
from tenants import context


class JobQuery(ChangedQuery):
    """Which jobs to list: of one book, in one state, those that wait for an approval."""

    book = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(required=False, choices=BookJob.Status.choices)
    awaiting_approval = serializers.BooleanField(required=False)

    lookups = {
        **ChangedQuery.lookups,
        "book": "book_id",
        "status": "status",
        "awaiting_approval": "awaiting_approval",
    }


class JobViewSet(StepActions, mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[BookJob]):
    resource = "jobs"
    serializer_class = JobSerializer
    queries = {"list": JobQuery}
    bytes = ("events",)
    orders = {"list": ("-created_at", "-updated_at"), "steps": ("created_at",)}
    queryset = BookJob.objects.none()
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[BookJob]:
        books = permissions.visible_books(membership(self.request))
        return BookJob.objects.filter(book__in=books).select_related("book")

    @extend_schema(
        responses={307: OpenApiResponse(OpenApiTypes.STR, description="To the stream (text/event-stream).")}
    )
    @action(detail=True)
    def events(self, request: Request, pk: UUID) -> HttpResponse:
        """A stream of server-sent events; `Last-Event-ID` resumes it. Answers with a redirect to it."""
        return to_stream(request, progress.topic(self.get_object().pk))

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        """Stop making the book. What is written stays."""
        return self._done(commission.cancel_book(job=self._editable(), actor=person(request)))

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: UUID) -> Response:
        """Go on with a book that stopped. Only what is missing is made."""
        return self._done(commission.retry_book(job=self._editable(), actor=person(request)))

    @extend_schema(request=ApprovalSerializer, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: UUID) -> Response:
        """Approve the outline, with the chapters as given or as they stand, and begin the writing."""
        asked = ApprovalSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        job = commission.approve_outline(
            job=self._editable(), chapters=asked.validated_data.get("chapters"), actor=person(request)
        )
        return self._done(job)


def to_stream(request: Request, topic: str) -> HttpResponse:
    """On to the live stream of a topic, on the same host, with a ticket that is good for a minute."""
    key = getattr(request._request, "api_key", None)
    ticket = Ticket(
        schema=context.current().schema,
        topic=topic,
        host=request.get_host(),
        member=str(membership(request).pk),
        key=str(key.id) if key else "",
        until=key.ends_at if key else None,
    )
    location = f"/live/{tickets.issue(ticket)}"
    return HttpResponse(status=307, headers={"Location": location, "Cache-Control": "no-store"})
