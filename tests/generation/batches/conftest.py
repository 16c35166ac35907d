"""A member of an organisation whose plan brings batches, and drafts of batches."""

from __future__ import annotations

from typing import Any, Protocol

import pytest

from generation.batches.models import Batch
from generation.batches.preparing import create_batch, sheet_of_heroes
from generation.batches.template import Template
from tenants.context import Current
from tenants.models import Membership, Organisation
from tests.factories.billing import put_on

TOPIC = "{name} and the lost kite"


class Draft(Protocol):
    def __call__(self, *heroes: dict[str, Any] | str, **template: Any) -> Batch: ...


@pytest.fixture
def pro(organisation: Organisation) -> Organisation:
    return put_on(organisation, "PRO")


@pytest.fixture
def draft(inside: Current, pro: Organisation, membership: Membership) -> Draft:
    """Prepares a batch of Max's; a hero may be given by the name alone."""

    def prepare(*heroes: dict[str, Any] | str, **template: Any) -> Batch:
        rows = [{"name": hero} if isinstance(hero, str) else hero for hero in heroes]
        asked = Template(**{"topic": TOPIC, "chapters": 8, **template})
        return create_batch(by=membership, name="Class 3b", template=asked, sheet=sheet_of_heroes(rows))

    return prepare
