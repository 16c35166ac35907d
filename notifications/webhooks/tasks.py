"""Background work of webhooks."""

from typing import Any

from celery import shared_task

from notifications.webhooks import dispatching, forgetting


@shared_task(name="webhooks.dispatch")
def dispatch(**_: Any) -> None:
    """Rung when an event is written, and by the scheduler for what is tried again."""
    dispatching.dispatch_beside()


@shared_task(name="webhooks.forget_old")
def forget_old() -> None:
    """Every night, by the scheduler."""
    forgetting.forget_old()
