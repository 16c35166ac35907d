"""Guards whose absence changes nothing that anybody may see or do, with the reason.

A name that is no mutant's any more fails tests/isolation/test_mutants.py.
"""

from __future__ import annotations

CHOICE = "what the reader has chosen to see of what is theirs to see anyway"
AGAIN = "asked again under the lock; the page or its form has asked before"

EQUIVALENT: dict[str, str] = {
    "tenants/members.py _end: guard if heir.pk == membership.user_id"
    " or not _belongs(heir, membership.organisation_id)": AGAIN,
    "tenants/deletion.py ask_for_deletion: guard if by.role != Role.OWNER": AGAIN,
    "tenants/groups.py _group: keyword get(organisation_id=by.organisation_id)": AGAIN,
    "tenants/invitations.py _check_role: guard if role not in grantable_roles(by)": AGAIN,
    "insights/queries.py _filtered: keyword filter(actor_id=wanted.actor_id)": CHOICE,
    "platform/console/access.py may_change: predicate return getattr(user, 'role', None) in _CHANGES": (
        "it only shows the buttons; what they do asks for itself"
    ),
}
