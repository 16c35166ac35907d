"""Signing up and making schemas ready, by processes that are killed at every boundary.

Run as `python -m tests.tenants.killed DATABASE WORK...`.
"""

from __future__ import annotations

import os
import secrets
import sys
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

django.setup()

from tenants.accounts.models import User  # noqa: E402
from tenants.models import ReadySchema  # noqa: E402
from tenants.schemas import ready, sweeping  # noqa: E402
from tenants.schemas.provisioning import create_organisation  # noqa: E402
from tests.tenants.boundaries import Work, try_all  # noqa: E402


def sign_up() -> None:
    word = secrets.token_hex(6)
    owner = User.objects.create(email=f"{word}@people.example", name="Kay Killed")
    create_organisation(name="Killed", slug=f"killed-{word}", owner=owner)


def refill() -> None:
    settings.OCTAVO_READY_SCHEMAS_LEAST = 3
    ready.refill()


def sweep() -> None:
    sweeping.sweep(grace=timedelta(0))


def age() -> None:
    """One ready schema is of older code, one nobody's."""
    for nobodys in ReadySchema.objects.all()[:1]:
        nobodys.delete()
    for outdated in ReadySchema.objects.all()[:1]:
        ReadySchema.objects.filter(pk=outdated.pk).update(artifact_hash="of older code")


WORK = {"sign_up": Work(sign_up), "refill": Work(refill), "age": Work(age), "sweep": Work(sweep)}

if __name__ == "__main__":
    try_all(WORK, sys.argv[2:], database=sys.argv[1])
