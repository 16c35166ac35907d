"""Writes that may be sent again: the same key and body get the same answer, and nothing is done twice.

The header is the one of draft-ietf-httpapi-idempotency-key-header. An answer is kept in the transaction that
changes what was asked for, so that there are both or neither. Where an outside service is asked, which no
transaction takes back, the key is claimed first, and an outcome that nobody knows stays unknown: see
docs/decisions/023.
"""

from __future__ import annotations

import re
import zlib
from base64 import b85decode, b85encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from api import turns
from api.models import KeptAnswer
from api.permissions import membership
from api.requests import digest_of
from tenants.sealing import seal, unseal

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT: Final = timedelta(hours=24)
LONGEST_DOING: Final = timedelta(seconds=60)  # then whoever asked an outside service is taken for dead
KEPT_HEADERS: Final = ("Content-Type", "Content-Language", "ETag", "Location", "Retry-After")
LONGEST: Final = 255  # characters, with quotation marks where there are any
_KEY = re.compile(r"[\x21-\x7e]+")
_AGAIN_IN = 1  # seconds

Answer = Callable[[], HttpResponseBase]


class BadKey(APIException):
    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "bad-idempotency-key"

    def __init__(self) -> None:
        super().__init__(_("An idempotency key has 1 to 255 visible ASCII characters."))


class KeyReused(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__(_("This key came with another request before. Use a new key for each."))


class KeyInUse(APIException):
    """`wait`: seconds, for Retry-After."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency-key-in-use"
    wait = _AGAIN_IN

    def __init__(self) -> None:
        super().__init__(_("The first request with this key is still being answered. Send it again shortly."))


class OutcomeUnknown(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "outcome-unknown"

    def __init__(self, look_at: str) -> None:
        words = _("Nobody knows what the first request with this key has done. Look at %(address)s.")
        super().__init__(words % {"address": look_at})


@dataclass(frozen=True, slots=True)
class Asked:
    """A write with its key; `caller` is the API key's id, or the user's."""

    organisation_id: UUID
    caller: UUID
    key: str
    digest: str

    @property
    def number(self) -> int:
        return turns.number_of("idempotency", self.organisation_id, self.caller, self.key)

    def find(self) -> KeptAnswer | None:
        """Its answer, or claim, that is not too old. Raises `KeyReused`."""
        mine = KeptAnswer.objects.filter(
            organisation_id=self.organisation_id, caller=self.caller, key=self.key
        )
        found = mine.first()
        if found is not None and found.created_at < timezone.now() - KEPT:
            mine.delete()
            return None
        if found is not None and found.digest != self.digest:
            raise KeyReused
        return found

    def row(self, **fields: object) -> KeptAnswer:
        return KeptAnswer(
            organisation_id=self.organisation_id,
            caller=self.caller,
            key=self.key,
            digest=self.digest,
            **fields,
        )


def asked_of(request: Request) -> Asked | None:
    """What a write asks for, where it has a key. Raises `BadKey`, and what parsing its body raises."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    key = given.strip().removeprefix('"').removesuffix('"')  # the draft's string, or the word itself
    if len(given) > LONGEST or not _KEY.fullmatch(key):
        raise BadKey
    by = membership(request)
    api_key = getattr(request._request, "api_key", None)
    caller = by.user_id if api_key is None else api_key.id
    return Asked(by.organisation_id, caller, key, digest_of(request))


def once(asked: Asked, answer: Answer) -> HttpResponseBase:
    """The kept answer, or else `answer`'s, which is kept with whatever it changes.

    What `answer` raises takes back what it did, and nothing is kept. Raises `KeyInUse` and `KeyReused`.
    """
    try:
        with turns.turn(asked.number):
            for _look in turns.pauses():
                with transaction.atomic():
                    if turns.locked(asked.number):
                        return _kept_or_new(asked, answer)
    except turns.StillWaiting:
        pass
    raise KeyInUse


def once_outside(
    asked: Asked, answer: Answer, *, look_at: str, is_refusal: Callable[[Exception], bool]
) -> HttpResponseBase:
    """The same for what asks an outside service, with a claim that is committed before.

    `is_refusal` tells errors that were raised before anything was asked for: then the key is free again.
    Raises `OutcomeUnknown` where another may have been asked and nobody has heard what came of it.
    """
    claim = _claim(asked, look_at)
    if claim.state == KeptAnswer.State.DONE:
        return _told_again(claim)
    mine = KeptAnswer.objects.filter(pk=claim.pk)
    try:
        response = answer()
    except Exception as error:
        if is_refusal(error):
            mine.delete()
        else:
            mine.update(state=KeptAnswer.State.UNKNOWN)
        raise
    mine.update(state=KeptAnswer.State.DONE, **_content(response))
    return response


def forget_old() -> int:
    """Forget answers that are kept no longer; answers how many."""
    return KeptAnswer.objects.filter(created_at__lt=Now() - KEPT).delete()[0]


def _kept_or_new(asked: Asked, answer: Answer) -> HttpResponseBase:
    found = asked.find()
    if found is not None:
        return _told_again(found)
    response = answer()
    if status.is_success(response.status_code):
        asked.row(**_content(response)).save(force_insert=True)
    return response


def _claim(asked: Asked, look_at: str) -> KeptAnswer:
    """A claim of one's own, or the answer that is kept."""
    try:
        with turns.turn(asked.number):
            for _look in turns.pauses():
                with transaction.atomic():
                    if turns.locked(asked.number) and (found := _mine_or_done(asked, look_at)):
                        return found
    except turns.StillWaiting:
        pass
    raise KeyInUse


def _mine_or_done(asked: Asked, look_at: str) -> KeptAnswer | None:
    """None while another is at it."""
    found = asked.find()
    if found is None:
        mine = asked.row(state=KeptAnswer.State.DOING)
        mine.save(force_insert=True)
        return mine
    if found.state == KeptAnswer.State.DONE:
        return found
    if found.state == KeptAnswer.State.UNKNOWN or found.created_at < timezone.now() - LONGEST_DOING:
        raise OutcomeUnknown(look_at)
    return None


def _content(response: HttpResponseBase) -> dict[str, object]:
    if not isinstance(response, HttpResponse):
        raise TypeError("an answer that streams cannot be kept")
    return {
        "status": response.status_code,
        "headers": {name: response[name] for name in KEPT_HEADERS if name in response},
        "body": seal(b85encode(zlib.compress(response.content, 1)).decode()),
    }


def _told_again(kept: KeptAnswer) -> HttpResponse:
    body = zlib.decompress(b85decode(unseal(kept.body)))
    return HttpResponse(body, status=kept.status, headers={**kept.headers, REPLAYED: "true"})
