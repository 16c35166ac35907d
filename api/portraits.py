"""One's own picture, and the organisation's logo, over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import OwnsOrganisation, acting, person
from api.views import View
from storage import pictures
from storage.marks import POSITIONS
from storage.transcoding import Ready
from tenants import branding
from tenants.accounts import avatars

_DONE = {204: OpenApiResponse(description="Done.")}


class LogoSerializer(serializers.Serializer[Any]):
    """A PNG, JPEG or WebP file of at most 5 MB."""

    picture = serializers.FileField()


class PortraitSerializer(LogoSerializer):
    """A PNG, JPEG or WebP file of at most 5 MB, out of which a square is cut; `position` says where."""

    position = serializers.ChoiceField(choices=list(POSITIONS), default="middle")


class OwnPictureView(View):
    """One's own picture."""

    resource = "profile"
    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(request={"multipart/form-data": PortraitSerializer}, responses=_DONE)
    def put(self, request: Request) -> Response:
        """Show another picture of oneself."""
        asked = _asked(PortraitSerializer, request)
        position = asked["position"]
        ready = _ready(lambda data: pictures.portrait(data, position=position), asked["picture"])
        avatars.set_avatar(user=person(request), data=ready.data, content_type=ready.media_type)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=_DONE)
    def delete(self, request: Request) -> Response:
        """Show initials again."""
        avatars.remove_avatar(user=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class LogoView(View):
    """For owners. The logo itself is at `/branding/logo/`, for everybody."""

    resource = "organisation"
    parser_classes = [MultiPartParser, FormParser]
    permission_classes = [OwnsOrganisation]

    @extend_schema(request={"multipart/form-data": LogoSerializer}, responses=_DONE)
    def put(self, request: Request) -> Response:
        """Show another logo."""
        ready = _ready(pictures.logo, _asked(LogoSerializer, request)["picture"])
        branding.set_logo(
            by=acting(request),
            data=ready.data,
            content_type=ready.media_type,
            width=ready.width,
            height=ready.height,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=_DONE)
    def delete(self, request: Request) -> Response:
        """Show the organisation's name alone again."""
        branding.remove_logo(by=acting(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    found: dict[str, Any] = asked.validated_data
    return found


def _ready(make: Callable[[bytes], Ready], file: Any) -> Ready:
    try:
        return make(file.read(pictures.MOST_MARK_BYTES + 1))
    except pictures.BadPicture as error:
        raise ValidationError({"picture": [str(error)]}) from error
