"""The organisation itself over REST: its particulars, and its end."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import OwnsOrganisation, acting
from api.text import ModelSerializer, TextField
from api.views import View
from tenants.models import Organisation
from tenants.organisations.changing import Particulars, change_organisation
from tenants.organisations.deletion import ask_for_deletion

_NAMES = [field.name for field in fields(Particulars)]


class OrganisationSerializer(ModelSerializer[Organisation]):
    """`slug` is the first label of the address; links to one that it had before lead on to it."""

    name = TextField(max_length=120)
    slug = TextField(max_length=63)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = ["id", "name", "slug", "url", "language", "time_zone", "created_at"]
        read_only_fields = ["id", "created_at"]

    def get_url(self, organisation: Organisation) -> str:
        return organisation.url()


class DeletionSerializer(serializers.Serializer[Any]):
    """The organisation's name, to confirm."""

    name = TextField(max_length=200)


class DeletionAskedSerializer(serializers.Serializer[Any]):
    """When it will be erased. Until then an owner can keep it, on the platform's own host."""

    delete_at = serializers.DateTimeField()


class OrganisationView(View):
    """For owners."""

    resource = "organisation"
    permission_classes = [OwnsOrganisation]

    @extend_schema(responses=OrganisationSerializer)
    def get(self, request: Request) -> Response:
        """Its name, address, language and time zone."""
        return Response(OrganisationSerializer(acting(request).organisation).data)

    @extend_schema(request=OrganisationSerializer(partial=True), responses=OrganisationSerializer)
    def patch(self, request: Request) -> Response:
        """Change what is named. With another address the organisation answers on another host."""
        by = acting(request)
        asked = OrganisationSerializer(by.organisation, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        present = {name: getattr(by.organisation, name) for name in _NAMES}
        particulars = Particulars(**{**present, **asked.validated_data})
        changed = change_organisation(by=by, particulars=particulars)
        return Response(OrganisationSerializer(changed).data)


class OrganisationDeletionView(View):
    """For owners."""

    resource = "organisation"
    permission_classes = [OwnsOrganisation]

    @extend_schema(request=DeletionSerializer, responses=DeletionAskedSerializer)
    def post(self, request: Request) -> Response:
        """Have the organisation deleted. It closes at once, and is erased after two weeks."""
        asked = DeletionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        organisation = ask_for_deletion(by=acting(request), name=asked.validated_data["name"])
        return Response(DeletionAskedSerializer(organisation).data)
