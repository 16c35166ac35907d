"""REST v1: every operation of its description."""

from __future__ import annotations

from tests.isolation.audiences import ANYBODY, EDITS, INSIDE, MEMBERS, OWNS, SEES
from tests.isolation.routes import Route, call, markdown, page

JOB = "pk=job_id"
PACKAGE = ("book_pk=book_id", "package=package_id")
BOOK = {"topic": "Other", "kind": "guide", "language": "en"}
PRINT = {"printer": "kdp", "paper": "white", "trim": "6x9"}

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
    "api:job-list": call(GET=INSIDE),
    "api:job-detail": call(JOB, GET=SEES),
    "api:job-events": call(JOB, GET=SEES),
    "api:job-approve": call(JOB, POST=EDITS),
    "api:job-cancel": call(JOB, POST=EDITS),
    "api:job-retry": call(JOB, POST=EDITS),
}
