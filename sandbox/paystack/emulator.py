"""The stand-in itself: its records, its clock, and what happens as that goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sandbox.paystack import refunding, renewing, webhooks
from sandbox.paystack.cards import GOOD, card_of
from sandbox.paystack.charging import answer_bank, pay
from sandbox.paystack.faults import Faults
from sandbox.paystack.records import Transaction, World, wall_clock
from sandbox.paystack.webhooks import Disturbance, Send, Webhook

Deed = Callable[[], None]


class Emulator:
    """One merchant's account. `base_url` is its own address, as customers' browsers reach it.

    Webhooks that are due are sent when `run_due` or `advance` is called, by `send`; without it they are kept
    for `take_webhooks`. With `file` the records outlive the process.
    """

    def __init__(
        self,
        *,
        secret_key: str,
        base_url: str = "",
        callback_url: str = "",
        send: Send | None = None,
        file: Path | None = None,
    ) -> None:
        self.secret_key = secret_key
        self.base_url = base_url
        self.callback_url = callback_url
        self.send: Send = send or self._keep
        self.file = file
        self.on_clock: Callable[[datetime], None] | None = None  # told wherever the clock is moved to
        self.inspect: Callable[[str, str, int, bytes], None] | None = None  # shown every answer of the API
        self.live_schedule = False  # of webhooks' retries
        self.disturbance = Disturbance()
        self.faults = Faults()
        self.lock = threading.RLock()
        self._marching = threading.RLock()  # one at a time moves the clock and does what is due
        self.world = _read(file) if file is not None and file.exists() else World()
        self._kept: list[Webhook] = []

    def reset(self, *, now: datetime | None = None) -> None:
        """Forget everything; with `now` the clock stands there until it is moved."""
        with self.lock:
            self.world = World(frozen_at=now)
            self.disturbance, self.faults = Disturbance(), Faults()
            self.send, self.live_schedule = self._keep, False
            self._kept = []
        self._tell_clock()

    # --- the clock -----------------------------------------------------------------------------------------

    def now(self) -> datetime:
        world = self.world
        return world.frozen_at or wall_clock() + timedelta(seconds=world.offset)

    def advance(self, span: timedelta | None = None, *, to: datetime | None = None) -> None:
        """Move the clock forward; everything that falls due on the way happens in order, at its own time."""
        with self._marching:
            goal = to if to is not None else self.now() + (span or timedelta())
            changed = goal > self.now()
            while (found := self._next_deed(goal)) is not None:
                at, deed = found
                self._set_clock(at)
                deed()
                changed = True
            self._set_clock(goal)
            if changed:
                self.save()

    def run_due(self) -> None:
        """Do what is due by now."""
        self.advance(to=self.now())

    def _set_clock(self, at: datetime) -> None:
        """Never backwards."""
        with self.lock:
            if self.world.frozen_at is not None:
                self.world.frozen_at = max(self.world.frozen_at, at)
            else:
                ahead = (at - wall_clock()).total_seconds()
                self.world.offset = max(self.world.offset, ahead)
        self._tell_clock()

    def _tell_clock(self) -> None:
        if self.on_clock is not None:
            self.on_clock(self.now())

    def _next_deed(self, goal: datetime) -> tuple[datetime, Deed] | None:
        """The earliest; what was there before what is to be sent, so that an answer finds it."""
        with self.lock:
            found = [deed for deed in self._deeds() if deed[0] <= goal]
        return min(found, key=lambda deed: deed[0], default=None)

    def _deeds(self) -> Iterator[tuple[datetime, Deed]]:
        ways = {"notice": renewing.notice, "charge": renewing.charge, "end": renewing.end}
        for at, what, subscription in renewing.due(self):
            yield at, partial(self._do, ways[what], subscription)
        for refund in self.world.refunds.values():
            if refund.next_at is not None:
                yield refund.next_at, partial(self._do, refunding.go_on, refund)
        if (month := self._next_month()) is not None:
            yield month, partial(self._do, lambda emulator, _: renewing.tell_expiring(emulator), None)
        if (delivery := webhooks.next_due(self.world, disturbance=self.disturbance)) is not None:
            yield delivery.due_at, partial(self._deliver, delivery.id)

    def _next_month(self) -> datetime | None:
        """When expiring cards are looked for next: at the beginning of each month, if anybody subscribes."""
        if not self.world.subscriptions:
            return None
        now = self.now()
        if self.world.cards_told_in != f"{now:%Y-%m}":
            return now
        return datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)

    def _do(self, deed: Callable[[Emulator, Any], None], record: Any) -> None:
        with self.lock:
            deed(self, record)

    # --- webhooks ------------------------------------------------------------------------------------------

    def tell(self, event: str, data: Any) -> None:
        webhooks.queue(self.world, event, data, now=self.now(), disturbance=self.disturbance)

    def take_webhooks(self) -> list[Webhook]:
        """Those that were sent to nobody, oldest first. Sends what is due."""
        self.run_due()
        taken, self._kept = self._kept, []
        return taken

    def _keep(self, hook: Webhook) -> int:
        self._kept.append(hook)
        return 200

    def _deliver(self, number: int) -> None:
        """Without the lock: whoever is told may ask the API at once."""
        delivery = self.world.deliveries[number]
        lost = self.disturbance.random.random() < self.disturbance.lost
        status = 0 if lost else self.send(webhooks.webhook(delivery, self.secret_key))
        with self.lock:
            webhooks.note_answer(self.world, delivery, status, now=self.now(), live=self.live_schedule)

    # --- what customers do ---------------------------------------------------------------------------------

    def pay(self, reference: str, card: str = GOOD) -> Transaction:
        """As if the customer had given this card on the hosted page."""
        with self.lock:
            transaction, found = self.world.transactions[reference], card_of(card)
            if found is None:
                raise ValueError("that is no number of a card")
            pay(self, transaction, found)
            return transaction

    def answer_bank(self, reference: str, *, approved: bool = True) -> Transaction:
        """As if the customer had answered the bank's question."""
        with self.lock:
            transaction = self.world.transactions[reference]
            answer_bank(self, transaction, approved=approved)
            return transaction

    def set_card(
        self, *, authorization: str, then: str = "", exp_year: str = "", exp_month: str = ""
    ) -> None:
        """Change what becomes of later charges (see `cards`), or the month in which the card expires."""
        changes = {"then": then, "exp_year": exp_year, "exp_month": exp_month}
        with self.lock:
            held = self.world.authorizations[authorization]
            for name, value in changes.items():
                setattr(held, name, value or getattr(held, name))

    # --- books ---------------------------------------------------------------------------------------------

    def bill(self) -> dict[str, dict[str, int]]:
        """What was charged and given back, by currency, in minor units: to compare ledgers with."""
        totals: dict[str, dict[str, int]] = {}
        for one in self.world.transactions.values():
            if one.paid_at is not None:
                total = totals.setdefault(one.currency, {"charges": 0, "charged": 0, "refunded": 0})
                total["charges"] += 1
                total["charged"] += one.amount
        for refund in self.world.refunds.values():
            if refund.status == "processed":
                totals[refund.currency]["refunded"] += refund.amount
        return totals

    def save(self) -> None:
        if self.file is not None:
            with self.lock:
                half = self.file.with_suffix(".half")
                half.write_text(self.world.model_dump_json())
                half.replace(self.file)


def _read(file: Path) -> World:
    return World.model_validate_json(file.read_text())
