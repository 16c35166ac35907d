"""What an integrator writes with the Python client: a book from its topic to its PDF."""

import os
import sys
import time

from octavo_client.api.books import books_create
from octavo_client.api.chapters import books_chapters_list, books_chapters_retrieve, books_chapters_update
from octavo_client.api.files import books_formats_download
from octavo_client.api.jobs import jobs_retrieve
from octavo_client.connecting import connect
from octavo_client.models import (
    BookKindEnum,
    BooksFormatsDownloadFormatName,
    ChapterEditRequest,
    CommissionRequest,
    JobStatusEnum,
    LanguageEnum,
    Problem,
)

ENDS = (JobStatusEnum.COMPLETED, JobStatusEnum.FAILED, JobStatusEnum.CANCELLED)

with connect(os.environ["OCTAVO"], os.environ["OCTAVO_KEY"]) as client:
    refused = books_create.sync(
        client=client, body=CommissionRequest(topic=" ", kind=BookKindEnum.GUIDE, language=LanguageEnum.EN)
    )
    assert isinstance(refused, Problem) and refused.status == 400, refused
    assert [error.field for error in refused.errors] == ["topic"]

    made = books_create.sync(
        client=client,
        body=CommissionRequest(
            topic="Starting a community garden", kind=BookKindEnum.GUIDE, language=LanguageEnum.EN
        ),
    )
    job = made.job
    while job.status not in ENDS:
        time.sleep(0.5)
        job = jobs_retrieve.sync(str(job.id), client=client)
    assert job.status is JobStatusEnum.COMPLETED, job.error

    book = str(made.book.id)
    number = books_chapters_list.sync(book, client=client)[0].number
    chapter = books_chapters_retrieve.sync(book, number, client=client)
    edit = ChapterEditRequest(text=chapter.text + "\n\nDone.", revision=chapter.revision)
    saved = books_chapters_update.sync(book, number, client=client, body=edit)
    assert saved.revision == chapter.revision + 1
    late = books_chapters_update.sync_detailed(book, number, client=client, body=edit)
    assert (late.status_code, late.parsed.status) == (412, 412)

    pdf = books_formats_download.sync(book, BooksFormatsDownloadFormatName.PDF, client=client)
    data = pdf.payload.read()
    assert data.startswith(b"%PDF-")
    sys.stdout.write(f"{book} {len(data)}\n")
