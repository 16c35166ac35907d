"""An organisation's own provider, as allauth knows providers.

It has no row among allauth's apps, so that no page of the platform offers it: it is looked up by the id of
its organisation, which is also what accounts that come by it are filed under (`SocialAccount.provider`).
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.db.models import QuerySet

from tenants.models import OrganisationStatus, SingleSignOn
from tenants.sealing import CannotOpen, unseal
from tenants.single_sign_on.flow import OrganisationOAuth2Adapter, nonce_for

logger = logging.getLogger(__name__)


class OrganisationProvider(OpenIDConnectProvider):
    id = "organisation"
    name = "An organisation’s own"
    package = "tenants.single_sign_on"
    oauth2_adapter_class = OrganisationOAuth2Adapter
    supports_token_authentication = False

    @property
    def single_sign_on(self) -> SingleSignOn:
        found: SingleSignOn = self.app.single_sign_on
        return found

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_for(params["code_verifier"])}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """The address, verified only where the provider says so in so many words."""
        addresses: list[Any] = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = _is_verified(data["userinfo"])
        return addresses

    def serialize(self) -> dict[str, Any]:
        return {**super().serialize(), "id": self.app.provider_id}


def app_of(provider: str | None) -> SocialApp | None:
    """allauth's app for the id of an organisation that has a provider of its own and is open."""
    single_sign_on = single_sign_on_of(provider)
    if single_sign_on is None:
        return None
    app = SocialApp(
        provider=OrganisationProvider.id,
        provider_id=str(single_sign_on.organisation_id),
        name=single_sign_on.name,
        client_id=single_sign_on.client_id,
        secret=_secret(single_sign_on),
        settings={"server_url": single_sign_on.issuer, "oauth_pkce_enabled": True},
    )
    app.single_sign_on = single_sign_on
    return app


def single_sign_on_of(organisation_id: object) -> SingleSignOn | None:
    """What signs people of an open organisation in, with the organisation; None where nothing does."""
    try:
        pk = UUID(str(organisation_id))
    except ValueError:
        return None
    found = SingleSignOn.objects.select_related("organisation").filter(organisation_id=pk)
    return found.filter(organisation__status=OrganisationStatus.ACTIVE).first()


def _secret(single_sign_on: SingleSignOn) -> str:
    """Empty, which the provider refuses, where the key that sealed it is known no longer."""
    try:
        return unseal(single_sign_on.sealed_secret)
    except CannotOpen:
        logger.exception("secret not opened", extra={"sealed_for": str(single_sign_on.organisation_id)})
        return ""


def identities_of(organisation_id: UUID) -> QuerySet[SocialAccount]:
    """What the organisation's provider knows people by, connected to their accounts here."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(provider=str(organisation_id))
    return found


def _is_verified(claims: dict[str, Any]) -> bool:
    """By the standard claim (OpenID Connect Core 1.0, section 5.1), which some send as a word. Microsoft's
    Entra ID sends none, but on request `xms_edov`: the address is under a domain that the tenant verified."""
    said = claims.get("email_verified", claims.get("xms_edov"))
    return said is True or str(said).lower() in ("true", "1")


provider_classes = [OrganisationProvider]
