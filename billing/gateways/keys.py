"""The platform's account with a gateway, as super-admins set it in the console."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from billing import clock
from billing.gateways.contract import GatewayRefused, GatewayUnavailable, KeyRefused, NotConfigured
from billing.gateways.registry import PAYSTACK, Account, account_or_none, open_account
from billing.models import GatewayAccount
from insights import record
from insights.actions import Action
from tenants.accounts.models import User
from tenants.sealing import seal

KEY: Final = re.compile(r"sk_(test|live)_[A-Za-z0-9]{8,200}")


class BadKey(ValueError):
    """The key cannot be used; the text says why, to whoever typed it."""


def set_key(*, secret_key: str, by: User) -> GatewayAccount:
    """Try a key, then keep it sealed; from now on it is the one that is used. Raises `BadKey`."""
    if not KEY.fullmatch(secret_key):
        raise BadKey(_("A secret key of Paystack begins with sk_test_ or sk_live_."))
    test_mode = try_key(Account(PAYSTACK, "console", settings.PAYSTACK_BASE_URL, secret_key))
    fields = {
        "sealed_key": seal(secret_key),
        "key_hint": hint(secret_key),
        "test_mode": test_mode,
        "changed_by": by,
    }
    if settings.PAYSTACK_SANDBOX:
        clock.set_ahead(timedelta())  # from now on it is about money
    with transaction.atomic():
        account, _made = GatewayAccount.objects.update_or_create(gateway=PAYSTACK, defaults=fields)
        details = {"hint": account.key_hint, "test_mode": test_mode}
        record(Action.GATEWAY_KEY_SET, actor=by, resource=account, details=details)
    return account


def test_key() -> None:
    """Ask the gateway for something harmless with the key in use. Raises `BadKey`."""
    try:
        account = account_or_none()
    except NotConfigured:
        raise BadKey(_("The key cannot be opened any more: enter it anew.")) from None
    if account is None:
        raise BadKey(_("There is no key to try."))
    try_key(account)


def forget_key(*, by: User) -> bool:
    """Forget the console's key; the environment's takes its place, if there is one."""
    with transaction.atomic():
        account = GatewayAccount.objects.filter(pk=PAYSTACK).first()
        if account is None:
            return False
        details = {"hint": account.key_hint, "test_mode": account.test_mode}
        record(Action.GATEWAY_KEY_FORGOTTEN, actor=by, resource=account, details=details)
        account.delete()
    return True


def try_key(account: Account) -> bool:
    """Whether it is a key of test mode. Raises `BadKey`."""
    gateway = open_account(account)
    try:
        gateway.check_key()
    except (KeyRefused, GatewayRefused):
        raise BadKey(_("Paystack does not know this key.")) from None
    except GatewayUnavailable:
        raise BadKey(_("Paystack does not answer. Try again in a minute.")) from None
    return gateway.test_mode


def hint(secret_key: str) -> str:
    """Enough to recognise a key by: "sk_test_…3f9a"."""
    beginning = "_".join(secret_key.split("_")[:2])
    return f"{beginning}_…{secret_key[-4:]}"[:20]
