"""A chapter's Markdown as HTML for reading, through the same parser, typography and markup as the files."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from formats.builders.markup import Markup, Target
from formats.builders.wording import words_for
from formats.manuscript import Chapter
from formats.markdown import ChapterTooLong, parse
from formats.typography import polish_blocks


def as_html(markdown: str, *, language: str) -> SafeString:
    """The text typeset for a page. Raw HTML in it is literal text; pictures and inner links become words."""
    try:
        parsed = parse(markdown, anchor="text")
    except ChapterTooLong as refusal:
        return mark_safe(f"<p>{refusal}</p>")  # noqa: S308 figures alone
    chapter = Chapter(
        number=1, title="", blocks=polish_blocks(parsed.blocks, language), footnotes=parsed.footnotes
    )
    markup = Markup(part=chapter, target=_target(language))
    return mark_safe(markup.body() + markup.notes())  # noqa: S308 the markup escapes every string


def _target(language: str) -> Target:
    def no_picture(asset: str) -> str:
        raise LookupError(asset)  # the parser keeps none, since it is given none to resolve

    return Target(
        words=words_for(language),
        picture_url=no_picture,
        link_url=lambda anchor: None,
        assets=no_picture,  # type: ignore[arg-type]
    )
