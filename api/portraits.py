"""One's own picture, and the organisation's logo, over REST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import IsMember, OwnsOrganisation, acting, membership, person
from api.views import View
from storage import pictures
from storage.marks import POSITIONS
from storage.transcoding import Ready
from tenants.accounts import avatars
from tenants.accounts.models import Avatar
from tenants.models import Logo
from tenants.organisations import branding

_PICTURE = {(200, "image/*"): OpenApiResponse(OpenApiTypes.BINARY)}
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
    bytes = ("get",)
    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(responses=_PICTURE)
    def get(self, request: Request) -> HttpResponse:
        """One's own picture; 404 where there is none."""
        by = membership(request)
        return shown(avatars.avatar_of(user_id=by.user_id, organisation_id=by.organisation_id))

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
    """Everybody sees it, owners choose it. It is also at `/branding/logo/`, without a key."""

    resource = "organisation"
    bytes = ("get",)
    parser_classes = [MultiPartParser, FormParser]

    def get_permissions(self) -> list[BasePermission]:
        return [IsMember()] if self.request.method in SAFE_METHODS else [OwnsOrganisation()]

    @extend_schema(responses=_PICTURE)
    def get(self, request: Request) -> HttpResponse:
        """The logo; 404 where there is none."""
        return shown(branding.logo_of(membership(request).organisation_id))

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


class AccentSerializer(serializers.Serializer[Any]):
    """The organisation's colour as #rrggbb, or blank for ours."""

    accent = serializers.RegexField(r"^(#[0-9a-fA-F]{6})?$", max_length=7, allow_blank=True)


class LookView(View):
    """For owners."""

    resource = "organisation"
    permission_classes = [OwnsOrganisation]

    @extend_schema(responses=AccentSerializer)
    def get(self, request: Request) -> Response:
        """The organisation's colour."""
        return Response(AccentSerializer(acting(request).organisation).data)

    @extend_schema(request=AccentSerializer, responses=AccentSerializer)
    def put(self, request: Request) -> Response:
        """Choose another colour."""
        changed = branding.set_accent(
            by=acting(request), accent=_asked(AccentSerializer, request)["accent"].lower()
        )
        return Response(AccentSerializer(changed).data)


def shown(picture: Avatar | Logo | None) -> HttpResponse:
    """A small picture. Raises Http404 where there is none."""
    if picture is None:
        raise Http404
    return HttpResponse(bytes(picture.data), content_type=picture.content_type)


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
