"""Which services write and draw the organisation's books, over REST, for its owners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import ratelimit
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import OwnsOrganisation, acting, person
from api.text import TextField
from api.views import View
from generation import own_providers, trying
from generation.models import OwnProvider
from generation.own_providers import InvalidProvider, Protocol, Purpose, Service, Wishes
from generation.providers import choice

_PURPOSE = OpenApiParameter("purpose", OpenApiTypes.STR, "path", enum=Purpose.values)


class ProviderSerializer(serializers.Serializer[Any]):
    """What makes new books' text or pictures, and who pays for it: the platform, whose default it is then, or
    the organisation itself. Keys are never given out.
    """

    purpose = serializers.ChoiceField(choices=Purpose.choices)
    paid_by = serializers.ChoiceField(choices=["platform", "organisation"])
    service = TextField()
    address = TextField(allow_blank=True)
    model = TextField(allow_blank=True)
    protocol = TextField(allow_blank=True)
    changed_at = serializers.DateTimeField(allow_null=True)


class WishedProviderSerializer(serializers.Serializer[Any]):
    """A service of the organisation's own. `key` may be left out where it is known for this address; `model`
    and `protocol` are for `openai`.
    """

    service = serializers.ChoiceField(choices=Service.choices)
    address = TextField(max_length=own_providers.LONGEST_ADDRESS)
    key = TextField(
        max_length=own_providers.LONGEST_KEY, required=False, default="", allow_blank=True, write_only=True
    )
    model = TextField(max_length=own_providers.LONGEST_MODEL, required=False, default="", allow_blank=True)
    protocol = serializers.ChoiceField(
        choices=Protocol.choices, required=False, default=Protocol.RESPONSES.value
    )


class TrialSerializer(serializers.Serializer[Any]):
    """Whether it would work, and what was found, in words."""

    works = serializers.BooleanField()
    detail = TextField()


class ProvidersView(View):
    """Text and pictures: by the platform's default, or by services of the organisation's own."""

    resource = "providers"
    permission_classes = [OwnsOrganisation]

    @extend_schema(responses=ProviderSerializer(many=True), operation_id="providers_list")
    def get(self, request: Request) -> Response:
        """Both purposes, and what each is made by."""
        known = own_providers.all_in_use()
        return Response([_shown(purpose, known.get(purpose)) for purpose in Purpose.values])


class ProviderView(View):
    """What makes new books' text, or their pictures."""

    resource = "providers"
    permission_classes = [OwnsOrganisation]

    @extend_schema(responses=ProviderSerializer, parameters=[_PURPOSE])
    def get(self, request: Request, purpose: str) -> Response:
        """What it is made by."""
        return Response(_shown(_known(purpose), own_providers.in_use(purpose)))

    @extend_schema(request=WishedProviderSerializer, responses=ProviderSerializer, parameters=[_PURPOSE])
    def put(self, request: Request, purpose: str) -> Response:
        """Have new books use a service of the organisation's own. Books in the making keep theirs."""
        wishes = _wishes(request, _known(purpose))
        with _faults_told():
            own = own_providers.set_up(by=acting(request), purpose=purpose, wishes=wishes)
        return Response(_shown(purpose, own))

    @extend_schema(responses={204: None}, parameters=[_PURPOSE])
    def delete(self, request: Request, purpose: str) -> Response:
        """Go back to the platform's default. The key is forgotten; books that were begun with it stop."""
        try:
            own_providers.remove(by=acting(request), purpose=_known(purpose))
        except OwnProvider.DoesNotExist:
            raise Http404 from None
        return Response(status=204)


class ProviderTrialView(View):
    """Whether a service would work."""

    resource = "providers"
    permission_classes = [OwnsOrganisation]
    outside = {"post": "api:providers"}

    @extend_schema(request=WishedProviderSerializer, responses=TrialSerializer, parameters=[_PURPOSE])
    def post(self, request: Request, purpose: str) -> Response:
        """Ask a service whether it is there and knows the key. Nothing is saved, nothing is paid for."""
        wishes = _wishes(request, _known(purpose))
        if not ratelimit.consume(request._request, action="try_provider", user=person(request)):
            raise Throttled(wait=60)
        with _faults_told():
            trial = trying.try_out(purpose=purpose, wishes=wishes, known=own_providers.in_use(purpose))
        return Response({"works": trial.works, "detail": trial.told})


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except InvalidProvider as invalid:
        raise ValidationError({name: [told] for name, told in invalid.faults.items()}) from invalid


def _known(purpose: str) -> str:
    if purpose not in Purpose.values:
        raise Http404
    return purpose


def _wishes(request: Request, purpose: str) -> Wishes:
    asked = WishedProviderSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return Wishes(**asked.validated_data)


def _shown(purpose: str, own: OwnProvider | None) -> dict[str, Any]:
    if own is not None:
        fields = ("purpose", "service", "address", "model", "protocol", "changed_at")
        return {"paid_by": "organisation", **{name: getattr(own, name) for name in fields}}
    by_platform = {Purpose.TEXT.value: choice.platform_text, Purpose.PICTURES.value: choice.platform_pictures}
    return {
        "purpose": purpose,
        "paid_by": "platform",
        "service": by_platform[purpose](),
        "address": "",
        "model": "",
        "protocol": "",
        "changed_at": None,
    }
