"""Apple's flow as far as it can be had without Apple: the provider of the tests issues the tokens.

Apple's addresses and its issuer are fixed in allauth, so the last step takes its tokens elsewhere here.
All else is allauth's own: the way there, the form that Apple's page posts, the session between, and the
secret that our key signs.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import jwt
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.urls import path

from config.platform_urls import urlpatterns as real
from tests.conftest import HostClient
from tests.tenants.accounts.provider import Provider


class Adapter(AppleOAuth2Adapter):
    @property
    def issuer(self) -> str:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        return str(app["settings"]["server_url"])

    @property
    def access_token_url(self) -> str:
        return f"{self.issuer}/oauth2/token"

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        token = SocialToken(token=data["access_token"])
        key = jwt.PyJWK(httpx.get(f"{self.issuer}/jwks").json()["keys"][0], "RS256").key
        audience = self.get_provider().get_auds()
        identity = jwt.decode(data["id_token"], key, ["RS256"], audience=audience, issuer=self.issuer)
        token.user_data = {**data, **identity}
        return token


urlpatterns = [
    path("accounts/apple/login/callback/finish/", OAuth2CallbackView.adapter_view(Adapter)),
    *real,
]


def consent(provider: Provider, asked: str, sub: str) -> dict[str, str]:
    """What Apple's page posts to us when `sub` agrees; ours has neither its forms nor its scopes."""
    query = dict(parse_qsl(urlsplit(asked).query))
    query |= {"response_type": "code", "scope": "openid email"}
    back = provider.consent(f"{provider.address}/oauth2/authorize?{urlencode(query)}", sub)
    return dict(parse_qsl(urlsplit(back).query))


def post(client: HostClient, form: dict[str, str]) -> Any:
    """The form arrives from another site, hence without our cookies; what it sets comes along later."""
    answer = HostClient().post("/accounts/apple/login/callback/", form)
    assert answer.status_code == 302
    client.cookies.update(answer.cookies)
    there = urlsplit(answer["Location"])
    return client.get(f"{there.path}?{there.query}")
