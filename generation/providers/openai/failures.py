"""The vendor's errors, said in the pipeline's own kinds.

Source: the error codes of OpenAI's API reference. `insufficient_quota` comes as a 429 and is permanent
nevertheless; a refused picture is a 400 with `moderation_blocked`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import openai

from generation.providers.errors import (
    ProviderBusy,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderUnavailable,
    UnusableAnswer,
)
from generation.providers.waiting import USUAL_WAIT, wait_asked_for

REFUSALS = frozenset(
    {
        "moderation_blocked",
        "content_policy_violation",
        "image_content_policy_violation",
        "content_filter",
        "invalid_prompt",
        "bio_policy",
        "misalignment_policy_violation",
    }
)
NO_MONEY = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
PASSING_STATUSES = frozenset({408, 409, 425})
GATEWAY_TIMEOUT = 504  # whoever stands before the provider gave up; the provider may have gone on


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Everything that the SDK or the connection may raise leaves this block as a `ProviderError`."""
    try:
        yield
    except openai.APIStatusError as error:
        raise from_status(error) from error
    except openai.APIResponseValidationError as error:
        unreadable = UnusableAnswer(f"unreadable answer: {error}")
        unreadable.uncertain = True  # an answer came, and what it cost stood in it
        raise unreadable from error
    except openai.APITimeoutError as error:
        raise ProviderUnavailable("no answer in time", uncertain=True) from error
    except openai.APIConnectionError as error:
        never_sent = isinstance(error.__cause__, httpx2.ConnectError)
        reason = f"connection failed: {error.__cause__ or error}"
        raise ProviderUnavailable(reason, uncertain=not never_sent) from error
    except openai.APIError as error:
        raise from_code(error.code or error.type or "", error.message) from error
    except openai.OpenAIError as error:
        raise ProviderMisconfigured(str(error)) from error
    except (httpx2.HTTPError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ProviderUnavailable(f"the answer broke off: {error!r}", uncertain=True) from error


def from_status(error: openai.APIStatusError) -> ProviderError:
    status, reason = error.status_code, _reason(error)
    codes = {error.code or "", error.type or ""}
    if codes & NO_MONEY:
        return ProviderMisconfigured(reason, code="no_credit")
    if codes & REFUSALS:
        return ProviderRefused(reason)
    if status == 429:
        return ProviderBusy(reason, retry_after=wait_asked_for(error.response.headers))
    if status >= 500 or status in PASSING_STATUSES:
        return ProviderUnavailable(reason, uncertain=status == GATEWAY_TIMEOUT)
    return ProviderMisconfigured(reason, code=_permanent(status, codes))


def from_code(code: str, message: str) -> ProviderError:
    """An error inside an answer that began well: an event of a stream, a response that failed."""
    reason = f"{code}: {message}" if code else message
    if code in NO_MONEY:
        return ProviderMisconfigured(reason, code="no_credit")
    if code in REFUSALS:
        return ProviderRefused(reason)
    if code == "rate_limit_exceeded":
        return ProviderBusy(reason, retry_after=USUAL_WAIT)
    return ProviderUnavailable(reason)


def _permanent(status: int, codes: set[str]) -> str:
    if status == 401:
        return "wrong_key"
    if status == 403:
        return "not_allowed"
    if status == 404 or "model_not_found" in codes:
        return "unknown_model"
    return "too_long" if "context_length_exceeded" in codes else "bad_request"


def _reason(error: openai.APIStatusError) -> str:
    body: Any = error.body
    message = body.get("message") if isinstance(body, dict) else None
    return f"HTTP {error.status_code} {error.code or error.type or ''}: {message or error.message}"[:500]
