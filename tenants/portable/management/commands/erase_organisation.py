"""Erase an organisation for good."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.models import Organisation
from tenants.portable.erasing import BY_OPERATOR, BY_OWNER, NotDue, SomethingLeft, erase, make_due
from tenants.portable.files import Away
from tenants.portable.progress import Bar
from tenants.schemas.direct import DATABASE_AWAY
from tenants.schemas.locks import SchemaBusy


class Command(BaseCommand):
    help = (
        "Erases an organisation: tables, files, shared rows, caches. Nothing brings it back but an archive."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its address, such as acme")
        parser.add_argument("--now", action="store_true", help="though nobody asked, or its time is not over")
        parser.add_argument("--confirm", default="", metavar="ADDRESS", help="its address again, unasked")
        parser.add_argument("--certificate", type=Path, metavar="FILE", help="where to write what was erased")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"no organisation has the address {options['organisation']}")
        self._confirm(organisation, options["confirm"])
        if options["now"]:
            make_due(organisation=organisation)
        try:
            by = BY_OPERATOR if options["now"] else BY_OWNER
            bar = Bar(sys.stderr)
            certificate = erase(organisation=organisation, asked_by=by, say=bar)
        except NotDue as error:
            raise CommandError(f"{error}: say --now to erase it all the same") from error
        except (SchemaBusy, SomethingLeft, Away) as error:
            raise CommandError(str(error)) from error
        except DATABASE_AWAY as error:
            raise CommandError(
                f"PostgreSQL has broken it off, the scheduler goes on; or run it again: {error}"
            ) from error
        told = {**certificate.as_json(), "name": organisation.name, "address": organisation.slug}
        text = json.dumps(told, indent=1, ensure_ascii=False)
        self.stdout.write(text)
        self.stderr.write(
            f"Backups made before now still have it until {certificate.backups_expire_at:%Y-%m-%d}"
            f" (OCTAVO_BACKUPS_KEPT is {settings.OCTAVO_BACKUPS_KEPT} days)."
        )
        if options["certificate"]:
            _write(options["certificate"], text)

    def _confirm(self, organisation: Organisation, typed: str) -> None:
        if not typed and sys.stdin.isatty():
            question = f"This erases {organisation.name} for good. Type its address ({organisation.slug}): "
            typed = input(question)
        if typed.strip() != organisation.slug:
            raise CommandError(
                "not confirmed: type its address, or say --confirm ADDRESS; nothing was erased"
            )


def _write(path: Path, certificate: str) -> None:
    try:
        path.write_text(certificate + "\n")
    except OSError as error:
        raise CommandError(
            f"it is erased, and {path} cannot be written ({error.strerror}): keep what is printed above"
        ) from error
