"""Languages, and the way from the platform's host to an organisation's."""

from __future__ import annotations

from tests.isolation.audiences import ANYBODY, INSIDE
from tests.isolation.routes import Route, page

HERE: dict[str, Route] = {
    "set_language": page(GET=ANYBODY, POST=ANYBODY, body={"language": "fr"}, lenient=True),
    "handover": page(GET=ANYBODY),  # what its links open is in test_checks.py
    "on_platform": page(path="/accounts/sessions/", GET=ANYBODY),
}
PLATFORM: dict[str, Route] = {
    "set_language": page(GET=ANYBODY, POST=ANYBODY, body={"language": "fr"}, lenient=True),
    "go_to_organisation": page("slug", GET=INSIDE),
}
