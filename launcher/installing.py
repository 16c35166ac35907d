"""Brings an installation in step with its code: database, static files, the demonstration's people.

Run as `python -m launcher.installing`, with the settings in the environment.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenants.accounts.models import User

SLUG = "demo"
MEMBER = "demo@octavo.example"
OPERATOR = "operator@octavo.example"


@dataclass(frozen=True)
class DemoAccess:
    """How to sign in: to the demonstration's organisation as a member, to the console as a super-admin."""

    member: str
    member_password: str
    operator: str
    operator_password: str


def demo_access(data: Path) -> DemoAccess:
    """What `main` has kept in the data folder."""
    return DemoAccess(**json.loads(access_file(data).read_text()))


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate_organisations", verbosity=0)
    unused = ["rest_framework", "django_htmx"]  # the API answers in JSON; htmx comes from npm
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=unused)
    make_demo(Path(settings.DATA))


def make_demo(data: Path) -> None:
    """The organisation and its two people, with passwords that only this installation has."""
    from billing.models import Subscription
    from billing.plans import offered_plan
    from launcher.places import write_private
    from tenants.context import in_public
    from tenants.models import Organisation
    from tenants.schemas.provisioning import create_organisation

    passwords = [secrets.token_urlsafe(12) for _ in range(2)]
    access = DemoAccess(MEMBER, passwords[0], OPERATOR, passwords[1])
    if access_file(data).exists():
        access = demo_access(data)
    with in_public():
        member = person(access.member, access.member_password, name="Demo", super_admin=False)
        person(access.operator, access.operator_password, name="Operator", super_admin=True)
        if not Organisation.objects.filter(slug=SLUG).exists():
            organisation = create_organisation(name="Demo", slug=SLUG, owner=member)
            # A demonstration may be repeated more often than the free plan allows.
            Subscription.objects.filter(organisation=organisation).update(plan=offered_plan("PRO"))
    write_private(access_file(data), json.dumps(asdict(access)))


def person(email: str, password: str, *, name: str, super_admin: bool) -> User:
    """Somebody with a confirmed address and this password, whether new or known."""
    from allauth.account.models import EmailAddress

    from tenants.accounts.models import PlatformRole, User

    role = PlatformRole.SUPER_ADMIN if super_admin else PlatformRole.USER
    user, _ = User.objects.get_or_create(email=email, defaults={"name": name, "role": role})
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def access_file(data: Path) -> Path:
    return data / "secrets" / "demo.json"


if __name__ == "__main__":
    main()
