"""Who may use a route. The names are those of the members of Acme in `cast.py`."""

from __future__ import annotations

Audience = frozenset[str]

OWNER, ADMIN = "owner", "admin"
AUTHOR = "author"  # a MEMBER, whose book it is
MEMBER = "member"  # another MEMBER
EDITOR = "editor"  # a GUEST who was asked to edit the book
VIEWER = "viewer"  # a GUEST who was asked to read it, and to edit another
GUEST = "guest"  # a GUEST who was asked to another book, which they edit
SUPER_ADMIN, STAFF_ADMIN = "super admin", "platform admin"

ROLES = (OWNER, ADMIN, AUTHOR, MEMBER, EDITOR, VIEWER, GUEST)

INSIDE: Audience = frozenset(ROLES)  # everybody who belongs to the organisation
MEMBERS: Audience = INSIDE - {EDITOR, VIEWER, GUEST}  # all but guests
RUNS: Audience = frozenset({OWNER, ADMIN})
OWNS: Audience = frozenset({OWNER})
SEES: Audience = INSIDE - {GUEST}  # the book
EDITS: Audience = RUNS | {AUTHOR, EDITOR}  # the book
MAKES: Audience = RUNS | {AUTHOR}  # the batch
ADDRESSEE: Audience = frozenset({AUTHOR})  # of the notification

STAFF: Audience = frozenset({SUPER_ADMIN, STAFF_ADMIN})
CHANGES_ALL: Audience = frozenset({SUPER_ADMIN})  # of the platform

SIGNED_IN: Audience = frozenset({"whoever is signed in"})  # to do with what is their own
ANYBODY: Audience = SIGNED_IN | {"whoever comes by"}
BEARER: Audience = frozenset({"whoever has the link"})  # for what it opens: see test_checks.py
