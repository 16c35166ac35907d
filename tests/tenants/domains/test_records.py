"""What a name server says, and what is made of it."""

from __future__ import annotations

import time

import pytest

from tenants.domains.records import Problem, leads_here, look_for_record, record_name, record_value
from tests.emulators.name_server import Zone

NAME = "_octavo.acme.example"
RIGHT = "octavo-verification=t0ken"


def look() -> Problem | None:
    return look_for_record(domain="acme.example", token="t0ken")


def test_the_record_is_what_people_are_told_to_write() -> None:
    assert (record_name("acme.example"), record_value("t0ken")) == (NAME, RIGHT)


def test_found(zone: Zone) -> None:
    zone.says(NAME, RIGHT)
    assert look() is None


def test_found_among_others(zone: Zone) -> None:
    zone.says(NAME, "v=spf1 -all", "octavo-verification=another", RIGHT)
    assert look() is None


def test_what_an_alias_leads_to_is_not_the_domains_own(zone: Zone) -> None:
    """`*.acme.example` may be an alias of somebody else's name, who could then prove Acme's domain."""
    zone.has(NAME, "CNAME", "tenant.hoster.example")
    zone.says("tenant.hoster.example", RIGHT)
    assert look() == Problem.NO_RECORD


def test_found_over_tcp_where_a_datagram_is_too_small(zone: Zone) -> None:
    zone.says(NAME, *(f"{number} " + "x" * 240 for number in range(8)), RIGHT)
    assert look() is None
    assert [protocol for protocol, _kind, _name in zone.asked] == ["udp", "tcp"]


def test_no_such_domain(zone: Zone) -> None:
    assert look() == Problem.NO_DOMAIN


@pytest.mark.parametrize("record", [("acme.example", "A", "192.0.2.7"), (NAME, "A", "192.0.2.7")])
def test_no_such_record(zone: Zone, record: tuple[str, str, str]) -> None:
    zone.has(*record)
    assert look() == Problem.NO_RECORD


@pytest.mark.parametrize("value", ["t0ken", "octavo-verification=", "octavo-verification=T0KEN", "x" * 900])
def test_another_value(zone: Zone, value: str) -> None:
    zone.says(NAME, value)
    assert look() == Problem.WRONG_VALUE


def test_a_failing_server(zone: Zone) -> None:
    zone.failing.add(NAME)
    assert look() == Problem.SERVER_FAILURE


def test_a_server_that_never_answers_is_not_waited_for(zone: Zone) -> None:
    zone.silent.add(NAME)
    began = time.monotonic()
    assert look() == Problem.TIMEOUT
    assert time.monotonic() - began < 2


def test_a_server_that_is_not_there(settings: object) -> None:
    settings.OCTAVO_DNS_SERVERS, settings.OCTAVO_DNS_TIMEOUT = [("127.0.0.1", 9)], 0.3  # type: ignore[attr-defined]
    assert look() in (Problem.TIMEOUT, Problem.SERVER_FAILURE)


def test_garbage(zone: Zone) -> None:
    zone.garbled.add(NAME)
    assert look() in (Problem.SERVER_FAILURE, Problem.TIMEOUT)


def test_a_name_leads_here_by_an_alias_or_an_address(zone: Zone, settings: object) -> None:
    settings.PUBLIC_HOST = "octavo.example"  # type: ignore[attr-defined]
    zone.has("octavo.example", "A", "192.0.2.1")
    zone.has("books.acme.example", "CNAME", "octavo.example")
    zone.has("slug.acme.example", "CNAME", "acme.octavo.example")
    zone.has("acme.example", "A", "192.0.2.1")
    zone.has("elsewhere.example", "A", "192.0.2.2")
    zone.has("other.example", "CNAME", "evil-octavo.example")
    zone.silent.add("slow.example")
    assert leads_here("books.acme.example")
    assert leads_here("slug.acme.example")
    assert leads_here("acme.example")
    assert not leads_here("elsewhere.example")
    assert not leads_here("other.example")
    assert not leads_here("nowhere.example")
    assert not leads_here("slow.example")
