"""Plans a novel as scene cards, and says on every card that prose needs a language model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generation.contract import (
    Bible,
    Brief,
    ChapterPlan,
    ChapterRequest,
    Character,
    HeroBrief,
    Language,
    Outline,
    Scene,
)
from generation.providers.storyteller.guide.notes import read_notes
from generation.providers.storyteller.guide.writing import cited, typeset
from generation.providers.storyteller.instructions import Wish, understood
from generation.providers.storyteller.quoting import PHRASE_LIMIT, TITLE_LIMIT, clean, literal
from generation.providers.storyteller.seeding import Chance
from generation.providers.storyteller.story.cast import hero_of
from generation.providers.storyteller.story.english import grammar as english_grammar
from generation.providers.storyteller.story.french import grammar as french
from generation.providers.storyteller.story.prose import fill

from .english import WORDS as ENGLISH
from .entries import Card, NovelWords
from .french import WORDS as FRENCH

ENGINE = "novel/1"
WORDS: Mapping[Language, NovelWords] = {"en": ENGLISH, "fr": FRENCH}
_ALTS = {"en": english_grammar.alt, "fr": french.alt}
_FEWEST = 6
# Cards that a shorter novel can do without, the most dispensable first.
_DISPENSABLE = (5, 7, 2, 4, 9, 3)


def plan_novel(brief: Brief) -> Outline:
    """Six to twelve scene cards in the order of the book."""
    words, hero = WORDS[brief.language], hero_of(brief)
    topic = clean(brief.topic, PHRASE_LIMIT).rstrip(" .")
    goal = clean(brief.goal, 2 * PHRASE_LIMIT).rstrip(" .")
    premise = typeset(words.premise, brief.language)
    premise = premise.replace("{goal}", goal or typeset(words.no_goal, brief.language))
    named = typeset(words.title, brief.language).replace("{topic}", topic[:1].upper() + topic[1:])
    chapters = tuple(
        _chapter(brief, hero, number, position) for number, position in enumerate(_positions(brief), start=1)
    )
    first = chapters[0].scene or Scene()
    return Outline(
        title=clean(brief.title, TITLE_LIMIT)
        or (named if topic else typeset(words.untitled, brief.language)),
        subtitle=typeset(words.subtitle, brief.language),
        premise=premise.replace("{topic}", topic or typeset(words.no_topic, brief.language)),
        bible=Bible(
            characters=(
                Character(
                    hero.name,
                    typeset(words.hero_role, brief.language),
                    typeset(words.hero_note, brief.language),
                ),
            ),
            facts=tuple(f"{note.text} [{note.number}]" for note in read_notes(brief.notes, brief.language)),
        ),
        chapters=chapters,
        cover=first,
    )


def write_novel_card(request: ChapterRequest) -> str:
    """The scene card of a chapter in Markdown; never prose that pretends to be the chapter."""
    wish = understood(request.instruction) if request.instruction else Wish()
    brief = request.brief
    words, language = WORDS[brief.language], brief.language
    card = _card_of(request, words)
    chance = Chance(brief.seed, request.instruction, request.previous)
    questions = list(card.questions) if not request.instruction else chance.shuffled(card.questions)
    if wish.length == "shorter":
        questions = questions[:2]
    blocks = [f"> {words.notice}"]
    sections = zip(words.headings, (card.purpose, card.conflict, card.turn), strict=False)
    blocks += [f"## {heading}\n\n{text}" for heading, text in sections]
    blocks.append(
        f"## {words.headings[3]}\n\n"
        + "\n".join(f"{count}. {text}" for count, text in enumerate(questions, start=1))
    )
    if wish.length == "longer":
        blocks.append(f"## {words.deeper_title}\n\n" + "\n".join(f"- {text}" for text in words.deeper))
    rows = "\n".join(f"| {label} | |" for label in words.rows)
    blocks.append(f"## {words.headings[4]}\n\n{words.table_head}\n|---|---|\n{rows}")
    filled = _named("\n\n".join(blocks), hero_of(brief), language, literal)
    checks = typeset("\n".join(f"- [ ] {check}" for check in words.checks), language)
    own = _own_words(request, words, language)
    return "\n\n".join(
        block for block in (filled, own, f"## {typeset(words.headings[6], language)}\n\n{checks}") if block
    )


def _positions(brief: Brief) -> list[int]:
    total = len(WORDS[brief.language].cards)
    count = min(max(brief.chapters or total, _FEWEST), total)
    left_out = _DISPENSABLE[: total - count]
    return [position for position in range(total) if position not in left_out]


def _chapter(brief: Brief, hero: HeroBrief, number: int, position: int) -> ChapterPlan:
    card = WORDS[brief.language].cards[position]
    title = typeset(card.title, brief.language)
    beats = tuple(_named(beat, hero, brief.language, str) for beat in card.beats)
    bare = Scene(place=card.place, mood=card.mood, pose="stand", companion=False)
    english = _named(ENGLISH.cards[position].beats[0], hero, "en", str)
    scene = Scene(
        place=bare.place,
        mood=bare.mood,
        pose=bare.pose,
        companion=False,
        alt=_ALTS[brief.language](bare, hero),
        description=f"{english} {english_grammar.alt(bare, hero)}",
    )
    return ChapterPlan(number, title, beats, scene, {"engine": ENGINE, "card": position})


def _named(text: str, hero: HeroBrief, language: Language, quoted: Callable[[str], str]) -> str:
    """Authored words with the protagonist's name in them."""
    if language == "fr":
        slots = french.name_slots(hero.name, "hero", quoted)
        return fill(french.typeset(text), slots.__getitem__)
    return fill(english_grammar.typeset(text), {"hero": quoted(hero.name)}.__getitem__)


def _card_of(request: ChapterRequest, words: NovelWords) -> Card:
    position = request.chapter.private.get("card")
    if isinstance(position, int) and 0 <= position < len(words.cards):
        return words.cards[position]
    return words.cards[(request.chapter.number - 1) % len(words.cards)]


def _own_words(request: ChapterRequest, words: NovelWords, language: Language) -> str:
    """A few of the member's notes for each card, dealt out in turn, so that none is forgotten."""
    notes = read_notes(request.brief.notes, language)
    position = max(request.chapter.number - 1, 0)
    count = max(len(request.outline.chapters), 1)
    mine = notes[position % count :: count]
    if not mine:
        return ""
    listed = "\n".join(f"- {cited(note)}" for note in mine)
    return f"## {typeset(words.headings[5], language)}\n\n{typeset(words.notes_intro, language)}\n\n{listed}"
