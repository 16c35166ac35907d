"""The people of an archive among those who are here: by a confirmed address, or as new accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tenants.accounts.models import User, UserManager, validate_time_zone
from tenants.keys import uuid7
from tenants.portable.manifest import OTHERS, PEOPLE, PERSON, Tampered
from tenants.portable.reading import Archive


@dataclass(slots=True)
class Found:
    """`ids` lead from the archive's people to accounts here. `made` had none: theirs has no password, and
    opens to whoever has the address. `unsure` are addresses of accounts that have not confirmed them: they
    are asked to join instead."""

    ids: dict[str, str] = field(default_factory=dict)
    matched: int = 0
    made: list[str] = field(default_factory=list)
    unsure: dict[str, str] = field(default_factory=dict)  # id in the archive, address


def find_people(archive: Archive) -> Found:
    """Within the import's transaction. Nobody is told anything."""
    found = Found()
    for line in archive.lines(PEOPLE, needs=PERSON):
        _find(line, found, ours=archive.ours)
    if archive.ours:  # else an id tells nothing of whom it belongs to here
        others = {str(line["id"]) for line in archive.lines(OTHERS, needs=("id",))}
        here = User.objects.filter(pk__in=others).values_list("pk", flat=True)
        found.ids.update((str(pk), str(pk)) for pk in here)
    return found


def _find(line: Mapping[str, Any], found: Found, *, ours: bool) -> None:
    old, email = str(line["id"]), UserManager.normalize_email(str(line["email"]))
    try:
        validate_email(email)
    except ValidationError:
        raise Tampered(f"{email!r} in it is no e-mail address") from None
    user = _whose(email, old, ours=ours)
    if user is not None:
        found.matched += 1
    elif User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email).exists():
        found.unsure[old] = email
        return
    else:
        user = _make(line, email)
        found.made.append(email)
    found.ids[old] = str(user.pk)


def _whose(email: str, old: str, *, ours: bool) -> User | None:
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if confirmed is not None:
        user: User = confirmed.user
        return user
    return User.objects.filter(pk=old, email=email).first() if ours else None


def _make(line: Mapping[str, Any], email: str) -> User:
    old = str(line["id"])
    user = User.objects.create_user(
        email,
        id=uuid7() if User.objects.filter(pk=old).exists() else old,
        name=str(line["name"])[:120],
        language=line["language"] if line["language"] in dict(settings.LANGUAGES) else "",
        time_zone=_time_zone(str(line["time_zone"])),
    )
    EmailAddress.objects.create(user=user, email=email, verified=False, primary=True)
    return user


def _time_zone(name: str) -> str:
    try:
        validate_time_zone(name)
    except ValidationError:
        return "UTC"
    return name
