"""The organisation's files over REST: what there is, what it is for, taking it, and what room it takes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse as path_of
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import CreatedQuery
from api.members import ID
from api.permissions import IsMember, RunsOrganisation, acting, membership
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from generation import holdings
from generation.holdings import Use
from storage import lending, sending
from storage.models import StoredFile
from tenants.models import Organisation

_FILE = OpenApiParameter("file", OpenApiTypes.UUID, "path")
BYTES = {
    200: OpenApiResponse(OpenApiTypes.BINARY),
    302: OpenApiResponse(description="It is at `Location`, without a key, for five minutes."),
}


class FileSerializer(ModelSerializer[StoredFile]):
    """A file: `use` is what it is for and `book` whose it is; `size` in bytes, `sha256` in hex, `width` and
    `height` of a picture in pixels."""

    url = serializers.SerializerMethodField()
    use = serializers.ChoiceField(choices=Use.choices)
    book = serializers.UUIDField(source="book_id", allow_null=True)
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = StoredFile
        fields = [
            "id",
            "url",
            "name",
            "use",
            "book",
            "content_type",
            "size",
            "sha256",
            "width",
            "height",
            "created_at",
            "download_url",
        ]
        read_only_fields = fields

    def get_url(self, file: StoredFile) -> str:
        return self._address("api:file-detail", file)

    def get_download_url(self, file: StoredFile) -> str:
        return self._address("api:file-download", file)

    def _address(self, name: str, file: StoredFile) -> str:
        return str(reverse(name, kwargs={"file": file.pk}, request=self.context.get("request")))


class FileQuery(CreatedQuery):
    use = serializers.ChoiceField(choices=Use.choices, required=False)
    book = serializers.UUIDField(required=False)

    lookups = {**CreatedQuery.lookups, "use": "use", "book": "book_id"}


class LinkSerializer(serializers.Serializer[Any]):
    """An address that gives the file to whoever asks, until `expires_at`."""

    url = serializers.URLField()
    expires_at = serializers.DateTimeField()


class ShareSerializer(serializers.Serializer[Any]):
    """`size` in bytes, `count` of files."""

    name = TextField(source="label")
    size = serializers.IntegerField()
    count = serializers.IntegerField()


class BookShareSerializer(serializers.Serializer[Any]):
    """`use` where it is of one use alone."""

    book = serializers.UUIDField(source="book.pk")
    title = TextField(source="book.display_title")
    use = serializers.ChoiceField(choices=Use.choices, allow_null=True)
    size = serializers.IntegerField()
    count = serializers.IntegerField()


class HoldingsSerializer(serializers.Serializer[Any]):
    """Room that files take, in bytes: by use and by place, the ten books that take most, the ten largest
    files, and what could be given back, the most first."""

    size = serializers.IntegerField()
    count = serializers.IntegerField()
    uses = ShareSerializer(many=True)
    places = ShareSerializer(many=True)
    books = BookShareSerializer(many=True)
    returnable = BookShareSerializer(many=True)
    largest = FileSerializer(many=True)


@extend_schema_view(retrieve=extend_schema(parameters=[_FILE]))
class FileViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[StoredFile]):
    """Everybody sees the files of the books that they see; owners and admins all."""

    resource = "files"
    serializer_class = FileSerializer
    queries = {"list": FileQuery}
    orders = {"list": ("-created_at", "-size", "name")}
    bytes = ("download",)
    stored = ("download", "link")
    permission_classes = [IsMember]
    queryset = StoredFile.objects.none()
    lookup_url_kwarg = "file"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[StoredFile]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return holdings.visible_files(membership(self.request))

    @extend_schema(responses={204: None}, parameters=[_FILE])
    def destroy(self, request: Request, file: UUID) -> Response:
        """Delete a picture as it was sent (`use` is `original`); the one that is shown stays. Other files go
        with what they belong to."""
        holdings.give_back(membership=acting(request), file=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=BYTES, parameters=[_FILE])
    @action(detail=True)
    def download(self, request: Request, file: UUID) -> HttpResponseBase:
        """The file. The download is logged."""
        found = self._taken()
        return sending.handed_out(request._request, found)

    @extend_schema(responses=LinkSerializer, parameters=[_FILE])
    @action(detail=True)
    def link(self, request: Request, file: UUID) -> Response:
        """An address for five minutes, to hand on to a browser or a program. It counts as a download."""
        found, until = self._taken(), timezone.now() + lending.LIFE
        answer = {"url": lending.link(found) or _here(found, membership(request).organisation_id)}
        body = LinkSerializer({**answer, "expires_at": until}).data
        return Response(body, headers={"Cache-Control": "no-store"})

    def _taken(self) -> StoredFile:
        found = self.get_object()
        holdings.take(membership=acting(self.request), file=found)
        return found


class HoldingsView(View):
    """For owners and admins."""

    resource = "files"
    permission_classes = [RunsOrganisation]

    @extend_schema(responses=HoldingsSerializer)
    def get(self, request: Request) -> Response:
        """What room the organisation's files take."""
        return Response(HoldingsSerializer(holdings.holdings(), context={"request": request}).data)


def _here(file: StoredFile, organisation_id: UUID) -> str:
    """The link on the organisation's own host, of a file that we hand out."""
    path = path_of("web:file", urlconf="config.urls", kwargs={"token": lending.signed_token(file)})
    organisation: Organisation = Organisation.objects.get(pk=organisation_id)
    return organisation.url(path)
