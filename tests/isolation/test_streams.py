"""Live streams: by a ticket that names the organisation and the topic."""

from __future__ import annotations

import pytest

from notifications import tickets
from tests.conftest import HostClient
from tests.isolation.matrix import Matrix

pytestmark = pytest.mark.django_db


def test_ticket_names_the_organisation_of_the_host(matrix: Matrix) -> None:
    cast = matrix.cast
    client = HostClient(cast.organisation).sign_in(cast.people["author"])
    response = client.get(f"/api/v1/jobs/{cast.values['job_id']}/events/")
    ticket = tickets.read(response["Location"].removeprefix("/live/"), host=cast.organisation.host)
    assert ticket.schema == cast.organisation.schema_name
    assert ticket.topic == f"job:{cast.values['job_id']}"


def test_stream_of_news_is_ones_own(matrix: Matrix) -> None:
    cast = matrix.cast
    response = HostClient(cast.organisation).sign_in(cast.people["author"]).get("/notifications/stream/")
    ticket = tickets.read(response["Location"].removeprefix("/live/"), host=cast.organisation.host)
    assert (ticket.schema, ticket.topic) == (
        cast.organisation.schema_name,
        f"user:{cast.people['author'].pk}",
    )
