"""What Celery's beat begins, and when. Entries have the names of their tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from celery.schedules import crontab

EVERY: Final = {  # seconds
    "jobs.sweep": 2,
    "billing.flush_calls": 5,
    "webhooks.dispatch": 5,
    "billing.work_through_events": 30,
    "billing.send_waiting_invoices": 60,
    "notifications.send_waiting_emails": 60,
    "tenants.go_on_exporting": 60,
    "tenants.go_on_moving": 60,
    "tenants.refill_ready_schemas": 60,
    "billing.run_clock": 300,
    "billing.warn_of_budgets": 300,
    "notifications.send_due_digests": 300,
    "tenants.check_domains": 300,
    "tenants.erase_due": 900,
    "tenants.sweep_schemas": 900,
    "api.forget_old_answers": 3600,
    "api_keys.forget_old_requests": 3600,
    "api_keys.warn_of_expiry": 3600,
    "tenants.drop_old_copies": 3600,
    "tenants.sweep_exports": 3600,
    "billing.forget_flushes": 6 * 3600,
    "notifications.forget_old_letters": 6 * 3600,
    "storage.sweep": 6 * 3600,
}
DAILY: Final = {  # hour and minute, UTC
    "webhooks.forget_old": (2, 20),
    "billing.reconcile_all": (3, 40),
}
SANDBOX: Final = {"billing.follow_sandbox": 30}  # seconds

_LATE_AT_MOST: Final = 3600  # seconds that a task may wait for a worker; the next one does its work
_DAILY_LATE_AT_MOST: Final = 6 * 3600


def beat_schedule(*, sandbox: bool) -> dict[str, dict[str, Any]]:
    """Celery's setting `beat_schedule`. A task that no worker took by the time of the next one is dropped."""
    every = EVERY | (SANDBOX if sandbox else {})
    often = {
        task: _entry(task, timedelta(seconds=seconds), min(seconds, _LATE_AT_MOST))
        for task, seconds in every.items()
    }
    daily = {
        task: _entry(task, crontab(hour=hour, minute=minute), _DAILY_LATE_AT_MOST)
        for task, (hour, minute) in DAILY.items()
    }
    return often | daily


def _entry(task: str, schedule: timedelta | crontab, expires: int) -> dict[str, Any]:
    return {"task": task, "schedule": schedule, "options": {"expires": expires}}
