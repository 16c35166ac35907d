"""Write an organisation into one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.models import Organisation
from tenants.portable.archive import CannotWrite
from tenants.portable.exporting import export
from tenants.portable.files import Away
from tenants.portable.manifest import NotAnArchive
from tenants.portable.progress import Bar
from tenants.portable.tables import UnknownTables
from tenants.schemas.direct import DATABASE_AWAY
from tenants.schemas.locks import SchemaBusy


class Command(BaseCommand):
    help = "Writes an organisation into one file: its tables, its part of the shared ones, all of its files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its address, such as acme")
        parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="the archive to write")
        parser.add_argument("--replace", action="store_true", help="where the file is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"no organisation has the address {options['organisation']}")
        target: Path = options["to"]
        if target.exists() and not options["replace"]:
            raise CommandError(f"{target} is there already: name another file, or say --replace")
        try:
            made = export(organisation, to=target, say=Bar(sys.stderr))
        except CannotWrite as error:
            raise CommandError(f"{error.strerror}; run it again once that is mended") from error
        except Away as error:
            raise CommandError(f"files cannot be fetched, run it again: {error}") from error
        except (UnknownTables, SchemaBusy) as error:
            raise CommandError(str(error)) from error
        except NotAnArchive as error:
            raise CommandError(f"what was written cannot be read back: {error}") from error
        except DATABASE_AWAY as error:
            raise CommandError(f"PostgreSQL has broken it off, run it again: {error}") from error
        self.stdout.write(
            f"{made.path}: {made.rows:,} rows and {made.files:,} files in {made.size:,} bytes, read back.\n"
            f"SHA-256 of its manifest: {made.digest}"
        )
        for path in made.missing:
            self.stderr.write(f"file {path} is gone from its place: its row is in the archive without it")
