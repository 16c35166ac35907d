"""Errors as `application/problem+json` (RFC 9457): what happened, where, and what to do."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as Unfit
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from api.asking import UnknownParameters
from api.faults import FAULTS, Fault, fault_of
from api.parsing import TooLarge
from api.request_ids import id_of
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
from storage.places import PlaceFault
from tenants.models import Group, Invitation, Membership, Tier
from tenants.organisations.addresses import AddressTaken
from tenants.organisations.deletion import WrongName
from tenants.organisations.features import NotInPlan
from tenants.people.invitations import CannotInvite
from tenants.people.members import LastOwner, NotAllowed
from tenants.portable.exports.asking import CannotExport, NotThere

CONTENT_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)

# The members' own mistakes that the rooms tell of, and the name of their fault.
_TOLD: dict[type[Exception], str] = {
    LimitReached: "limit-reached",
    NotInPlan: "not-in-plan",
    TextChangedMeanwhile: "changed-meanwhile",
    BadImport: "bad-import",
    TextTooLong: "too-long",
    NotPossibleNow: "not-possible-now",
    AmountChanged: "amount-changed",
    GatewayAway: "gateway-away",
    Refusal: "not-possible-now",
    NotReady: "not-ready",
    CannotExport: "not-possible-now",
    NotThere: "not-ready",
    BadPicture: "bad-picture",
    NotAllowed: "forbidden",
    LastOwner: "last-owner",
}
# What Django and its REST framework raise: the first that fits.
_NAMED: dict[type[Exception], str] = {
    UnknownParameters: "unknown-parameter",
    ValidationError: "invalid",
    ParseError: "malformed",
    Http404: "not-found",
    PermissionDenied: "forbidden",
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


class FilesAway(APIException):
    """The place where files lie does not answer, or does not let us: what it says is in the log."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "unavailable"

    def __init__(self) -> None:
        super().__init__(_("Files cannot be reached at the moment. Nothing was changed; try again later."))


_INSTEAD: dict[type[Exception], type[APIException]] = {
    RequestDataTooBig: TooLarge,
    SuspiciousOperation: ParseError,
    PlaceFault: FilesAway,
}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler; None for what is nobody's mistake but ours."""
    error = _plain(error)
    request_id = id_of(context["request"]._request)
    path = context["request"].path
    for kind, name in _TOLD.items():
        if isinstance(error, kind):
            told = str(error) or _("This is not possible now.")
            return _answer(problem(FAULTS[name], told, request_id=request_id, instance=path))
    response = exception_handler(error, context)
    if response is None:
        return None
    body = problem(_fault(error), _detail(error), request_id=request_id, instance=path)
    if errors := _field_errors(error):
        body["errors"] = errors
    headers = {key: value for key, value in response.items() if key.lower() != "content-type"}
    return _answer(body, headers=headers)


def problem(fault: Fault, detail: str, *, request_id: str, instance: str) -> dict[str, Any]:
    """The body of an answer (RFC 9457), with the id by which we find the request in our logs."""
    return {
        "type": fault.type,
        "title": str(fault.title),
        "status": fault.status,
        "detail": detail,
        "instance": instance,
        "request_id": request_id,
    }


def is_refusal(error: Exception) -> bool:
    """Whether an error says that nothing was done, since the request could not be granted."""
    plain = _plain(error)
    for kind, name in _TOLD.items():
        if isinstance(plain, kind):
            return FAULTS[name].status < status.HTTP_500_INTERNAL_SERVER_ERROR
    if isinstance(plain, APIException):
        return plain.status_code < status.HTTP_500_INTERNAL_SERVER_ERROR
    return isinstance(plain, (Http404, PermissionDenied))


def _plain(error: Exception) -> Exception:
    """What the rooms call it, as Django REST framework does."""
    if isinstance(error, (InvalidBrief, InvalidPublication, InvalidEdition)):
        return ValidationError(error.errors)
    if isinstance(error, (Unfit, CannotInvite, AddressTaken, WrongName)):
        return ValidationError(_unfit(error))
    if isinstance(error, _GONE):
        return Http404()
    if isinstance(error, PlaceFault):
        logger.error("Files cannot be reached", exc_info=error)
    return next((make() for kind, make in _INSTEAD.items() if isinstance(error, kind)), error)


def _unfit(error: Exception) -> dict[str, Any]:
    """What does not fit, by its field; "" for the whole."""
    if isinstance(error, Unfit):
        return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    if isinstance(error, CannotInvite):
        return {"emails": [str(error)]}
    if isinstance(error, AddressTaken):
        return {"slug": [_("Another organisation has this address.")]}
    return {"name": [_("This is not the organisation’s name.")]}


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], headers=dict(headers or {}), content_type=CONTENT_TYPE)


def _fault(error: Exception) -> Fault:
    for kind, name in _NAMED.items():
        if isinstance(error, kind):
            return FAULTS[name]
    if isinstance(error, APIException):
        named = FAULTS.get(str(error.default_code).replace("_", "-"))
        return named or fault_of(error.status_code)
    return fault_of(status.HTTP_500_INTERNAL_SERVER_ERROR)


def _detail(error: Exception) -> str:
    if isinstance(error, UnknownParameters):
        return next(str(told[0]) for told in error.detail.values())  # type: ignore[union-attr, index]
    if isinstance(error, ValidationError):
        return _("Some fields need another look: each says why.")
    if isinstance(error, Http404):
        return _("There is nothing at this address, or it isn’t yours to see.")
    if isinstance(error, APIException):
        return str(error.detail)
    return str(error)


def _field_errors(error: Exception) -> list[dict[str, str]]:
    if isinstance(error, NotCompleteYet):
        missing = error.missing.items()
        return [{"field": field, "code": "required", "message": sentence} for field, sentence in missing]
    if not isinstance(error, ValidationError):
        return []
    return list(_flatten(error.detail, ""))


def _flatten(detail: Any, path: str) -> list[dict[str, str]]:
    if isinstance(detail, dict):
        pairs = [(_inside(path, str(key)), value) for key, value in detail.items()]
    elif isinstance(detail, list):
        nested = any(isinstance(item, dict | list) for item in detail)
        pairs = [(f"{path}[{n}]" if nested else path, item) for n, item in enumerate(detail)]
    else:
        return [{"field": path, "code": str(getattr(detail, "code", "invalid")), "message": str(detail)}]
    return [row for name, value in pairs for row in _flatten(value, name)]


def _inside(path: str, key: str) -> str:
    """The name of a field in another; what is wrong with the whole has none of its own."""
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return path
    return f"{path}.{key}" if path else key
