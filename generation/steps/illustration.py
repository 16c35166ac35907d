"""A picture: the cover, or one for a chapter. Waiting for a model and drawing here are two kinds of step."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from billing import limits
from billing.limits import LimitReached
from billing.models import Metric
from books.models import Illustration
from generation import estimates, progress
from generation.briefs import brief_from_json
from generation.contract import Drawn, Picture, PictureProvider, PictureRequest, Usage
from generation.models import BookJob
from generation.outlines import scene_from_json
from generation.providers import choice
from generation.providers.errors import ProviderRefused
from jobs.errors import Permanent, Skip
from jobs.kinds import ClaimedStep, StepCall
from jobs.steps import NewStep
from storage import files, pictures
from storage.transcoding import Ready
from tenants import context

ASKED = "generation.illustration"  # lane "calls": a picture model works elsewhere
DRAWN_HERE = "generation.drawing"  # lane "builds": the embedded illustrator uses the processor


@dataclass(frozen=True, slots=True)
class PictureWork:
    provider: str
    illustrator: PictureProvider
    request: PictureRequest


@dataclass(frozen=True, slots=True)
class PictureResult:
    """`drawn` is None where the model refused twice, and the embedded illustrator has to draw it. `sent` is
    the picture as the model gave it, where it was made into another kind for the book."""

    drawn: Drawn | None
    sent: bytes | None = None


def missing(job: BookJob) -> Sequence[NewStep]:
    """Every picture that is not there. Where a model keeps the hero by references, the cover comes first."""
    rows = Illustration.objects.filter(book_id=job.book_id, file=None).select_related("chapter")
    pictures = sorted(rows.defer("chapter__text"), key=_number)
    cover_first = pictures and pictures[0].chapter_id is None and _asks_openai(job, pictures[0])
    return [_step(job, picture) for picture in (pictures[:1] if cover_first else pictures)]


def prepare(step: ClaimedStep) -> PictureWork:
    job = BookJob.objects.select_related("book").get(pk=step.job_id)
    picture = Illustration.objects.select_related("chapter").get(pk=step.payload["illustration"])
    if picture.file_id is not None:
        raise Skip
    provider = _provider(job, picture)
    return PictureWork(
        provider=provider,
        illustrator=choice.picture_provider(provider),
        request=_request(job, picture, provider),
    )


async def perform(work: PictureWork, call: StepCall) -> PictureResult:
    """Ask; a picture that is refused is asked for in softer words, then left to the embedded illustrator."""
    provider = work.illustrator
    if work.provider == choice.CUTPAPER:
        return PictureResult(await provider.draw(work.request, call))
    with contextlib.suppress(ProviderRefused):
        return await _made_ready(await provider.draw(work.request, call))
    await call.before_sending()
    with contextlib.suppress(ProviderRefused):
        return await _made_ready(await provider.draw(replace(work.request, gentle=True), call))
    return PictureResult(None)


async def _made_ready(drawn: Drawn) -> PictureResult:
    """A PNG costs every file of the book many times what a JPEG does: it is made one here, once."""
    if drawn.picture.media_type == "image/jpeg":
        return PictureResult(drawn)
    sent = drawn.picture.data
    try:
        ready = await asyncio.to_thread(pictures.made_ready, sent)
    except pictures.BadPicture:  # the book can show it as it is, or says what is wrong with it
        return PictureResult(drawn)
    picture = Picture(data=ready.data, media_type=ready.media_type, width=ready.width, height=ready.height)
    return PictureResult(replace(drawn, picture=picture), sent)


def settle(step: ClaimedStep, job: BookJob, result: PictureResult | None) -> progress.News:
    picture = Illustration.objects.select_related("chapter").get(pk=step.payload["illustration"])
    if result is None:
        if picture.file_id is None:  # skipped by a member: the book does without
            picture.delete()
        return progress.News()
    if result.drawn is None:
        picture.provider = choice.CUTPAPER
        picture.save(update_fields=["provider"])
        return progress.News(steps=(_step(job, picture),))
    _keep(picture, result.drawn, result.sent)
    limits.count(context.current().organisation_id, Metric.PICTURES_DRAWN, 1, person_id=job.created_by_id)
    return progress.News(told={"picture": _told(picture)})


def usage(result: PictureResult) -> Usage | None:
    return result.drawn.usage if result.drawn else None


def _keep(picture: Illustration, drawn: Drawn, sent: bytes | None) -> None:
    image = drawn.picture
    name = "cover" if picture.chapter is None else f"picture-{picture.chapter.number}"
    ready = Ready(image.data, image.media_type, image.width, image.height)
    try:
        picture.file = pictures.keep(data=sent, ready=ready, name=name)
    except LimitReached as error:
        raise Permanent(str(error), code="storage_full") from error
    picture.provider = choice.kind_of(drawn.usage.provider)
    picture.save(update_fields=["file", "provider"])


def _step(job: BookJob, picture: Illustration) -> NewStep:
    provider = _provider(job, picture)
    return NewStep(
        DRAWN_HERE if provider == choice.CUTPAPER else ASKED,
        number=_number(picture),
        payload={"illustration": str(picture.pk)},
        provider=provider,
        estimate_micros=estimates.picture_micros(provider),
    )


def _provider(job: BookJob, picture: Illustration) -> str:
    """A picture that was refused has its provider noted already."""
    return choice.CUTPAPER if picture.provider == choice.CUTPAPER else str(job.options["pictures"])


def _asks_openai(job: BookJob, picture: Illustration) -> bool:
    return choice.kind_of(_provider(job, picture)) == choice.OPENAI


def _request(job: BookJob, picture: Illustration, provider: str) -> PictureRequest:
    brief, book = brief_from_json(job.request), job.book
    return PictureRequest(
        kind="cover" if picture.chapter is None else "scene",
        scene=scene_from_json(picture.scene),
        hero=brief.hero,
        language=brief.language,
        title=book.title,
        author=book.author_name,
        subtitle=book.subtitle,
        book_kind=brief.kind,
        style=brief.style or "cutpaper",
        seed=brief.seed + _number(picture),
        references=_references(picture) if choice.kind_of(provider) == choice.OPENAI else (),
    )


def _references(picture: Illustration) -> tuple[Picture, ...]:
    """The cover, where the same model drew it: it shows how the hero looks."""
    covers = Illustration.objects.filter(book_id=picture.book_id, kind=Illustration.Kind.COVER)
    cover = covers.filter(provider=choice.OPENAI).exclude(file=None).select_related("file").first()
    if cover is None or cover.file is None or cover.pk == picture.pk:
        return ()
    file = cover.file
    return (
        Picture(
            data=files.read(file),
            media_type=file.content_type,
            width=file.width or 0,
            height=file.height or 0,
        ),
    )


def _number(picture: Illustration) -> int:
    return picture.chapter.number if picture.chapter is not None else 0


def _told(picture: Illustration) -> dict[str, Any]:
    return {"id": str(picture.pk), "chapter": _number(picture) or None, "alt": picture.alt}
