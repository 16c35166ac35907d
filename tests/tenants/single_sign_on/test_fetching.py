"""Addresses that members type are asked by this server: only those of the internet."""

import pytest

from tenants.single_sign_on.discovery import discover
from tenants.single_sign_on.fetching import Unreachable, fetch, is_public, may_ask
from tenants.single_sign_on.problems import Problem


@pytest.fixture
def strict(settings):
    settings.OCTAVO_PRIVATE_PROVIDERS = False


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:53aa:64c:0:fbff:f5ff:fffe", "ff02::1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_ones_too(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example/", "file:///etc/passwd", "ftp://id.example/", "//id.example", "id.example",
        "https://user:secret@id.example/", "https://", "https://id.example:x/", "gopher://id.example/", "",
    ],
)  # fmt: skip
def test_only_https_is_asked(strict, url):
    assert not may_ask(url)
    with pytest.raises(Unreachable):
        fetch("GET", url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_asked(strict, provider, host, monkeypatch):
    """Not even over the scheme that it speaks, by whatever name."""
    monkeypatch.setattr("tenants.single_sign_on.fetching.may_ask", lambda url: True)
    port = provider.address.rpartition(":")[2]
    with pytest.raises(Unreachable):
        fetch("GET", f"http://{host}:{port}/jwks")
    assert provider.asked == []


def test_it_is_where_the_setting_says_so(provider):
    assert fetch("GET", f"{provider.address}/jwks").data["keys"]


def test_redirects_are_not_followed(provider):
    provider.lies["/jwks"] = lambda said: (302, "")
    answer = fetch("GET", f"{provider.address}/jwks")
    assert (answer.status, answer.data) == (302, {})
    assert provider.asked == ["/jwks"]


def test_proxies_of_the_environment_are_not_asked(provider, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    assert fetch("GET", f"{provider.address}/jwks").status == 200


def test_what_is_refused_is_told_like_what_is_away(strict, db):
    """So that the sentence does not tell what answers within our network."""
    told = set()
    for issuer in (
        "https://localhost:1",
        "https://127.0.0.1",
        "http://id.example",
        "https://nowhere.invalid",
    ):
        with pytest.raises(Problem) as raised:
            discover(issuer)
        told.add(raised.value.code)
    assert told == {"unreachable"}


def test_a_description_is_kept_for_a_while(provider, db):
    for _time in range(2):
        discover(provider.address)
    assert len(provider.asked) == 1
    discover(f"{provider.address}/", anew=True)
    assert len(provider.asked) == 2
