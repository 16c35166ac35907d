"""REST v1: every operation of its description."""

from __future__ import annotations

from tenants.models import Membership, Tier
from tests.isolation.audiences import (
    ADDRESSEE,
    ANYBODY,
    AUTHOR,
    EDITS,
    INSIDE,
    MAKES,
    MEMBERS,
    OWNS,
    RUNS,
    SEES,
    SIGNED_IN,
)
from tests.isolation.routes import Route, call, markdown, page

JOB = "pk=job_id"
PACKAGE = ("book_pk=book_id", "package=package_id")
BATCH = {"name": "Other", "topic": "Other"}
BOOK = {"topic": "Other", "kind": "guide", "language": "en"}
HOOK = {"address": "https://hooks.other.example/"}
SINCE = {"since": "2020-01-01T00:00:00Z"}
LIMIT = {"metric": "BOOKS_CREATED", "window": "DAY", "amount": 1}
MODELS = {"service": "openai", "address": "http://localhost:1", "key": "other", "model": "other"}
PROVIDER = {"name": "Other", "issuer": "http://localhost:1", "client_id": "1", "client_secret": "2"}
PRINT = {"printer": "kdp", "paper": "white", "trim": "6x9"}


def somebody() -> list[str]:
    """One of Acme's owners and members, to put in a group."""
    return [str(Membership.objects.filter(organisation__slug="acme").order_by("pk")[0].pk)]


def every_tier() -> list[str]:
    return [str(tier.pk) for tier in Tier.objects.filter(organisation__slug="acme")]


ROUTES: dict[str, Route] = {
    "api:schema": call(GET=ANYBODY),
    "api:book-list": call(GET=INSIDE, POST=MEMBERS, body=BOOK),
    "api:book-import": page(POST=MEMBERS, body={"file": markdown}),
    "api:book-themes": call(GET=INSIDE),
    "api:book-trims": call(GET=INSIDE),
    "api:book-detail": call("pk", GET=SEES),
    "api:book-chapters": call("pk", GET=SEES),
    "api:book-chapter": call("pk", "number", GET=SEES, PUT=EDITS, body={"text": "Other", "revision": 2}),
    "api:book-regenerate": call("pk", "number", POST=EDITS, body={"instruction": "shorter"}),
    "api:book-revisions": call("pk", "number", GET=SEES),
    "api:book-revision": call("pk", "number", "revision", GET=SEES),
    "api:book-comparison": call("pk", "number", "revision", GET=SEES),
    "api:book-bible": call("pk", GET=SEES),
    "api:book-costs": call("pk", GET=RUNS | {AUTHOR}),
    "api:book-activity": call("pk", GET=SEES),
    "api:book-subjects": call(GET=INSIDE),
    "api:book-restore": call("pk", "number", "revision", POST=EDITS),
    "api:book-pictures": call("pk", GET=SEES),
    "api:book-picture": call("pk", "picture=picture_id", GET=SEES, PUT=EDITS, body={"alt": "Other"}),
    "api:book-cover": call("pk", GET=SEES),
    "api:book-formats": call("pk", GET=SEES),
    "api:book-rebuild": call("pk", POST=EDITS),
    "api:book-download": call("pk", "format_name=format_", GET=SEES),
    "api:book-first-pages": call("pk", "format_name=format_", GET=SEES),
    "api:book-editions": call("pk", GET=SEES, POST=EDITS, body={"name": "Other"}),
    "api:book-edition": call("pk", "edition=edition_id", GET=SEES, DELETE=EDITS),
    "api:book-edition-file": call("pk", "edition=edition_id", "format_name=format_", GET=SEES),
    "api:book-design": call("pk", GET=SEES, PATCH=EDITS, body={"theme": "modern-novel"}),
    "api:book-metadata": call("pk", GET=SEES, PATCH=EDITS, body={"publisher": "Other"}),
    "api:book-contributors": call("pk", GET=SEES, PUT=EDITS, body={"people": [{"name": "Other"}]}),
    "api:book-sections": call("pk", GET=SEES, POST=EDITS, body={"role": "preface", "text": "Other"}),
    "api:book-section": call(
        "pk", "section=section_id", GET=SEES, PATCH=EDITS, DELETE=EDITS, body={"text": "Other"}
    ),
    "api:book-part": call("pk", "number", PUT=EDITS, body={"part": "Other"}),
    "api:book-onix": call("pk", GET=SEES),
    "api:print-package-list": call("book_pk=book_id", GET=SEES, POST=EDITS, body=PRINT),
    "api:print-package-detail": call(*PACKAGE, GET=SEES, DELETE=EDITS),
    "api:print-package-interior": call(*PACKAGE, GET=SEES),
    "api:print-package-cover": call(*PACKAGE, GET=SEES),
    "api:domain-list": call(GET=OWNS, POST=OWNS, body={"name": "other.example", "purpose": "EMAIL"}),
    "api:domain-detail": call("pk=domain_id", GET=OWNS, PATCH=OWNS, DELETE=OWNS, body={"joins_as": "GUEST"}),
    "api:domain-check": call("pk=domain_id", POST=OWNS),
    "api:domain-address": call(GET=OWNS, PUT=OWNS, body={"host": ""}),
    "api:webhook-list": call(GET=RUNS, POST=RUNS, body=HOOK),
    "api:webhook-events": call(GET=RUNS),
    "api:webhook-detail": call("endpoint=endpoint_id", GET=RUNS, PATCH=RUNS, DELETE=RUNS, body=HOOK),
    "api:webhook-secret": call("endpoint=endpoint_id", POST=RUNS),
    "api:webhook-rotate": call("endpoint=endpoint_id", POST=RUNS),
    "api:webhook-pause": call("endpoint=endpoint_id", POST=RUNS),
    "api:webhook-resume": call("endpoint=endpoint_id", POST=RUNS),
    "api:webhook-test": call("endpoint=endpoint_id", POST=RUNS),
    "api:webhook-replay-failed": call("endpoint=endpoint_id", POST=RUNS, body=SINCE),
    "api:webhook-delivery-list": call(GET=RUNS),
    "api:webhook-delivery-detail": call("delivery=delivery_id", GET=RUNS),
    "api:webhook-delivery-replay": call("delivery=delivery_id", POST=RUNS),
    "api:providers": call(GET=OWNS),
    "api:provider": call("purpose=provider_purpose", GET=OWNS, PUT=OWNS, DELETE=OWNS, body=MODELS),
    "api:provider-test": call("purpose=provider_purpose", POST=OWNS, body=MODELS),
    "api:job-list": call(GET=INSIDE),
    "api:job-detail": call(JOB, GET=SEES),
    "api:job-events": call(JOB, GET=SEES),
    "api:job-steps": call(JOB, GET=SEES),
    "api:job-skip-step": call(JOB, "step=step_id", POST=EDITS),
    "api:job-outline": call(JOB, GET=SEES),
    "api:job-approve": call(JOB, POST=EDITS),
    "api:job-cancel": call(JOB, POST=EDITS),
    "api:job-retry": call(JOB, POST=EDITS),
    "api:batch-list": call(GET=MEMBERS, POST=MEMBERS, body={**BATCH, "heroes": [{"name": "Other"}]}),
    "api:batch-example": call(GET=MEMBERS),
    "api:batch-detail": call("batch=batch_id", GET=MEMBERS, PATCH=MAKES, DELETE=MAKES, body=BATCH),
    "api:batch-begin": call("batch=batch_id", POST=MAKES),
    "api:batch-resume": call("batch=batch_id", POST=MAKES),
    "api:batch-retry": call("batch=batch_id", POST=MAKES),
    "api:batch-cancel": call("batch=batch_id", POST=MAKES),
    "api:batch-leave-out-doubles": call("batch=batch_id", POST=MAKES),
    "api:batch-rows": call("batch=batch_id", GET=MEMBERS),
    "api:batch-row": call("batch=batch_id", "number", GET=MEMBERS, PATCH=MAKES, body={"name": "Other"}),
    "api:batch-results": call("batch=batch_id", GET=MEMBERS),
    "api:batch-files": call("batch=batch_id", GET=MEMBERS),
    "api:batch-events": call("batch=batch_id", GET=MEMBERS),
    # Files
    "api:file-list": call(GET=INSIDE),
    "api:file-detail": call("file=file_id", GET=SEES, DELETE=EDITS),
    "api:file-download": call("file=file_id", GET=SEES),
    "api:file-link": call("file=file_id", GET=SEES),
    "api:storage": call(GET=RUNS),
    # People
    "api:own-organisation-list": call(GET=INSIDE),
    "api:member-list": call(GET=MEMBERS),
    "api:member-detail": call(
        "member=membership_id", GET=MEMBERS, PATCH=RUNS, DELETE=RUNS, body={"role": "GUEST"}
    ),
    "api:member-transfer-ownership": call("member=membership_id", POST=OWNS),
    "api:member-picture": call("member=author_membership_id", GET=MEMBERS),
    "api:member-me": call(GET=INSIDE, DELETE=INSIDE),
    "api:invitation-list": call(GET=RUNS, POST=RUNS, body={"emails": ["new@other.example"]}),
    "api:invitation-links": call(POST=RUNS),
    "api:invitation-detail": call("invitation=invitation_id", DELETE=RUNS),
    "api:group-list": call(GET=MEMBERS, POST=RUNS, body={"name": "Other"}, names={"tier": "tier_id"}),
    "api:group-detail": call("group=group_id", GET=MEMBERS, PATCH=RUNS, DELETE=RUNS, body={"name": "Other"}),
    "api:group-members": call("group=group_id", GET=MEMBERS, POST=RUNS, body={"members": somebody}),
    "api:group-remove-members": call("group=group_id", POST=RUNS, body={"members": somebody}),
    "api:group-member": call("group=group_id", "member=membership_id", DELETE=RUNS),
    "api:tier-list": call(GET=MEMBERS, POST=RUNS, body={"name": "Other"}),
    "api:tier-detail": call("tier=tier_id", GET=MEMBERS, PATCH=RUNS, DELETE=RUNS, body={"name": "Other"}),
    "api:tier-order": call(PUT=RUNS, body={"tiers": every_tier}),
    # What is used, limited and spent
    "api:usage": call(GET=MEMBERS),
    "api:usage-of-members-list": call(GET=RUNS),
    "api:limit-list": call(GET=RUNS, POST=RUNS, body=LIMIT, names={"group": "group_id"}),
    "api:limit-detail": call("limit=limit_id", GET=RUNS, DELETE=RUNS),
    "api:costs": call(GET=RUNS),
    "api:budget": call(GET=RUNS, PUT=RUNS, body={"limit_micros": 1_000_000}),
    # The organisation, and oneself
    "api:organisation": call(GET=OWNS, PATCH=OWNS, body={"name": "Other"}),
    "api:organisation-deletion": call(POST=OWNS, body={"name": "Acme"}),
    "api:activity-list": call(GET=RUNS),
    "api:activity-me": call(GET=INSIDE),
    "api:key-list": call(GET=RUNS, POST=RUNS, body={"name": "Other", "scopes": ["books:read"]}),
    "api:export-list": call(GET=OWNS, POST=OWNS),
    "api:export-detail": call("export=export_id", GET=OWNS, DELETE=OWNS),
    "api:export-download": call("export=export_id", GET=OWNS),
    "api:export-link": call("export=export_id", GET=OWNS),
    "api:key-detail": call("key=key_id", GET=RUNS, DELETE=RUNS),
    "api:key-rotate": call("key=key_id", POST=OWNS),
    "api:request-list": call(GET=RUNS),
    "api:notification-list": call(GET=INSIDE),
    "api:notification-events": call(GET=INSIDE),
    "api:notification-unread": call(GET=INSIDE),
    "api:notification-read-all": call(POST=INSIDE),
    "api:notification-read": call("notification=notification_id", POST=ADDRESSEE),
    "api:preferences": call(GET=INSIDE, PATCH=INSIDE, body={"emails": {"pace": "daily"}}),
    "api:profile-picture": call(GET=ADDRESSEE, PUT=INSIDE, DELETE=INSIDE),  # who alone has one
    "api:organisation-logo": call(GET=INSIDE, PUT=OWNS, DELETE=OWNS),
    "api:organisation-look": call(GET=OWNS, PUT=OWNS, body={"accent": "#1d4ed8"}),
    "api:single-sign-on": call(GET=OWNS, PUT=OWNS, DELETE=OWNS, body=PROVIDER),
    "api:single-sign-on-requirement": call(PUT=OWNS, DELETE=OWNS),
    "api:profile": call(GET=INSIDE, PATCH=INSIDE, body={"name": "Other"}),
}

# On the platform's host, for sessions.
PLATFORM: dict[str, Route] = {"api:own-organisation-list": call(GET=SIGNED_IN)}
