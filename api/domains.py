"""Domains of an organisation's own over REST, for its owners."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import CreatedQuery
from api.permissions import IsMember, membership, person
from api.text import ModelSerializer, TextField
from api.views import ViewSet
from tenants.domains import claiming, hosts, verifying
from tenants.domains.claiming import JOINABLE, CannotClaim
from tenants.domains.names import MOST_TYPED, BadDomain
from tenants.domains.records import Problem, record_name, record_value
from tenants.domains.verifying import State
from tenants.models import ClaimedDomain, Membership, Purpose, Role

JOINS_AS = ["", *(role.value for role in JOINABLE)]


class IsOwner(BasePermission):
    """Domains are among the organisation's own settings, which owners alone see and change."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return membership(request).role == Role.OWNER


class RecordSerializer(serializers.Serializer[Any]):
    """The TXT record that proves a domain."""

    name = TextField()
    value = TextField()


class DomainSerializer(ModelSerializer[ClaimedDomain]):
    """`name` is in ASCII (IDNA). `problem` is the code of what the last look found wrong; `detail` says it
    in words."""

    joins_as = serializers.ChoiceField(choices=JOINS_AS, read_only=True)
    state = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField()

    class Meta:
        model = ClaimedDomain
        fields = [
            "id", "name", "purpose", "state", "joins_as", "problem", "detail", "record",
            "created_at", "verified_at", "checked_at", "failing_since",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=State.choices))
    def get_state(self, domain: ClaimedDomain) -> str:
        return verifying.state_of(domain).value

    def get_detail(self, domain: ClaimedDomain) -> str:
        return str(Problem(domain.problem).label) if domain.problem else ""

    @extend_schema_field(RecordSerializer)
    def get_record(self, domain: ClaimedDomain) -> dict[str, str]:
        return {"name": record_name(domain.name), "value": record_value(domain.token)}


class ClaimSerializer(serializers.Serializer[Any]):
    """`name` may be a domain, a web address or an e-mail address; `joins_as` counts for EMAIL alone."""

    name = TextField(max_length=MOST_TYPED)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    joins_as = serializers.ChoiceField(choices=JOINS_AS, default="", allow_blank=True)


class JoiningSerializer(serializers.Serializer[Any]):
    joins_as = serializers.ChoiceField(choices=JOINS_AS, allow_blank=True)


class AddressSerializer(serializers.Serializer[Any]):
    """The host that links lead to: one of the organisation's own, or empty for the one on the platform."""

    host = TextField(max_length=253, allow_blank=True)


class AddressesSerializer(AddressSerializer):
    url = serializers.URLField()
    hosts = serializers.ListField(child=TextField())


class DomainQuery(CreatedQuery):
    """Which domains to list."""

    purpose = serializers.ChoiceField(required=False, choices=Purpose.choices)

    lookups = {**CreatedQuery.lookups, "purpose": "purpose"}


class DomainViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[ClaimedDomain]):
    """What an organisation says is its own, and whether a DNS record has proven it."""

    resource = "organisation"
    serializer_class = DomainSerializer
    queries = {"list": DomainQuery}
    orders = {"list": ("-created_at", "name")}
    permission_classes = [IsMember, IsOwner]
    queryset = ClaimedDomain.objects.none()
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[ClaimedDomain]:
        return ClaimedDomain.objects.filter(organisation_id=membership(self.request).organisation_id)

    @extend_schema(request=ClaimSerializer, responses={201: DomainSerializer})
    def create(self, request: Request) -> Response:
        """Claim a domain. Nothing follows before its record is found."""
        asked = ClaimSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            domain = claiming.claim(
                typed=asked.validated_data["name"],
                purpose=Purpose(asked.validated_data["purpose"]),
                joins_as=asked.validated_data["joins_as"],
                by=_owning(request),
            )
        except (BadDomain, CannotClaim) as error:
            raise ValidationError({"name": [str(error)]}) from error
        return Response(DomainSerializer(domain).data, status=201)

    @extend_schema(request=JoiningSerializer, responses=DomainSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Say in which role people with an address at the domain may join; empty: nobody may."""
        asked = JoiningSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        domain = self.get_object()
        if domain.purpose != Purpose.EMAIL:
            raise ValidationError({"joins_as": ["Nobody joins by a web address."]})
        changed = claiming.change_role(
            domain_id=domain.pk, joins_as=asked.validated_data["joins_as"], by=_owning(request)
        )
        return Response(DomainSerializer(changed).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Give a domain up. The organisation no longer answers there; who joined by it stays."""
        claiming.remove(domain_id=self.get_object().pk, by=_owning(request))
        return Response(status=204)

    @extend_schema(request=None, responses=DomainSerializer)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: UUID) -> Response:
        """Look at the DNS now."""
        domain = self.get_object()
        if not ratelimit.consume(request._request, action="check_domain", user=person(request)):
            raise Throttled(wait=60)
        try:
            checked = verifying.check(domain_id=domain.pk, actor=person(request))
        except ClaimedDomain.DoesNotExist:  # removed while we looked
            raise Http404 from None
        return Response(DomainSerializer(checked).data)

    @extend_schema(methods=["GET"], responses=AddressesSerializer)
    @extend_schema(methods=["PUT"], request=AddressSerializer, responses=AddressesSerializer)
    @action(detail=False, methods=["get", "put"], pagination_class=None, filter_backends=[])
    def address(self, request: Request) -> Response:
        """The hosts of the organisation's own, and the one that links lead to."""
        organisation = _owning(request).organisation
        if request.method == "PUT":
            asked = AddressSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            try:
                organisation = hosts.choose_host(host=asked.validated_data["host"], by=_owning(request))
            except hosts.NotItsHost as error:
                raise ValidationError({"host": ["The organisation does not answer on this host."]}) from error
        known = hosts.hosts_of(organisation.pk)
        return Response({"host": organisation.own_host, "url": organisation.url(), "hosts": known})


def _owning(request: Request) -> Membership:
    """The caller's membership, with the organisation and person that doings need."""
    return Membership.objects.select_related("user", "organisation").get(pk=membership(request).pk)
