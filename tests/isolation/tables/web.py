"""The members' pages."""

from __future__ import annotations

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
from tests.isolation.routes import Route, heroes, markdown, page

BOOK = {"topic": "Other", "kind": "guide", "language": "en"}
BATCH = {"name": "Other", "topic": "Other", "language": "en"}

MODELS = {"address": "http://localhost:1", "key": "other", "model": "other", "protocol": "chat"}

ROUTES: dict[str, Route] = {
    # The shelf, and new books
    "web:shelf": page(GET=INSIDE),
    "web:in_the_making": page(GET=INSIDE),
    "web:new_book": page(GET=MEMBERS, POST=MEMBERS, body=BOOK),
    "web:import_book": page(GET=MEMBERS, POST=MEMBERS, body={"file": markdown}),
    "web:hero_preview": page(GET=INSIDE),
    # Batches: who made one changes it
    "web:batches": page(GET=MEMBERS),
    "web:new_batch": page(GET=MEMBERS, POST=MEMBERS, body={**BATCH, "file": heroes}),
    "web:batch_example": page("language", GET=INSIDE),
    "web:batch": page("batch_id", GET=MEMBERS),
    "web:edit_batch": page("batch_id", GET=MAKES, POST=MAKES, body=BATCH),
    "web:begin_batch": page("batch_id", POST=MAKES),
    "web:resume_batch": page("batch_id", POST=MAKES),
    "web:retry_batch": page("batch_id", POST=MAKES),
    "web:cancel_batch": page("batch_id", GET=MAKES, POST=MAKES),
    "web:delete_batch": page("batch_id", GET=MAKES, POST=MAKES),
    "web:leave_out_doubles": page("batch_id", POST=MAKES),
    "web:batch_table": page("batch_id", GET=MEMBERS),
    "web:batch_files": page("batch_id", GET=MEMBERS),
    "web:batch_row": page("batch_id", "number", GET=MAKES, POST=MAKES, body={"name": "Other"}),
    "web:leave_out_row": page("batch_id", "number", POST=MAKES),
    # A book
    "web:book": page("book_id", GET=SEES),
    "web:pictures": page("book_id", GET=SEES),
    "web:activity": page("book_id", GET=SEES),
    "web:details": page("book_id", GET=SEES),
    "web:picture": page("book_id", "picture_id", GET=SEES),
    "web:original_picture": page("book_id", "picture_id", GET=SEES),
    "web:replace_picture": page("book_id", "picture_id", GET=EDITS, POST=EDITS, body={"alt": "Other"}),
    # Its making
    "web:progress": page("book_id", GET=SEES),
    "web:outline": page("book_id", GET=EDITS, POST=EDITS),
    "web:cancel": page("book_id", GET=EDITS, POST=EDITS),
    "web:retry": page("book_id", POST=EDITS),
    # Its text
    "web:read": page("book_id", GET=SEES),
    "web:read_chapter": page("book_id", "number", GET=SEES),
    "web:rewrite": page("book_id", "number", GET=EDITS, POST=EDITS, body={"instruction": "shorter"}),
    "web:versions": page("book_id", "number", GET=SEES),
    "web:version": page("book_id", "number", "revision", GET=SEES, POST=EDITS),
    # Its files
    "web:formats": page("book_id", GET=SEES),
    "web:rebuild": page("book_id", POST=EDITS),
    "web:download": page("book_id", "format_", GET=SEES),
    "web:first_pages": page("book_id", "format_", GET=SEES),
    "web:keep_edition": page("book_id", GET=EDITS, POST=EDITS, body={"name": "Other"}),
    "web:delete_edition": page("book_id", "edition_id", GET=EDITS, POST=EDITS),
    "web:edition_file": page("book_id", "edition_id", "format_", GET=SEES),
    # Its look
    "web:design": page("book_id", GET=SEES, POST=EDITS, body={"theme": "modern-novel", "trim": "A5"}),
    "web:design_page": page("book_id", "number", GET=SEES),
    "web:theme_picture": page("book_id", "name", GET=SEES),
    "web:stylesheet": page("book_id", GET=EDITS, POST=EDITS, body={"stylesheet": "h1 { color: red }"}),
    # What a publisher says of it
    "web:publishing": page("book_id", GET=SEES),
    "web:metadata": page("book_id", GET=EDITS, POST=EDITS, body={"title": "Other", "contents_depth": 1}),
    "web:contributors": page(
        "book_id", GET=EDITS, POST=EDITS, body={"people-TOTAL_FORMS": 0, "people-INITIAL_FORMS": 0}
    ),
    "web:subjects": page("book_id", GET=SEES, POST=EDITS, body={"code": "YFB"}),
    "web:onix": page("book_id", GET=SEES),
    "web:new_section": page("book_id", GET=EDITS, POST=EDITS, body={"role": "preface", "text": "Other"}),
    "web:section": page(
        "book_id", "section_id", GET=EDITS, POST=EDITS, body={"role": "preface", "text": "Other"}
    ),
    "web:move_section": page("book_id", "section_id", POST=EDITS, body={"to": "down"}),
    "web:remove_section": page("book_id", "section_id", GET=EDITS, POST=EDITS),
    "web:part": page("book_id", "number", GET=EDITS, POST=EDITS, body={"part": "Other"}),
    # Print
    "web:printing": page(
        "book_id",
        GET=SEES,
        POST=EDITS,
        body={"printer": "kdp", "binding": "paperback", "paper": "white", "trim": "6x9"},
    ),
    "web:print_file": page("book_id", "package_id", "part", GET=SEES),
    "web:delete_package": page("book_id", "package_id", GET=EDITS, POST=EDITS),
    # What one has been told, and oneself
    "web:notifications": page(GET=INSIDE, POST=INSIDE),
    "web:notification": page("notification_id", GET=ADDRESSEE),
    "web:unread": page(GET=INSIDE),
    "web:notification_stream": page(GET=INSIDE),
    "web:profile": page(GET=INSIDE, POST=INSIDE, body={"name": "Other"}),
    "web:own_activity": page(GET=INSIDE),
    "web:own_activity_export": page(GET=INSIDE),
    # The organisation and its people
    "web:activity_of_all": page(GET=RUNS),
    "web:activity_export": page(GET=RUNS),
    "web:organisation": page(GET=OWNS, POST=OWNS, body={"name": "Other"}),
    "web:branding": page(GET=ANYBODY),
    "web:logo": page(GET=ANYBODY),
    "web:look": page(GET=OWNS, POST=OWNS, body={"accent": "#1d4ed8"}),
    "web:set_logo": page(POST=OWNS, body={"remove": "yes"}),
    "web:portrait": page("user_id=author_id", GET=INSIDE),
    "web:own_portrait": page(GET=INSIDE, POST=INSIDE, body={"remove": "yes"}),
    "web:single_sign_on": page(
        GET=OWNS,
        POST=OWNS,
        body={"name": "Other", "issuer": "http://localhost:1", "client_id": "other", "secret": "other"},
    ),
    "web:require_single_sign_on": page(POST=OWNS, body={"lift": "yes"}),
    "web:remove_single_sign_on": page(GET=OWNS, POST=OWNS),
    "web:providers": page(GET=OWNS),
    "web:provider": page(
        "purpose=provider_purpose", "service=provider_service", GET=OWNS, POST=OWNS, body=MODELS
    ),
    "web:remove_provider": page("purpose=provider_purpose", GET=OWNS, POST=OWNS),
    "web:domains": page(GET=OWNS, POST=OWNS, body={"domain": "other.example", "purpose": "EMAIL"}),
    "web:choose_host": page(POST=OWNS, body={"host": ""}),
    "web:domain": page("domain_id", GET=OWNS, POST=OWNS, body={"joins_as": "GUEST"}),
    "web:check_domain": page("domain_id", POST=OWNS),
    "web:remove_domain": page("domain_id", GET=OWNS, POST=OWNS),
    "web:join": page(GET=SIGNED_IN, POST=SIGNED_IN),  # who may: see tests/web/test_joining.py
    "web:delete_organisation": page(GET=OWNS, POST=OWNS, body={"name": "Another"}),
    "web:people": page(GET=MEMBERS),
    "web:invite": page(GET=RUNS, POST=RUNS, body={"emails": "new@acme.example", "role": "MEMBER"}),
    "web:make_link": page(GET=RUNS, POST=RUNS, body={"role": "MEMBER", "uses": 3, "days": 7}),
    "web:revoke_invitation": page("invitation_id", POST=RUNS),
    "web:member": page("membership_id", GET=RUNS, POST=RUNS, body={"role": "GUEST"}),
    "web:remove_member": page("membership_id", POST=RUNS, names={"heir": "heir_id"}),
    "web:hand_over": page("membership_id", POST=OWNS),
    "web:leave": page(GET=INSIDE, POST=INSIDE),
    "web:usage": page(GET=MEMBERS),
    "web:usage_of_people": page(GET=RUNS),
    "web:limits": page(
        GET=RUNS,
        POST=RUNS,
        body={"metric": "BOOKS_CREATED", "window": "DAY", "amount": 1},
        names={"scope": "limited_group"},
    ),
    "web:remove_limit": page("limit_id", POST=RUNS),
    "web:costs": page(GET=RUNS),
    "web:budget": page(POST=RUNS, body={"limit": "100", "warn_percent": 80}),
    "web:book_costs": page("book_id", GET=RUNS | {AUTHOR}),
    "web:groups": page(GET=MEMBERS, POST=RUNS, body={"name": "Other"}),
    "web:group": page("group_id", GET=MEMBERS),
    "web:edit_group": page("group_id", GET=RUNS, POST=RUNS, body={"name": "Other"}),
    "web:add_to_group": page("group_id", GET=RUNS, POST=RUNS, names={"member": "heir_id"}),
    "web:remove_from_group": page("group_id", POST=RUNS),
    "web:delete_group": page("group_id", GET=RUNS, POST=RUNS),
    "web:tiers": page(GET=MEMBERS, POST=RUNS, body={"name": "Other"}),
    "web:rename_tier": page("tier_id", GET=RUNS, POST=RUNS, body={"name": "Other"}),
    "web:move_tier": page("tier_id", POST=RUNS, body={"to": "up"}),
    "web:delete_tier": page("tier_id", GET=RUNS, POST=RUNS),
    "web:give_tier": page("membership_id", POST=RUNS, body={"tier": ""}),
}
