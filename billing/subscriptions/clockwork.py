"""All that time alone brings about, in one order. Everything can be run again at any moment."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from billing import reconciling
from billing.subscriptions import (
    changing_cards,
    closing,
    dunning,
    ending,
    giving_back,
    moving_accounts,
    pausing,
    renewals,
    settling,
    trials,
)

# What is known to be paid comes before what ends for want of it, and the gateway follows last.
DEEDS: Final[tuple[Callable[[], int], ...]] = (
    moving_accounts.follow_account,
    settling.settle_open,
    closing.stop_all,
    pausing.begin_due_pauses,
    reconciling.reconcile_due,
    dunning.retry_due,
    ending.end_due,
    trials.end_due_trials,
    trials.remind_of_trials,
    changing_cards.remind_of_cards,
    pausing.resume_due,
    renewals.follow_all,
    giving_back.carry_out_open,
)

logger = logging.getLogger(__name__)


def run() -> dict[str, int]:
    """Do what is due; how much of each. One that fails keeps no other from being done."""
    return {deed.__name__: _try(deed) for deed in DEEDS}


def _try(deed: Callable[[], int]) -> int:
    try:
        return deed()
    except Exception:
        logger.exception("not done", extra={"deed": deed.__name__})
        return 0
