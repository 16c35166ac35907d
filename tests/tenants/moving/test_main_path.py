"""A book is made, read and fetched in an organisation that lives on another server than the public tables.

All tests of a room are run there by `pytest -p tests.on_second_server tests/web`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections

from billing.models import LedgerEntry
from books.models import Book, Chapter
from collaboration import revisions
from collaboration.models import Revision
from generation.models import BookJob
from jobs.models import Job
from tenants.context import entered
from tenants.models import Organisation
from tests.conftest import HostClient
from tests.factories.tenants import OrganisationFactory
from tests.generation.conftest import Commission, ai, commission, files_apart, membership  # noqa: F401
from tests.generation.driving import drive
from tests.on_second_server import SCHEMAS_THERE, SECOND

pytestmark = [
    pytest.mark.usefixtures("second_server"),
    pytest.mark.django_db(databases=["default", SECOND]),
]


@pytest.fixture
def organisation(db: None) -> Iterator[Organisation]:
    """Acme, on the second server."""
    yield OrganisationFactory(name="Acme", slug="acme", ready_schema=SCHEMAS_THERE[0], alias=SECOND)


def test_a_book_is_made_read_and_fetched(
    ai: object,  # noqa: F811
    commission: Commission,  # noqa: F811
    organisation: Organisation,
    member_client: HostClient,
) -> None:
    book, job = commission(chapters=2)
    drive()
    job.refresh_from_db()
    book.refresh_from_db()
    assert (job.status, job.error, book.status) == (BookJob.Status.COMPLETED, "", Book.Status.READY)
    assert (Job.objects.get(pk=job.pk).state, Job.objects.db) == ("DONE", "default")
    assert LedgerEntry.objects.filter(state="SETTLED").exists()
    assert Chapter.objects.db == SECOND
    with connections[SECOND].cursor() as cursor:
        cursor.execute(f'SELECT title FROM "{SCHEMAS_THERE[0]}".books_book')
        assert cursor.fetchall() == [(book.title,)]

    chapter = book.chapters.get(number=1)
    with entered(organisation):
        revisions.write_chapter(
            chapter_id=chapter.pk, text="New words.", origin=Revision.Origin.PERSON, author_id=book.author_id
        )
    for path in ("/", f"/books/{book.pk}/", f"/books/{book.pk}/chapters/1/versions/"):
        page = member_client.get(path)
        assert page.status_code == 200, path
        assert "The Emulated Book" in page.content.decode()
    assert "Max Member" in page.content.decode()
    answer = member_client.get(f"/api/v1/books/{book.pk}/")
    assert (answer.status_code, answer.json()["title"]) == (200, "The Emulated Book")
