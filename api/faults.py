"""Every kind of error that the API answers with: its name, its status, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGE: Final = f"{settings.PUBLIC_URL}/developers/errors/"


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` ends the address of its type; `title` is the same for all of them, `meaning` for the docs."""

    name: str
    status: int
    title: str | Promise
    meaning: str | Promise

    @property
    def type(self) -> str:
        return f"{PAGE}#{self.name}"


def _catalogue(*faults: Fault) -> dict[str, Fault]:
    return {fault.name: fault for fault in faults}


FAULTS: Final = _catalogue(
    Fault(
        "invalid",
        400,
        _("Some fields need another look"),
        _("A field of the body is wrong or missing. “errors” names each, with what is wrong with it."),
    ),
    Fault(
        "unknown-parameter",
        400,
        _("No such parameter"),
        _("Something after the question mark is not known here. The detail lists what is."),
    ),
    Fault(
        "malformed",
        400,
        _("The body cannot be read"),
        _("The body is not JSON, or nests too deep, or has characters that no text may have."),
    ),
    Fault(
        "bad-request",
        400,
        _("The request cannot be understood"),
        _("Something is wrong with the request as such, such as its host or its headers."),
    ),
    Fault(
        "bad-idempotency-key",
        400,
        _("Not an idempotency key"),
        _("The header Idempotency-Key has 1 to 255 visible ASCII characters."),
    ),
    Fault(
        "not-authenticated",
        401,
        _("Who is asking?"),
        _("No key and no session came with the request."),
    ),
    Fault(
        "authentication-failed",
        401,
        _("The key is not valid"),
        _("There is no such key, or it has expired, was revoked, or is another organisation’s."),
    ),
    Fault(
        "limit-reached",
        402,
        _("A limit is reached"),
        _("The plan, or a limit that was set, allows no more. The detail says which, and how to get more."),
    ),
    Fault(
        "not-in-plan",
        402,
        _("Not part of the plan"),
        _("The organisation’s plan does not bring this. The detail names one that does."),
    ),
    Fault(
        "forbidden",
        403,
        _("Not allowed"),
        _("Whoever asks may not do this: their role does not allow it, or the organisation is closed."),
    ),
    Fault(
        "missing-scope",
        403,
        _("The key lacks a scope"),
        _("The key may not do this. WWW-Authenticate names the scope that it would need."),
    ),
    Fault(
        "address-not-allowed",
        403,
        _("Not from this address"),
        _("The key may be used from other IP addresses only."),
    ),
    Fault(
        "not-found",
        404,
        _("Nothing there"),
        _("There is nothing at this address, or it is not yours to see."),
    ),
    Fault(
        "method-not-allowed",
        405,
        _("No such method here"),
        _("The address is there and the method is not. Allow lists those that are."),
    ),
    Fault(
        "not-acceptable",
        406,
        _("No such form of answer"),
        _("Accept names nothing that this address can answer with. Ask for application/json."),
    ),
    Fault(
        "not-possible-now",
        409,
        _("Not possible now"),
        _("The thing is in a state in which this cannot be done. The detail says why."),
    ),
    Fault(
        "not-ready",
        409,
        _("Not ready yet"),
        _("The file is still being made."),
    ),
    Fault(
        "not-complete-yet",
        409,
        _("Something must be filled in first"),
        _("“errors” names what is missing."),
    ),
    Fault(
        "last-owner",
        409,
        _("The last owner stays"),
        _("An organisation has an owner. Make somebody else one first."),
    ),
    Fault(
        "amount-changed",
        409,
        _("The amount has changed"),
        _("More is due than the request said. Ask for a preview again."),
    ),
    Fault(
        "idempotency-key-in-use",
        409,
        _("Still being answered"),
        _("The first request with this key is not done. Send it again after Retry-After."),
    ),
    Fault(
        "outcome-unknown",
        409,
        _("Nobody knows what came of it"),
        _("An outside service was asked and its answer was lost. The detail says where to look."),
    ),
    Fault(
        "changed-meanwhile",
        412,
        _("Changed meanwhile"),
        _("What If-Match or “revision” names is no longer the latest. Read it again."),
    ),
    Fault(
        "too-large",
        413,
        _("The body is too large"),
        _("JSON may have 10 MB; what files may have is said where they are taken."),
    ),
    Fault(
        "unsupported-media-type",
        415,
        _("No such form of body"),
        _("Send application/json, or multipart/form-data where there is a file."),
    ),
    Fault(
        "bad-import",
        422,
        _("The file cannot be imported"),
        _("The detail says what is wrong with it."),
    ),
    Fault(
        "bad-picture",
        422,
        _("The picture cannot be used"),
        _("The detail says what is wrong with it."),
    ),
    Fault(
        "too-long",
        422,
        _("The text is too long"),
        _("The detail says how long it may be."),
    ),
    Fault(
        "idempotency-key-reused",
        422,
        _("The key belongs to another request"),
        _("The same idempotency key came with another method, address or body before."),
    ),
    Fault(
        "throttled",
        429,
        _("Too many requests"),
        _("Wait for as long as Retry-After says. The RateLimit headers tell what is left."),
    ),
    Fault(
        "internal-error",
        500,
        _("Something went wrong here"),
        _("It is our fault, and logged under “request_id”. Try again later with the same idempotency key."),
    ),
    Fault(
        "gateway-away",
        503,
        _("The payment service does not answer"),
        _("Try again later."),
    ),
    Fault(
        "unavailable",
        503,
        _("Not available at the moment"),
        _("Try again later."),
    ),
)

# By what an answer is called that says nothing but its status.
_OF_STATUS: Final = {
    400: "bad-request",
    401: "not-authenticated",
    402: "limit-reached",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "not-possible-now",
    412: "changed-meanwhile",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "throttled",
    503: "unavailable",
}


def fault_of(status: int) -> Fault:
    """The fault of an answer of which nothing but the status is known."""
    name = _OF_STATUS.get(status) or ("internal-error" if status >= 500 else "bad-request")
    return FAULTS[name]
