"""How a provider's call can go wrong, told apart by what has to happen next.

Each is one of the kinds that the step runner knows; `reason` is for the log, and what a member reads is
chosen by `code`.
"""

from __future__ import annotations

from jobs import errors


class ProviderError(errors.StepError):
    """A call failed."""


class ProviderBusy(ProviderError, errors.Busy):
    """Asked to wait (HTTP 429). Uses up no attempt. `retry_after` in seconds."""


class ProviderUnavailable(ProviderError, errors.Passing):
    """Passing: 5xx, a timeout, a broken connection. Tried again with growing pauses.

    `uncertain` where the call may have been worked on, and charged for, although no answer came.
    """

    def __init__(self, reason: str = "", *, uncertain: bool = False) -> None:
        super().__init__(reason)
        self.uncertain = uncertain


class ProviderRefused(ProviderError, errors.Refused):
    """The content was refused. For a picture, a softer prompt is tried and then the embedded illustrator."""


class ProviderMisconfigured(ProviderError, errors.Permanent):
    """Permanent: a wrong key, no money, an unknown model. The job stops with a message for the member.

    `code` is one of wrong_key, no_credit, not_allowed, unknown_model, too_long, bad_request.
    """

    def __init__(self, reason: str = "", code: str = "bad_request") -> None:
        super().__init__(reason, code)


class UnusableAnswer(ProviderError, errors.Passing):
    """The answer cannot be read as what was asked for (broken JSON, an empty chapter). Tried again, counted."""

    code = "unusable_answer"
    forget_call = True
