"""What the pages of usage share: the tabs above them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from tenants.people.members import may_run
from web.access import MemberRequest


def tabs(request: MemberRequest, here: str) -> list[tuple[str, str, bool]]:
    """Pages that are not for this reader have none."""
    pages = [("usage", _("Overview"))]
    if may_run(request.membership):
        pages += [
            ("usage_of_people", _("People and groups")),
            ("limits", _("Limits")),
            ("holdings", _("Files")),
            ("costs", _("Costs and budget")),
        ]
    return [(reverse(f"web:{name}"), label, name == here) for name, label in pages]
