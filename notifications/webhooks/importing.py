"""Endpoints of an organisation that was imported: a receiver of `organisation_imported`."""

from __future__ import annotations

from typing import Any

from notifications.webhooks.models import Endpoint
from notifications.webhooks.signing import new_secret
from tenants.models import Organisation
from tenants.sealing import seal


def give_secrets(*, organisation: Organisation, **signal: Any) -> None:
    """New ones, since secrets do not travel. They are paused until a member has told the receiver."""
    for endpoint in Endpoint.objects.filter(organisation=organisation, secret=""):
        Endpoint.objects.filter(pk=endpoint.pk).update(secret=seal(new_secret()))
