"""Guards whose absence changes nothing that anybody may see or do, with the reason.

A name that is no mutant's any more fails tests/isolation/test_mutants.py.
"""

from __future__ import annotations

CHOICE = "what the reader has chosen to see of what is theirs to see anyway"

EQUIVALENT: dict[str, str] = {
    "insights/queries.py _filtered: keyword filter(actor_id=wanted.actor_id)": CHOICE,
    "platform/console/access.py may_change: predicate return getattr(user, 'role', None) in _CHANGES": (
        "it only shows the buttons; what they do asks for itself"
    ),
}
