"""Invoices, payments and billing details over REST. Amounts are in minor units of the currency."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.asking import CreatedQuery, Query
from api.permissions import OwnsOrganisation, RunsOrganisation, acting, membership
from api.text import ModelSerializer, TextField
from api.views import View, ViewSet
from billing.invoicing import document, sending
from billing.models import (
    BillingProfile,
    Invoice,
    InvoiceItem,
    InvoiceKind,
    InvoiceStatus,
    Payment,
    PaymentStatus,
    Purpose,
    Refund,
)
from billing.profiles import Details, change_details, country_names, is_tax_number
from tenants.models import Role

_INVOICE = OpenApiParameter("invoice", OpenApiTypes.UUID, "path")


class ItemSerializer(ModelSerializer[InvoiceItem]):
    """`tax_basis_points`: 2000 is 20 %."""

    class Meta:
        model = InvoiceItem
        fields = [
            "kind", "plan_name", "interval", "period_start", "period_end", "quantity", "net_minor",
            "tax_name", "tax_basis_points", "tax_minor", "total_minor",
        ]  # fmt: skip


class InvoiceSerializer(ModelSerializer[Invoice]):
    """An invoice, or a credit note with negative amounts; `corrects` is the number of what it gives back."""

    items = ItemSerializer(many=True)
    corrects = TextField(source="corrects.number", allow_null=True, default=None)
    pdf_url = serializers.SerializerMethodField()

    class Meta:
        model = Invoice
        fields = [
            "id", "number", "kind", "status", "corrects", "currency", "net_minor", "tax_minor",
            "total_minor", "customer", "seller_as_was", "language", "issued_at", "due_on", "paid_at",
            "reason", "items", "pdf_url",
        ]  # fmt: skip

    def get_pdf_url(self, invoice: Invoice) -> str:
        return str(reverse("api:invoice-pdf", [invoice.pk], request=self.context.get("request")))


class SentSerializer(serializers.Serializer[Any]):
    """`sent` is false where it was sent less than a minute ago."""

    sent = serializers.BooleanField()


class InvoiceQuery(Query):
    """Which invoices to list."""

    kind = serializers.ChoiceField(required=False, choices=InvoiceKind.choices)
    status = serializers.ChoiceField(required=False, choices=InvoiceStatus.choices)
    issued_after = serializers.DateTimeField(required=False)
    issued_before = serializers.DateTimeField(required=False)

    lookups = {
        "kind": "kind",
        "status": "status",
        "issued_after": "issued_at__gt",
        "issued_before": "issued_at__lt",
    }


class PaymentQuery(CreatedQuery):
    """Which payments to list."""

    status = serializers.ChoiceField(required=False, choices=PaymentStatus.choices)
    purpose = serializers.ChoiceField(required=False, choices=Purpose.choices)

    lookups = {**CreatedQuery.lookups, "status": "status", "purpose": "purpose"}


@extend_schema_view(retrieve=extend_schema(parameters=[_INVOICE]))
class InvoiceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ViewSet[Invoice]):
    resource = "billing"
    serializer_class = InvoiceSerializer
    queries = {"list": InvoiceQuery}
    bytes = ("pdf",)
    orders = {"list": ("-issued_at",)}
    permission_classes = [RunsOrganisation]
    queryset = Invoice.objects.none()
    lookup_url_kwarg = "invoice"
    lookup_value_regex = "[0-9a-f-]{36}"

    def get_queryset(self) -> QuerySet[Invoice]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        mine = Invoice.objects.filter(organisation_id=membership(self.request).organisation_id)
        return mine.select_related("corrects").prefetch_related("items")

    @extend_schema(
        parameters=[_INVOICE], responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY)}
    )
    @action(detail=True)
    def pdf(self, request: Request, invoice: str) -> HttpResponse:
        """The file, in the invoice's language."""
        found = self.get_object()
        response = HttpResponse(document.pdf_of(found), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{document.file_name(found)}"'
        return response

    @extend_schema(request=None, parameters=[_INVOICE], responses=SentSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, invoice: str) -> Response:
        """Have it sent by e-mail once more; for owners."""
        if membership(request).role != Role.OWNER:
            raise PermissionDenied
        return Response({"sent": sending.send_again(invoice=self.get_object())})


class RefundSerializer(ModelSerializer[Refund]):
    class Meta:
        model = Refund
        fields = ["amount_minor", "status", "reason", "created_at", "completed_at"]


class PaymentSerializer(ModelSerializer[Payment]):
    """`test_mode`: no money has moved. `invoice` is the number of the invoice that it paid."""

    plan = TextField(source="price.plan.code", allow_null=True, default=None)
    invoice = TextField(source="invoice.number", allow_null=True, default=None)
    refunds = RefundSerializer(many=True)

    class Meta:
        model = Payment
        fields = [
            "id", "reference", "purpose", "plan", "status", "amount_minor", "currency", "refunded_minor",
            "failure", "card_brand", "card_last4", "invoice", "refunds", "test_mode", "created_at", "paid_at",
        ]  # fmt: skip


class PaymentViewSet(mixins.ListModelMixin, ViewSet[Payment]):
    resource = "billing"
    serializer_class = PaymentSerializer
    queries = {"list": PaymentQuery}
    permission_classes = [RunsOrganisation]
    queryset = Payment.objects.none()

    def get_queryset(self) -> QuerySet[Payment]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        mine = Payment.objects.filter(organisation_id=membership(self.request).organisation_id)
        return mine.select_related("price__plan", "invoice").prefetch_related("refunds")


class BillingProfileSerializer(ModelSerializer[BillingProfile]):
    """Whom invoices are made out to; what is empty is taken from the organisation and its owner."""

    class Meta:
        model = BillingProfile
        fields = ["name", "address", "country", "tax_id", "email", "language"]

    def validate_country(self, country: str) -> str:
        if country and country not in dict(country_names("en")):
            raise serializers.ValidationError(_("Not a country’s code (ISO 3166-1 alpha-2)."))
        return country

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not is_tax_number(attrs.get("tax_id", ""), country=attrs.get("country", "")):
            words = _("This cannot be a tax number of that country. Is a digit missing?")
            raise serializers.ValidationError({"tax_id": words})
        return attrs


class BillingProfileView(View):
    """Owners and admins read it; owners change it."""

    resource = "billing"

    def get_permissions(self) -> list[BasePermission]:
        return (
            [RunsOrganisation()]
            if self.request.method in ("GET", "HEAD", "OPTIONS")
            else [OwnsOrganisation()]
        )

    @extend_schema(operation_id="billing_profile_retrieve", responses=BillingProfileSerializer)
    def get(self, request: Request) -> Response:
        found = BillingProfile.objects.filter(pk=membership(request).organisation_id).first()
        return Response(BillingProfileSerializer(found or BillingProfile()).data)

    @extend_schema(
        operation_id="billing_profile_update",
        request=BillingProfileSerializer,
        responses=BillingProfileSerializer,
    )
    def put(self, request: Request) -> Response:
        """What is left out is empty afterwards. Invoices that have been issued stay as they are."""
        given = BillingProfileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        changed = change_details(by=acting(request), details=Details(**given.validated_data))
        return Response(BillingProfileSerializer(changed).data)
