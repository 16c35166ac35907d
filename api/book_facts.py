"""What is known of a book beside its text, over REST: who and what is in it, what it cost, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from api.activity import ActivitySerializer
from api.asking import Query
from api.permissions import membership
from api.text import ModelSerializer, TextField
from api.usage import CostsSerializer
from api.views import ViewSet
from billing.costs import costs_of_jobs
from books import subjects
from books.models import Book, Character, Place
from collaboration import permissions
from insights.models import ActivityLog
from tenants.models import Membership
from tenants.people.members import may_run

if TYPE_CHECKING:
    Host = ViewSet[Book]
else:
    Host = object


class CharacterSerializer(ModelSerializer[Character]):
    class Meta:
        model = Character
        fields = ["id", "name", "role", "description"]
        read_only_fields = fields


class PlaceSerializer(ModelSerializer[Place]):
    class Meta:
        model = Place
        fields = ["id", "name", "description"]
        read_only_fields = fields


class BibleSerializer(serializers.Serializer[Any]):
    """Who and what is in a book; `facts` stay true from the first page to the last."""

    characters = CharacterSerializer(many=True)
    places = PlaceSerializer(many=True)
    facts = serializers.ListField(child=TextField())


class ActivityOfBookSerializer(ActivitySerializer):
    """One thing that was done with the book. Who may not see costs finds none in `details`; from where it was
    done is told to owners and admins, as in the organisation's activity, and of oneself."""

    def to_representation(self, line: ActivityLog) -> dict[str, Any]:
        told = super().to_representation(line)
        by: Membership = self.context["membership"]
        if not may_run(by) and line.actor_id != by.user_id:
            told["ip_address"] = None
        if not self.context["may_see_costs"]:
            told["details"] = {name: of for name, of in line.details.items() if name != "cost_micros"}
        return told


class HeadingSerializer(serializers.Serializer[Any]):
    """A subject by which booksellers shelve books."""

    code = TextField()
    text = TextField()


class SubjectQuery(Query):
    q = TextField(
        required=False, default="", max_length=100, help_text="Words of the heading, in the asked language."
    )


class BookFactActions(Host):
    """Actions of the view set of books."""

    @extend_schema(responses=BibleSerializer)
    @action(detail=True)
    def bible(self, request: Request, pk: UUID) -> Response:
        """Who and what is in the book: characters, places and facts."""
        book = self.get_object()
        told = {
            "characters": book.characters.order_by("id"),
            "places": book.places.order_by("id"),
            "facts": book.facts.order_by("id").values_list("statement", flat=True),
        }
        return Response(BibleSerializer(told).data)

    @extend_schema(responses=CostsSerializer)
    @action(detail=True)
    def costs(self, request: Request, pk: UUID) -> Response:
        """What calls for the book have cost; for its author, owners and admins."""
        book = self.get_object()
        if not permissions.may_see_costs(membership(request), book):
            raise PermissionDenied
        return Response(CostsSerializer(costs_of_jobs(book.jobs.values_list("pk", flat=True))).data)

    @extend_schema(responses=ActivityOfBookSerializer(many=True))
    @action(detail=True)
    def activity(self, request: Request, pk: UUID) -> Response:
        """What was done with the book, newest first."""
        book = self.get_object()
        lines = ActivityLog.objects.filter(
            organisation_id=membership(request).organisation_id,
            resource_type=book._meta.label_lower,
            resource_id=str(book.pk),
        )
        by = membership(request)
        context = {"membership": by, "may_see_costs": permissions.may_see_costs(by, book)}
        page = self.paginate_queryset(lines)
        return self.get_paginated_response(ActivityOfBookSerializer(page, many=True, context=context).data)

    @extend_schema(responses=HeadingSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def subjects(self, request: Request) -> Response:
        """Look for Thema’s subjects by words, where the platform has the list. The best come first."""
        found = subjects.search(self.query["q"], language=get_language() or "en")
        return Response(HeadingSerializer(found, many=True).data)
