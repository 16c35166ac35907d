from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any, Final, TextIO, cast

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, ProgrammingError

from tenants.context import in_public
from tenants.migrating.away import ServerAway, in_words
from tenants.migrating.everything import migrate_everything
from tenants.migrating.options import Options
from tenants.migrating.progress import watching
from tenants.migrating.recording import MigrationFails, NotReplayable
from tenants.migrating.running import Result
from tenants.models import Organisation
from tenants.servers import ServerUnusable

LONGEST_WAIT: Final = 3_600  # seconds for a lock


class Command(BaseCommand):
    requires_system_checks = ()  # they import every address, and some read tables that are not there yet
    help = (
        "Migrates public, the template schema and every organisation that lacks something. May be stopped "
        "and run again at any time; exits with 1 and says who is left where it could not finish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Options()
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--plan", action="store_true", help="say what would be done and how long it takes")
        what.add_argument("--dry-run", action="store_true", help="also print the SQL that would be replayed")
        what.add_argument("--status", action="store_true", help="say at which states organisations are")
        parser.add_argument("--only", action="append", default=[], metavar="SLUG", help="only this one")
        parser.add_argument(
            "--canaries",
            default=str(usual.canaries),
            metavar="N|SLUG,SLUG",
            help="organisations that go first, one by one; an error there ends the run (%(default)s)",
        )
        parser.add_argument(
            "--batch", type=_positive, metavar="N", help="organisations in one transaction (found by itself)"
        )
        parser.add_argument(
            "--parallel",
            type=_positive,
            default=usual.parallel,
            metavar="N",
            help="connections (%(default)s)",
        )
        parser.add_argument(
            "--lock-timeout",
            type=_seconds,
            default=usual.lock_timeout,
            metavar="SECONDS",
            help="how long to wait for an organisation in use before it is put back (%(default)s)",
        )
        parser.add_argument(
            "--tolerate",
            type=_natural,
            default=usual.tolerate,
            metavar="N",
            help="failed organisations after which the run ends (%(default)s)",
        )

    def handle(self, *args: Any, **said: Any) -> None:
        try:
            if said["plan"] or said["dry_run"] or said["status"]:
                self._tell(said, _options(said))
            else:
                self._migrate(said, _options(said))
        except (NotReplayable, MigrationFails, ServerUnusable, ServerAway) as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, psycopg.Error) as error:
            raise CommandError(
                f"The database says: {in_words(error.__cause__ or error)}. Run migrate_organisations again"
                " when that is mended: what is done stays done. --traceback tells more."
            ) from error
        except KeyboardInterrupt as interrupt:
            raise CommandError(
                "Interrupted. Run migrate_organisations again to go on.", returncode=130
            ) from interrupt

    def _migrate(self, said: dict[str, Any], options: Options) -> None:
        quiet = said["verbosity"] == 0
        stream = cast(TextIO, self.stdout._out)  # what it wraps; it would end each piece of a bar's line
        with watching(stream, quiet=quiet) as watcher:
            result = migrate_everything(
                options=options, watcher=watcher, verbosity=max(said["verbosity"] - 1, 0)
            )
        if not quiet:
            self.stdout.write(f"Organisations migrated: {result.migrated}")
            if result.ahead:
                self.stdout.write(f"Left alone, since newer code has migrated them: {result.ahead}")
        if not result.finished:
            raise CommandError(unfinished(result))

    def _tell(self, said: dict[str, Any], options: Options) -> None:
        from tenants.migrating import planning

        with in_public():
            lines = planning.status() if said["status"] else planning.plan(options, with_sql=said["dry_run"])
            for line in lines:
                self.stdout.write(line)


def unfinished(result: Result) -> str:
    """What is left to do after a run, in one sentence or two."""
    parts = [result.stopped and f"The run ended early: {result.stopped}", *result.away]
    for left in result.left[:20]:
        parts.append(f"{left.slug} {'was busy' if left.busy else 'failed'}: {left.error}")
    if len(result.left) > 20:
        parts.append(f"{len(result.left) - 20} more could not be migrated (see --status)")
    if result.not_reached:
        many = result.not_reached > 1
        parts.append(f"{result.not_reached} organisation{'s were' if many else ' was'} not reached")
    return "; ".join(part for part in parts if part) + ". Run migrate_organisations again to go on."


def _options(said: dict[str, Any]) -> Options:
    number, named = _canaries(said["canaries"])
    _refuse_unknown([*named, *said["only"]])
    return Options(
        batch=said["batch"],
        parallel=said["parallel"],
        canaries=number,
        canary_slugs=named,
        only=tuple(said["only"]),
        lock_timeout=said["lock_timeout"],
        tolerate=said["tolerate"],
    )


def _canaries(said: str) -> tuple[int, tuple[str, ...]]:
    """How many go first, or who: a slug that is all digits is not to be had by name."""
    if said.isdecimal():
        return int(said), ()
    return 0, tuple(slug.strip() for slug in said.split(",") if slug.strip())


def _refuse_unknown(slugs: list[str]) -> None:
    if not slugs:
        return
    try:
        with in_public():
            known = set(Organisation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    except ProgrammingError:  # not even the tables are there
        known = set()
    if missing := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"There is no organisation {missing[0]!r}.")


def _positive(text: str) -> int:
    if (number := _natural(text)) < 1:
        raise ArgumentTypeError(f"{text!r} is less than 1")
    return number


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= LONGEST_WAIT:
        raise ArgumentTypeError(f"{text!r} is no number of seconds between 0 and {LONGEST_WAIT}")
    return seconds
