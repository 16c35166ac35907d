"""Letters: what is written once in a template, set as a text and as HTML.

A template under `notifications/email/LANGUAGE/` is a list of parts (see `templatetags/letters.py`): a
subject, paragraphs, headings, items, facts, one button, small print. Each part is rendered twice, escaped for
HTML and as it is for the text, so that both say the same and lead to the same places. `layout.html` and
`layout.txt` set them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

LETTER = "letter"  # the key under which the tags find what is being written


@dataclass(frozen=True, slots=True)
class Part:
    """`kind` is "text", "heading", "button", "item", "facts" or "small"; `rows` are the pairs of facts."""

    kind: str
    html: str = ""
    text: str = ""
    url: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Letter:
    """What a template has written so far."""

    subject: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def body(self) -> list[Part]:
        return [part for part in self.parts if part.kind != "small"]

    @property
    def small(self) -> list[Part]:
        return [part for part in self.parts if part.kind == "small"]

    @property
    def preview(self) -> str:
        """What a list of letters shows beside the subject: the first paragraph after the greeting."""
        texts = [part.text for part in self.parts if part.kind in ("text", "item", "heading")]
        return " ".join(texts[1:3])[:140]


def letter_to(
    address: str,
    *,
    template: str,
    language: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """An e-mail that is ready to be sent. `template` is a name under `notifications/email/LANGUAGE/`.

    The subject is the template's, else the `title` of the context's `words`.
    """
    with override(language):
        written = Letter()
        for name in (template, "footer"):
            _write(written, f"notifications/email/{language}/{name}.html", context)
        if not written.subject:
            written.subject = _line(str(context["words"].title))
        setting = {**context, LETTER: written, "language": language}
        message = EmailMultiAlternatives(
            subject=written.subject,
            body=render_to_string("notifications/email/layout.txt", setting),
            to=[address],
            headers=dict(headers or {}),
        )
        message.attach_alternative(render_to_string("notifications/email/layout.html", setting), "text/html")
    return message


def _write(letter: Letter, template: str, context: Mapping[str, Any]) -> None:
    """Add the parts of a template."""
    get_template(template).template.render(Context({**context, LETTER: letter}))  # type: ignore[attr-defined]


def _line(text: str) -> str:
    """On one line: a line end would begin another header."""
    return " ".join(text.splitlines())
