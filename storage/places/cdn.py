"""Links to a delivery network that stands before a place: public, or signed for a while."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote


def link(settings: tuple[str, ...], key: str, *, seconds: int) -> str:
    """`settings` are those of `config.file_places`: base address, kind of signature, name of the key, key."""
    base, kind, *rest = settings
    signers: dict[str, Callable[..., str]] = {
        "public": lambda address: address,
        "cloudfront": lambda address: _by_cloudfront(address, *rest, seconds=seconds),
        "google": lambda address: _by_google(address, *rest, seconds=seconds),
    }
    return signers[kind](f"{base}/{quote(key)}")


def _by_cloudfront(address: str, key_id: str, key_file: str, *, seconds: int) -> str:
    """A canned policy: docs.aws.amazon.com, "Create a signed URL using a canned policy"."""
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    signed: str = _cloudfront(key_id, key_file).generate_presigned_url(address, date_less_than=until)
    return signed


@lru_cache
def _cloudfront(key_id: str, key_file: str) -> Any:
    from storages.backends.s3 import _cloud_front_signer_from_pem

    return _cloud_front_signer_from_pem(key_id, Path(key_file).read_bytes())


def _by_google(address: str, key_name: str, key: str, *, seconds: int) -> str:
    """HMAC-SHA1 over the address: cloud.google.com/cdn/docs/using-signed-urls."""
    asked = f"{address}?Expires={int(time.time()) + seconds}&KeyName={quote(key_name)}"
    digest = hmac.new(base64.urlsafe_b64decode(key), asked.encode(), hashlib.sha1).digest()
    return f"{asked}&Signature={base64.urlsafe_b64encode(digest).decode()}"
