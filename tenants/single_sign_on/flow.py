"""The code flow with an organisation's provider: allauth's, with guarded requests and a closer look at the
answers, since the provider may be anybody's."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse

from tenants.single_sign_on.discovery import discover
from tenants.single_sign_on.fetching import Answer, Unreachable, fetch
from tenants.single_sign_on.problems import Problem

_NOT_THIS_CLIENT = {"invalid_client", "unauthorized_client"}  # RFC 6749, section 5.2
_LONGEST = 191  # characters of what the provider knows somebody by: allauth's column


def callback_url(organisation_id: object) -> str:
    """What the organisation registers with its provider: where it sends people back to."""
    path = reverse("organisation_callback", urlconf=settings.PLATFORM_URLCONF, args=[organisation_id])
    return f"{settings.PUBLIC_URL}{path}"


def nonce_for(code_verifier: str) -> str:
    """What the ID token has to repeat, so that it is of the sign-in that this browser began (Core 1.0,
    section 3.1.2.1): made of what is kept for PKCE, which providers may ignore."""
    return hashlib.sha256(f"nonce:{code_verifier}".encode()).hexdigest()


class OrganisationOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    @property
    def openid_config(self) -> dict[str, Any]:
        return discover(self.get_provider().app.settings["server_url"])

    def get_callback_url(self, request: Any, app: Any) -> str:
        return callback_url(app.provider_id)

    def get_access_token_data(
        self, request: Any, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Exchange the code for tokens, among them the one that says who it is."""
        asked = {
            "grant_type": "authorization_code",
            "code": request.GET.get("code", ""),
            "redirect_uri": client.callback_url,
            "code_verifier": pkce_code_verifier or "",
        }
        answer = _asked("POST", self.access_token_url, **self._with_credentials(app, asked))
        if answer.status == 401 or answer.data.get("error") in _NOT_THIS_CLIENT:
            raise Problem("client")
        if not all(isinstance(answer.data.get(name), str) for name in ("access_token", "id_token")):
            raise Problem("answer")
        self.did_fetch_access_token = True
        self._nonce = nonce_for(pkce_code_verifier or "")
        return {name: answer.data[name] for name in ("access_token", "id_token")}

    def complete_login(
        self, request: Any, app: Any, token: SocialToken, *, response: dict[str, Any], **more: Any
    ) -> SocialLogin:
        claims = self._identity(app, response["id_token"])
        claims |= self._more(claims, response["access_token"])
        return self.get_provider().sociallogin_from_response(request, {"userinfo": claims})

    def _with_credentials(self, app: Any, asked: dict[str, str]) -> dict[str, Any]:
        """The secret in the way that the provider wants it; where it says nothing, in the header
        (OpenID Connect Core 1.0, section 9; encoded as RFC 6749, section 2.3.1, has it)."""
        methods = self.openid_config.get("token_endpoint_auth_methods_supported") or []
        if "client_secret_post" in methods and "client_secret_basic" not in methods:
            return {"data": {**asked, "client_id": app.client_id, "client_secret": app.secret}}
        return {"data": asked, "auth": (quote(app.client_id, safe=""), quote(app.secret, safe=""))}

    def _identity(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims of the ID token: of this issuer, for this client, and not over. It came from the
        provider itself over TLS, so that its signature need not be looked at (Core 1.0, section 3.1.3.7)."""
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url="",
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=None,
                verify_signature=False,
            )
        except (OAuth2Error, ValueError, TypeError) as error:
            raise Problem("answer") from error
        if claims.get("nonce") != self._nonce or "exp" not in claims:
            raise Problem("answer")
        if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= _LONGEST:
            raise Problem("answer")
        return claims

    def _more(self, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
        """What the user info endpoint tells where the ID token says too little of the address; of the same
        person, or nothing is believed (Core 1.0, section 5.3.2)."""
        endpoint = self.openid_config.get("userinfo_endpoint")
        if {"email", "email_verified"} <= claims.keys() or not isinstance(endpoint, str):
            return {}
        told = _asked("GET", endpoint, headers={"Authorization": f"Bearer {access_token}"})
        if told.status != 200 or told.data.get("sub") != claims["sub"]:
            raise Problem("answer")
        return told.data


def _asked(method: str, url: str, **asked: Any) -> Answer:
    try:
        return fetch(method, url, **asked)
    except Unreachable as error:
        raise Problem("unreachable") from error
