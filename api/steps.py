"""The steps of a job over REST: how each stands, why it stopped, and going on without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import membership, person
from api.serializers import BeatsSerializer, JobSerializer
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from collaboration import permissions
from generation import commission
from generation.messages import for_member
from generation.models import BookJob
from jobs.kinds import Failure
from jobs.models import Step

if TYPE_CHECKING:
    Host = ViewSet[BookJob]
else:
    Host = object

_STEP = OpenApiParameter("step", OpenApiTypes.UUID, "path")


class StepSerializer(ModelSerializer[Step]):
    """One unit of the work. `kind` is its room and what is made, such as "generation.chapter", and `number`
    which of them. `error` says in words why it stopped, `error_code` to programs."""

    error = serializers.SerializerMethodField()

    class Meta:
        model = Step
        fields = [
            "id", "kind", "number", "status", "attempts", "error", "error_code", "created_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(TextField())
    def get_error(self, step: Step) -> str:
        if not step.error_kind:
            return ""
        kind = cast("Any", step.error_kind)
        return for_member(Failure(kind=kind, code=step.error_code, reason=step.error_reason))


class OutlineSerializer(serializers.Serializer[Any]):
    """A book as it is planned: what the approval takes. Empty until the plan is there."""

    title = TextField(allow_blank=True)
    premise = TextField(allow_blank=True)
    chapters = BeatsSerializer(many=True)


class StepActions(Host):
    """Actions of the view set of jobs."""

    @extend_schema(responses=StepSerializer(many=True))
    @action(detail=True)
    def steps(self, request: Request, pk: UUID) -> Response:
        """The steps of a job, in the order in which they were added."""
        page = self.paginate_queryset(Step.objects.filter(job_id=self.get_object().pk))
        return self.get_paginated_response(StepSerializer(page, many=True).data)

    @extend_schema(request=None, responses=JobSerializer, parameters=[_STEP])
    @action(
        detail=True, methods=["post"], url_path="steps/(?P<step>[0-9a-f-]{36})/skip", url_name="skip-step"
    )
    def skip_step(self, request: Request, pk: UUID, step: UUID) -> Response:
        """Go on without a step that has stopped: its chapter, picture or file is left out."""
        job = self._editable()
        stopped = get_object_or_404(Step, job_id=job.pk, pk=step)
        commission.skip_step(step=stopped, actor=person(request))
        return self._done(BookJob.objects.get(pk=job.pk))

    @extend_schema(responses=OutlineSerializer)
    @action(detail=True)
    def outline(self, request: Request, pk: UUID) -> Response:
        """The plan of the book, to look over before it is approved."""
        planned = self.get_object().outline or {}
        told = {
            "title": planned.get("title", ""),
            "premise": planned.get("premise", ""),
            "chapters": [
                {"number": number, "title": one["title"], "beats": one.get("beats", [])}
                for number, one in enumerate(planned.get("chapters", []), start=1)
            ],
        }
        return Response(OutlineSerializer(told).data)

    def _editable(self) -> BookJob:
        job = self.get_object()
        if not permissions.can_edit(membership(self.request), job.book):
            raise PermissionDenied
        return job

    def _done(self, job: BookJob) -> Response:
        return Response(JobSerializer(job, context={"request": self.request}).data)
