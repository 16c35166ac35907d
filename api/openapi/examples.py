"""Examples of requests and answers, by operation id. Tests check them against the description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_HOST: Final = "https://octavo.example/api/v1"
BOOK: Final = "0198c2a4-6f00-7c3e-9a51-5b8d2f1e7a90"
_JOB: Final = "0198c2a4-6f12-7b0d-8c44-1f6e9d3a2b75"
_CHAPTER: Final = "0198c2a5-01d4-7e9f-b2a3-6c5d4e3f2a1b"
MEMBER: Final = "0198c29b-5a10-7d4c-91e6-0a8b7c6d5e4f"
_GROUP: Final = "0198c29c-1b2c-7f3d-8e5a-9c0d1e2f3a4b"
_CREATED: Final = "2026-11-02T09:30:12.481920Z"
_LATER: Final = "2026-11-02T09:31:47.003318Z"


@dataclass(frozen=True, slots=True)
class Example:
    """A body that is sent, and the one that comes back; None where there is none to show."""

    request: Any = None
    answer: Any = None


_HERO = {
    "name": "Maya",
    "age": 6,
    "pronoun": "she",
    "skin": "brown",
    "hair": "curly",
    "hair_colour": "black",
    "glasses": True,
    "freckles": False,
    "outfit": "coat",
    "colour": "#f4b43a",
    "companion": "fox",
    "companion_name": "Rust",
}
_A_BOOK = {
    "id": BOOK,
    "url": f"{_HOST}/books/{BOOK}/",
    "status": "GENERATING",
    "kind": "story",
    "language": "en",
    "title": "Maya and the Lighthouse",
    "subtitle": "",
    "topic": "A lighthouse that has lost its light",
    "goal": "Asking for help is brave",
    "audience": "",
    "tone": "",
    "premise": "",
    "author": MEMBER,
    "author_name": "Ada Owner",
    "words": 0,
    "created_at": _CREATED,
    "updated_at": _CREATED,
    "finished_at": None,
}
_A_JOB = {
    "id": _JOB,
    "book": BOOK,
    "url": f"{_HOST}/jobs/{_JOB}/",
    "events_url": f"{_HOST}/jobs/{_JOB}/events/",
    "status": "PENDING",
    "stage": "",
    "done": 0,
    "total": 0,
    "words": 0,
    "cost_micros": 0,
    "writing": "",
    "awaiting_approval": False,
    "error": "",
    "external_job_id": "",
    "created_at": _CREATED,
    "finished_at": None,
}
_A_CHAPTER = {
    "id": _CHAPTER,
    "number": 1,
    "status": "WRITTEN",
    "title": "The dark tower",
    "part": "",
    "beats": ["Maya sees that the lighthouse is dark", "Nobody in the village has noticed"],
    "words": 31,
    "revision": 1,
    "updated_at": _LATER,
}
_TEXT = "Every evening Maya counted the flashes. That evening she counted none."
_A_GROUP = {
    "id": _GROUP,
    "url": f"{_HOST}/groups/{_GROUP}/",
    "name": "Illustrators",
    "description": "Who draws for us",
    "tier": None,
    "size": 0,
    "created_at": _CREATED,
}

_ENDPOINT = "0198c29d-2c3d-7a4e-9f6b-8d1e2f3a4b5c"
_A_WEBHOOK = {
    "id": _ENDPOINT,
    "url": f"{_HOST}/webhooks/{_ENDPOINT}/",
    "address": "https://hooks.example.com/octavo",
    "description": "Our shop",
    "events": ["book.completed", "file.ready"],
    "state": "ENABLED",
    "paused_because": "",
    "health": "UNTRIED",
    "failing_since": None,
    "last_success_at": None,
    "former_secret_until": None,
    "version": "1",
    "created_at": _CREATED,
    "updated_at": _CREATED,
}

# Schemas by their names, and one thing of each, wherever it stands.
THINGS: Final[dict[str, Any]] = {
    "Book": _A_BOOK,
    "Chapter": _A_CHAPTER,
    "ChapterText": _A_CHAPTER | {"text": _TEXT},
    "Endpoint": _A_WEBHOOK,
    "Group": _A_GROUP,
    "HeroRequest": _HERO,
    "Job": _A_JOB,
}

EXAMPLES: Final[dict[str, Example]] = {
    "books_create": Example(
        {
            "topic": "A lighthouse that has lost its light",
            "goal": "Asking for help is brave",
            "kind": "story",
            "language": "en",
            "hero": _HERO,
        },
        {"book": _A_BOOK, "job": _A_JOB},
    ),
    "books_list": Example(answer={"next": None, "previous": None, "results": [_A_BOOK]}),
    "books_retrieve": Example(answer=_A_BOOK),
    "jobs_list": Example(answer={"next": None, "previous": None, "results": [_A_JOB]}),
    "jobs_retrieve": Example(
        answer=_A_JOB
        | {"status": "WRITING_CHAPTERS", "stage": "chapters", "done": 3, "total": 22, "words": 214}
    ),
    "jobs_cancel": Example(answer=_A_JOB | {"status": "CANCELLED", "finished_at": _LATER}),
    "jobs_approve": Example(
        {
            "chapters": [
                {"number": 1, "title": "The dark tower", "beats": ["Maya sees that the lighthouse is dark"]},
                {"title": "The keeper’s door", "beats": ["She knocks, though she is afraid"]},
            ]
        },
        _A_JOB | {"status": "WRITING_CHAPTERS", "stage": "chapters", "total": 2},
    ),
    "books_chapters_list": Example(answer=[_A_CHAPTER]),
    "books_chapters_retrieve": Example(answer=_A_CHAPTER | {"text": _TEXT}),
    "books_chapters_update": Example(
        {"text": f"{_TEXT} She counted again.", "revision": 1},
        _A_CHAPTER | {"text": f"{_TEXT} She counted again.", "words": 14, "revision": 2},
    ),
    "books_chapters_regenerate": Example({"instruction": "Let it rain, and let the fox be brave."}),
    "books_formats_rebuild": Example({"formats": ["PDF", "EPUB"]}),
    "invitations_create": Example({"emails": ["grace@example.com", "alan@example.com"], "role": "MEMBER"}),
    "groups_create": Example({"name": "Illustrators", "description": "Who draws for us"}, _A_GROUP),
    "groups_list": Example(answer={"next": None, "previous": None, "results": [_A_GROUP]}),
    "groups_members_create": Example({"members": [MEMBER]}, {"members": [MEMBER]}),
    "organisations_list": Example(
        answer={
            "next": None,
            "previous": None,
            "results": [
                {
                    "id": "0198c29a-0b1c-7d2e-8f3a-4b5c6d7e8f90",
                    "name": "Acme Books",
                    "slug": "acme",
                    "url": "https://acme.octavo.example/",
                    "role": "ADMIN",
                    "status": "ACTIVE",
                    "personal": False,
                    "joined_at": _CREATED,
                    "delete_at": None,
                }
            ],
        }
    ),
    "keys_create": Example(
        {
            "name": "Warehouse",
            "scopes": ["books:read", "jobs:read"],
            "expires_at": "2027-11-01T00:00:00Z",
            "addresses": ["203.0.113.0/24"],
            "per_minute": 60,
        }
    ),
    "webhooks_create": Example(
        {
            "address": "https://hooks.example.com/octavo",
            "description": "Our shop",
            "events": ["book.completed", "file.ready"],
        },
        _A_WEBHOOK,
    ),
    "webhooks_list": Example(answer={"next": None, "previous": None, "results": [_A_WEBHOOK]}),
    "webhooks_replay_failed": Example({"since": _CREATED}, {"deliveries": 3}),
    "budget_update": Example(
        {"limit_micros": 50_000_000, "warn_percent": 80},
        {
            "limit_micros": 50_000_000,
            "warn_percent": 80,
            "spent_micros": 1_204_500,
            "reserved_micros": 0,
            "unknown_micros": 0,
        },
    ),
}
