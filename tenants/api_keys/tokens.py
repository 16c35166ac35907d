"""The form of keys: `octavo_`, 30 random characters, and 6 that check them.

Programs that look for leaked secrets recognise it, and most mistyped or invented keys are known as such
without a look into the database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from typing import Final
from zlib import crc32

PREFIX: Final = "octavo_"
SHOWN: Final = len(PREFIX) + 6  # characters of a key that people may see
PATTERN: Final = re.compile(r"octavo_[0-9A-Za-z]{36}")  # for those who look for leaks
_RANDOM: Final = 30
_CHECKING: Final = 6  # 62 to the 6th is more than 2 to the 32nd
_DIGITS: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_secret() -> str:
    """A key of 178 random bits."""
    drawn = "".join(secrets.choice(_DIGITS) for _ in range(_RANDOM))
    return f"{PREFIX}{drawn}{_checking(drawn)}"


def is_well_formed(secret: str) -> bool:
    if not PATTERN.fullmatch(secret):
        return False
    drawn = secret[len(PREFIX) :]
    return _checking(drawn[:_RANDOM]) == drawn[_RANDOM:]


def digest_of(secret: str) -> str:
    """What is kept of a key. It is random enough that a plain digest cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def shown(secret: str) -> str:
    """Its beginning, by which people tell keys apart."""
    return secret[:SHOWN]


def _checking(drawn: str) -> str:
    """CRC-32 in base 62, padded with zeros."""
    rest, found = crc32(drawn.encode()), ""
    for _ in range(_CHECKING):
        rest, digit = divmod(rest, 62)
        found = _DIGITS[digit] + found
    return found
