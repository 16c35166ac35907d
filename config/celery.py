"""Celery rings; the work itself is rows (see `jobs`). Each message says for which organisation it rings."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from celery import Celery, Task
from celery.signals import before_task_publish

from tenants.doorbell import ORGANISATION_HEADER

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class OrganisationTask(Task):
    """Runs inside the organisation that its message names, and in public where it names none."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with _entered(self.request.get(ORGANISATION_HEADER)):
            return super().__call__(*args, **kwargs)


def _entered(organisation_id: str | None) -> AbstractContextManager[Any]:
    from tenants.context import entered, in_public
    from tenants.resolution import organisation_current

    if organisation_id is None:
        return in_public()
    return entered(organisation_current(UUID(organisation_id)))


@before_task_publish.connect
def name_organisation(headers: dict[str, Any] | None = None, **signal: Any) -> None:
    """Write the organisation entered here into the message, unless the caller has named one."""
    from tenants.context import current_or_none

    inside = current_or_none()
    if headers is not None and inside is not None:
        headers.setdefault(ORGANISATION_HEADER, str(inside.organisation_id))


app = Celery("octavo", task_cls=OrganisationTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
