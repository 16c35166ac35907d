"""Exports of the whole organisation over REST: asked for, followed, taken, deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse as path_of
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import Query
from api.files import BYTES, LinkSerializer
from api.members import ID
from api.permissions import OwnsOrganisation, acting, membership
from api.text import ModelSerializer, TextField
from api.views import AGAIN_IN, ViewSet
from storage import archives, lending, sending
from tenants.portable.exports import asking, reasons
from tenants.portable.models import Export, ExportState

_EXPORT = OpenApiParameter("export", OpenApiTypes.UUID, "path")


class ExportSerializer(ModelSerializer[Export]):
    """`percent` is how far it is; `size` in bytes. `sha256` is of the archive, `manifest_sha256` of the
    manifest in it. `missing` counts files whose bytes were gone. `error` says why one could not be made. The
    archive can be had while `status` is `READY`, until `expires_at`."""

    url = serializers.SerializerMethodField()
    status = serializers.ChoiceField(source="state", choices=ExportState.choices, read_only=True)
    asked_by = serializers.UUIDField(source="asked_by_id", allow_null=True, read_only=True)
    manifest_sha256 = TextField(source="digest", read_only=True)
    error = serializers.SerializerMethodField()
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = [
            "id", "url", "status", "percent", "asked_by", "asked_at", "ended_at", "expires_at", "name",
            "size", "sha256", "manifest_sha256", "missing", "error", "download_url",
        ]  # fmt: skip
        read_only_fields = fields

    def get_url(self, export: Export) -> str:
        return self._address("api:export-detail", export)

    def get_error(self, export: Export) -> str:
        return reasons.in_words(export.reason) if export.state == ExportState.FAILED else ""

    def get_download_url(self, export: Export) -> str | None:
        return self._address("api:export-download", export) if export.is_ready else None

    def _address(self, name: str, export: Export) -> str:
        return str(reverse(name, kwargs={"export": export.pk}, request=self.context.get("request")))


class ExportQuery(Query):
    """`asked_after` and `asked_before` leave out the moment itself."""

    asked_after = serializers.DateTimeField(required=False)
    asked_before = serializers.DateTimeField(required=False)
    status = serializers.ChoiceField(choices=ExportState.choices, required=False)

    lookups = {"asked_after": "asked_at__gt", "asked_before": "asked_at__lt", "status": "state"}


@extend_schema_view(retrieve=extend_schema(parameters=[_EXPORT]))
class ExportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Export]):
    """For owners."""

    resource = "exports"
    serializer_class = ExportSerializer
    queries = {"list": ExportQuery}
    orders = {"list": ("-asked_at",)}
    bytes = ("download",)
    stored = ("download", "link")
    permission_classes = [OwnsOrganisation]
    queryset = Export.objects.none()
    lookup_url_kwarg = "export"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Export]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return asking.exports_of(membership(self.request).organisation_id)

    @extend_schema(request=None, responses={202: ExportSerializer})
    def create(self, request: Request) -> Response:
        """Have an archive of everything made in the background; three within a day, one at a time."""
        export = asking.ask_for_export(by=acting(request))
        body = ExportSerializer(export, context={"request": request}).data
        headers = {"Location": body["url"], "Retry-After": str(AGAIN_IN)}
        return Response(body, status=status.HTTP_202_ACCEPTED, headers=headers)

    @extend_schema(responses={204: None}, parameters=[_EXPORT])
    def destroy(self, request: Request, export: UUID) -> Response:
        """Stop it while it is under way, or delete the archive. It stays in the list for a while."""
        asking.delete_export(by=acting(request), export=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=BYTES, parameters=[_EXPORT])
    @action(detail=True)
    def download(self, request: Request, export: UUID) -> HttpResponseBase:
        """The archive. The download is logged."""
        goes_on = not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
        found = asking.take_export(by=acting(request), export=self.get_object(), again=goes_on)
        return sending.handed_out(request._request, archives.as_file(found))

    @extend_schema(responses=LinkSerializer, parameters=[_EXPORT])
    @action(detail=True)
    def link(self, request: Request, export: UUID) -> Response:
        """An address for five minutes, to hand on to a browser or a program. It counts as a download."""
        by, until = acting(request), timezone.now() + lending.LIFE
        found = asking.take_export(by=by, export=self.get_object())
        path = path_of("web:export", urlconf="config.urls", kwargs={"token": archives.signed_token(found)})
        answer: dict[str, Any] = {"url": archives.link(found) or by.organisation.url(path)}
        body = LinkSerializer({**answer, "expires_at": until}).data
        return Response(body, headers={"Cache-Control": "no-store"})
