"""Secrets that must be read again, such as keys of outside services, are kept sealed.

Authenticated encryption (Fernet) under `OCTAVO_SEALING_KEYS`: the first key seals, all of them open, so that
keys can be changed one after another. Without that setting the key is derived from `SECRET_KEY`.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(ValueError):
    """The secret was sealed under a key that is no longer known, or was tampered with."""


def seal(secret: str) -> str:
    """Encrypt; the answer is ASCII text for a column."""
    return _fernet(*_keys()).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` gave. Raises `CannotOpen`."""
    try:
        return _fernet(*_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("none of the keys in OCTAVO_SEALING_KEYS opens this secret") from error


def _keys() -> tuple[str, ...]:
    return tuple(settings.OCTAVO_SEALING_KEYS) or (settings.SECRET_KEY,)


@cache
def _fernet(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"octavo sealing")
    return base64.urlsafe_b64encode(derive.derive(key.encode()))
