"""From what somebody types to the name of a domain, or the reason why it cannot be one of theirs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from typing import Final

import idna
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from publicsuffixlist import PublicSuffixList

from tenants.resolution import platform_host

MOST_TYPED: Final = 2_000  # characters
LONGEST: Final = 245  # of the 253 characters of a name (RFC 1035, section 2.3.4), less those of the record's
SPECIAL: Final = (
    "alt",
    "arpa",
    "home",
    "internal",
    "invalid",
    "lan",
    "local",
    "localhost",
    "onion",
)  # RFC 6761
MAIL_PROVIDERS: Final = frozenset(
    """
    163.com 126.com aim.com aol.com bluewin.ch bbox.fr comcast.net duck.com email.com fastmail.com
    fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com
    hey.com hotmail.ca hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com
    icloud.com laposte.net libero.it live.be live.ca live.co.uk live.com live.fr live.nl mac.com mail.com
    mail.de mail.ru mailbox.org mailo.com me.com msn.com naver.com neuf.fr numericable.fr orange.fr
    outlook.com outlook.de outlook.es outlook.fr outlook.it pm.me posteo.de posteo.net proton.me
    protonmail.com qq.com rediffmail.com rocketmail.com seznam.cz sfr.fr skynet.be t-online.de telenet.be
    tuta.com tutanota.com videotron.ca virgilio.it wanadoo.fr web.de yahoo.ca yahoo.co.in yahoo.co.jp
    yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com
    """.split()  # noqa: SIM905
)
_MORE_THAN_A_NAME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//|[/?#].*$", re.DOTALL)
# Scripts that are written together; a label that mixes others imitates another one.
_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})


class BadDomain(ValueError):
    """Not the name of a domain that an organisation can prove to be its own; the message says why."""


def name_from(typed: str, *, of_addresses: bool = False) -> str:
    """The name meant by a domain, a web or an e-mail address: lower case, ASCII. Raises `BadDomain`.

    `of_addresses`: it is what stands behind the @, where no `www.` does.
    """
    if len(typed) > MOST_TYPED:
        raise BadDomain(_("This name is too long for a domain."))
    bare = _without_the_rest(typed)
    name = _ascii(bare.removeprefix("www.") if of_addresses else bare)
    _check_is_public(name)
    _check_can_be_proven(name)
    return name


def in_ascii(domain: str) -> str:
    """A domain as it is stored: lower case, IDNA. What is no domain stays as it is, and is nobody's."""
    plain = domain.strip().rstrip(".").lower()
    try:
        return plain if plain.isascii() else _encoded(plain)
    except idna.IDNAError:
        return plain


def shown(name: str) -> str:
    """For people to read: in Unicode, unless a label mixes scripts and so may imitate another one."""
    try:
        decoded = idna.decode(name)
    except idna.IDNAError:
        return name
    return decoded if all(_of_one_script(label) for label in decoded.split(".")) else name


def is_apex(name: str) -> bool:
    """Whether it is the very domain that somebody registers, where no CNAME can stand (RFC 1034, 3.6.2)."""
    return bool(_suffixes().privatesuffix(name) == name)


def _without_the_rest(typed: str) -> str:
    """`https://www.acme.com/about`, `ada@acme.com` and `Acme.com.` all name a domain."""
    bare = _MORE_THAN_A_NAME.sub("", _MORE_THAN_A_NAME.sub("", typed.strip().lower())).rpartition("@")[2]
    host, colon, port = bare.rpartition(":")
    return (host if colon and port.isdigit() and ":" not in host else bare).removesuffix(".")


def _ascii(name: str) -> str:
    if not name:
        raise BadDomain(_("Enter a domain such as example.com."))
    if _is_number(name):
        raise BadDomain(_("This is a number, not a name. Enter a domain such as example.com."))
    try:
        made = _encoded(name)
    except idna.IDNAError as error:
        raise BadDomain(_("“%s” is not a domain. Enter one such as example.com.") % name[:80]) from error
    if len(made) > LONGEST:
        raise BadDomain(_("This name is too long for a domain."))
    return made


def _encoded(name: str) -> str:
    return idna.encode(name, uts46=True, std3_rules=True).decode()


def _is_number(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return name.rpartition(".")[2].isdigit()  # RFC 1123, section 2.1
    return True


def _check_is_public(name: str) -> None:
    if "." not in name or name.rpartition(".")[2] in SPECIAL:
        raise BadDomain(_("This name is not one of the public internet. Enter a domain such as example.com."))
    if name == platform_host() or name.endswith(f".{platform_host()}"):
        raise BadDomain(_("This is the platform’s own domain."))


def _check_can_be_proven(name: str) -> None:
    if name in MAIL_PROVIDERS:
        raise BadDomain(
            _reason(_("Everybody can have an address at %s; it belongs to no organisation."), name)
        )
    if _suffixes().is_public(name):
        raise BadDomain(_reason(_("%s is shared by many. Enter a domain of your own below it."), name))


def _reason(sentence: str | Promise, name: str) -> str:
    return str(sentence) % shown(name)


def _of_one_script(label: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in label if letter.isalpha()}
    return len(scripts) < 2 or any(scripts <= together for together in _TOGETHER)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """Mozilla's list of what names are registered below, as its package brings it: no look-up online."""
    return PublicSuffixList()
