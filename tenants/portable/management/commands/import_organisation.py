"""Make an organisation from an archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.organisations.addresses import AddressTaken
from tenants.portable.files import Away
from tenants.portable.importing import CannotImport, Imported, Interrupted, Wishes, import_organisation
from tenants.portable.manifest import NotAnArchive
from tenants.portable.progress import Bar
from tenants.schemas.artifact import ArtifactMissing
from tenants.schemas.direct import DATABASE_AWAY
from tenants.schemas.locks import SchemaBusy
from tenants.servers import ServerUnusable


class Command(BaseCommand):
    help = "Makes an organisation from an archive, all of it or nothing. No e-mail is sent to anybody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, metavar="FILE", help="what export_organisation has written")
        parser.add_argument("--slug", default="", help="its address here; else that in the archive")
        parser.add_argument("--name", default="", help="its name here; else that in the archive")
        parser.add_argument("--plan", default="", help="code of the plan that it gets; else the first one")
        parser.add_argument("--sha256", default="", help="of its manifest, as the export has said")
        parser.add_argument("--owner", default="", metavar="EMAIL", help="an account here that is to own it")

    def handle(self, *args: Any, **options: Any) -> None:
        wished = {name: options[name] for name in ("slug", "name", "plan", "owner")}
        wishes = Wishes(**wished, digest=options["sha256"])
        path: Path = options["archive"]
        try:
            bar = Bar(sys.stderr)
            made = import_organisation(path, wishes=wishes, say=bar)
        except (NotAnArchive, ArtifactMissing) as error:
            raise CommandError(f"{path} is not imported: {error}") from error
        except (CannotImport, SchemaBusy, ServerUnusable) as error:
            raise CommandError(str(error)) from error
        except AddressTaken as error:
            raise CommandError(f"the address {error} is taken here: name another with --slug") from error
        except Away as error:
            raise CommandError(f"files cannot be put in their place, run it again: {error}") from error
        except (Interrupted, *DATABASE_AWAY) as error:
            raise CommandError(
                f"nothing was made; once this is mended run it again, which goes on: {error}"
            ) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror or error}") from error
        self._tell(made)

    def _tell(self, made: Imported) -> None:
        people = made.people
        self.stdout.write(
            f"{made.organisation.name} is at {made.organisation.url()}: {made.rows:,} rows and {made.files:,}"
            f" files, of which {made.files_there:,} lay there from a try before."
        )
        self.stdout.write(
            f"{people.matched:,} people have an account here, {len(people.made):,} were given one without a"
            " password: they sign in by “Forgot your password?”."
        )
        if people.unsure:
            told = ", ".join(sorted(people.unsure.values()))
            self.stdout.write(
                f"Invited, since their accounts here have not confirmed their addresses: {told}"
            )
        if made.new_ids:
            self.stdout.write("It has new ids, since the archive's are in use here.")
        if made.since:
            self.stdout.write(f"The archive is older by {', '.join(made.since)}, which only add.")
        for table, count in sorted(made.left_out.items()):
            self.stdout.write(f"{count:,} rows of {table} are left out: their people are not here")
