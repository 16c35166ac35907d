"""The organisations that one belongs to, over REST: for those who work in several."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from api.asking import Query
from api.permissions import IsMember, member, person
from api.shown import ShownSerializer
from api.text import TextField
from api.views import ViewSet
from tenants.models import Membership, OrganisationStatus, Role


class OwnOrganisationSerializer(ShownSerializer[Membership]):
    """An organisation that one belongs to. `url` is where its members work, `role` what one may do there.
    Only an `ACTIVE` one is open; one that is `DELETING` ends at `delete_at`, which else is null."""

    id = serializers.UUIDField(source="organisation_id")
    name = TextField(source="organisation.name")
    slug = TextField(source="organisation.slug")
    url = serializers.SerializerMethodField()
    status = serializers.ChoiceField(source="organisation.status", choices=OrganisationStatus.choices)
    personal = serializers.BooleanField(source="organisation.personal")
    delete_at = serializers.DateTimeField(source="organisation.delete_at", allow_null=True)
    joined_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = Membership
        fields = ["id", "name", "slug", "url", "role", "status", "personal", "joined_at", "delete_at"]
        read_only_fields = fields

    def get_url(self, membership: Membership) -> str:
        return membership.organisation.url()


class OwnOrganisationQuery(Query):
    """Those where one has a role, or that are in one state."""

    role = serializers.ChoiceField(required=False, choices=Role.choices)
    status = serializers.ChoiceField(required=False, choices=OrganisationStatus.choices)

    lookups = {"role": "role", "status": "organisation__status"}


class IsSomebody(IsMember):
    """Whoever is signed in, on the platform's host as well; a key needs the scope."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if member(request) is not None:
            return super().has_permission(request, view)
        return request._request.organisation is None and request.user.is_authenticated  # type: ignore[attr-defined]


class OwnOrganisationViewSet(mixins.ListModelMixin, ViewSet[Membership]):
    """The organisations that one belongs to, the one joined last first.

    A key belongs to one organisation, and sees no other.
    """

    resource = "profile"
    serializer_class = OwnOrganisationSerializer
    queries = {"list": OwnOrganisationQuery}
    permission_classes = [IsSomebody]
    queryset = Membership.objects.none()

    def get_queryset(self) -> QuerySet[Membership]:
        mine: QuerySet[Membership] = Membership.objects.filter(user_id=person(self.request).pk)
        key = getattr(self.request._request, "api_key", None)
        if key is not None:
            mine = mine.filter(organisation_id=key.organisation_id)
        return mine.select_related("organisation")
