"""A journey in templates: how far, and what is happening."""

from __future__ import annotations

from django import template

from books.models import Book
from generation.models import BookJob
from web import journeys

register = template.Library()


@register.filter
def journey(book: Book) -> BookJob | None:
    return journeys.latest_journey(book)


@register.filter
def percent(job: BookJob | None) -> int:
    return journeys.percent(job) if job else 0


@register.filter
def sentence(job: BookJob | None) -> str:
    return journeys.sentence(job) if job else ""
