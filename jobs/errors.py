"""How a step can go wrong, told apart by what has to happen next.

Rooms above make their own errors by inheriting from these; the runner looks at nothing but the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing.prices import Used


class StepError(Exception):
    """A step's work failed. `reason` is for the log and the console; members read what `code` stands for.

    `used` is what a call used although its answer was of no worth: it is paid for, and the ledger says so.
    `uncertain` means that nobody can tell whether the provider charges for the call (a timeout, a broken
    stream): its money stays on the budget until it is reconciled. `forget_call` means that the remembered
    call is of no more use (it failed, or the provider no longer knows it): the next try sends a new one.
    """

    code = "step_failed"
    used: Used | None = None
    uncertain = False
    forget_call = False

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Busy(StepError):
    """Asked to wait (HTTP 429). Uses up no attempt. `retry_after` in seconds."""

    code = "provider_busy"

    def __init__(self, reason: str = "", retry_after: float = 1.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Passing(StepError):
    """Likely to work another time: 5xx, a timeout, an answer that cannot be read. Tried again, counted."""

    code = "provider_unavailable"


class Permanent(StepError):
    """Trying again changes nothing. The step and its job stop; `code` chooses what the member reads."""

    def __init__(self, reason: str = "", code: str = "step_failed") -> None:
        super().__init__(reason)
        self.code = code


class Refused(StepError):
    """The content was refused. Permanent for these words: the member may edit them and retry."""

    code = "content_refused"


class Skip(Exception):
    """Raised by `prepare`: there is nothing left to do. The step counts as done, `settle` gets None."""


class LeaseLost(Exception):
    """The lease's own clock ran out before the call was sent; whoever holds the step now will send it."""
