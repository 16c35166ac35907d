"""Paystack's API: each request is checked against its own description, then answered from the records."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.paystack import charging, refunding, renewing, schema, shapes
from sandbox.paystack.charging import Refused
from sandbox.paystack.emulator import Emulator
from sandbox.paystack.records import Customer, Plan, Subscription, Transaction, new_code
from sandbox.paystack.schema import path_of

Body = dict[str, Any]
PER_PAGE: Final = 50
CURRENCIES: Final = ("NGN", "GHS", "ZAR", "KES", "USD", "XOF", "EGP", "RWF")
FORM: Final = "application/x-www-form-urlencoded"


def answer(emulator: Emulator, request: Request, raw: bytes) -> Response:
    """Checks the key and the request, and answers as Paystack would."""
    if not is_authorized(emulator, request):
        return failure("Invalid key", code="invalid_Key", status=401)
    path = path_of(address(request))
    handler = HANDLERS.get((request.method, path or ""))
    if path is None or handler is None:
        return failure("Route not found", code="not_found", status=404)
    try:
        body = read_body(raw) if request.method in ("POST", "PUT") else {}
        if problem := schema.problem_of_request(path, request.method, body):
            raise Refused(problem, code="invalid_params")
        with emulator.lock:
            return handler(emulator, request, body)
    except Refused as refused:
        return failure(refused.message, code=refused.code, status=refused.status)


def is_authorized(emulator: Emulator, request: Request) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), emulator.secret_key.encode())


def address(request: Request) -> str:
    """Paystack makes no difference between addresses with and without a slash at the end."""
    return request.url.path.rstrip("/")


def read_body(raw: bytes) -> Body:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise Refused("Request body is not valid JSON", code="invalid_params") from None
    if not isinstance(body, dict):
        raise Refused("Request body must be an object", code="invalid_params")
    return {name: value for name, value in body.items() if value is not None}  # null says nothing


def success(message: str, data: Any = None, *, meta: Any = None) -> Response:
    content = {"status": True, "message": message}
    content |= {} if data is None else {"data": data}
    return JSONResponse(content | ({} if meta is None else {"meta": meta}))


def failure(message: str, *, code: str, status: int = 400) -> Response:
    kind = "validation_error" if status < 500 else "api_error"
    hint = {"nextStep": "Ensure that the values in your request are right"}
    return JSONResponse(
        {"status": False, "message": message, "meta": hint, "type": kind, "code": code}, status_code=status
    )


# --- transactions ------------------------------------------------------------------------------------------


def initialize(emulator: Emulator, request: Request, body: Body) -> Response:
    plan = find_plan(emulator, body["plan"]) if body.get("plan") else None
    made = charging.begin(
        emulator,
        email=valid_email(body["email"]),
        amount=plan.amount if plan else valid_amount(body["amount"]),  # a plan overrides the amount
        currency=plan.currency if plan else body.get("currency", "NGN"),
        reference=valid_reference(body.get("reference", "")),
        plan=plan.code if plan else "",
        invoice_limit=body.get("invoice_limit", 0),
        callback_url=body.get("callback_url", emulator.callback_url),
        metadata=metadata_of(body),
    )
    data = {
        "authorization_url": f"{emulator.base_url}/checkout/{made.access_code}",
        "access_code": made.access_code,
        "reference": made.reference,
    }
    return success("Authorization URL created", data)


def charge_authorization(emulator: Emulator, request: Request, body: Body) -> Response:
    held = charging.usable(emulator, body["authorization_code"], body["email"])
    made = charging.begin(
        emulator,
        email=body["email"],
        amount=valid_amount(body["amount"]),
        currency=body.get("currency", "NGN"),
        reference=valid_reference(body.get("reference", "")),
        callback_url=emulator.callback_url,
        metadata=metadata_of(body),
    )
    if charging.charge(emulator, made, held):
        return success("Charge attempted", shapes.transaction_charged(emulator.world, made))
    page = f"{emulator.base_url}/challenge/{made.access_code}"
    data = {"authorization_url": page, "reference": made.reference, "access_code": made.access_code}
    return success(
        "Please, redirect your customer to the authorization url provided", data | {"paused": True}
    )


def verify(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_transaction(emulator, last_part(request))
    return success("Verification successful", shapes.transaction_verified(emulator.world, found))


def transaction(emulator: Emulator, request: Request, body: Body) -> Response:
    wanted = last_part(request)
    for found in emulator.world.transactions.values():
        if str(found.id) == wanted:
            return success("Transaction retrieved", shapes.transaction_fetched(emulator.world, found))
    raise Refused("Transaction not found", code="transaction_not_found", status=404)


def transactions(emulator: Emulator, request: Request, body: Body) -> Response:
    rows = [one for one in emulator.world.transactions.values() if fits(emulator, one, request)]
    rows.sort(key=lambda one: one.id, reverse=True)
    page, meta = paged(rows, request)
    shown = [shapes.transaction_listed(emulator.world, one) for one in page]
    total = sum(one.amount for one in rows if one.paid_at)
    return success("Transactions retrieved", shown, meta={**meta, "total_volume": total})


def fits(emulator: Emulator, one: Transaction, request: Request) -> bool:
    asked = request.query_params
    owner = emulator.world.customers[one.customer]
    return (
        asked.get("customer", str(owner.id)) == str(owner.id)
        and asked.get("status", one.status) == one.status
        and int(asked.get("amount", one.amount)) == one.amount
        and is_between(one.created_at, request)
    )


def totals(emulator: Emulator, request: Request, body: Body) -> Response:
    bill = emulator.bill()
    by_currency = [{"currency": name, "amount": total["charged"]} for name, total in bill.items()]
    data = {
        "total_transactions": sum(total["charges"] for total in bill.values()),
        "total_volume": sum(total["charged"] for total in bill.values()),
        "total_volume_by_currency": by_currency,
        "pending_transfers": 0,
        "pending_transfers_by_currency": [],
    }
    return success("Transaction totals", data)


# --- customers ---------------------------------------------------------------------------------------------


def create_customer(emulator: Emulator, request: Request, body: Body) -> Response:
    made = charging.customer_of(emulator, valid_email(body["email"]))
    change_customer(made, body)
    return success("Customer created", shapes.customer_whole(emulator.world, made))


def update_customer(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_customer(emulator, last_part(request))
    change_customer(found, body)
    return success("Customer updated", shapes.customer_whole(emulator.world, found))


def change_customer(one: Customer, body: Body) -> None:
    for name in ("first_name", "last_name", "phone", "metadata"):
        if name in body:
            setattr(one, name, body[name])


def customer(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_customer(emulator, last_part(request))
    return success("Customer retrieved", shapes.customer_whole(emulator.world, found))


def customers(emulator: Emulator, request: Request, body: Body) -> Response:
    rows = [one for one in emulator.world.customers.values() if is_between(one.created_at, request)]
    page, meta = paged(rows, request)
    return success("Customers retrieved", [shapes.customer_listed(one) for one in page], meta=meta)


def deactivate(emulator: Emulator, request: Request, body: Body) -> Response:
    held = emulator.world.authorizations.get(body["authorization_code"])
    if held is None:
        raise Refused("Authorization code is invalid", code="invalid_authorization")
    held.active = False
    return success("Authorization has been deactivated")


# --- plans -------------------------------------------------------------------------------------------------


def create_plan(emulator: Emulator, request: Request, body: Body) -> Response:
    made = Plan(
        id=emulator.world.next_id(),
        code=new_code("PLN"),
        currency=valid_currency(body.pop("currency", "NGN")),
        amount=valid_amount(body.pop("amount")),
        created_at=emulator.now(),
        updated_at=emulator.now(),
        **body,
    )
    emulator.world.plans[made.code] = made
    return success("Plan created", shapes.plan(made))


def update_plan(emulator: Emulator, request: Request, body: Body) -> Response:
    """Reprices everybody who has subscribed, unless told otherwise."""
    found = find_plan(emulator, last_part(request))
    for name in ("name", "amount", "interval", "description", "send_invoices", "send_sms", "currency"):
        if body.get(name) is not None:
            setattr(found, name, body[name])
    found.updated_at = emulator.now()
    if body.get("update_existing_subscriptions", True):
        for one in emulator.world.subscriptions.values():
            if one.plan == found.code:
                one.amount = found.amount
    return success("Plan updated")


def plan(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_plan(emulator, last_part(request))
    return success("Plan retrieved", shapes.plan_whole(emulator.world, found))


def plans(emulator: Emulator, request: Request, body: Body) -> Response:
    asked = request.query_params
    rows = [
        one
        for one in emulator.world.plans.values()
        if asked.get("interval", one.interval) == one.interval
        and int(asked.get("amount", one.amount)) == one.amount
    ]
    page, meta = paged(rows, request)
    return success("Plans retrieved", [shapes.plan_whole(emulator.world, one) for one in page], meta=meta)


# --- subscriptions -----------------------------------------------------------------------------------------


def create_subscription(emulator: Emulator, request: Request, body: Body) -> Response:
    owner = find_customer(emulator, body["customer"])
    held = card_for(emulator, owner, body.get("authorization"))
    plan = find_plan(emulator, body["plan"])
    first_at = valid_date(body["start_date"]) if "start_date" in body else emulator.now()
    if first_at < emulator.now():
        raise Refused("Start date cannot be in the past", code="invalid_params")
    made = renewing.begin(emulator, customer=owner.code, plan=plan.code, held=held, first_at=first_at)
    return success("Subscription successfully created", shapes.subscription_made(emulator.world, made))


def card_for(emulator: Emulator, owner: Customer, code: str | None) -> Any:
    """The one that was named, else the latest. Raises `Refused`."""
    held = [
        one for one in emulator.world.authorizations.values() if one.customer == owner.code and one.active
    ]
    if not held:
        raise Refused("Customer has no authorization: charge them first", code="no_authorization")
    for one in held:
        if code in (None, one.code):
            return held[-1] if code is None else one
    raise Refused("Authorization code is inactive or does not exist", code="invalid_authorization")


def subscription(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_subscription(emulator, last_part(request))
    return success("Subscription retrieved successfully", shapes.subscription(emulator.world, found))


def subscriptions(emulator: Emulator, request: Request, body: Body) -> Response:
    rows = [one for one in emulator.world.subscriptions.values() if is_asked_for(emulator, one, request)]
    page, meta = paged(sorted(rows, key=lambda one: one.id, reverse=True), request)
    shown = [shapes.subscription_listed(emulator.world, one) for one in page]
    return success("Subscriptions retrieved", shown, meta=meta)


def is_asked_for(emulator: Emulator, one: Subscription, request: Request) -> bool:
    asked, world = request.query_params, emulator.world
    owner, plan = str(world.customers[one.customer].id), str(world.plans[one.plan].id)
    return (
        asked.get("customer", owner) == owner
        and asked.get("plan", plan) in (plan, one.plan)
        and is_between(one.created_at, request)
    )


def disable(emulator: Emulator, request: Request, body: Body) -> Response:
    renewing.disable(emulator, with_token(emulator, body))
    return success("Subscription disabled successfully")


def enable(emulator: Emulator, request: Request, body: Body) -> Response:
    renewing.enable(emulator, with_token(emulator, body))
    return success("Subscription enabled successfully")


def with_token(emulator: Emulator, body: Body) -> Subscription:
    found = find_subscription(emulator, body["code"])
    if found.token != body["token"]:
        raise Refused("Subscription with code and token not found", code="not_found", status=404)
    return found


def manage_link(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_subscription(emulator, address(request).split("/")[2])
    return success("Link generated", {"link": f"{emulator.base_url}/manage/{found.token}"})


def manage_email(emulator: Emulator, request: Request, body: Body) -> Response:
    find_subscription(emulator, address(request).split("/")[2])
    return success("Email successfully sent")


# --- refunds -----------------------------------------------------------------------------------------------


def create_refund(emulator: Emulator, request: Request, body: Body) -> Response:
    paid = find_transaction(emulator, str(body["transaction"]), status=400)
    if body.get("currency", paid.currency) != paid.currency:
        raise Refused("Currency does not match the transaction’s", code="invalid_params")
    made = refunding.begin(
        emulator,
        paid,
        amount=body.get("amount", paid.amount - paid.refunded),
        customer_note=body.get("customer_note", ""),
        merchant_note=body.get("merchant_note", ""),
    )
    return success("Refund has been queued for processing", shapes.refund_made(emulator.world, made))


def refund(emulator: Emulator, request: Request, body: Body) -> Response:
    return success("Refund retrieved", shapes.refund(emulator.world, find_refund(emulator, request)))


def refunds(emulator: Emulator, request: Request, body: Body) -> Response:
    wanted = request.query_params.get("transaction")
    rows = [
        one
        for one in emulator.world.refunds.values()
        if wanted in (None, one.reference, str(emulator.world.transactions[one.reference].id))
    ]
    page, meta = paged(rows, request)
    meta = meta | {"perPage": str(meta["perPage"]), "failedRefundCount": 0}
    return success("Refunds retrieved", [shapes.refund(emulator.world, one) for one in page], meta=meta)


def retry_refund(emulator: Emulator, request: Request, body: Body) -> Response:
    found = find_refund(emulator, request)
    refunding.retry(emulator, found)
    shown = {**shapes.refund(emulator.world, found), "fully_deducted": True}
    return success("Refund retried and has been queued", shown)


def find_refund(emulator: Emulator, request: Request) -> Any:
    wanted = last_part(request)
    found = emulator.world.refunds.get(int(wanted)) if wanted.isdigit() else None
    if found is None:
        raise Refused("Refund not found", code="not_found", status=404)
    return found


# --- what all of them need ---------------------------------------------------------------------------------


def last_part(request: Request) -> str:
    return address(request).rsplit("/", 1)[-1]


def find_transaction(emulator: Emulator, wanted: str, *, status: int = 404) -> Transaction:
    """By reference or number."""
    by_reference = emulator.world.transactions.get(wanted)
    if by_reference is not None:
        return by_reference
    for one in emulator.world.transactions.values():
        if str(one.id) == wanted:
            return one
    raise Refused("Transaction reference not found.", code="transaction_not_found", status=status)


def find_customer(emulator: Emulator, wanted: str) -> Customer:
    """By code or e-mail address."""
    for one in emulator.world.customers.values():
        if wanted in (one.code, one.email, str(one.id)):
            return one
    raise Refused("Customer not found", code="customer_not_found", status=404)


def find_plan(emulator: Emulator, wanted: str) -> Plan:
    for one in emulator.world.plans.values():
        if wanted in (one.code, str(one.id)):
            return one
    raise Refused("Plan not found", code="plan_not_found", status=404)


def find_subscription(emulator: Emulator, wanted: str) -> Subscription:
    for one in emulator.world.subscriptions.values():
        if wanted in (one.code, str(one.id)):
            return one
    raise Refused("Subscription not found", code="subscription_not_found", status=404)


def valid_email(value: str) -> str:
    name, at, host = value.partition("@")
    if not (name and at and "." in host) or " " in value:
        raise Refused("Invalid Email Address Passed", code="invalid_email_address")
    return value


def valid_amount(value: int) -> int:
    if isinstance(value, bool) or value <= 0:
        raise Refused("Invalid Amount Sent", code="invalid_amount")
    return value


def valid_currency(value: str) -> str:
    if value not in CURRENCIES:
        raise Refused("Currency not supported by merchant", code="unsupported_currency")
    return value


def valid_reference(value: str) -> str:
    if any(
        not (character.isascii() and character.isalnum()) and character not in "-.=" for character in value
    ):
        raise Refused("Only -, ., = and alphanumeric characters allowed", code="invalid_reference")
    return value


def valid_date(value: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise Refused("Start date is not a date", code="invalid_params") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def metadata_of(body: Body) -> Any:
    """Given as an object, or as a string that holds one."""
    given = body.get("metadata")
    if not isinstance(given, str):
        return given or None
    try:
        return json.loads(given)
    except ValueError:
        return given or None


def is_between(at: datetime, request: Request) -> bool:
    asked = request.query_params
    return (not asked.get("from") or at >= valid_date(asked["from"])) and (
        not asked.get("to") or at <= valid_date(asked["to"])
    )


def paged(rows: list[Any], request: Request) -> tuple[list[Any], dict[str, Any]]:
    size = int(request.query_params.get("perPage", PER_PAGE))
    page = int(request.query_params.get("page", 1))
    begin = (page - 1) * size
    meta = {
        "total": len(rows),
        "skipped": begin,
        "perPage": size,
        "page": page,
        "pageCount": -(-len(rows) // size),
    }
    return rows[begin : begin + size], meta


Handler = Callable[[Emulator, Request, Body], Response]

HANDLERS: Final[dict[tuple[str, str], Handler]] = {
    ("POST", "/transaction/initialize"): initialize,
    ("POST", "/transaction/charge_authorization"): charge_authorization,
    ("GET", "/transaction/verify/{reference}"): verify,
    ("GET", "/transaction/totals"): totals,
    ("GET", "/transaction/{id}"): transaction,
    ("GET", "/transaction"): transactions,
    ("POST", "/customer"): create_customer,
    ("GET", "/customer"): customers,
    ("POST", "/customer/authorization/deactivate"): deactivate,
    ("GET", "/customer/{code}"): customer,
    ("PUT", "/customer/{code}"): update_customer,
    ("POST", "/plan"): create_plan,
    ("GET", "/plan"): plans,
    ("GET", "/plan/{code}"): plan,
    ("PUT", "/plan/{code}"): update_plan,
    ("POST", "/subscription"): create_subscription,
    ("GET", "/subscription"): subscriptions,
    ("POST", "/subscription/disable"): disable,
    ("POST", "/subscription/enable"): enable,
    ("GET", "/subscription/{code}"): subscription,
    ("GET", "/subscription/{code}/manage/link"): manage_link,
    ("POST", "/subscription/{code}/manage/email"): manage_email,
    ("POST", "/refund"): create_refund,
    ("GET", "/refund"): refunds,
    ("GET", "/refund/{id}"): refund,
    ("POST", "/refund/retry_with_customer_details/{id}"): retry_refund,
}
