"""An authenticator app."""

import base64
import hmac
import re
import struct
import time
from dataclasses import dataclass

import pytest

from tests.conftest import HostClient
from tests.factories.tenants import PASSWORD, UserFactory


@dataclass
class App:
    """What somebody has on their telephone (RFC 6238: SHA-1, six digits, 30 seconds)."""

    secret: str

    def code(self) -> str:
        counter = struct.pack(">Q", int(time.time()) // 30)
        digest = hmac.digest(base64.b32decode(self.secret), counter, "sha1")
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


def sign_in(client: HostClient, email: str, password: str = PASSWORD):
    """By the form, as people do."""
    return client.post("/accounts/login/", {"login": email, "password": password})


@pytest.fixture
def ada(db):
    return UserFactory(name="Ada", email="ada@people.example")


@pytest.fixture
def at_platform(platform_client, ada):
    """Ada's browser on the platform's host, where she has just shown once more that it is she."""
    sign_in(platform_client, ada.email)
    platform_client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return platform_client


@pytest.fixture
def app(at_platform):
    """Ada's app, which she has just put to use, code and all."""
    page = at_platform.get("/accounts/2fa/totp/activate/").content.decode()
    app = App(re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)[1])
    answer = at_platform.post("/accounts/2fa/totp/activate/", {"code": app.code()})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    return app
