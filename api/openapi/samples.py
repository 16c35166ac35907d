"""Examples made from schemas, for operations that have none of their own in `api.openapi.examples`.

Fields of one name mean the same everywhere, so that most have a word of their own; the rest is the least that
the schema asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from jsonschema import Draft202012Validator

from api.openapi.examples import BOOK, MEMBER, THINGS

Schema = Mapping[str, Any]

_HOST: Final = "https://octavo.example/api/v1"
_AT: Final = "2026-11-02T09:30:12.481920Z"
_IDS: Final = UUID("0198c2a4-6f00-7c3e-9a51-5b8d2f1e7a90")
_DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

# By schema and field, or by field alone.
WORDS: Final[Mapping[str, Any]] = {
    "Addresses.hosts": ["books.acme.example"],
    "AddressRequest.host": "books.acme.example",
    "Activity.sentence": "Finished a book",
    "ActivityOfBook.sentence": "Finished a book",
    "Batch.name": "Class 4b",
    "Batch.status": "RUNNING",
    "ChangedRow.name": "Maya",
    "CostLine.kind": "generation.chapter",
    "GivenHero.name": "Maya",
    "Hero.name": "Maya",
    "Group.name": "Illustrators",
    "Group.size": 3,
    "Key.name": "Warehouse",
    "NewKey.name": "Warehouse",
    "NewKey.secret": "octavo_7Hq2LmVx0RkT9cYw4NfB1sDzPaGeUiJ2Qo8Z",
    "Notification.kind": "book.finished",
    "Payment.reference": "pay_7hq2lmvx",
    "Organisation.url": "https://acme.octavo.example/",
    "PatchedChangedRowRequest.name": "Maya",
    "ReckoningLine.kind": "PLAN",
    "Section.title": "Preface",
    "Section.role": "preface",
    "Tier.size": 3,
    "Wanted.name": "Warehouse",
    "Wish.sentence": "A book is finished",
    "BillingProfile.address": "1 Harbour Street",
    "BillingProfile.name": "Acme Books Ltd",
    "BillingProfileRequest.address": "1 Harbour Street",
    "BillingProfileRequest.name": "Acme Books Ltd",
    "Character.description": "A red fox with one white ear",
    "Character.name": "Rust",
    "Character.role": "Maya’s companion",
    "ClaimRequest.name": "acme.example",
    "Contributor.name": "Ada Owner",
    "ContributorRequest.name": "Ada Owner",
    "Covered.name": "Acme Schools",
    "DeletionRequest.name": "Acme Books",
    "Delivery.type": "book.completed",
    "Design.theme": "modern-novel",
    "Domain.name": "acme.example",
    "Edition.name": "For the printer",
    "EditionRequest.name": "For the printer",
    "EventType.name": "book.completed",
    "EventType.when": "A book is finished.",
    "Fault.code": "timeout",
    "File.name": "maya-and-the-lighthouse.pdf",
    "Heading.code": "YFB",
    "Heading.text": "Children’s / Teenage fiction: general",
    "Invoice.number": "OCT-2026-000042",
    "Limit.group": None,
    "Limit.member": None,
    "Metadata.edition": "First edition",
    "NewBatchRequest.name": "Class 4b",
    "Organisation.name": "Acme Books",
    "Part.part": "The storm",
    "PatchedBatchRequest.name": "Class 4b",
    "PatchedGroupRequest.name": "Illustrators",
    "PatchedOrganisationRequest.name": "Acme Books",
    "PatchedProfileRequest.name": "Ada Owner",
    "PatchedTierRequest.name": "Gold",
    "PatchedDesignRequest.theme": "modern-novel",
    "PatchedDesignRequest.trim": "6x9",
    "PatchedDesignRequest.width_mm": None,
    "PatchedDesignRequest.height_mm": None,
    "Design.trim": "6x9",
    "Place.description": "It stands at the end of the pier",
    "Place.name": "The lighthouse",
    "Plan.code": "PRO",
    "Plan.name": "Pro",
    "PlanRequest.plan": "PRO",
    "Provider.model": "writer-1",
    "Provider.protocol": "",
    "Record.name": "_octavo.acme.example",
    "Record.type": "TXT",
    "Record.value": "octavo-domain-verification=4f1c",
    "Share.name": "Books",
    "Step.kind": "generation.chapter",
    "Subject.code": "YFB",
    "SubjectRequest.code": "YFB",
    "Theme.name": "Modern novel",
    "Tier.name": "Gold",
    "TierRequest.name": "Gold",
    "TrialRequest.plan": "PRO",
    "Trim.name": "6 × 9 in",
    "WantedEndpointRequest.events": ["book.completed"],
    "WholeDelivery.type": "book.completed",
    "WishedProviderRequest.key": "sk-your-provider’s-key",
    "Attempt.url": "https://hooks.example.com/octavo",
    "Domain.state": "WAITING",
    "Metadata.description": "A girl and a fox bring the light back to their harbour.",
    "Provider.address": "https://models.example.com/v1",
    "WholeDelivery.body": '{"type":"book.completed","timestamp":"2026-11-02T09:30:12.481920Z","data":{}}',
    "WishedProvider.address": "https://models.example.com/v1",
    "accent": "#7a3b2e",
    "action": "book.finished",
    "actor_name": "Ada Owner",
    "address": "https://hooks.example.com/octavo",
    "addresses": ["203.0.113.0/24"],
    "amount_due_minor": 2900,
    "amount_minor": 2900,
    "alt": "A dark lighthouse above the sea",
    "answer": "",
    "audience": "Children who can read a little",
    "author_name": "Ada Owner",
    "back_text": "One evening, the light does not come.",
    "beats": ["Maya sees that the lighthouse is dark"],
    "author": MEMBER,
    "age": 6,
    "book": BOOK,
    "body": "It can be read, and its files are there.",
    "body_font": "Literata",
    "callback_url": "https://octavo.example/accounts/oidc/callback/",
    "card": "Visa 4081",
    "card_brand": "visa",
    "card_last4": "4081",
    "changes": {"added": 3, "removed": 1},
    "client_id": "octavo",
    "client_secret": "the-secret-that-your-provider-shows",
    "colour": "#f4b43a",
    "companion": "fox",
    "companion_name": "Rust",
    "freckles": False,
    "glasses": True,
    "hair": "curly",
    "hair_colour": "black",
    "outfit": "coat",
    "pronoun": "she",
    "skin": "brown",
    "content_type": "application/pdf",
    "corrects": None,
    "cost_micros": 48_200,
    "country": "DE",
    "covered_by": None,
    "credit_minor": 0,
    "currency": "USD",
    "dedication": "For Maya",
    "description": "Who draws for us",
    "diff": "@@ -1 +1 @@\n-One.\n+One and two.\n",
    "done": 3,
    "email": "ada@example.com",
    "emails": ["grace@example.com"],
    "engine": "typst 0.13",
    "error": "",
    "error_code": "",
    "event": "evt_0198c2a46f00",
    "events": ["book.completed"],
    "external_job_id": "",
    "facts": ["The lighthouse keeper is called Ines."],
    "failure": "",
    "features": ["API"],
    "field": "topic",
    "goal": "Asking for help is brave",
    "height": 1200,
    "height_mm": 228.6,
    "host": "acme.octavo.example",
    "input_tokens": 1840,
    "instruction": "Let it rain, and let the fox be brave.",
    "interval": "MONTH",
    "invited_by": "Ada Owner",
    "invoice": "OCT-2026-000042",
    "ip_address": "203.0.113.7",
    "isbn_ebook": "9780306406157",
    "isbn_print": "9780306406157",
    "issuer": "https://login.example.com",
    "keywords": ["lighthouse", "courage"],
    "language": "en",
    "last_problem": "",
    "last_status": 200,
    "last_used_address": None,
    "left": 99,
    "limit": 100,
    "member": MEMBER,
    "members": [MEMBER],
    "message": "This field is required.",
    "method": "GET",
    "milliseconds": 84,
    "model": "writer-1",
    "month": [],
    "own_tier": None,
    "name": "Ada Owner",
    "net_minor": 2437,
    "next": None,
    "next_amount_minor": 2900,
    "next_plan": None,
    "notes": ["The keeper has a parrot"],
    "number": 1,
    "of": "organisation",
    "output_tokens": 920,
    "part": "",
    "path": "/books/0198c2a4-6f00-7c3e-9a51-5b8d2f1e7a90/",
    "payment_status": None,
    "payment_url": None,
    "per_minute": 60,
    "plan": "PRO",
    "plan_name": "Pro",
    "prefix": "octavo_7Hq2Lm",
    "premise": "A girl and a fox light the lamp again.",
    "previous": None,
    "printer": "kdp",
    "problem": "",
    "provider": "openai",
    "publisher": "Acme Books",
    "reason": "",
    "reference": "4b-01",
    "request_id": "req_0198c2a46f007c3e9a515b8d2f1e7a90",
    "resource_id": "0198c2a4-6f00-7c3e-9a51-5b8d2f1e7a90",
    "resource_name": "Maya and the Lighthouse",
    "resource_type": "books.book",
    "revision": 1,
    "rights": "© 2026 Acme Books",
    "role": "MEMBER",
    "rotated_from": None,
    "rule": "fonts-embedded",
    "scopes": ["books:read", "jobs:read"],
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "sentence": "All fonts are embedded.",
    "series": "Harbour Stories",
    "series_number": "1",
    "service": "openai",
    "sha256": _DIGEST,
    "size": 182_334,
    "slug": "acme",
    "stage": "chapters",
    "status": 200,
    "subtitle": "A story of the sea",
    "tax_basis_points": 1900,
    "tax_id": "DE123456789",
    "tax_minor": 463,
    "tax_name": "VAT",
    "text": "Every evening Maya counted the flashes. That evening she counted none.",
    "theme": "system",
    "time_zone": "Europe/Berlin",
    "title": "Maya and the Lighthouse",
    "tone": "Warm and quiet",
    "topic": "A lighthouse that has lost its light",
    "total": 22,
    "total_minor": 2900,
    "trim": "6x9",
    "type": "book.completed",
    "version": "1",
    "width": 1600,
    "width_mm": 152.4,
    "words": 214,
    "writing": "The dark tower",
}
_ADDRESSES: Final[Mapping[str, str]] = {
    "book_url": f"books/{BOOK}/",
    "cover_url": f"books/{BOOK}/print-packages/0198c2b0-11aa-7c3e-9a51-5b8d2f1e7a90/cover/",
    "download_url": f"books/{BOOK}/formats/pdf/download/",
    "interior_url": f"books/{BOOK}/print-packages/0198c2b0-11aa-7c3e-9a51-5b8d2f1e7a90/interior/",
    "pdf_url": "invoices/0198c2b1-22bb-7c3e-9a51-5b8d2f1e7a90/pdf/",
    "preview_url": f"books/{BOOK}/formats/pdf/first-pages/",
}
_COLLECTIONS: Final[Mapping[str, str]] = {
    "Batch": "batches",
    "BatchRow": "batches/0198c2b2-33cc-7c3e-9a51-5b8d2f1e7a90/rows",
    "Covered": "covered-organisations",
    "Delivery": "webhooks/deliveries",
    "File": "files",
    "Key": "keys",
    "Member": "members",
    "NewKey": "keys",
    "Notification": "notifications",
    "Tier": "tiers",
    "WholeDelivery": "webhooks/deliveries",
}
_OWN_FORMS: Final = ("uuid", "decimal", "date", "date-time", "uri")
_FORMATS: Final[Mapping[str, Any]] = {
    "date-time": _AT,
    "date": "2026-11-02",
    "email": "ada@example.com",
    "uri": "https://octavo.example/",
    "decimal": "152.40",
}
_UNSET: Final = object()


def sample(schema: Schema, schemas: Mapping[str, Schema], *, sent: bool = False) -> Any:
    """A value that a schema allows; of what is sent, without fields that are only read."""
    return _Sampler(schemas, sent).of(schema, owner="", name="")


class _Sampler:
    """`owner` is the schema that a field belongs to, by its name among the components."""

    def __init__(self, schemas: Mapping[str, Schema], sent: bool) -> None:
        self.schemas, self.sent = schemas, sent

    def of(self, schema: Schema, *, owner: str, name: str) -> Any:
        word = self._word(owner, name)
        if word is not _UNSET and self._fits(word, schema):
            return word
        if "$ref" in schema:
            component = schema["$ref"].rpartition("/")[2]
            return THINGS.get(component) or self.of(self.schemas[component], owner=component, name=name)
        for key in ("allOf", "oneOf", "anyOf"):
            if key in schema:
                return self.of(self._fullest(schema[key]), owner=owner, name=name)
        if not self.sent and schema.get("type") == ["string", "null"] and schema.get("format") == "date-time":
            return None  # it has not happened yet
        if "enum" in schema:
            return next((one for one in schema["enum"] if one), schema["enum"][0])
        return self._of_type(schema, owner, name)

    def _fullest(self, choices: list[Schema]) -> Schema:
        """The first that is neither null nor blank."""
        for one in choices:
            told = self.schemas[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            if told.get("type") != "null" and any(told.get("enum", [True])):
                return one
        return choices[0]

    def _word(self, owner: str, name: str) -> Any:
        plain = owner.removesuffix("Request").removeprefix("Patched")
        for key in (f"{owner}.{name}", f"{plain}.{name}", name):
            if key in WORDS:
                return WORDS[key]
        if name in _ADDRESSES:
            return f"{_HOST}/{_ADDRESSES[name]}"
        return _UNSET

    def _of_type(self, schema: Schema, owner: str, name: str) -> Any:
        kind = _type_of(schema)
        if kind == "object" or "properties" in schema:
            return self._object(schema, owner)
        if kind == "array":
            return [self.of(schema.get("items", {}), owner=owner, name=name.removesuffix("s"))]
        if kind in ("integer", "number"):
            return _number(schema)
        if kind == "boolean":
            return bool(schema.get("default", False))
        return _text(schema, owner, name) if kind == "string" else {}

    def _object(self, schema: Schema, owner: str) -> dict[str, Any]:
        hidden = "readOnly" if self.sent else "writeOnly"
        made = {
            name: self.of(field, owner=owner, name=name)
            for name, field in schema.get("properties", {}).items()
            if not field.get(hidden)
        }
        if "url" in made and owner in _COLLECTIONS and (one := made.get("id") or made.get("number")):
            made["url"] = f"{_HOST}/{_COLLECTIONS[owner]}/{one}/"
        return made

    def _fits(self, word: Any, schema: Schema) -> bool:
        """Whether the word that a field has elsewhere can stand here, too."""
        if schema.get("format") in _OWN_FORMS and word is not None and not _looks_so(word):
            return False
        whole = {**schema, "components": {"schemas": self.schemas}}
        return bool(Draft202012Validator(whole).is_valid(word))


def _looks_so(word: Any) -> bool:
    """Whether it has a form of its own: ids, times and addresses begin with their own letters."""
    return isinstance(word, str) and word.startswith(("0198", "2026-", "https://"))


def _type_of(schema: Schema) -> str:
    kind = schema.get("type", "")
    return kind if isinstance(kind, str) else next(one for one in kind if one != "null")


def _id_like(name: str) -> str:
    """An id that is the same every time; of version 7, as ours are."""
    made = uuid5(_IDS, name).hex
    return str(UUID(f"0198c2{made[6:12]}7{made[13:16]}8{made[17:]}"))


def _number(schema: Schema) -> int:
    least, most = schema.get("minimum", 0), schema.get("maximum")
    value = max(int(least), int(schema.get("default") or 1))
    return value if most is None else min(value, int(most))


def _text(schema: Schema, owner: str, name: str) -> str:
    form = schema.get("format", "")
    if form == "uuid":
        return _id_like(f"{owner} {name}" if name == "id" else name)
    if form in _FORMATS:
        return str(_FORMATS[form])
    return str(schema.get("default") or "x" * schema.get("minLength", 0))
