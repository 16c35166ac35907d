"""The parts of a letter, as tags: `{% p %}Hello {{ reader }},{% endp %}` (see `notifications.letters`)."""

from __future__ import annotations

import re

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.html import conditional_escape

from notifications.letters import LETTER, Letter, Part

register = template.Library()

_BREAKS = re.compile(r"[ \t\r\n]+")  # a no-break space stays
_TAGS = {"p": "text", "heading": "heading", "small": "small", "button": "button", "item": "item"}


class PartNode(template.Node):
    def __init__(self, kind: str, nodelist: NodeList, url: FilterExpression | None) -> None:
        self.kind, self.nodelist, self.url = kind, nodelist, url

    def render(self, context: Context) -> str:
        letter: Letter = context[LETTER]
        html, text = (_rendered(self.nodelist, context, html=html) for html in (True, False))
        url = str(self.url.resolve(context)) if self.url else ""
        if text:
            letter.parts.append(Part(self.kind, html, text, url))
        return ""


class SubjectNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        context[LETTER].subject = _rendered(self.nodelist, context, html=False)
        return ""


class LinkNode(template.Node):
    """A link inside a sentence; the text has the address behind its words."""

    def __init__(self, nodelist: NodeList, url: FilterExpression) -> None:
        self.nodelist, self.url = nodelist, url

    def render(self, context: Context) -> str:
        words, url = self.nodelist.render(context), str(self.url.resolve(context))
        if not context.autoescape:
            return f"{words} ({url})"
        return f'<a href="{conditional_escape(url)}" class="quiet" style="color:#6b6156;">{words}</a>'


class FactsNode(template.Node):
    def __init__(self, facts: dict[str, FilterExpression]) -> None:
        self.facts = facts

    def render(self, context: Context) -> str:
        rows = [
            (name.replace("_", " "), str(value.resolve(context) or "")) for name, value in self.facts.items()
        ]
        context[LETTER].parts.append(Part("facts", rows=[(name, value) for name, value in rows if value]))
        return ""


@register.tag("subject")
def subject(parser: Parser, token: Token) -> SubjectNode:
    nodelist = parser.parse(("endsubject",))
    parser.delete_first_token()
    return SubjectNode(nodelist)


def part(parser: Parser, token: Token) -> PartNode:
    """`{% p %}`, `{% heading %}`, `{% small %}`; `{% button url %}` and `{% item url %}` lead somewhere."""
    tag, *arguments = token.split_contents()
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return PartNode(_TAGS[tag], nodelist, parser.compile_filter(arguments[0]) if arguments else None)


for _tag in _TAGS:
    register.tag(_tag, part)


@register.tag("link")
def link(parser: Parser, token: Token) -> LinkNode:
    _tag, url = token.split_contents()
    nodelist = parser.parse(("endlink",))
    parser.delete_first_token()
    return LinkNode(nodelist, parser.compile_filter(url))


@register.tag("facts")
def facts(parser: Parser, token: Token) -> FactsNode:
    """`{% facts When=day From=place %}`: a small table; what is empty is left out."""
    return FactsNode(token_kwargs(token.split_contents()[1:], parser))


def _rendered(nodelist: NodeList, context: Context, *, html: bool) -> str:
    before, context.autoescape = context.autoescape, html
    try:
        return _BREAKS.sub(" ", nodelist.render(context)).strip()
    finally:
        context.autoescape = before
