"""Why a mail server or provider did not take a letter, and whether another attempt makes sense."""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.core.mail import BadHeaderError, EmailMessage

from tenants.sealing import CannotOpen


class Refused(Enum):
    FOR_NOW = "for now"
    FOR_GOOD = "for good"


class NotTaken(Exception):
    """The provider answered without an error and yet took nothing."""


# What is wrong with the letter itself, or cannot be read any more.
_FAULTS = (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
    BadHeaderError,
    CannotOpen,
    NotTaken,
    UnicodeError,
)
# Answers to whoever runs this platform, not to the recipient: mended by a setting, so letters wait for it.
_OURS_TO_MEND = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
}


def check_taken(message: EmailMessage) -> None:
    """Raises `NotTaken` where django-anymail, once it has sent, knows of nobody for whom it was taken.

    It reads some refusals out of sentences meant for people; one that is reworded gives "unknown".
    """
    known = getattr(message, "anymail_status", None)
    if known and known.status and not known.status & {"queued", "sent"}:
        raise NotTaken(", ".join(sorted(map(str, known.status))))


def reason_of(error: Exception) -> tuple[Refused, str]:
    """Whether to try again, and one line for the log and the console.

    SMTP: a 5xx to the recipient or to the message is for good, a 4xx is not (RFC 5321, 4.2.1); a sender or
    password that is refused is a setting of ours. Providers: HTTP 4xx is for good but for those of
    `_OURS_TO_MEND`; 5xx, 429 and connections that fail are not. What is not known is tried again.
    """
    return (Refused.FOR_GOOD if _is_for_good(error) else Refused.FOR_NOW), _line(error)


def _is_for_good(error: Exception) -> bool:
    if isinstance(error, _FAULTS):
        return True
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    status = status_of(error)
    if status is None or status in _OURS_TO_MEND or _passes_at_amazon(error):
        return False
    return 400 <= status < 500


def status_of(error: Exception) -> int | None:
    """The HTTP status of a provider's answer; boto3 (SES) keeps it in a dictionary."""
    if not isinstance(error, AnymailAPIError):
        return None
    if error.status_code is not None:
        return int(error.status_code)
    answer = error.response if isinstance(error.response, dict) else {}
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return int(status) if status else None


def _passes_at_amazon(error: Exception) -> bool:
    """SES says by HTTP 400 what is mended in its console or passes. Source: SES API v2, SendEmail, Errors."""
    answer = getattr(error, "response", None)
    code = answer.get("Error", {}).get("Code", "") if isinstance(answer, dict) else ""
    return code in {
        "AccountSuspendedException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",  # nearly always: a sender that has not been verified
        "SendingPausedException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }


def _line(error: Exception) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {_text(said)}"
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    name = type(error).__name__
    if isinstance(error, SMTPException | OSError) and not isinstance(error, AnymailAPIError):
        return f"{name}: {error}"
    return " ".join(f"{name}: {error}".split())


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
