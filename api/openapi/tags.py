"""What operations are about: the chapters of the reference."""

from __future__ import annotations

from collections.abc import Sequence

DESCRIPTIONS = {
    "books": "Have books written, bring books along, and read what is said of them.",
    "jobs": "A book in the making: how far it is, its outline's approval, stop and go on.",
    "chapters": "Read and edit texts, have a chapter written again, and look at what it said before.",
    "pictures": "The cover and the pictures of the chapters.",
    "files": "PDF, EPUB, DOCX, HTML and Markdown: their state and checks, downloads, and kept editions.",
    "design": "Theme, trim and typesetting of a book.",
    "publishing": "What a publisher says of a book: metadata, contributors, front and back matter, ONIX.",
    "printing": "Interior and cover for a printer, with the report of preflight.",
    "batches": "Many personalised copies from one list.",
    "organisation": "Name, address, language and logo of the organisation.",
    "exports": "Everything that the organisation keeps, in one archive.",
    "members": "Who belongs to the organisation, with which role and tier.",
    "invitations": "Ask people to join.",
    "groups": "Members under a name.",
    "tiers": "Levels of members.",
    "domains": "Domains that the organisation has proven to be its own.",
    "keys": "Keys of the API: their scopes, limits, rotation and revocation.",
    "webhooks": "Addresses that are told what happens, and what they were told.",
    "providers": "Where texts and pictures come from.",
    "storage": "Where the organisation’s files lie, and the room that they take.",
    "usage": "What is used, what may still be used, and what calls have cost.",
    "billing": "The plan, invoices and payments. Amounts are integers in minor units of the currency.",
    "activity": "Who did what, and when.",
    "notifications": "What one was told, and how one wishes to be told.",
    "profile": "Who one is, on the whole platform.",
}

# The first fixed part of an address that belongs to a chapter of another name.
_ROOTS = {
    "api-keys": "keys",
    "requests": "keys",
    "organisations": "profile",
    "limits": "usage",
    "costs": "usage",
    "budget": "usage",
    "plans": "billing",
    "covered-organisations": "billing",
    "files": "storage",
    "subscription": "billing",
    "invoices": "billing",
    "payments": "billing",
    "billing-profile": "billing",
}
# The part after books/{id}/, or after books/.
_OF_BOOKS = {
    "chapters": "chapters",
    "pictures": "pictures",
    "cover": "pictures",
    "formats": "files",
    "editions": "files",
    "design": "design",
    "themes": "design",
    "trims": "design",
    "metadata": "publishing",
    "contributors": "publishing",
    "sections": "publishing",
    "onix": "publishing",
    "subjects": "publishing",
    "print-packages": "printing",
}


def tag_of(parts: Sequence[str]) -> str:
    """By the fixed parts of an address, such as ["books", "chapters"]. A chapter's part belongs to its book's
    publishing."""
    if parts[0] == "books" and len(parts) > 1:
        return "publishing" if parts[-1] == "part" else _OF_BOOKS.get(parts[1], "books")
    return _ROOTS.get(parts[0], parts[0])


def described(names: set[str]) -> list[dict[str, str]]:
    """The tags in the order of the reference; those that nobody has described come last."""
    known = [
        {"name": name, "description": description}
        for name, description in DESCRIPTIONS.items()
        if name in names
    ]
    return known + [{"name": name} for name in sorted(names - DESCRIPTIONS.keys())]
