"""How records look in answers and in webhooks. The odd types are Paystack's: its own examples differ so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sandbox.paystack.records import (
    INTEGRATION,
    Authorization,
    Customer,
    Invoice,
    Plan,
    Refund,
    Subscription,
    Transaction,
    World,
)

DOMAIN = "test"


def moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def customer(one: Customer) -> dict[str, Any]:
    return {
        "id": one.id,
        "first_name": one.first_name or "",
        "last_name": one.last_name or "",
        "email": one.email,
        "customer_code": one.code,
        "phone": one.phone or "",
        "metadata": one.metadata if isinstance(one.metadata, dict) else {},
        "risk_action": "default",
        "international_format_phone": None,
    }


def customer_whole(world: World, one: Customer) -> dict[str, Any]:
    subscriptions = [row for row in world.subscriptions.values() if row.customer == one.code]
    cards = [row for row in world.authorizations.values() if row.customer == one.code and row.active]
    paid = [row for row in world.transactions.values() if row.customer == one.code and row.paid_at]
    return {
        **customer(one),
        "transactions": [],
        "subscriptions": [subscription_listed(world, row) for row in subscriptions],
        "authorizations": [authorization(row) for row in cards],
        "integration": INTEGRATION,
        "domain": DOMAIN,
        "createdAt": moment(one.created_at),
        "updatedAt": moment(one.created_at),
        "created_at": moment(one.created_at),
        "updated_at": moment(one.created_at),
        "total_transactions": len(paid),
        "total_transaction_value": [],
        "dedicated_account": None,
        "dedicated_accounts": [],
        "identified": False,
        "identifications": None,
    }


def customer_listed(one: Customer) -> dict[str, Any]:
    stamps = {"createdAt": moment(one.created_at), "updatedAt": moment(one.created_at)}
    return {**customer(one), "integration": INTEGRATION, "domain": DOMAIN, **stamps}


def authorization(one: Authorization) -> dict[str, Any]:
    return {
        "authorization_code": one.code,
        "bin": one.bin,
        "last4": one.last4,
        "exp_month": one.exp_month,
        "exp_year": one.exp_year,
        "channel": "card",
        "card_type": f"{one.brand} ",
        "bank": "TEST BANK",
        "country_code": "NG",
        "brand": one.brand,
        "reusable": one.reusable,
        "signature": one.signature,
        "account_name": None,
        "receiver_bank": None,
        "receiver_bank_account_number": None,
    }


def plan_brief(one: Plan) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "plan_code": one.code,
        "description": one.description,
        "amount": one.amount,
        "interval": one.interval,
        "send_invoices": one.send_invoices,
        "send_sms": one.send_sms,
        "currency": one.currency,
    }


def plan(one: Plan) -> dict[str, Any]:
    return {
        **plan_brief(one),
        "domain": DOMAIN,
        "integration": INTEGRATION,
        "invoice_limit": one.invoice_limit,
        "hosted_page": False,
        "hosted_page_url": None,
        "hosted_page_summary": None,
        "migrate": False,
        "is_deleted": False,
        "is_archived": False,
        "createdAt": moment(one.created_at),
        "updatedAt": moment(one.updated_at),
    }


def plan_whole(world: World, one: Plan) -> dict[str, Any]:
    rows = [row for row in world.subscriptions.values() if row.plan == one.code]
    active = [row for row in rows if row.status == "active"]
    return {
        **plan(one),
        "subscriptions": [],
        "pages": [],
        "subscribers": [],
        "pages_count": 0,
        "subscribers_count": len({row.customer for row in rows}),
        "subscriptions_count": len(rows),
        "active_subscriptions_count": len(active),
        "total_subscriptions": len(rows),
        "active_subscriptions": len(active),
        "total_subscriptions_revenue": 0,
        "total_revenue": 0,
    }


def transaction(world: World, one: Transaction, *, metadata: Any = None) -> dict[str, Any]:
    """What all of them give. What was asked to be remembered is null if nothing."""
    held = world.authorizations.get(one.authorization)
    return {
        "id": one.id,
        "domain": DOMAIN,
        "status": one.status,
        "reference": one.reference,
        "receipt_number": None,
        "amount": one.amount,
        "message": None,
        "gateway_response": one.gateway_response,
        "paid_at": moment(one.paid_at),
        "created_at": moment(one.created_at),
        "channel": "card",
        "currency": one.currency,
        "ip_address": "127.0.0.1",
        "metadata": one.metadata if one.metadata is not None else metadata,
        "log": None,
        "fees": fees(one) if one.paid_at else None,
        "fees_split": None,
        "authorization": authorization(held) if held else {},
        "customer": customer(world.customers[one.customer]),
        "plan": {},
        "split": {},
        "subaccount": {},
        "order_id": None,
        "paidAt": moment(one.paid_at),
        "createdAt": moment(one.created_at),
        "requested_amount": one.amount,
        "source": {"source": "merchant_api", "type": "api", "identifier": None, "entry_point": "charge"},
        "connect": None,
        "pos_transaction_data": None,
        "fees_breakdown": None,
    }


def transaction_listed(world: World, one: Transaction) -> dict[str, Any]:
    no_card = dict.fromkeys(NO_CARD)
    shown = transaction(world, one)
    shown["authorization"] = shown["authorization"] or {**no_card, "reusable": False}
    shown["plan"] = plan_brief(world.plans[one.plan]) if one.plan else {}
    return shown


NO_CARD = (
    "authorization_code", "bin", "last4", "exp_month", "exp_year", "channel", "card_type", "bank",
    "country_code", "brand", "signature", "account_name",
)  # fmt: skip


def transaction_verified(world: World, one: Transaction) -> dict[str, Any]:
    """As /transaction/verify gives it: the plan by its code, and metadata "" where there is none."""
    found = world.plans.get(one.plan)
    return {
        **transaction(world, one, metadata=""),
        "plan": one.plan or None,
        "plan_object": plan_brief(found) if found else {},
        "transaction_date": moment(one.created_at),
    }


def transaction_fetched(world: World, one: Transaction) -> dict[str, Any]:
    """As the look-up by number gives it."""
    shown = transaction(world, one, metadata={"custom_fields": []})
    owner = {**shown["customer"], "international_format_phone": ""}
    return {**shown, "customer": owner, "helpdesk_link": None}


def transaction_charged(world: World, one: Transaction) -> dict[str, Any]:
    """As /transaction/charge_authorization gives it."""
    shown = transaction(world, one)
    return {**shown, "transaction_date": moment(one.created_at), "plan": None, "metadata": one.metadata or ""}


def transaction_told(world: World, one: Transaction) -> dict[str, Any]:
    """As charge.success tells it: metadata 0 where there is none, and the plan as an object."""
    shown = transaction(world, one, metadata=0)
    return {**shown, "plan": plan_brief(world.plans[one.plan]) if one.plan else {}}


def fees(one: Transaction) -> int:
    """1.5 %, rounded up."""
    return -(-one.amount * 15 // 1000)


def subscription_made(world: World, one: Subscription) -> dict[str, Any]:
    """As POST /subscription gives it: numbers in place of objects."""
    return {
        **_subscription(one),
        "customer": world.customers[one.customer].id,
        "plan": world.plans[one.plan].id,
        "authorization": world.authorizations[one.authorization].id,
    }


def subscription_listed(world: World, one: Subscription) -> dict[str, Any]:
    found = plan(world.plans[one.plan])
    card = authorization(world.authorizations[one.authorization])
    owner = {**customer(world.customers[one.customer]), "metadata": "", "international_format_phone": ""}
    return {**_subscription(one), "plan": found, "authorization": {**card, "reusable": 1}, "customer": owner}


def subscription(world: World, one: Subscription) -> dict[str, Any]:
    """As the look-up by code gives it, and webhooks tell it."""
    return {
        **_subscription(one),
        "plan": plan(world.plans[one.plan]),
        "authorization": authorization(world.authorizations[one.authorization]),
        "customer": {**customer(world.customers[one.customer]), "international_format_phone": ""},
        "invoices": [],
        "invoices_history": [],
    }


def _subscription(one: Subscription) -> dict[str, Any]:
    day = one.next_at or one.created_at
    return {
        "id": one.id,
        "domain": DOMAIN,
        "integration": INTEGRATION,
        "status": one.status,
        "start": int(one.created_at.timestamp()),
        "quantity": 1,
        "subscription_code": one.code,
        "email_token": one.token,
        "amount": one.amount,
        "cron_expression": f"{day.minute} {day.hour} {min(day.day, 28)} * *",
        "next_payment_date": moment(one.next_at) if one.status not in ("cancelled", "completed") else None,
        "easy_cron_id": None,
        "open_invoice": None,
        "invoice_limit": one.invoice_limit,
        "payments_count": one.payments,
        "split_code": None,
        "most_recent_invoice": None,
        "cancelledAt": None,
        "createdAt": moment(one.created_at),
        "updatedAt": moment(one.created_at),
        "metadata": None,
    }


def invoice_told(world: World, one: Invoice) -> dict[str, Any]:
    found = world.subscriptions[one.subscription]
    paid = world.transactions.get(one.reference)
    return {
        "domain": DOMAIN,
        "invoice_code": one.code,
        "amount": one.amount,
        "period_start": moment(one.period_start),
        "period_end": moment(one.period_end),
        "status": one.status,
        "paid": one.paid,
        "paid_at": moment(one.paid_at),
        "description": None,
        "authorization": authorization(world.authorizations[found.authorization]),
        "subscription": {
            "status": found.status,
            "subscription_code": found.code,
            "email_token": found.token,
            "amount": found.amount,
            "cron_expression": _subscription(found)["cron_expression"],
            "next_payment_date": moment(found.next_at),
            "open_invoice": None,
        },
        "customer": customer(world.customers[found.customer]),
        "transaction": {} if paid is None else _paid(paid),
        "created_at": moment(one.created_at),
    }


def _paid(one: Transaction) -> dict[str, Any]:
    return {"reference": one.reference, "status": one.status, "amount": one.amount, "currency": one.currency}


def card_expiring(world: World, one: Subscription) -> dict[str, Any]:
    card = world.authorizations[one.authorization]
    return {
        "expiry_date": f"{card.exp_month}/{card.exp_year}",
        "description": f"{card.brand} ending with {card.last4}",
        "brand": card.brand,
        "subscription": {
            "id": one.id,
            "subscription_code": one.code,
            "amount": one.amount,
            "next_payment_date": moment(one.next_at),
            "plan": plan_brief(world.plans[one.plan]),
        },
        "customer": customer(world.customers[one.customer]),
    }


def refund(world: World, one: Refund) -> dict[str, Any]:
    paid = world.transactions[one.reference]
    return {
        "integration": INTEGRATION,
        "transaction": paid.id,
        "dispute": {},
        "settlement": {},
        "id": one.id,
        "domain": DOMAIN,
        "currency": one.currency,
        "amount": one.amount,
        "status": one.status,
        "refunded_at": None,
        "reversed_at": None,
        "expected_at": moment(one.next_at),
        "refunded_by": "merchant@paystack.example",
        "customer_note": one.customer_note,
        "merchant_note": one.merchant_note,
        "deducted_amount": one.amount,
        "fully_deducted": 1,
        "createdAt": moment(one.created_at),
        "updatedAt": moment(one.created_at),
        "bank_reference": None,
        "transaction_reference": one.reference,
        "reason": "",
        "customer": {
            **customer(world.customers[paid.customer]), "metadata": "", "international_format_phone": ""
        },
        "refund_type": "partial" if one.amount < paid.amount else "full",
        "transaction_amount": paid.amount,
        "initiated_by": "merchant@paystack.example",
        "refund_channel": "migs",
        "channel": "card",
        "session_id": None,
        "collect_account_number": one.status == "needs-attention",
    }  # fmt: skip


def refund_made(world: World, one: Refund) -> dict[str, Any]:
    paid = {**transaction(world, world.transactions[one.reference]), "subaccount": {"currency": None}}
    return {
        **refund(world, one),
        "transaction": paid,
        "fully_deducted": True,
        "expected_at": moment(one.next_at or one.created_at),
    }


def refund_told(world: World, one: Refund) -> dict[str, Any]:
    """The amount is now a string and now a number, as it is at Paystack."""
    owner = world.customers[world.transactions[one.reference].customer]
    return {
        "status": one.status,
        "transaction_reference": one.reference,
        "refund_reference": None,
        "amount": str(one.amount) if one.status in ("pending", "processed") else one.amount,
        "currency": one.currency,
        "processor": "mpgs_zen",
        "customer": {"first_name": owner.first_name, "last_name": owner.last_name, "email": owner.email},
        "integration": INTEGRATION,
        "domain": DOMAIN,
        "id": str(one.id),
    }
