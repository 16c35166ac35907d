"""What people type where a domain is asked for."""

from __future__ import annotations

import pytest

from tenants.domains.names import BadDomain, in_ascii, is_apex, name_from, shown


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("acme.com", "acme.com"),
        ("  ACME.Com. ", "acme.com"),
        ("https://www.acme.com/about?of=us#top", "www.acme.com"),
        ("//acme.com/", "acme.com"),
        ("http://ada:secret@acme.com:8080/@home", "acme.com"),
        ("ada@acme.com", "acme.com"),
        ("mailto:ada@acme.com", "acme.com"),
        ("books.acme.co.uk", "books.acme.co.uk"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("ａｃｍｅ。com", "acme.com"),  # in full width, as Japanese keyboards write
        ("straße.de", "xn--strae-oqa.de"),
    ],
)
def test_a_domain_is_found_in_what_is_typed(typed: str, name: str) -> None:
    assert name_from(typed) == name


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter a domain"),
        ("  ", "Enter a domain"),
        ("https://", "Enter a domain"),
        ("192.0.2.7", "This is a number"),
        ("http://[2001:db8::1]/", "This is a number"),
        ("[2001:db8::1]", "This is a number"),
        ("2130706433", "This is a number"),
        ("acme", "not one of the public internet"),
        ("localhost", "not one of the public internet"),
        ("acme.localhost", "not one of the public internet"),
        ("printer.local", "not one of the public internet"),
        ("*.acme.com", "is not a domain"),
        ("acme..com", "is not a domain"),
        (".acme.com", "is not a domain"),
        ("_octavo.acme.com", "is not a domain"),
        ("-acme.com", "is not a domain"),
        ("acme.com, globex.com", "is not a domain"),
        ("acme\x00.com", "is not a domain"),
        ("xn--a.com", "is not a domain"),
        (f"{'a' * 64}.com", "is not a domain"),
        (".".join(["a" * 50] * 6), "is not a domain"),
        (".".join(["a" * 49] * 5), "too long"),
        ("a" * 100_000, "too long"),
        ("co.uk", "co.uk is shared by many"),
        ("github.io", "github.io is shared by many"),
        ("com", "not one of the public internet"),
        ("gmail.com", "Everybody can have an address at gmail.com"),
        ("Ada@Orange.fr", "Everybody can have an address at orange.fr"),
    ],
)
def test_what_is_no_domain_of_ones_own_is_refused_with_a_reason(typed: str, told: str) -> None:
    with pytest.raises(BadDomain, match=told):
        name_from(typed)


@pytest.mark.parametrize("typed", ["octavo.example", "acme.octavo.example", "www.octavo.example"])
def test_the_platforms_own_names_are_refused(typed: str, settings: object) -> None:
    settings.PUBLIC_HOST = "octavo.example:8000"  # type: ignore[attr-defined]
    with pytest.raises(BadDomain, match="the platform’s own domain"):
        name_from(typed)
    assert name_from("notoctavo.example") == "notoctavo.example"


def test_no_address_ends_in_www() -> None:
    assert name_from("https://www.acme.com/", of_addresses=True) == "acme.com"
    assert name_from("www.com", of_addresses=False) == "www.com"
    with pytest.raises(BadDomain, match=r"gmail\.com"):
        name_from("www.gmail.com", of_addresses=True)


def test_names_are_read_in_unicode_unless_they_imitate() -> None:
    assert shown("xn--mnchen-3ya.de") == "münchen.de"
    assert shown("xn--wgv71a119e.jp") == "日本語.jp"
    assert shown(name_from("аcme.com")) == "xn--cme-5cd.com"  # its first letter is Cyrillic
    assert shown("xn--a.com") == "xn--a.com"


def test_an_address_of_any_spelling_is_looked_up_as_it_is_stored() -> None:
    assert in_ascii("München.DE") == "xn--mnchen-3ya.de"
    assert in_ascii("ACME.com.") == "acme.com"
    assert in_ascii("not a domain é") == "not a domain é"


def test_what_is_registered_is_told_from_what_is_below_it() -> None:
    assert is_apex("acme.co.uk")
    assert not is_apex("books.acme.co.uk")
