"""The platform's public pages, and what everybody does with their own account there."""

from __future__ import annotations

from tests.isolation.audiences import ANYBODY, BEARER, OWNS, SIGNED_IN
from tests.isolation.routes import Route, page

ROUTES: dict[str, Route] = {
    "lobby:landing": page(GET=ANYBODY),
    "lobby:prices": page(GET=ANYBODY),
    "lobby:enter": page(GET=SIGNED_IN),
    "lobby:paystack_webhook": page(POST=BEARER),  # whoever can sign: see tests/billing/test_events.py
    "lobby:crew_webhook": page(
        "token=crew_token", "kind=crew_kind", POST=BEARER
    ),  # whoever was told of the run: see tests/generation/crews/test_webhooks.py
    "lobby:invitation": page("token=invitation_token", GET=BEARER, POST=BEARER),
    "lobby:stop_emails": page("token=stopping_token", GET=BEARER, POST=BEARER),
    "lobby:new_organisation": page(GET=SIGNED_IN, POST=SIGNED_IN),
    "lobby:keep_organisation": page("organisation_id", POST=OWNS, closing=True),
    "lobby:join": page("organisation_id", POST=SIGNED_IN),  # who may: see tests/platform/test_joining.py
    "lobby:delete_account": page(GET=SIGNED_IN, POST=SIGNED_IN),
    "lobby:export_account": page(GET=SIGNED_IN, POST=SIGNED_IN),
}
