"""What is used, what may still be used, what members may use, and what calls have cost, over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import CreatedQuery
from api.members import ID
from api.permissions import RunsOrganisation, SeesPeople, acting, membership, person
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from billing import budgets, limits, usage
from billing.costs import Costs, costs_of_organisation
from billing.limits import setting
from billing.models import Budget, Limit, Metric, Window
from billing.months import month_of
from tenants.models import Group, Membership, Organisation, Tier
from tenants.people.roster import people_of

_LIMIT = OpenApiParameter("limit", OpenApiTypes.UUID, "path")


class UsedSerializer(serializers.Serializer[Any]):
    """A metric's use in the window that is on; `forecast` is for a month that goes on as it has."""

    metric = serializers.ChoiceField(Metric.choices)
    value = serializers.IntegerField(help_text="Bytes for storage.")
    forecast = serializers.IntegerField()


class StandingSerializer(serializers.Serializer[Any]):
    """How one limit stands. `limit` null is none; `of` says whose it is."""

    metric = serializers.ChoiceField(Metric.choices)
    window = serializers.ChoiceField(Window.choices)
    of = serializers.ChoiceField([one.value for one in limits.Of], source="of.value")
    used = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)
    renewed_on = serializers.DateField(allow_null=True)


class UsageSerializer(serializers.Serializer[Any]):
    month = UsedSerializer(many=True)
    standings = StandingSerializer(many=True)


class UsageView(View):
    """Everybody but guests may look."""

    resource = "usage"
    permission_classes = [SeesPeople]

    @extend_schema(responses=UsageSerializer, operation_id="usage_retrieve")
    def get(self, request: Request) -> Response:
        """This month's use, and every limit that applies to the organisation and to the caller."""
        by = membership(request)
        organisation = Organisation.objects.get(pk=by.organisation_id)
        used = usage.used(organisation, Window.MONTH)
        month = [
            {
                "metric": metric,
                "value": value,
                "forecast": usage.forecast(organisation, metric, used_this_month=value),
            }
            for metric, value in used.items()
        ]
        standings = [
            standing
            for metric in setting.FOR_ORGANISATIONS
            for standing in limits.standings(organisation.pk, metric, by)
        ]
        return Response(UsageSerializer({"month": month, "standings": standings}).data)


class UsageOfMemberSerializer(serializers.Serializer[Any]):
    """What a member has used this month, by metric; a metric that is left out is 0."""

    member = serializers.UUIDField(source="pk")
    user = serializers.UUIDField(source="user_id")
    name = TextField(source="user.get_full_name")
    used = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_used(self, member: Membership) -> dict[str, int]:
        used: dict[str, int] = self.context["used"].get(member.user_id, {})
        return used


class UsageOfMembersViewSet(mixins.ListModelMixin, ViewSet[Membership]):
    """For owners and admins."""

    resource = "usage"
    serializer_class = UsageOfMemberSerializer
    permission_classes = [RunsOrganisation]
    queryset = Membership.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return people_of(membership(self.request).organisation_id)

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return {**super().get_serializer_context(), "used": {}}
        used = usage.by_person(acting(self.request).organisation, Window.MONTH)
        return {**super().get_serializer_context(), "used": used}


class LimitSerializer(ModelSerializer[Limit]):
    """What each member of a tier or group, or one member, may use. Exactly one of the three is given."""

    tier = serializers.UUIDField(source="tier_id", allow_null=True, required=False)
    group = serializers.UUIDField(source="group_id", allow_null=True, required=False)
    member = serializers.UUIDField(source="membership_id", allow_null=True, required=False)
    metric = serializers.ChoiceField([(one.value, one.label) for one in setting.FOR_MEMBERS])
    amount = serializers.IntegerField(min_value=0, max_value=10**12, allow_null=True)

    class Meta:
        model = Limit
        fields = ["id", "tier", "group", "member", "metric", "window", "amount", "created_at"]
        read_only_fields = ["id", "created_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("tier_id", "group_id", "membership_id") if attrs.get(name)]
        if len(given) != 1:
            raise serializers.ValidationError("Name exactly one of tier, group and member.")
        return attrs


class LimitQuery(CreatedQuery):
    """Which limits to list."""

    metric = serializers.ChoiceField(required=False, choices=Metric.choices)
    tier = serializers.UUIDField(required=False)
    group = serializers.UUIDField(required=False)
    member = serializers.UUIDField(required=False)

    lookups = {
        **CreatedQuery.lookups,
        "metric": "metric",
        "tier": "tier_id",
        "group": "group_id",
        "member": "membership_id",
    }


@extend_schema_view(retrieve=extend_schema(parameters=[_LIMIT]))
class LimitViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Limit]):
    """Owners and admins look, set and remove."""

    resource = "usage"
    serializer_class = LimitSerializer
    queries = {"list": LimitQuery}
    permission_classes = [RunsOrganisation]
    queryset = Limit.objects.none()
    lookup_url_kwarg = "limit"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Limit]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return setting.limits_for_members(membership(self.request).organisation_id)

    @extend_schema(request=LimitSerializer, responses={201: LimitSerializer})
    def create(self, request: Request) -> Response:
        """Set a limit, in place of the one there was for the same metric and window."""
        asked = LimitSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        limit = setting.set_limit(
            by=membership(request),
            scope=_scope(membership(request), data),
            given=setting.Amount(Metric(data["metric"]), Window(data["window"]), data["amount"]),
        )
        return Response(LimitSerializer(limit).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None}, parameters=[_LIMIT])
    def destroy(self, request: Request, limit: UUID) -> Response:
        """Remove a limit."""
        setting.remove_limit(by=membership(request), limit=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class CostLineSerializer(serializers.Serializer[Any]):
    """Calls of one kind to one model. Amounts in micro-units of the US dollar."""

    kind = TextField()
    provider = TextField()
    model = TextField()
    calls = serializers.IntegerField()
    input_tokens = serializers.IntegerField(source="input")
    cached_tokens = serializers.IntegerField(source="cached")
    output_tokens = serializers.IntegerField(source="output")
    pictures = serializers.IntegerField(source="drawn")
    cost_micros = serializers.IntegerField(source="micros")
    waste_micros = serializers.IntegerField()
    unpriced_calls = serializers.IntegerField(source="unpriced")


class CostsSerializer(serializers.Serializer[Costs]):
    """`reserved_micros` is set aside for calls under way, `unknown_micros` for those that were lost."""

    cost_micros = serializers.IntegerField(source="micros")
    reserved_micros = serializers.IntegerField()
    unknown_micros = serializers.IntegerField()
    lines = CostLineSerializer(many=True)


class CostsView(View):
    """Owners and admins may look."""

    resource = "usage"
    permission_classes = [RunsOrganisation]

    @extend_schema(responses=CostsSerializer, operation_id="costs_retrieve")
    def get(self, request: Request) -> Response:
        """What this calendar month's calls have cost (UTC)."""
        month = month_of(timezone.now())
        organisation_id = membership(request).organisation_id
        costs = costs_of_organisation(organisation_id, since=month.since, until=month.until)
        return Response(CostsSerializer(costs).data)


class BudgetSerializer(ModelSerializer[Budget]):
    """What calls may cost in a calendar month, in micro-units of the US dollar; null is no budget."""

    limit_micros = serializers.IntegerField(min_value=1, max_value=10**12, allow_null=True)
    warn_percent = serializers.IntegerField(min_value=1, max_value=100, default=80)

    class Meta:
        model = Budget
        fields = ["limit_micros", "warn_percent", "spent_micros", "reserved_micros", "unknown_micros"]
        read_only_fields = ["spent_micros", "reserved_micros", "unknown_micros"]


class BudgetView(View):
    """Owners and admins."""

    resource = "usage"
    permission_classes = [RunsOrganisation]

    @extend_schema(responses=BudgetSerializer, operation_id="budget_retrieve")
    def get(self, request: Request) -> Response:
        """The budget, and what is spent of it."""
        found = Budget.objects.filter(organisation_id=membership(request).organisation_id).first()
        return Response(BudgetSerializer(found or Budget()).data)

    @extend_schema(request=BudgetSerializer, responses=BudgetSerializer, operation_id="budget_update")
    def put(self, request: Request) -> Response:
        """Set the budget."""
        asked = BudgetSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        organisation = Organisation.objects.get(pk=membership(request).organisation_id)
        budget = budgets.set_budget(organisation=organisation, by=person(request), **asked.validated_data)
        return Response(BudgetSerializer(budget).data)


def _scope(by: Membership, data: dict[str, Any]) -> setting.Scope:
    """What is limited, if it is of the caller's organisation; else 404."""
    own = {"organisation_id": by.organisation_id}
    if tier := data.get("tier_id"):
        return get_object_or_404(Tier, pk=tier, **own)
    if group := data.get("group_id"):
        return get_object_or_404(Group, pk=group, **own)
    return get_object_or_404(Membership.objects.select_related("user"), pk=data["membership_id"], **own)
