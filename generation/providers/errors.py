"""How a provider's call can go wrong, told apart by what has to happen next."""

from __future__ import annotations


class ProviderError(Exception):
    """A call failed. `reason` is for the log; what a member reads comes from the kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderBusy(ProviderError):
    """Asked to wait (HTTP 429). Uses up no attempt. `retry_after` in seconds."""

    def __init__(self, reason: str, retry_after: float = 1.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class ProviderUnavailable(ProviderError):
    """Passing: 5xx, a timeout, a broken connection. Tried again with growing pauses."""


class ProviderRefused(ProviderError):
    """The content was refused. For a picture, a softer prompt is tried and then the embedded illustrator."""


class ProviderMisconfigured(ProviderError):
    """Permanent: a wrong key, no money, an unknown model. The job stops with a message for the member."""


class UnusableAnswer(ProviderError):
    """The answer cannot be read as what was asked for (broken JSON, an empty chapter). Tried again, counted."""
