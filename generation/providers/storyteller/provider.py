"""The storyteller as a provider of text: it works offline, costs nothing and repeats itself by seed."""

from __future__ import annotations

from generation.contract import Brief, ChapterRequest, ChapterText, Planned, RemoteCall, Usage, Written

from .guide.guide import plan_guide, write_guide
from .novel.novel import plan_novel, write_novel_card
from .story.story import plan_story, write_story

NAME, MODEL = "storyteller", "storyteller-1"

_PLANNERS = {"story": plan_story, "guide": plan_guide, "novel": plan_novel}
_WRITERS = {"story": write_story, "guide": write_guide, "novel": write_novel_card}


class Storyteller:
    """A `TextProvider` without a language model.

    Children's stories from authored prose, guides and workbooks from the member's own notes, scene cards for
    novels. The same brief gives the same book. A chapter depends on nothing but its request, so chapters may
    be written in any order and in any process. Calls take milliseconds and use no tokens.
    """

    name = NAME

    async def plan(self, brief: Brief, call: RemoteCall) -> Planned:
        return Planned(outline=_PLANNERS[brief.kind](brief), usage=_usage())

    async def write(self, request: ChapterRequest, call: RemoteCall) -> Written:
        markdown = _WRITERS[request.brief.kind](request)
        return Written(chapter=ChapterText(markdown=markdown), usage=_usage())


def _usage() -> Usage:
    return Usage(provider=NAME, model=MODEL)
