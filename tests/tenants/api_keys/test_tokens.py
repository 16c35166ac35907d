"""The form of keys."""

from __future__ import annotations

import re
from zlib import crc32

from tenants.api_keys.tokens import PATTERN, digest_of, is_well_formed, new_secret, shown

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def test_every_key_has_the_form_and_is_another() -> None:
    made = {new_secret() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"octavo_[0-9A-Za-z]{36}", one) for one in made)
    assert all(map(is_well_formed, made))


def test_checksum_is_what_the_docs_say() -> None:
    """CRC-32 of the 30 characters before, in base 62, as others may compute it."""
    secret = new_secret()
    value = 0
    for character in secret[-6:]:
        value = value * 62 + DIGITS.index(character)
    assert value == crc32(secret[len("octavo_") : -6].encode())


def test_mistyped_is_known_as_such() -> None:
    secret = new_secret()
    for place in range(len("octavo_"), len(secret)):
        other = "a" if secret[place] != "a" else "b"
        assert not is_well_formed(secret[:place] + other + secret[place + 1 :])
    assert not is_well_formed(secret + "\n")
    assert not is_well_formed(secret.upper())


def test_a_leak_is_found() -> None:
    secret = new_secret()
    assert PATTERN.findall(f'key = "{secret}"; # do not commit') == [secret]


def test_little_is_shown_and_kept() -> None:
    secret = new_secret()
    assert shown(secret) == secret[:13]
    assert len(digest_of(secret)) == 64
    assert secret[13:] not in digest_of(secret)
