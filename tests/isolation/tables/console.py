"""The console of the platform's own people."""

from __future__ import annotations

from tests.isolation.audiences import CHANGES_ALL, STAFF
from tests.isolation.routes import Route, page

ROUTES: dict[str, Route] = {
    "console:overview": page(GET=STAFF),
    "console:organisations": page(GET=STAFF),
    "console:letters": page(GET=STAFF),
    "console:retry_letter": page("letter_id", POST=CHANGES_ALL),
    "console:exceptions": page("organisation_id", GET=STAFF),
    "console:set_exception": page("organisation_id", POST=CHANGES_ALL),
    "console:remove_exception": page("organisation_id", "limit_id=exception_id", POST=CHANGES_ALL),
    "console:suspend_organisation": page("organisation_id", POST=CHANGES_ALL),
    "console:organisation_keys": page("organisation_id", GET=STAFF),
    "console:revoke_key": page(
        "organisation_id", "key_id", GET=CHANGES_ALL, POST=CHANGES_ALL, body={"reason": "Other"}
    ),
    "console:organisation_files": page("organisation_id", GET=STAFF),
    "console:move_files": page("organisation_id", POST=CHANGES_ALL, body={"place": "default"}),
    "console:organisation_server": page("organisation_id", GET=STAFF),
    "console:move_organisation": page("organisation_id", POST=CHANGES_ALL, body={"server": "nowhere"}),
    "console:servers": page(GET=STAFF),
    "console:finish_erasures": page(POST=CHANGES_ALL),
    "console:certificate": page("erasure_id", GET=STAFF),
    "console:people": page(GET=STAFF),
    "console:jobs": page(GET=STAFF),
    "console:job": page("job_id", GET=STAFF),
    "console:retry_job": page("job_id", POST=CHANGES_ALL),
    "console:cancel_job": page("job_id", POST=CHANGES_ALL),
    "console:retry_step": page("step_id", POST=CHANGES_ALL),
    "console:plans": page(GET=STAFF),
    "console:new_plan": page(GET=CHANGES_ALL, POST=CHANGES_ALL),
    "console:change_plan": page("code=plan_code", GET=CHANGES_ALL, POST=CHANGES_ALL),
    "console:withdraw_plan": page("code=plan_code", POST=CHANGES_ALL),
    "console:prices": page(GET=STAFF),
    "console:set_price": page(POST=CHANGES_ALL),
    "console:calls": page(GET=STAFF),
    "console:call": page("entry_id", GET=STAFF),
    "console:reconcile": page("entry_id", POST=CHANGES_ALL, body={"amount": "0"}),
    "console:reckon": page(POST=CHANGES_ALL, body={"provider": "openai", "model": "gpt-5"}),
    "console:margins": page(GET=STAFF),
    "console:set_exchange_rate": page(POST=CHANGES_ALL),
}
