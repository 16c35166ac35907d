"""Secrets that are kept to be read again."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.sealing import CannotOpen, seal, unseal


def test_seal_hides_and_unseal_gives_back() -> None:
    sealed = seal("sk_test_Kestrel")
    assert "Kestrel" not in sealed
    assert unseal(sealed) == "sk_test_Kestrel"
    assert seal("sk_test_Kestrel") != sealed


def test_changed_keys_open_what_the_old_one_sealed(settings: Any) -> None:
    settings.OCTAVO_SEALING_KEYS = ["old"]
    sealed = seal("secret")
    settings.OCTAVO_SEALING_KEYS = ["new", "old"]
    assert unseal(sealed) == "secret"
    settings.OCTAVO_SEALING_KEYS = ["new"]
    with pytest.raises(CannotOpen, match="OCTAVO_SEALING_KEYS"):
        unseal(sealed)


def test_tampered_secret_is_refused() -> None:
    sealed = seal("secret")
    with pytest.raises(CannotOpen):
        unseal(sealed[:-2] + ("A" if sealed[-2] != "A" else "B") + sealed[-1])
