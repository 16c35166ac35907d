"""The sandbox's time, moved on: the stand-in's clock, billing's with it, and all that falls due meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import httpx
from django.utils import timezone

from billing import clock, events, reconciling
from billing.gateways.registry import Account, environment_account, kept_account
from billing.subscriptions import clockwork
from insights import record
from insights.actions import Action
from tenants.accounts.models import User

MOST_DAYS: Final = 62  # at once, since whoever asked waits for it
EXACT: Final = timedelta(seconds=5)  # that two clocks may differ
WAITS: Final = 60.0  # seconds for one day, with all the webhooks that it sends


class NoSandbox(RuntimeError):
    """Payments are not made in the sandbox, or it does not answer."""


def time_there() -> datetime:
    """Raises `NoSandbox`."""
    return _ask(_account(), "clock")


def move_on(*, days: int, by: User) -> datetime:
    """Day by day: what happens at the stand-in, then what follows here. The time it is there afterwards.

    Raises `NoSandbox`, and `ValueError` for more than `MOST_DAYS`.
    """
    if not 0 < days <= MOST_DAYS:
        raise ValueError(f"from 1 to {MOST_DAYS} days")
    account = _account()
    at = _ask(account, "clock")
    record(Action.SANDBOX_CLOCK_MOVED, actor=by, resource=by, details={"days": days})
    for _day in range(days):
        at = _ask(account, "advance", days=1)
        clock.set_ahead(at - timezone.now())
        events.work_through()
        clockwork.run()
        reconciling.reconcile_all()
    return at


def follow_clock() -> None:
    """Set billing's clock by the stand-in's, which remembers it when the cache is emptied."""
    try:
        ahead = time_there() - timezone.now()
    except NoSandbox:
        return
    if abs(ahead - clock.ahead()) > EXACT:
        clock.set_ahead(ahead)


def _account() -> Account:
    account = None if kept_account() else environment_account()
    if account is None or account.source != "sandbox":
        raise NoSandbox
    return account


def _ask(account: Account, what: str, **body: int) -> datetime:
    headers = {"Authorization": f"Bearer {account.secret_key}"}
    try:
        answer = httpx.post(f"{account.base_url}/sandbox/{what}", json=body, headers=headers, timeout=WAITS)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise NoSandbox(str(error)) from error
    return datetime.fromisoformat(answer.json()["now"])
