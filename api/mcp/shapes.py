"""What tools answer with: those fields of the API's answers that an assistant needs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ENDED = ("COMPLETED", "FAILED", "CANCELLED")


class Shape(BaseModel):
    """Built from an answer of the API, of which it leaves out the rest."""

    model_config = ConfigDict(extra="ignore")


class Book(Shape):
    id: str
    title: str
    status: str = Field(description="DRAFT, GENERATING, READY, FAILED or CANCELLED")
    kind: str
    language: str
    words: int
    created_at: str


class Books(Shape):
    books: list[Book]
    next_cursor: str | None = Field(description="Give it back for the next page; null on the last one")


class Progress(Shape):
    """How far the making of a book is."""

    job_id: str
    book_id: str
    status: str = Field(description="PENDING, GENERATING_OUTLINE, WRITING_CHAPTERS, FINALIZING, or an end")
    ended: bool = Field(description="Whether it is COMPLETED, FAILED or CANCELLED")
    stage: str
    done: int = Field(description="Steps that are done, of `total`")
    total: int
    words: int
    writing: str = Field(description="What is being written at the moment")
    awaiting_approval: bool = Field(description="The outline waits for `approve_outline`")
    error: str

    @classmethod
    def of(cls, job: dict[str, Any]) -> Progress:
        known = {**job, "job_id": job["id"], "book_id": job["book"], "ended": job["status"] in ENDED}
        return cls.model_validate(known)


class ChapterLine(Shape):
    number: int
    title: str
    status: str
    words: int
    revision: int
    beats: list[str] = []


class WholeBook(Shape):
    book: Book
    subtitle: str
    premise: str
    chapters: list[ChapterLine]


class Chapter(Shape):
    number: int
    title: str
    status: str
    words: int
    revision: int = Field(description="Give it back with `edit_chapter`")
    text: str = Field(description="Markdown, without the chapter’s own heading")


class File(Shape):
    format: str
    status: str
    up_to_date: bool = Field(description="False: it is from before the latest change")
    size: int | None = Field(description="Bytes")
    pages: int | None = None
    download_url: str | None = Field(description="Asks for the same key")
    warnings: list[str] = Field(default=[], description="What the finished file was found to lack")

    @classmethod
    def of(cls, row: dict[str, Any]) -> File:
        amiss = [check["sentence"] for check in row["checks"] if check["outcome"] != "pass"]
        return cls.model_validate({**row, "warnings": amiss})


class Files(Shape):
    files: list[File]


class Hero(BaseModel):
    """Whom a story is about."""

    name: str = Field(max_length=60)
    age: int = Field(default=6, ge=1, le=120)
    pronoun: Literal["she", "he", "they"] = "they"
    companion: str | None = Field(default=None, description="An animal, such as fox")
    companion_name: str = ""


class PlannedChapter(BaseModel):
    """A chapter of an outline. `number` is that of the present one, left out for a new one."""

    title: str = Field(max_length=200)
    beats: list[str] = Field(default=[], max_length=30)
    number: int | None = None
