"""What may be used: held before it is, given back where it came to nothing, and counted exactly.

    taken = limits.reserve_book(organisation_id, membership=membership)   # raises LimitReached
    limits.release(organisation_id, taken)

Each holding is one statement, which finds the limits that apply and counts against all of them at once, so
that no two can take the last. Everything is counted for the organisation and for the person, for ever, by
month and by day; bytes for the organisation alone.
"""

from billing.limits.refusals import MEGABYTE, LimitReached
from billing.limits.rules import Of
from billing.limits.standing import Allowance, Standing, allowance, standings
from billing.limits.taking import (
    Taken,
    count,
    release,
    release_storage,
    reserve,
    reserve_book,
    reserve_storage,
)

__all__ = [
    "MEGABYTE",
    "Allowance",
    "LimitReached",
    "Of",
    "Standing",
    "Taken",
    "allowance",
    "count",
    "release",
    "release_storage",
    "reserve",
    "reserve_book",
    "reserve_storage",
    "standings",
]
