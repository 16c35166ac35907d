"""The organisation's own way of signing in over REST: its OpenID provider, and whether it is required."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import OwnsOrganisation, acting, membership, person
from api.text import ModelSerializer, TextField
from api.views import View
from tenants.domains.claiming import JOINABLE
from tenants.models import SingleSignOn
from tenants.single_sign_on import configuring
from tenants.single_sign_on.flow import callback_url
from tenants.single_sign_on.problems import Problem

JOINS_AS = ["", *(role.value for role in JOINABLE)]


class SingleSignOnSerializer(ModelSerializer[SingleSignOn]):
    """`client_secret` is never told; left out or empty, the one that is known stays. `callback_url` is what
    the provider has to know of us."""

    client_secret = TextField(write_only=True, required=False, allow_blank=True, max_length=500)
    joins_as = serializers.ChoiceField(choices=JOINS_AS, allow_blank=True, default="")
    callback_url = serializers.SerializerMethodField()

    class Meta:
        model = SingleSignOn
        fields = ["name", "issuer", "client_id", "client_secret", "joins_as", "enforced", "callback_url"]
        read_only_fields = ["enforced"]

    def get_callback_url(self, provider: SingleSignOn) -> str:
        return str(callback_url(provider.organisation_id))


class CannotRequireYet(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "not-possible-now"


class SingleSignOnView(View):
    """For owners."""

    resource = "organisation"
    permission_classes = [OwnsOrganisation]
    outside = {"put": "api:single-sign-on"}

    @extend_schema(responses=SingleSignOnSerializer)
    def get(self, request: Request) -> Response:
        """The provider; 404 where there is none."""
        return Response(SingleSignOnSerializer(_known(request)).data)

    @extend_schema(request=SingleSignOnSerializer, responses=SingleSignOnSerializer)
    def put(self, request: Request) -> Response:
        """Say which provider it is. It is asked for its description at once."""
        known = SingleSignOn.objects.filter(organisation_id=membership(request).organisation_id).first()
        asked = SingleSignOnSerializer(known, data=request.data)
        asked.is_valid(raise_exception=True)
        if not ratelimit.consume(request._request, action="set_up_single_sign_on", user=person(request)):
            raise Throttled(wait=60)
        given: dict[str, Any] = asked.validated_data
        wishes = configuring.Wishes(
            name=given["name"],
            issuer=given["issuer"],
            client_id=given["client_id"],
            secret=given.get("client_secret", ""),
            joins_as=given["joins_as"],
        )
        try:
            row = configuring.set_up(by=acting(request), wishes=wishes)
        except Problem as problem:
            raise ValidationError({"issuer": [str(problem)]}) from problem
        return Response(SingleSignOnSerializer(row).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget the provider: people sign in by other ways."""
        _known(request)
        configuring.remove(by=acting(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SingleSignOnRequirementView(View):
    """For owners."""

    resource = "organisation"
    permission_classes = [OwnsOrganisation]

    @extend_schema(request=None, responses=SingleSignOnSerializer)
    def put(self, request: Request) -> Response:
        """Require it: sessions that began otherwise end."""
        _known(request)
        session = getattr(request._request, "session", None)
        try:
            configuring.require(by=acting(request), session_key=session.session_key if session else None)
        except configuring.CannotRequire as error:
            raise CannotRequireYet(str(error)) from error
        return Response(SingleSignOnSerializer(_known(request)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Let people sign in by other ways again."""
        _known(request)
        configuring.lift(by=acting(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _known(request: Request) -> SingleSignOn:
    found: SingleSignOn | None = SingleSignOn.objects.filter(
        organisation_id=membership(request).organisation_id
    ).first()
    if found is None:
        raise Http404
    return found
