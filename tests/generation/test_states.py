from __future__ import annotations

import pytest

from books.models import Book
from generation import states
from generation.models import BookJob
from tenants.context import Current
from tenants.keys import uuid7

S = BookJob.Status


@pytest.fixture
def job(inside: Current) -> BookJob:
    book = Book.objects.create(kind="guide", language="en", topic="Beans")
    return BookJob.objects.create(id=uuid7(), book=book)


@pytest.mark.parametrize("before", S.values)
@pytest.mark.parametrize("after", S.values)
def test_only_moves_of_the_table_happen(job: BookJob, before: str, after: str) -> None:
    BookJob.objects.filter(pk=job.pk).update(status=before)

    moved = states.move(job.pk, to=after)

    job.refresh_from_db()
    assert moved == (after in states.MOVES[before])
    assert job.status == (after if moved else before)
    assert (job.finished_at is not None) == (moved and after in states.OVER)


def test_what_is_finished_stays_finished(job: BookJob) -> None:
    assert states.MOVES[S.COMPLETED] == frozenset()


def test_move_writes_other_fields_only_when_it_happens(job: BookJob) -> None:
    assert states.move(job.pk, to=S.FAILED, error="No.")
    assert not states.move(job.pk, to=S.COMPLETED, error="Yes.")

    job.refresh_from_db()
    assert job.error == "No."
