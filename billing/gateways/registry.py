"""Which gateway the platform is paid by: the account from the console, else the environment's, else none.

Where the launcher runs the sandbox (`PAYSTACK_SANDBOX`), it stands in for the missing account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from django.conf import settings

from billing.gateways.contract import Gateway, NotConfigured
from billing.gateways.paystack.gateway import Paystack
from billing.models import GatewayAccount
from tenants.sealing import CannotOpen, unseal

Mode = Literal["live", "test", "sandbox", "none"]
PAYSTACK: Final = Paystack.name


@dataclass(frozen=True, slots=True)
class Account:
    """Where the key is from, and what it opens."""

    gateway: str
    source: Literal["console", "environment", "sandbox"]
    base_url: str
    secret_key: str = field(repr=False)


def gateway() -> Gateway:
    """Raises `NotConfigured`, also where the console's key cannot be opened any more."""
    account = account_or_none()
    if account is None:
        raise NotConfigured("there is no account with a gateway")
    return open_account(account)


def gateway_named(name: str) -> Gateway:
    """The gateway that a message is addressed to. Raises `NotConfigured`."""
    found = gateway()
    if found.name != name:
        raise NotConfigured(f"there is no account with {name}")
    return found


def open_account(account: Account) -> Gateway:
    """A second gateway is another line here."""
    makers = {PAYSTACK: Paystack}
    return makers[account.gateway](secret_key=account.secret_key, base_url=account.base_url)


def mode() -> Mode:
    """Whether money moves; for pages to say."""
    if (kept := kept_account()) is not None:
        return "test" if kept.test_mode else "live"
    account = environment_account()
    if account is None:
        return "none"
    if account.source == "sandbox":
        return "sandbox"
    return "test" if open_account(account).test_mode else "live"


def account_or_none() -> Account | None:
    """Raises `NotConfigured` where the console's key was sealed by a key that is gone: no other one is used
    in its place.
    """
    kept = kept_account()
    if kept is None:
        return environment_account()
    try:
        return Account(PAYSTACK, "console", settings.PAYSTACK_BASE_URL, unseal(kept.sealed_key))
    except CannotOpen as error:
        raise NotConfigured("the key from the console cannot be opened") from error


def kept_account() -> GatewayAccount | None:
    """What the console has set."""
    return GatewayAccount.objects.select_related("changed_by").filter(pk=PAYSTACK).first()


def environment_account() -> Account | None:
    """What the environment says, whatever the console does."""
    if settings.PAYSTACK_SECRET_KEY:
        return Account(PAYSTACK, "environment", settings.PAYSTACK_BASE_URL, settings.PAYSTACK_SECRET_KEY)
    if settings.PAYSTACK_SANDBOX:
        return Account(PAYSTACK, "sandbox", settings.PAYSTACK_SANDBOX_URL, settings.PAYSTACK_SANDBOX_KEY)
    return None
