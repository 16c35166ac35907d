"""Organisations as django-tenants makes them: a row, a schema, and all migrations run in it."""

from __future__ import annotations

import os
import secrets
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock_tenants.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.added_migrations import add_migration  # noqa: E402
from bench.asked import answer  # noqa: E402
from tenants.models import Organisation  # noqa: E402


def prepare() -> dict[str, float]:
    """The shared tables."""
    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    return {}


def sign_up() -> dict[str, float]:
    word = secrets.token_hex(6)
    began = time.perf_counter()
    organisation = Organisation.objects.create(name=word, slug=f"s-{word}")
    organisation.create_schema(check_if_exists=True, verbosity=0)
    return {"seconds": time.perf_counter() - began}


def migrate() -> dict[str, float]:
    """A migration more, by its executor, for all organisations that have signed up."""
    add_migration("stock")
    began = time.perf_counter()
    call_command("migrate_schemas", tenant=True, interactive=False, verbosity=0)
    return {"seconds": time.perf_counter() - began}


if __name__ == "__main__":
    answer({"prepare": prepare, "sign_up": sign_up, "migrate": migrate})
