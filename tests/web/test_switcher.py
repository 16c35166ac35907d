"""From one of one's organisations to another."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.accounts.models import User
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory
from tests.queries import queries_of
from tests.web.conftest import tree

pytestmark = pytest.mark.django_db


def entries(page: Any) -> list[str]:
    return [
        " ".join(entry.text_content().split()) for entry in page.xpath("//details[@class='switcher']//li")
    ]


def join(user: User, *, number: int, role: str = Role.MEMBER, **fields: Any) -> Membership:
    one = Organisation.objects.create(name=f"Press {number}", slug=f"press-{number}", **fields)
    membership: Membership = MembershipFactory(user=user, organisation=one, role=role)
    return membership


def test_switcher_lists_ones_organisations_with_ones_role(member_client: HostClient, member: User) -> None:
    join(member, number=1, role=Role.ADMIN)
    join(member, number=2, personal=True, role=Role.OWNER)
    join(member, number=3, status="SUSPENDED")
    Organisation.objects.create(name="Not theirs", slug="not-theirs")
    page = tree(member_client.get("/"))
    assert entries(page) == ["Press 2 Owner", "Press 1 Admin", "New organisation"]
    assert page.xpath("//details[@class='switcher']//a/@href") == [
        "http://localhost:8000/accounts/go/press-2/",
        "http://localhost:8000/accounts/go/press-1/",
        "http://localhost:8000/organisations/new/",
    ]


def test_many_organisations_take_one_query_and_a_link_to_all(member_client: HostClient, member: User) -> None:
    few = queries_of(member_client, "/")
    for number in range(8):
        join(member, number=number)
    assert queries_of(member_client, "/") == few
    with CaptureQueriesContext(connection) as queries:
        page = tree(member_client.get("/"))
    asked = [one["sql"].startswith('SELECT "public"."tenants_membership"') for one in queries]
    assert sum(asked) == 2  # who one is here, and elsewhere
    assert entries(page)[5:] == ["All organisations", "New organisation"]
