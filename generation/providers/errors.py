"""How a provider's call can go wrong, told apart by what has to happen next.

Each inherits from the kind of `jobs.errors` that the step runner acts upon.
"""

from __future__ import annotations

from jobs.errors import Busy, Passing, Permanent, Refused, StepError


class ProviderError(StepError):
    """A call failed. `reason` is for the log; what a member reads comes from the kind."""


class ProviderBusy(ProviderError, Busy):
    """Asked to wait (HTTP 429). Uses up no attempt. `retry_after` in seconds."""

    def __init__(self, reason: str, retry_after: float = 1.0) -> None:
        Busy.__init__(self, reason, retry_after)


class ProviderUnavailable(ProviderError, Passing):
    """Passing: 5xx, a timeout, a broken connection. Tried again with growing pauses."""

    def __init__(self, reason: str, *, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.uncertain = uncertain  # a timeout: nobody can tell whether the call is charged


class ProviderRefused(ProviderError, Refused):
    """The content was refused. For a picture, a softer prompt is tried and then the embedded illustrator."""


class ProviderMisconfigured(ProviderError, Permanent):
    """Permanent: a wrong key, no money, an unknown model. The job stops with a message for the member."""

    def __init__(self, reason: str, code: str = "provider_misconfigured") -> None:
        Permanent.__init__(self, reason, code)


class UnusableAnswer(ProviderError, Passing):
    """The answer cannot be read as what was asked for (broken JSON, an empty chapter). Tried again, counted."""

    code = "unusable_answer"
