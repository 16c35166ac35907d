"""Addresses that members type are asked by this server: only those of the internet."""

import pytest

from tenants.single_sign_on.discovery import discover
from tenants.single_sign_on.fetching import Unreachable, fetch
from tenants.single_sign_on.problems import Problem


@pytest.fixture
def strict(settings):
    settings.OCTAVO_PRIVATE_ADDRESSES = False


@pytest.mark.parametrize(
    "url",
    [
        "http://id.example/", "file:///etc/passwd", "ftp://id.example/", "//id.example", "id.example",
        "https://user:secret@id.example/", "https://", "https://id.example:x/", "gopher://id.example/", "",
    ],
)  # fmt: skip
def test_only_https_is_asked(strict, url):
    with pytest.raises(Unreachable):
        fetch("GET", url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_not_asked(strict, provider, host, monkeypatch):
    """Not even over the scheme that it speaks, by whatever name."""
    monkeypatch.setattr("tenants.outgoing.may_ask", lambda url: True)
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
