"""Moving one organisation to another PostgreSQL server."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from tenants.context import in_public
from tenants.models import Move, Organisation
from tenants.moving.asking import CannotMove, ask_for_move, plan
from tenants.moving.carrying_out import MoveFailed, carry_out
from tenants.moving.tables import NotMovable
from tenants.schemas.locks import SchemaBusy

BAR = 30  # characters
MEGABYTE = 1_000_000  # bytes


class Command(BaseCommand):
    help = "Moves an organisation to another PostgreSQL server while its members work; may be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the organisation's address")
        parser.add_argument("--to", metavar="SERVER", help="a name in OCTAVO_SERVERS, or default")
        parser.add_argument("--dry-run", action="store_true", help="look at both servers, change nothing")
        parser.add_argument("--status", action="store_true", help="tell of its moves")

    def handle(self, *args: Any, **options: Any) -> None:
        with in_public():
            organisation = Organisation.objects.filter(slug=options["slug"]).first()
            if organisation is None:
                raise CommandError(f"there is no organisation at the address {options['slug']}")
            if options["status"]:
                self._tell(organisation)
            elif not options["to"]:
                raise CommandError("say where to: --to SERVER")
            else:
                self._move(organisation, options["to"], dry_run=options["dry_run"])

    def _move(self, organisation: Organisation, to: str, *, dry_run: bool) -> None:
        try:
            planned = plan(organisation, to)
            self.stdout.write(
                f"{organisation.slug}: {planned.source} → {planned.target}, {planned.tables} tables,"
                f" {planned.bytes / MEGABYTE:.1f} MB with their indexes"
            )
            if not dry_run:
                self._carry_out(ask_for_move(organisation=organisation, to=to))
        except (CannotMove, NotMovable, MoveFailed, SchemaBusy, psycopg.OperationalError) as error:
            raise CommandError(str(error).strip().splitlines()[0]) from error

    def _carry_out(self, move: Move) -> None:
        began = time.monotonic()
        carry_out(move, say=self._show)
        if sys.stdout.isatty():
            self.stdout.write("")
        if move.state != Move.State.MOVED:
            raise MoveFailed(move.reason or "not moved: somebody else has ended this move")
        held = "" if move.pause is None else f"; writers were held back for {move.pause} ms at most"
        self.stdout.write(f"Moved to {move.target} in {time.monotonic() - began:.1f} s{held}.")
        self.stdout.write(
            f"The old copy on {move.source} is kept until {localtime(move.drop_after):%Y-%m-%d}."
        )

    def _show(self, move: Move) -> None:
        if sys.stdout.isatty():
            full = BAR * move.percent // 100
            bar = "█" * full + "░" * (BAR - full)
            self.stdout.write(f"\r{bar} {move.percent:3d} %  {move.get_state_display():<14}", ending="")
            self.stdout.flush()

    def _tell(self, organisation: Organisation) -> None:
        self.stdout.write(f"{organisation.slug} is on {organisation.alias}")
        for move in organisation.moves.order_by("asked_at"):
            pause = "" if move.pause is None else f", pause {move.pause} ms"
            kept = f", old copy until {localtime(move.drop_after):%Y-%m-%d}" if move.drop_after else ""
            self.stdout.write(
                f"  {localtime(move.asked_at):%Y-%m-%d %H:%M}  {move.source} → {move.target}  {move.state}"
                f"  {move.percent} %{pause}{kept}{'  ' + move.reason if move.reason else ''}"
            )
