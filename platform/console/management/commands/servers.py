"""What the console's page of servers tells, for operators at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils import timezone

from console import engine
from tenants.context import in_public
from tenants.migrating.standing import standing
from tenants.models import MoveState

MOST: Final = 10  # lines about the past of each kind
MEGABYTE: Final = 1_000_000  # bytes


class Command(BaseCommand):
    help = "Says how the servers are, and which moves, exports, imports and erasures are under way."

    def handle(self, *args: Any, **options: Any) -> None:
        with in_public():
            for line in (*_servers(), *_migrations(), *_moves(), *_exports(), *_imports(), *_erasures()):
                self.stdout.write(line)


def _servers() -> Iterator[str]:
    for server in engine.servers():
        state, stock = server.state, server.stock
        held = ", ".join(f"{number} {label.lower()}" for label, number in server.held) or "none"
        size = "does not answer" if state.bytes is None else f"{state.bytes / MEGABYTE:,.0f} MB"
        about = size if state.known else "OCTAVO_SERVERS does not name it any more"
        yield f"{state.alias}: organisations: {held}; {about}"
        if stock.wanted or stock.ready or stock.outdated:
            yield f"  schemas ready: {stock.ready} of {stock.wanted}, of another version: {stock.outdated}"
        if server.old_copies:
            yield f"  old copies of organisations that have moved away: {server.old_copies}"


def _migrations() -> Iterator[str]:
    told = standing()
    failed = f"{len(told.left)}{' and more' if told.more else ''}"
    yield f"Migrations: at this version: {told.current}, newer: {told.newer}, waiting: {told.waiting}"
    if told.at_work:
        yield f"  a run is at work: {told.done} of {told.total}"
    if told.left:
        yield f"  could not be migrated: {failed}; migrate_organisations --status says why"


def _moves() -> Iterator[str]:
    for move in engine.moves().exclude(state=MoveState.MOVED)[:MOST]:
        how = move.reason if move.state == MoveState.FAILED else f"{move.percent} %"
        yield (
            f"Move: {_at(move.asked_at)} {move.organisation.slug} {move.source} → {move.target}"
            f" {move.state}: {how}"
        )


def _exports() -> Iterator[str]:
    for one in engine.exports():
        export = one.export
        yield (
            f"Export: {_at(export.asked_at)} {export.organisation.slug} {export.state}:"
            f" {one.reason or f'{export.percent} %'}"
        )


def _imports() -> Iterator[str]:
    begun, _unfinished = engine.under_way()
    for one in begun:
        how = "at work" if one.at_work else f"broken off, what it has left goes after {_at(one.swept_at)}"
        yield f"Import: {_at(one.row.begun_at)} {one.row.slug} to {one.row.alias}: {how}"


def _erasures() -> Iterator[str]:
    _begun, unfinished = engine.under_way()
    for one in unfinished:
        how = "at work" if one.at_work else "kept after all" if one.was_kept else "unfinished"
        yield f"Erasure: {_at(one.erasure.begun_at)} {one.erasure.erased_id} on {one.erasure.alias}: {how}"
    for erasure in engine.erased()[:MOST]:
        yield (
            f"Erased: {_at(erasure.verified_at)} {erasure.erased_id},"
            f" in backups until {_at(erasure.backups_expire_at)}"
        )


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
