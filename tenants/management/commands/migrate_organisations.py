from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError

from tenants.context import in_public
from tenants.migrating.everything import migrate_everything
from tenants.migrating.options import Options
from tenants.migrating.progress import watching
from tenants.migrating.recording import NotReplayable
from tenants.migrating.running import Result
from tenants.models import Organisation
from tenants.servers import ServerUnusable


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
            type=float,
            default=usual.lock_timeout,
            metavar="SECONDS",
            help="how long to wait for an organisation in use before it is put back (%(default)s)",
        )
        parser.add_argument(
            "--tolerate",
            type=int,
            default=usual.tolerate,
            metavar="N",
            help="failed organisations after which the run ends (%(default)s)",
        )

    def handle(self, *args: Any, **said: Any) -> None:
        options = _options(said)
        if said["plan"] or said["dry_run"] or said["status"]:
            self._tell(said, options)
            return
        quiet = said["verbosity"] == 0
        try:
            stream = cast(TextIO, self.stdout._out)  # what it wraps; it would end each piece of a bar's line
            with watching(stream, quiet=quiet) as watcher:
                result = migrate_everything(
                    options=options, watcher=watcher, verbosity=max(said["verbosity"] - 1, 0)
                )
        except (NotReplayable, ServerUnusable) as error:
            raise CommandError(str(error)) from error
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
    parts = [result.stopped and f"The run ended early: {result.stopped}"]
    for left in result.left[:20]:
        parts.append(f"{left.slug} {'was busy' if left.busy else 'failed'}: {left.error}")
    if len(result.left) > 20:
        parts.append(f"{len(result.left) - 20} more could not be migrated (see --status)")
    if result.not_reached:
        parts.append(f"{result.not_reached} organisations were not reached")
    return "; ".join(part for part in parts if part) + ". Run migrate_organisations again to go on."


def _options(said: dict[str, Any]) -> Options:
    canaries = said["canaries"]
    named = () if canaries.isdigit() else tuple(canaries.split(","))
    _refuse_unknown([*named, *said["only"]])
    return Options(
        batch=said["batch"],
        parallel=said["parallel"],
        canaries=int(canaries) if canaries.isdigit() else 0,
        canary_slugs=named,
        only=tuple(said["only"]),
        lock_timeout=said["lock_timeout"],
        tolerate=said["tolerate"],
    )


def _refuse_unknown(slugs: list[str]) -> None:
    if not slugs:
        return
    with in_public():
        known = set(Organisation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if missing := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"There is no organisation {missing[0]!r}.")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
