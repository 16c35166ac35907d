"""Background work on keys."""

from celery import shared_task

from tenants.api_keys import expiring, request_log


@shared_task(name="api_keys.forget_old_requests")
def forget_old_requests() -> None:
    """Every hour, by the scheduler."""
    request_log.forget_old()


@shared_task(name="api_keys.warn_of_expiry")
def warn_of_expiry() -> None:
    """Every hour, by the scheduler."""
    expiring.warn()
