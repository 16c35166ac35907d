"""Errors as `application/problem+json` (RFC 9457): what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Unfit
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from billing.limits import LimitReached
from billing.subscriptions.asking import GatewayAway
from billing.subscriptions.changing import AmountChanged
from billing.subscriptions.rights import Refusal
from collaboration.revisions import TextChangedMeanwhile, TextTooLong
from formats.importing import BadImport
from formats.records import NotReady
from generation.commission import InvalidBrief
from generation.editions import InvalidEdition
from generation.errors import NotPossibleNow
from generation.publishing import InvalidPublication
from storage.pictures import BadPicture
from tenants.addresses import AddressTaken
from tenants.deletion import WrongName
from tenants.features import NotInPlan
from tenants.invitations import CannotInvite
from tenants.members import LastOwner, NotAllowed
from tenants.models import Group, Invitation, Membership, Tier

CONTENT_TYPE = "application/problem+json"

# The members' own mistakes that the rooms tell of: their type's name and HTTP status.
_TOLD: dict[type[Exception], tuple[str, int]] = {
    LimitReached: ("limit-reached", status.HTTP_402_PAYMENT_REQUIRED),
    NotInPlan: ("not-in-plan", status.HTTP_402_PAYMENT_REQUIRED),
    TextChangedMeanwhile: ("changed-meanwhile", status.HTTP_412_PRECONDITION_FAILED),
    BadImport: ("bad-import", status.HTTP_422_UNPROCESSABLE_ENTITY),
    TextTooLong: ("too-long", status.HTTP_422_UNPROCESSABLE_ENTITY),
    NotPossibleNow: ("not-possible-now", status.HTTP_409_CONFLICT),
    AmountChanged: ("amount-changed", status.HTTP_409_CONFLICT),
    GatewayAway: ("gateway-away", status.HTTP_503_SERVICE_UNAVAILABLE),
    Refusal: ("not-possible-now", status.HTTP_409_CONFLICT),
    NotReady: ("not-ready", status.HTTP_409_CONFLICT),
    BadPicture: ("bad-picture", status.HTTP_422_UNPROCESSABLE_ENTITY),
    NotAllowed: ("forbidden", status.HTTP_403_FORBIDDEN),
    LastOwner: ("last-owner", status.HTTP_409_CONFLICT),
}
# What was there when the view looked, and was gone when the doing did.
_GONE = (Membership.DoesNotExist, Invitation.DoesNotExist, Group.DoesNotExist, Tier.DoesNotExist)


class NotCompleteYet(APIException):
    """Something must be filled in first; `missing` has a sentence for each field."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "not-complete-yet"

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__(" ".join(missing.values()))
        self.missing = missing


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler."""
    if isinstance(error, (InvalidBrief, InvalidPublication, InvalidEdition)):
        error = ValidationError(error.errors)
    elif isinstance(error, (Unfit, CannotInvite, AddressTaken, WrongName)):
        error = ValidationError(_unfit(error))
    elif isinstance(error, _GONE):
        error = Http404()
    for kind, (name, code) in _TOLD.items():
        if isinstance(error, kind):
            return _answer(name, code, str(error) or _("This is not possible now."))
    response = exception_handler(error, context)
    if response is None:
        return None
    return _answer(
        _name(error),
        response.status_code,
        _detail(error),
        _field_errors(error),
        headers=dict(response.items()),
    )


def _unfit(error: Exception) -> dict[str, Any]:
    """What does not fit, by its field; "" for the whole."""
    if isinstance(error, Unfit):
        return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    if isinstance(error, CannotInvite):
        return {"emails": [str(error)]}
    if isinstance(error, AddressTaken):
        return {"slug": [_("Another organisation has this address.")]}
    return {"name": [_("This is not the organisation’s name.")]}


def _answer(
    name: str,
    code: int,
    detail: str,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {"type": f"about:octavo#{name}", "title": name.replace("-", " "), "status": code}
    body["detail"] = detail
    if errors:
        body["errors"] = errors
    headers = {key: value for key, value in (headers or {}).items() if key.lower() != "content-type"}
    return Response(body, status=code, headers=headers, content_type=CONTENT_TYPE)


def _name(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "invalid"
    if isinstance(error, Http404):
        return "not-found"
    if isinstance(error, PermissionDenied):
        return "forbidden"
    if isinstance(error, APIException):
        return str(error.default_code).replace("_", "-")
    return "error"


def _detail(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return _("Some fields need another look: each says why.")
    if isinstance(error, Http404):
        return _("There is nothing at this address, or it isn’t yours to see.")
    if isinstance(error, APIException):
        return str(error.detail)
    return str(error)


def _field_errors(error: Exception) -> list[dict[str, str]]:
    if isinstance(error, NotCompleteYet):
        return [{"field": field, "message": sentence} for field, sentence in error.missing.items()]
    if not isinstance(error, ValidationError):
        return []
    return list(_flatten(error.detail, ""))


def _flatten(detail: Any, path: str) -> list[dict[str, str]]:
    if isinstance(detail, dict):
        pairs = [(f"{path}.{key}" if path else str(key), value) for key, value in detail.items()]
    elif isinstance(detail, list):
        nested = any(isinstance(item, dict | list) for item in detail)
        pairs = [(f"{path}[{n}]" if nested else path, item) for n, item in enumerate(detail)]
    else:
        return [{"field": path, "message": str(detail)}]
    return [row for name, value in pairs for row in _flatten(value, name)]
