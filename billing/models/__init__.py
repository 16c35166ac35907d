"""Plans, subscriptions, invoices, payments, what was used and what it cost."""

from billing.models.invoices import (
    Invoice,
    InvoiceItem,
    InvoiceKind,
    InvoiceStatus,
    ItemKind,
    Seller,
    TaxRate,
)
from billing.models.ledger import (
    Budget,
    ExchangeRate,
    LedgerEntry,
    LedgerState,
    PastPrice,
    Price,
)
from billing.models.payments import (
    EventStatus,
    GatewayAccount,
    GatewayEvent,
    GatewayPlan,
    Payment,
    PaymentStatus,
    Purpose,
    Refund,
    RefundStatus,
)
from billing.models.plans import (
    CountedBy,
    Interval,
    Limit,
    Metric,
    Plan,
    PlanPrice,
    Window,
)
from billing.models.subscriptions import (
    BillingProfile,
    PaymentMethod,
    Subscription,
    SubscriptionStatus,
)
from billing.models.usage import (
    EVER,
    UsageAlert,
    UsageMetric,
)

__all__ = [
    "EVER",
    "BillingProfile",
    "Budget",
    "CountedBy",
    "EventStatus",
    "ExchangeRate",
    "GatewayAccount",
    "GatewayEvent",
    "GatewayPlan",
    "Interval",
    "Invoice",
    "InvoiceItem",
    "InvoiceKind",
    "InvoiceStatus",
    "ItemKind",
    "LedgerEntry",
    "LedgerState",
    "Limit",
    "Metric",
    "PastPrice",
    "Payment",
    "PaymentMethod",
    "PaymentStatus",
    "Plan",
    "PlanPrice",
    "Price",
    "Purpose",
    "Refund",
    "RefundStatus",
    "Seller",
    "Subscription",
    "SubscriptionStatus",
    "TaxRate",
    "UsageAlert",
    "UsageMetric",
    "Window",
]
