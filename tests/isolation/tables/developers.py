"""Pages for those who write programs: public, and the same for everybody."""

from __future__ import annotations

from tests.isolation.audiences import ANYBODY
from tests.isolation.routes import Route, page

ROUTES: dict[str, Route] = {
    "developers:overview": page(GET=ANYBODY),
    "developers:guide": page("name=guide", GET=ANYBODY),
    "developers:reference": page(GET=ANYBODY),
    "developers:errors": page(GET=ANYBODY),
}
