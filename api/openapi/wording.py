"""What is said of the API as a whole, and of operations whose docstrings say it less well."""

from __future__ import annotations

TITLE = "Octavo"
OVERVIEW = """\
Have books written, illustrated and typeset, and take their files.

Every organisation is reached at one address; the key says which it is. Requests and answers are JSON, times
are UTC in ISO 8601, sizes are bytes, money is an integer in minor units with its currency. Lists come in
pages: follow `next`. Long work answers 202 with the address of its job. Errors are
`application/problem+json` (RFC 9457), in the language that `Accept-Language` asks for.

A write that carries an `Idempotency-Key` is done once, however often it is sent within 24 hours. A read
gives an `ETag`; sent back as `If-Match`, a write is refused with 412 where somebody has written meanwhile.
"""

# By operation id.
SUMMARIES = {
    "activity_me_list": "List what one did oneself",
    "books_contributors_retrieve": "Read who made the book",
    "books_contributors_update": "Name who made the book",
    "books_design_retrieve": "Read the design",
    "books_design_update": "Change the design",
    "books_editions_delete": "Forget an edition",
    "books_metadata_retrieve": "Read the metadata",
    "books_metadata_update": "Change the metadata",
    "books_onix_retrieve": "Take the ONIX message",
    "books_pictures_update": "Show another picture, or describe it in other words",
    "books_sections_delete": "Take a piece out of the book",
    "books_sections_update": "Change or move a piece",
    "groups_members_create": "Add members to a group",
    "members_me_delete": "Leave the organisation",
    "members_transfer_ownership": "Make a member the owner in one’s own place",
    "notifications_preferences_update": "Change how one wishes to be told",
    "domains_address_update": "Choose the host that links lead to",
    "batches_rows_retrieve": "Read a row of a batch",
    "billing_profile_update": "Change the billing profile",
    "books_chapters_retrieve": "Read a chapter with its text",
    "books_chapters_update": "Save a chapter’s text as its next revision",
    "books_cover_retrieve": "Take the cover",
    "books_editions_download": "Take a file of an edition",
    "books_editions_retrieve": "Read an edition",
    "books_formats_download": "Take a file of the book",
    "books_formats_list": "List the book’s files",
    "books_pictures_retrieve": "Take a picture",
    "books_sections_retrieve": "Read a piece of front or back matter",
    "domains_retrieve": "Read a domain",
    "groups_update": "Change a group",
    "invoices_pdf": "Take an invoice as a PDF",
    "invoices_retrieve": "Read an invoice",
    "organisation_retrieve": "Read the organisation",
    "organisation_update": "Change the organisation",
    "organisations_list": "List the organisations that one belongs to",
    "profile_retrieve": "Read one’s own profile",
    "profile_update": "Change one’s own profile",
    "subscription_cancel": "End the plan with what is paid for",
    "subscription_change": "Change to another plan or rhythm",
    "subscription_trial": "Try a plan for nothing",
}
