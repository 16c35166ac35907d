"""An OpenID provider on loopback, and the part of a browser that goes there and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from django.conf import settings
from oidc_provider_mock import run_server_in_thread

from tests.conftest import HostClient


@dataclass
class Provider:
    """`address` is the provider's issuer."""

    address: str

    def knows(self, sub: str, **claims: Any) -> None:
        """Somebody has an account there."""
        httpx.put(f"{self.address}/users/{sub}", json=claims).raise_for_status()

    def consent(self, address: str, sub: str) -> str:
        """What the browser is sent back to when `sub` agrees."""
        return self._answer(address, {"sub": sub})

    def refuse(self, address: str) -> str:
        """The same when whoever sits there does not. This provider forgets the state, others do not."""
        state = urlencode({"state": parse_qs(urlsplit(address).query)["state"][0]})
        back = self._answer(address, {"action": "deny"})
        return f"{back}{'&' if '?' in back else '?'}{state}"

    def _answer(self, address: str, form: dict[str, str]) -> str:
        assert address.startswith(self.address), address
        answer = httpx.post(address, data=form)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["location"])
        return f"{back.path}?{back.query}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """At the address that the tests' settings give to every provider."""
    address: str = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"]
    with run_server_in_thread(port=urlsplit(address).port or 0):
        yield Provider(address)


def begin(client: HostClient, at: str, **asked: str) -> str:
    """Where the browser is sent when the provider's button is pressed."""
    answer = client.post(f"/accounts/{at}/login/?{urlencode(asked)}")
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])
