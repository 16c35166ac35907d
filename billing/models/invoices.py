"""Invoices and credit notes, which are kept for as long as the law asks and never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from billing.models.plans import Plan
from tenants.keys import uuid7


class Seller(models.Model):
    """Who invoices: its name, tax number and the numbers it has given out, one after another without gaps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    address = models.TextField(_("address"), max_length=500, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    tax_id = models.CharField(_("tax number"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    note = models.TextField(_("note on every invoice"), max_length=500, blank=True)
    prefix = models.CharField(_("prefix of its numbers"), max_length=12, unique=True)
    last_invoice = models.PositiveIntegerField(default=0, editable=False)
    last_credit_note = models.PositiveIntegerField(default=0, editable=False)
    current = models.BooleanField(default=True)  # the one that sells now

    class Meta:
        verbose_name = _("seller")
        constraints = [
            models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="billing_one_seller"),
        ]

    def __str__(self) -> str:
        return self.name


class TaxRate(models.Model):
    """The tax that a seller's prices include for customers of a country; without a row, none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="tax_rates")
    country = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=40)  # "VAT"
    basis_points = models.PositiveIntegerField(_("rate"))  # 2000 is 20 %
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("tax rate")
        constraints = [
            models.UniqueConstraint(fields=["seller", "country", "valid_from"], name="billing_tax_rate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.country}"


class InvoiceKind(models.TextChoices):
    INVOICE = "INVOICE", _("Invoice")
    CREDIT_NOTE = "CREDIT_NOTE", _("Credit note")


class InvoiceStatus(models.TextChoices):
    OPEN = "OPEN", _("To be paid")
    PAID = "PAID", _("Paid")
    VOID = "VOID", _("Void")
    UNCOLLECTIBLE = "UNCOLLECTIBLE", _("Not paid")


class Invoice(models.Model):
    """One invoice or credit note. Amounts are in minor units of its currency; a credit note's are negative.

    `customer` and `seller_as_was` say what names and addresses were on the day it was issued: `{"name",
    "address", "country", "tax_id", "email"}`. Both stay when the organisation is erased.
    """

    Kind = InvoiceKind
    Status = InvoiceStatus

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        "tenants.Organisation", on_delete=models.DO_NOTHING, db_constraint=False, related_name="invoices"
    )
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices, default=InvoiceKind.INVOICE)
    number = models.CharField(_("number"), max_length=40)
    status = models.CharField(max_length=14, choices=InvoiceStatus.choices, default=InvoiceStatus.OPEN)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="credit_notes")
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    customer = models.JSONField(default=dict)
    seller_as_was = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="en")
    issued_at = models.DateTimeField(db_default=Now(), editable=False)
    due_on = models.DateField()
    paid_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("invoice")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["seller", "number"], name="billing_invoice_number_once"),
            models.CheckConstraint(
                condition=Q(total_minor=models.F("net_minor") + models.F("tax_minor")),
                name="billing_invoice_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-issued_at"], name="billing_invoice_recent")]

    def __str__(self) -> str:
        return self.number


class ItemKind(models.TextChoices):
    SUBSCRIPTION = "SUBSCRIPTION", _("Subscription")
    UPGRADE = "UPGRADE", _("Rest of the period on the larger plan")
    UNUSED = "UNUSED", _("Rest of the period on the smaller plan")  # negative
    REFUND = "REFUND", _("Refund")


class InvoiceItem(models.Model):
    """A line of an invoice. Its words are made from kind, plan and period, in the invoice's language."""

    Kind = ItemKind

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=ItemKind.choices)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    plan_name = models.CharField(max_length=80, blank=True, default="")
    interval = models.CharField(max_length=8, blank=True, default="")
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    quantity = models.PositiveSmallIntegerField(default=1)
    net_minor = models.BigIntegerField()
    tax_name = models.CharField(max_length=40, blank=True, default="")
    tax_basis_points = models.PositiveIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()

    class Meta:
        verbose_name = _("item")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="billing_item_once"),
            models.CheckConstraint(
                condition=Q(total_minor=models.F("net_minor") + models.F("tax_minor")),
                name="billing_item_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.position}"
