"""What an owner should know of the plan on whatever page they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from billing import clock
from billing.models import Subscription, SubscriptionStatus

TRIAL_ENDS_SOON: Final = timedelta(days=3)


class About(StrEnum):
    OVERDUE = "overdue"
    PAUSED = "paused"
    TRIAL_ENDING = "trial_ending"


@dataclass(frozen=True, slots=True)
class Notice:
    """`at`: when the grace or the trial ends, or the pause, where that is known."""

    about: About
    at: datetime | None


def notice_for(organisation_id: UUID) -> Notice | None:
    """One query, by a unique key."""
    row = (
        Subscription.objects.filter(organisation_id=organisation_id)
        .values_list("status", "grace_ends_at", "resumes_at", "trial_ends_at")
        .first()
    )
    if row is None:
        return None
    status, grace_ends_at, resumes_at, trial_ends_at = row
    if status == SubscriptionStatus.PAST_DUE:
        return Notice(About.OVERDUE, grace_ends_at)
    if status == SubscriptionStatus.PAUSED:
        return Notice(About.PAUSED, resumes_at)
    if status == SubscriptionStatus.TRIALING and trial_ends_at and _is_near(trial_ends_at):
        return Notice(About.TRIAL_ENDING, trial_ends_at)
    return None


def _is_near(moment: datetime) -> bool:
    return moment - TRIAL_ENDS_SOON <= clock.now()
