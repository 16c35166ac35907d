"""The console of the platform's own people."""

from __future__ import annotations

from tests.isolation.audiences import CHANGES_ALL, STAFF
from tests.isolation.routes import Route, page

ROUTES: dict[str, Route] = {
    "console:overview": page(GET=STAFF),
    "console:organisations": page(GET=STAFF),
    "console:people": page(GET=STAFF),
    "console:jobs": page(GET=STAFF),
    "console:job": page("job_id", GET=STAFF),
    "console:retry_job": page("job_id", POST=CHANGES_ALL),
    "console:cancel_job": page("job_id", POST=CHANGES_ALL),
    "console:retry_step": page("step_id", POST=CHANGES_ALL),
}
