"""Links to a delivery network, checked as the networks check them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from storage.places import About, cdn
from storage.places.s3 import S3

BASE = "https://cdn.example"
BOOK = About("b.pdf", "application/pdf", 1, "")


def test_public_paths_are_the_keys() -> None:
    assert cdn.link((BASE, "public"), "t_a/0f/b c.pdf", seconds=300) == f"{BASE}/t_a/0f/b%20c.pdf"


def test_cloudfront_finds_its_signature(tmp_path: Path) -> None:
    """A canned policy, RSA with SHA-1, and base64 with `-_~` for `+=/`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = tmp_path / "key.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    link = cdn.link((BASE, "cloudfront", "K2", str(pem)), "t_a/0f/b.pdf", seconds=300)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert asked["Key-Pair-Id"] == "K2"
    assert 290 < int(asked["Expires"]) - time.time() < 301
    policy = (
        f'{{"Statement":[{{"Resource":"{BASE}/t_a/0f/b.pdf",'
        f'"Condition":{{"DateLessThan":{{"AWS:EpochTime":{asked["Expires"]}}}}}}}]}}'
    )
    signature = base64.b64decode(asked["Signature"].translate(str.maketrans("-_~", "+=/")))
    key.public_key().verify(signature, policy.encode(), padding.PKCS1v15(), hashes.SHA1())


def test_google_finds_its_signature() -> None:
    secret = bytes(range(16))
    key = base64.urlsafe_b64encode(secret).decode()
    link = cdn.link((BASE, "google", "first", key), "t_a/0f/b.pdf", seconds=300)
    signed, _sign, signature = link.partition("&Signature=")
    expected = hmac.new(secret, signed.encode(), hashlib.sha1).digest()
    assert base64.urlsafe_b64decode(signature) == expected
    assert parse_qs(urlsplit(signed).query)["KeyName"] == ["first"]


@pytest.mark.parametrize("attached", [True, False])
def test_place_with_a_network_before_it_links_to_that(attached: bool) -> None:
    place = S3(bucket_name="b", access_key="k", secret_key="s", cdn=(BASE, "public"))
    assert place.link("t_a/b.pdf", BOOK, attached=attached, seconds=300) == f"{BASE}/t_a/b.pdf"
