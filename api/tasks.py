"""Background work of the API."""

from celery import shared_task

from api import idempotency


@shared_task(name="api.forget_old_answers")
def forget_old_answers() -> None:
    """Once an hour, by the scheduler."""
    idempotency.forget_old()
