"""Keys, and clients that bring them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tenants.api_keys.issuing import Issued, Wanted, issue
from tenants.api_keys.models import ApiKey, LoggedRequest
from tenants.api_keys.scopes import SCOPES
from tenants.api_keys.tokens import digest_of, new_secret, shown
from tenants.models import Membership, Organisation
from tests.conftest import HostClient


def make_key(membership: Membership, *scopes: str, **fields: Any) -> Issued:
    """A key of anybody's, whatever they may make; with all scopes where none are given."""
    secret = new_secret()
    key = ApiKey.objects.create(
        organisation_id=membership.organisation_id,
        membership=membership,
        name=fields.pop("name", "Robot"),
        prefix=shown(secret),
        digest=digest_of(secret),
        scopes=list(scopes or SCOPES),
        created_by_id=membership.user_id,
        **fields,
    )
    return Issued(key, secret)


def issue_key(membership: Membership, *scopes: str, **fields: Any) -> Issued:
    """As people make them."""
    return issue(wanted=Wanted(fields.pop("name", "Robot"), scopes or SCOPES, **fields), by=membership)


def log_request(key: ApiKey, **fields: Any) -> LoggedRequest:
    given = {
        "method": "GET",
        "path": "/api/v1/books/",
        "status": 200,
        "milliseconds": 12,
        "request_id": "req_1",
        "address": "203.0.113.7",
        "at": timezone.now(),
        **fields,
    }
    return LoggedRequest.objects.create(organisation_id=key.organisation_id, key=key, **given)


class KeyClient(HostClient):
    """A program that brings a key, to the platform's host or to an organisation's own."""

    def __init__(self, secret: str, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(organisation, headers={"authorization": f"Bearer {secret}"}, **kwargs)
