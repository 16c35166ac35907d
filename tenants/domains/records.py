"""What the DNS says of a domain: whether our record is there, and whether the name leads to the platform."""

from __future__ import annotations

from typing import Any, Final

import dns.exception
import dns.resolver
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from dns.nameserver import Do53Nameserver
from dns.rdatatype import RdataType

from tenants.resolution import platform_host

LABEL: Final = "_octavo"  # in front of the domain; an underscore is no host's (RFC 8552)
BEGINNING: Final = "octavo-verification="


class Problem(models.TextChoices):
    """What a look at a domain found wrong, in words for who looks after it."""

    NO_DOMAIN = "no_domain", _("The DNS knows no such domain. Is it spelt right, and registered?")
    NO_RECORD = "no_record", _("There is no such TXT record. A new one can take an hour to be seen.")
    WRONG_VALUE = "wrong_value", _("There is a TXT record, but it says something else. Compare its value.")
    TIMEOUT = "timeout", _("The domain’s name servers did not answer in time. We try again by ourselves.")
    SERVER_FAILURE = "failure", _("The domain’s name servers answer with an error. Ask who runs them.")
    TAKEN = "taken", _("Another organisation has proven this domain first. Only one can have it.")
    ELSEWHERE = "elsewhere", _("The TXT record is right, but the name does not lead here yet.")
    NOT_IN_PLAN = "not_in_plan", _("Your plan does not have this.")


PASSING: Final = (Problem.TIMEOUT, Problem.SERVER_FAILURE)  # which say nothing about the record


class _Unanswered(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def record_name(domain: str) -> str:
    return f"{LABEL}.{domain}"


def record_value(token: str) -> str:
    return f"{BEGINNING}{token}"


def look_for_record(*, domain: str, token: str) -> Problem | None:
    """Whether the domain's TXT record says the token; None where it does, among others or alone."""
    try:
        answers = _texts(record_name(domain))
        if record_value(token) in answers:
            return None
        return Problem.WRONG_VALUE if answers else _why_missing(domain)
    except _Unanswered as unanswered:
        return unanswered.problem


def leads_here(name: str) -> bool:
    """Whether the name is a CNAME of the platform's host, or has an address in common with it."""
    here = platform_host()
    try:
        aliases = [str(one.target).rstrip(".").lower() for one in _ask(name, RdataType.CNAME)]
        if any(alias == here or alias.endswith(f".{here}") for alias in aliases):
            return True
        return bool(_addresses(name) & _addresses(here))
    except _Unanswered:
        return False


def _texts(name: str) -> list[str]:
    """The values of all TXT records; what comes in pieces is one (RFC 7208, section 3.3).

    Those that an alias leads to are not among them: for many domains a wildcard leads all names below them to
    somebody else's.
    """
    found = _ask(name, RdataType.TXT, aliases=False)
    return [b"".join(one.strings).decode("utf-8", "replace").strip() for one in found]


def _why_missing(domain: str) -> Problem:
    try:
        _resolver().resolve(f"{domain}.", RdataType.NS, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return Problem.NO_DOMAIN
    except dns.exception.DNSException:
        pass
    return Problem.NO_RECORD


def _addresses(name: str) -> set[str]:
    return {str(one.address) for kind in (RdataType.A, RdataType.AAAA) for one in _ask(name, kind)}


def _ask(name: str, kind: RdataType, *, aliases: bool = True) -> list[Any]:
    """All answers to one question, none where there is no such record. Raises `_Unanswered`."""
    try:
        answer = _resolver().resolve(f"{name}.", kind)
        return list(answer) if aliases or answer.canonical_name == answer.qname else []
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.Timeout as error:
        raise _Unanswered(Problem.TIMEOUT) from error
    except dns.exception.DNSException as error:
        raise _Unanswered(Problem.SERVER_FAILURE) from error


def _resolver() -> dns.resolver.Resolver:
    """Without a cache: who has just written a record wishes to see it."""
    servers = settings.OCTAVO_DNS_SERVERS
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [Do53Nameserver(host, port) for host, port in servers]
    resolver.lifetime = settings.OCTAVO_DNS_TIMEOUT
    resolver.timeout = settings.OCTAVO_DNS_TIMEOUT / 2  # for one server, so that another has its turn
    return resolver
