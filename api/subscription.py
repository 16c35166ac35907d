"""The organisation's plan over REST: what there is to choose, what a change costs, and the change itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.asking import Query
from api.permissions import OwnsOrganisation, RunsOrganisation, acting, membership
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from billing import catalogue, features
from billing.gateways.contract import NotConfigured
from billing.models import Metric, Payment, Plan, PlanPrice, Subscription
from billing.subscriptions import changing, checkout, ending, pausing, trials
from billing.subscriptions.changing_cards import change_card
from billing.subscriptions.rights import Refusal
from tenants.models import Membership

Done = TypeVar("Done")


class PriceSerializer(ModelSerializer[PlanPrice]):
    """`amount_minor` in minor units of the currency, tax included."""

    class Meta:
        model = PlanPrice
        fields = ["id", "interval", "currency", "amount_minor"]


class PlanSerializer(ModelSerializer[Plan]):
    """A limit that is null is none; `storage_limit` in bytes."""

    features = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields = [
            "code", "version", "name", "books_limit", "books_counted_by", "storage_limit", "api_calls_limit",
            "features", "trial_days",
        ]  # fmt: skip

    def get_features(self, plan: Plan) -> list[str]:
        return features.feature_names(plan)


class OfferSerializer(serializers.Serializer[Any]):
    """A plan with its prices in the currency; without any it is free, or (`sold`) not sold in it."""

    plan = PlanSerializer()
    prices = PriceSerializer(many=True)
    sold = serializers.BooleanField()


class PlansQuery(Query):
    currency = TextField(required=False, max_length=3, help_text="ISO 4217, such as USD.")


class PlansView(View):
    queries = {"get": PlansQuery}
    resource = "billing"
    permission_classes = [RunsOrganisation]

    @extend_schema(
        operation_id="plans_list",
        responses=OfferSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """What new subscribers can choose from."""
        currency = catalogue.choose_currency(catalogue.currencies(), self.query.get("currency", "").upper())
        return Response(OfferSerializer(catalogue.offers(currency), many=True).data)


class SubscriptionSerializer(ModelSerializer[Subscription]):
    """`price` is null where nothing is paid. `covered_by` is the organisation that pays instead."""

    plan = PlanSerializer()
    price = PriceSerializer(allow_null=True)
    next_plan = TextField(source="next_plan.code", allow_null=True, default=None)
    next_price = PriceSerializer(allow_null=True)
    covered_by = TextField(source="covered_by.organisation.name", allow_null=True, default=None)
    card = serializers.SerializerMethodField()

    class Meta:
        model = Subscription
        fields = [
            "plan", "price", "status", "started_at", "period_start", "period_end", "trial_ends_at",
            "cancel_at_period_end", "next_plan", "next_price", "paused_at", "resumes_at", "past_due_since",
            "grace_ends_at", "next_attempt_at", "covered_by", "card", "test_mode",
        ]  # fmt: skip

    def get_card(self, subscription: Subscription) -> str | None:
        """Its brand and last four digits."""
        return str(subscription.card) if subscription.card else None


class ChoiceSerializer(serializers.Serializer[Any]):
    price = serializers.PrimaryKeyRelatedField(
        queryset=PlanPrice.objects.filter(offered=True, plan__offered=True).select_related("plan")
    )


class ChangeSerializer(ChoiceSerializer):
    """`amount_minor` is the most that may be charged; with the preview's `as_of`, exactly that is."""

    amount_minor = serializers.IntegerField(min_value=0, max_value=10**15)
    as_of = serializers.DateTimeField(required=False)


class PauseSerializer(serializers.Serializer[Any]):
    until = serializers.DateTimeField(required=False, allow_null=True, default=None)


class CodeField(serializers.SlugRelatedField[Plan]):
    """A plan by its code. A code with NUL, which PostgreSQL keeps in no text, is as unknown as any other."""

    def to_internal_value(self, data: Any) -> Plan:
        return super().to_internal_value(str(data).replace("\0", "�"))


class TrialSerializer(serializers.Serializer[Any]):
    plan = CodeField(slug_field="code", queryset=Plan.objects.filter(offered=True))


class ReckoningLineSerializer(serializers.Serializer[Any]):
    """`total_minor` is negative for what is taken off."""

    kind = TextField()
    plan = TextField(source="plan.code", allow_null=True)
    period_start = serializers.DateTimeField(allow_null=True)
    period_end = serializers.DateTimeField(allow_null=True)
    total_minor = serializers.IntegerField()


class ExcessSerializer(serializers.Serializer[Any]):
    """What is more than the new plan holds: it stays, but nothing is added. In books or bytes."""

    metric = serializers.ChoiceField(Metric.choices)
    used = serializers.IntegerField()
    limit = serializers.IntegerField()


class ChangePreviewSerializer(serializers.Serializer[Any]):
    """What a change would do. Amounts in minor units of the price's currency."""

    price = PriceSerializer()
    at_once = serializers.BooleanField()
    as_of = serializers.DateTimeField()
    changes_at = serializers.DateTimeField()
    amount_due_minor = serializers.IntegerField()
    credit_minor = serializers.IntegerField()
    lines = ReckoningLineSerializer(many=True)
    next_charge_at = serializers.DateTimeField()
    next_amount_minor = serializers.IntegerField()
    excess = ExcessSerializer(many=True)


class ChangedSerializer(serializers.Serializer[Any]):
    """`payment_url`: where a person must go on for the payment to be made; null where none has to."""

    subscription = SubscriptionSerializer()
    payment_status = TextField(allow_null=True)
    payment_url = serializers.URLField(allow_null=True)


class HostedPageSerializer(serializers.Serializer[Any]):
    """The page on which a person pays; the plan changes once they have."""

    url = serializers.URLField()
    reference = TextField()


class CardPageSerializer(serializers.Serializer[Any]):
    """The page on which a person gives the card."""

    url = serializers.URLField()


class SubscriptionViewSet(ViewSet[Subscription]):
    """Owners and admins read it; owners change it."""

    resource = "billing"
    serializer_class = SubscriptionSerializer
    queryset = Subscription.objects.none()
    pagination_class = None
    outside = {
        "checkout": "api:payment-list",
        "change": "api:payment-list",
        "resume": "api:payment-list",
        "card": "api:payment-list",
    }

    def get_permissions(self) -> list[BasePermission]:
        return [RunsOrganisation()] if self.action == "read" else [OwnsOrganisation()]

    @extend_schema(operation_id="subscription_retrieve")
    def read(self, request: Request) -> Response:
        return Response(SubscriptionSerializer(_subscription(request)).data)

    @extend_schema(request=ChoiceSerializer, responses=ChangePreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """What changing to a price would cost and do. Nothing is changed."""
        price = _given(ChoiceSerializer, request)["price"]
        preview = changing.change_preview(subscription=_subscription(request), price=price)
        return Response(ChangePreviewSerializer(preview).data)

    @extend_schema(request=ChoiceSerializer, responses=HostedPageSerializer)
    @action(detail=False, methods=["post"])
    def checkout(self, request: Request) -> Response:
        """Begin to pay for a first plan; a person goes on at `url`."""
        by, price = acting(request), _given(ChoiceSerializer, request)["price"]
        page = _payable(
            lambda: checkout.start_checkout(membership=by, price=price, return_url=_return_url(by))
        )
        return Response(HostedPageSerializer(page).data)

    @extend_schema(request=ChangeSerializer, responses=ChangedSerializer)
    @action(detail=False, methods=["post"])
    def change(self, request: Request) -> Response:
        """To a larger plan at once, for the difference; to a smaller one, or another rhythm, from the
        period's end on."""
        by, given = acting(request), _given(ChangeSerializer, request)
        done = _payable(
            lambda: changing.change_plan(
                membership=by,
                price=given["price"],
                expected_amount_minor=given["amount_minor"],
                as_of=given.get("as_of"),
                return_url=_return_url(by),
            )
        )
        return _changed(request, done.payment)

    @extend_schema(request=TrialSerializer, responses=SubscriptionSerializer)
    @action(detail=False, methods=["post"])
    def trial(self, request: Request) -> Response:
        """Try a plan for its `trial_days`, for nothing; once for an organisation."""
        trials.start_trial(membership=acting(request), plan=_given(TrialSerializer, request)["plan"])
        return self.read(request)

    @extend_schema(request=None, responses=SubscriptionSerializer)
    @action(detail=False, methods=["post"])
    def cancel(self, request: Request) -> Response:
        """Renew no more; the plan lasts to the end of what is paid for."""
        ending.cancel(membership=acting(request))
        return self.read(request)

    @extend_schema(request=None, responses=SubscriptionSerializer)
    @action(detail=False, methods=["post"])
    def keep(self, request: Request) -> Response:
        """Undo a cancellation or a change that is to come."""
        ending.keep(membership=acting(request))
        return self.read(request)

    @extend_schema(request=PauseSerializer, responses=SubscriptionSerializer)
    @action(detail=False, methods=["post"])
    def pause(self, request: Request) -> Response:
        """Pause from the end of what is paid for, until a moment or until it is resumed."""
        pausing.pause(membership=acting(request), until=_given(PauseSerializer, request)["until"])
        return self.read(request)

    @extend_schema(request=None, responses=ChangedSerializer)
    @action(detail=False, methods=["post"])
    def resume(self, request: Request) -> Response:
        """Go on after a pause, with a payment where the paid period is over."""
        by = acting(request)
        done = _payable(lambda: pausing.resume(membership=by, return_url=_return_url(by)))
        return _changed(request, done.payment)

    @extend_schema(request=None, responses=CardPageSerializer)
    @action(detail=False, methods=["post"])
    def card(self, request: Request) -> Response:
        """Begin to pay by another card; a person goes on at `url`."""
        by = acting(request)
        url = _payable(lambda: change_card(membership=by, return_url=_return_url(by)))
        return Response({"url": url})


def _subscription(request: Request) -> Subscription:
    found: Subscription = Subscription.objects.select_related(
        "plan", "price", "next_plan", "next_price", "card", "covered_by__organisation"
    ).get(organisation_id=membership(request).organisation_id)
    return found


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _payable(do: Callable[[], Done]) -> Done:
    try:
        return do()
    except NotConfigured:
        raise Refusal(_("Payments are not set up here yet. Ask whoever runs this platform.")) from None


def _return_url(by: Membership) -> str:
    return by.organisation.url(reverse("web:billing_return"))


def _changed(request: Request, payment: Payment | None) -> Response:
    answer = {
        "subscription": _subscription(request),
        "payment_status": payment.status if payment else None,
        "payment_url": (payment.hosted_url or None) if payment else None,
    }
    return Response(ChangedSerializer(answer).data)
