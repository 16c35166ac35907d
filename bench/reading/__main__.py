"""Make the tables, a member with a session and a key, and books; tell as JSON how to read one of them.

DJANGO_SETTINGS_MODULE is one of the two installations' settings.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.installation import member_of_a_new_organisation  # noqa: E402
from bench.reading.sole import SOLE  # noqa: E402
from bench.shelf import fill  # noqa: E402
from tenants.accounts.models import User  # noqa: E402
from tenants.api_keys.issuing import Wanted, issue  # noqa: E402
from tenants.context import entered  # noqa: E402
from tenants.middleware import BOUND_TO  # noqa: E402
from tenants.models import Membership, Organisation, Role  # noqa: E402

settings.OCTAVO_REQUEST_LOG_SECONDS = None  # of this process, which counts statements
PLAIN = os.environ["DJANGO_SETTINGS_MODULE"].endswith("plain")


def main() -> None:
    call_command("migrate" if PLAIN else "migrate_organisations", verbosity=0)
    member = _sole_member() if PLAIN else member_of_a_new_organisation("reading")
    with entered(member.organisation):
        book = fill(member.user_id)
    paths = {"title": f"/api/v1/bench/titles/{book}/", "book": f"/api/v1/books/{book}/"}
    ways = {"session": _with_session(member), "key": _with_key(member)}
    statements = {
        f"{read}_by_{way}": _statements(path, headers)
        for read, path in paths.items()
        for way, headers in ways.items()
    }
    print(json.dumps({"paths": paths, "ways": ways, "statements": statements}), flush=True)


def _sole_member() -> Membership:
    from billing.models import Subscription
    from billing.plans import offered_plan

    organisation = Organisation.objects.create(
        id=SOLE.id, name=SOLE.name, slug=SOLE.slug, schema_name=SOLE.current.schema
    )
    Subscription.objects.create(organisation=organisation, plan=offered_plan("PRO"))
    owner = User.objects.create(email="owner@bench.example", name="Bench Marker")
    return Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)


def _with_session(member: Membership) -> dict[str, str]:
    client = Client()
    client.force_login(member.user)
    session = client.session
    session[BOUND_TO] = str(member.organisation_id)
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return {"Host": member.organisation.host, "Cookie": cookie}


def _with_key(member: Membership) -> dict[str, str]:
    secret = issue(wanted=Wanted(name="Bench", scopes=["books:read"]), by=member).secret
    return {"Host": settings.PUBLIC_HOST, "Authorization": f"Bearer {secret}"}


def _statements(path: str, headers: dict[str, str]) -> int:
    """How many the database is sent for one request, after the first."""
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer: Any = Client(headers=headers).get(path, SERVER_NAME=headers["Host"].partition(":")[0])
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:500]!r}")
    return len(captured)


if __name__ == "__main__":
    main()
