"""Celery rings; the work itself is rows (see `jobs`). Each message says for which organisation it rings."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from celery import Celery, Task, current_task
from celery.signals import before_task_publish

from tenants.doorbell import ORGANISATION_HEADER

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class OrganisationTask(Task):
    """Runs inside the organisation that its message names, and in public where it names none.

    Called like a function, or eagerly, there is no message: it runs where its caller is.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with _place_of(self.request):
            if self.request.called_directly:
                return super().__call__(*args, **kwargs)
            return self.run(*args, **kwargs)


def _place_of(request: Any) -> AbstractContextManager[Any]:
    from tenants.context import as_now, entered, in_public
    from tenants.resolution import organisation_current

    named = request.get(ORGANISATION_HEADER) or (request.headers or {}).get(ORGANISATION_HEADER)
    if named:
        return entered(organisation_current(UUID(named)))
    return as_now() if request.called_directly or request.is_eager else in_public()


@before_task_publish.connect
def name_organisation(headers: dict[str, Any] | None = None, **signal: Any) -> None:
    """Write the organisation entered here into the message, unless the caller has named one, or none."""
    if headers is not None and ORGANISATION_HEADER not in headers:
        headers[ORGANISATION_HEADER] = _named_here()


def _named_here() -> str:
    """What follows a task (the rest of a chain, a chord's body, links) is sent by Celery once that has ended,
    and is for the same organisation."""
    from tenants.context import current_or_none, is_settled

    if not is_settled() and current_task:
        return current_task.request.get(ORGANISATION_HEADER) or ""
    inside = current_or_none()
    return str(inside.organisation_id) if inside else ""


app = Celery("octavo", task_cls=OrganisationTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
