"""What can go wrong between an organisation's provider and us, in words for whoever sits there."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _

Code = Literal[
    "unreachable", "no-discovery", "issuer", "client", "refused", "stale", "answer", "no-email",
    "unverified", "foreign", "another", "not-invited",
]  # fmt: skip


class Problem(Exception):
    """Nobody is signed in. Its text is for people, in the language that is active when it is asked for.

    `name` is what the organisation calls its provider, `email` the address that the provider told.
    """

    def __init__(self, code: Code, *, name: str = "", email: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.name, self.email = name, email

    def named(self, name: str) -> Problem:
        self.name = name
        return self

    def __str__(self) -> str:
        return _sentences()[self.code] % {"name": self.name, "email": self.email}


def _sentences() -> dict[Code, str]:
    return {
        "unreachable": _(
            "%(name)s cannot be reached. Its address has to begin with https:// and to be public; perhaps it "
            "is away for a moment."
        ),
        "no-discovery": _(
            "What %(name)s answers is no description of an OpenID Connect provider. Check the issuer: its "
            "address followed by /.well-known/openid-configuration has to give one."
        ),
        "issuer": _("%(name)s calls itself by another issuer than the one in the settings."),
        "client": _("%(name)s does not accept the client ID or the secret in the settings."),
        "refused": _("You changed your mind on the way, or %(name)s does not let you in."),
        "stale": _("The page was open for too long, or was opened in another browser. Try again."),
        "answer": _("%(name)s gave an answer that cannot be trusted. Try again."),
        "no-email": _("%(name)s did not tell your e-mail address."),
        "unverified": _("%(name)s does not say that %(email)s is verified, so it could be anybody’s."),
        "foreign": _(
            "%(email)s is under none of the domains that this organisation has proven to be its own, so "
            "%(name)s cannot vouch for it."
        ),
        "another": _(
            "%(email)s belongs to an account that is not of this organisation. Sign in to it as usual, and "
            "ask to be invited."
        ),
        "not-invited": _("%(name)s knows you, but you are no member here. Ask to be invited."),
    }
