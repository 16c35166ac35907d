"""Pages as members see them: a signed-in browser, files in a folder of their own, pages as trees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tenants.accounts.models import User
from tenants.context import Current
from tenants.models import Membership, Organisation, Role
from tests.conftest import HostClient
from tests.factories.tenants import MembershipFactory, UserFactory


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "files": backend}


@pytest.fixture
def page(client: HostClient, member: User) -> HostClient:
    """Max's browser, signed in."""
    return client.sign_in(member)


@pytest.fixture
def guest_page(organisation: Organisation) -> HostClient:
    """The browser of Gwen, a GUEST who was asked to join no book."""
    guest = UserFactory(name="Gwen Guest", email="gwen@acme.example")
    MembershipFactory(organisation=organisation, user=guest, role=Role.GUEST)
    return HostClient(organisation).sign_in(guest)


@pytest.fixture
def stranger_page(other_organisation: Organisation, other_member: User) -> HostClient:
    """Olga's browser, on the host of her own organisation."""
    return HostClient(other_organisation).sign_in(other_member)


@pytest.fixture
def membership(organisation: Organisation, member: User) -> Membership:
    return Membership.objects.get(organisation=organisation, user=member)


@pytest.fixture
def shelf(inside: Current, member: User) -> User:
    """The organisation is entered for making books; gives their author."""
    return member


def tree(response: Any) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def text_of(response: Any) -> str:
    """What a reader sees of the page's main part, blanks tidied."""
    page = tree(response)
    main = page.xpath("//main") or [page]
    return " ".join(main[0].text_content().split())
