"""One's own account is looked after on the platform's host alone."""

from __future__ import annotations

import pytest

from tenants.accounts.models import User
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.isolation import found
from tests.isolation.cases import Case
from tests.isolation.tables import accounts

pytestmark = pytest.mark.django_db

NOBODYS = dict.fromkeys(("authenticator_id", "nothing"), "1")


def test_pages_of_an_account_lead_to_the_platform(organisation: Organisation, member: User) -> None:
    here = HostClient(organisation).sign_in(member)
    for name, route in accounts.ACCOUNT.items():
        values = {**NOBODYS, "organisation_id": str(organisation.pk)}
        path = Case(name, route, found.HERE).address(values)
        assert here.get(path)["Location"] == f"http://localhost:8000{path}", name
        assert here.post(path).status_code == 405, name
