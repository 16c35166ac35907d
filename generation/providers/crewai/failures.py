"""How a crew can go wrong beyond what every provider can; members read what `code` stands for."""

from __future__ import annotations

from generation.providers.errors import ProviderError, ProviderMisconfigured
from jobs import errors


class CrewUnreadable(ProviderError, errors.Passing):
    """An answer that cannot be read. The run stays remembered: it is looked at again, never begun again."""

    code = "unusable_answer"


class CrewStopped(ProviderError, errors.Permanent):
    """The run is over without a book. Trying again begins another one."""

    forget_call = True

    def __init__(self, reason: str, code: str = "crew_failed") -> None:
        super().__init__(reason, code)


class CrewLost(CrewStopped):
    """The crew does not know the run (any more)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "crew_lost")


class CrewTooSlow(ProviderError, errors.Permanent):
    """The deadline has passed. The run stays remembered: trying again waits for it once more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "crew_too_slow")


class WrongShape(CrewStopped):
    """What the crew made is no outline, or no book. `reason` says what was missing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "crew_wrong_shape")


class NotWaiting(ProviderError):
    """`POST /resume` found no task of this run that waits for a person."""


def begun_in_vain(error: ProviderError) -> ProviderError:
    """The crew turned the run down, so that there is none: the next try begins one."""
    error.forget_call = True
    return error


def missing_inputs(names: str) -> ProviderMisconfigured:
    return ProviderMisconfigured(names[:300], code="crew_inputs")
