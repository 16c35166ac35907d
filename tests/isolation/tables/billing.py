"""What is paid: the owner's and admins' pages, and the console's."""

from __future__ import annotations

from tests.isolation.audiences import ANYBODY, CHANGES_ALL, OWNS, RUNS, STAFF
from tests.isolation.routes import Route, call, page

DETAILS = {"name": "Other", "address": "Other", "country": "FR"}
SELLER = {"name": "Other", "number_prefix": "OTHER"}

HERE: dict[str, Route] = {
    "web:billing": page(GET=RUNS),
    "web:plans": page(GET=RUNS),
    "web:change_plan": page("price_id", GET=OWNS, POST=OWNS, body={"amount": "0"}),
    "web:start_trial": page("price_id", POST=OWNS),
    "web:billing_return": page(GET=OWNS),
    "web:cancel_plan": page(GET=OWNS, POST=OWNS),
    "web:keep_plan": page(POST=OWNS),
    "web:pause_plan": page(GET=OWNS, POST=OWNS),
    "web:resume_plan": page(POST=OWNS),
    "web:change_card": page(POST=OWNS),
    "web:covered": page(GET=OWNS),
    "web:cover": page("organisation_id=covered_id", POST=OWNS),
    "web:uncover": page("organisation_id=covered_id", POST=OWNS),
    "web:billing_details": page(GET=OWNS, POST=OWNS, body=DETAILS),
    "web:invoices": page(GET=RUNS),
    "web:invoice": page("invoice_id", GET=RUNS),
    "web:invoice_pdf": page("invoice_id", GET=RUNS),
    "web:send_invoice": page("invoice_id", POST=OWNS),
    "web:payments": page(GET=RUNS),
}
API: dict[str, Route] = {
    "api:plans": call(GET=RUNS),
    "api:subscription": call(GET=RUNS),
    "api:subscription-preview": call(POST=OWNS, names={"price": "price_id"}),
    "api:subscription-checkout": call(POST=OWNS, names={"price": "price_id"}),
    "api:subscription-change": call(POST=OWNS, body={"amount_minor": 0}, names={"price": "price_id"}),
    "api:subscription-trial": call(POST=OWNS, body={"plan": "PRO"}),
    "api:subscription-card": call(POST=OWNS),
    "api:subscription-cancel": call(POST=OWNS),
    "api:subscription-keep": call(POST=OWNS),
    "api:subscription-pause": call(POST=OWNS),
    "api:subscription-resume": call(POST=OWNS),
    "api:invoice-list": call(GET=RUNS),
    "api:invoice-detail": call("invoice=invoice_id", GET=RUNS),
    "api:invoice-send": call("invoice=invoice_id", POST=OWNS),
    "api:invoice-pdf": call("invoice=invoice_id", GET=RUNS),
    "api:payment-list": call(GET=RUNS),
    "api:covered-list": call(GET=OWNS),
    "api:covered-detail": call("organisation=covered_id", PUT=OWNS, DELETE=OWNS),
    "api:billing-profile": call(GET=RUNS, PUT=OWNS, body={"name": "Other"}),
}
PLATFORM: dict[str, Route] = {
    "lobby:buy": page("price_id", GET=ANYBODY),
    "console:subscriptions": page(GET=STAFF),
    "console:subscription": page("subscription_id", GET=STAFF),
    "console:compare": page("subscription_id", POST=CHANGES_ALL),
    "console:refund": page("payment_id", POST=CHANGES_ALL, body={"amount": "1.00", "reason": "Other"}),
    "console:invoices": page(GET=STAFF),
    "console:invoice": page("invoice_id", GET=STAFF),
    "console:invoice_pdf": page("invoice_id", GET=STAFF),
    "console:payments": page(GET=STAFF),
    "console:gateway": page(GET=STAFF),
    "console:set_key": page(POST=CHANGES_ALL),
    "console:test_key": page(POST=CHANGES_ALL),
    "console:forget_key": page(POST=CHANGES_ALL),
    "console:move_clock": page(POST=CHANGES_ALL),
    "console:gateway_events": page(GET=STAFF),
    "console:retry_event": page("event_id", POST=CHANGES_ALL),
    "console:seller": page(GET=STAFF),
    "console:change_seller": page(POST=CHANGES_ALL, body=SELLER),
    "console:sell_as_another": page(
        POST=CHANGES_ALL, body={"another-name": "Other", "another-number_prefix": "NEXT"}
    ),
    "console:add_tax_rate": page(POST=CHANGES_ALL, body={"country": "FR"}),
    "console:remove_tax_rate": page("rate_id", POST=CHANGES_ALL),
}
